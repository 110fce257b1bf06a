package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/pane"
)

// factLimit bounds how long a side question may take.
const factLimit = 5 * time.Second

// questions are what has been asked beside the stream, one question at a time and each
// once.
type questions struct {
	now    bool                   // a question is under way
	sizes  map[string]bool        // by shard
	ranges map[pane.CopyName]bool // of tables
}

type versionMsg string

func (m *Model) askVersion() tea.Cmd {
	inquirer := m.options.Inquirer
	if inquirer == nil {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), factLimit)
		defer cancel()
		version, err := inquirer.Version(ctx)
		if err != nil {
			return versionMsg("")
		}
		return versionMsg(version)
	}
}

func (m *Model) setVersion(v versionMsg) {
	m.Facts.Version = string(v)
	m.dirty = true
}
