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
	version   string
	estimates map[string]map[string]uint64 // by shard, then table
	asked     map[string]bool              // shards asked for
	asking    bool
}

func newFacts() facts {
	return facts{estimates: map[string]map[string]uint64{}, asked: map[string]bool{}}
}

type versionMsg string

type estimatesMsg struct {
	shard  string
	tables map[string]uint64
}

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

// askEstimates asks for the row counts of a shard that copies, one shard at a
// time and each once.
func (m *Model) askEstimates() tea.Cmd {
	inquirer := m.options.Inquirer
	if inquirer == nil || m.facts.asking {
		return nil
	}
	for i := range m.shards {
		s := &m.shards[i]
		if s.Phase != stream.Copying || m.facts.asked[s.Shard.String()] {
			continue
		}
		shard := s.Shard
		m.facts.asking, m.facts.asked[shard.String()] = true, true
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), factLimit)
			defer cancel()
			tables, err := inquirer.Estimates(ctx, shard.Keyspace, shard.Name)
			if err != nil {
				tables = nil
			}
			return estimatesMsg{shard: shard.String(), tables: tables}
		}
	}
	return nil
}

func (m *Model) setEstimates(e estimatesMsg) tea.Cmd {
	m.facts.asking = false
	m.facts.estimates[e.shard] = e.tables
	m.dirty = true
	return m.askEstimates()
}

// copyShare is how far the copy of a shard's present table is, from 0 to 1, by
// the row estimate; known is false without one. The estimate may be too low, so
// a copy that goes on is never more than 99% done.
func (m *Model) copyShare(s *stream.ShardState) (share float64, rest uint64, known bool) {
	table := s.Copying()
	if table == nil {
		return 0, 0, false
	}
	rows := m.facts.estimates[s.Shard.String()][table.Name]
	if rows == 0 {
		return 0, 0, false
	}
	if table.Done {
		return 1, 0, true
	}
	if table.Rows < rows {
		rest = rows - table.Rows
	}
	return min(float64(table.Rows)/float64(rows), 0.99), rest, true
}
