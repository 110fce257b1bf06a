package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/pane"
	"vtscope/ui/window"
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

// shardsSized is how many shards are asked for the sizes of their tables: with
// more, the sum would take longer than anyone wants to wait.
const shardsSized = 16

// askForQuestion asks for the sizes that the question shows, shard by shard.
func (m *Model) askForQuestion() tea.Cmd {
	if !m.asksBefore() || m.options.Inquirer == nil || m.asking.now {
		return nil
	}
	for i := range m.options.Copy.Shards {
		if i == shardsSized {
			break
		}
		if cmd := m.askSizes(&m.options.Copy.Shards[i]); cmd != nil {
			return cmd
		}
	}
	return nil
}

// asksBefore reports whether the question before a copy has no answer yet.
func (m *Model) asksBefore() bool {
	for _, w := range m.windows {
		if _, is := w.(*window.Question); is {
			return true
		}
	}
	return false
}
