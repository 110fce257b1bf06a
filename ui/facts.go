package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
)

// factLimit bounds how long a side question may take.
const factLimit = 5 * time.Second

// facts are the answers to side questions, as far as they are known.
type facts struct {
	version string
	sizes   map[string]map[string]stream.TableSize // by shard, then table
	ranges  map[copyName]keyRange
	asked   map[string]bool        // shards whose sizes have been asked for
	ranged  map[copyName]bool      // tables whose key range has been asked for
	tablets map[string]tabletsFact // by shard
	asking  bool
}

func newFacts() facts {
	return facts{
		sizes: map[string]map[string]stream.TableSize{}, asked: map[string]bool{},
		ranges: map[copyName]keyRange{}, ranged: map[copyName]bool{},
		tablets: map[string]tabletsFact{},
	}
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
	m.facts.version = string(v)
	m.dirty = true
}
