package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/pane"
)

type sizesMsg struct {
	shard  string
	tables map[string]stream.TableSize
}

type keyRangeMsg struct {
	pane.CopyName
	least, greatest string
}

// askCopy asks, one question at a time and each once, what the percentages of
// copies are made of.
func (m *Model) askCopy() tea.Cmd {
	if m.options.Inquirer == nil || m.asking.now {
		return nil
	}
	for i := range m.Shards {
		s := &m.Shards[i]
		if s.Phase != stream.Copying {
			continue
		}
		if cmd := m.askSizes(s.Shard); cmd != nil {
			return cmd
		}
		if cmd := m.askKeyRange(s); cmd != nil {
			return cmd
		}
	}
	return nil
}

// question asks in the background, within the time that an answer may take.
func (m *Model) question(ask func(context.Context) tea.Msg) tea.Cmd {
	m.asking.now = true
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), factLimit)
		defer cancel()
		return ask(ctx)
	}
}

// askSizes asks for the sizes of a shard's tables, nil where it has been asked.
func (m *Model) askSizes(shard *stream.Shard) tea.Cmd {
	if m.asking.sizes[shard.String()] {
		return nil
	}
	m.asking.sizes[shard.String()] = true
	inquirer := m.options.Inquirer
	return m.question(func(ctx context.Context) tea.Msg {
		tables, err := inquirer.Sizes(ctx, shard.Keyspace, shard.Name)
		if err != nil {
			tables = nil
		}
		return sizesMsg{shard.String(), tables}
	})
}

func (m *Model) setSizes(answer sizesMsg) tea.Cmd {
	m.asking.now, m.dirty = false, true
	m.Facts.Sizes[answer.shard] = answer.tables
	if m.asksBefore() {
		return m.askForQuestion()
	}
	return m.askCopy()
}

// askKeyRange asks for the key range of the table that a shard copies, nil
// where its key is no integer or it has been asked.
func (m *Model) askKeyRange(s *stream.ShardState) tea.Cmd {
	table := s.Copying()
	if table == nil || len(table.LastKey) == 0 || !table.LastKey[0].Integer {
		return nil
	}
	name := pane.CopyName{Shard: s.Shard.String(), Table: table.Name}
	if m.asking.ranges[name] {
		return nil
	}
	m.asking.ranges[name] = true
	inquirer, shard, column := m.options.Inquirer, s.Shard, table.LastKey[0].Column
	return m.question(func(ctx context.Context) tea.Msg {
		least, greatest, err := inquirer.KeyRange(ctx, shard.Keyspace, shard.Name, name.Table, column)
		if err != nil {
			least, greatest = "", ""
		}
		return keyRangeMsg{name, least, greatest}
	})
}

func (m *Model) setKeyRange(answer keyRangeMsg) tea.Cmd {
	m.asking.now, m.dirty = false, true
	var r pane.KeyRange
	_, from := r.Least.SetString(answer.least, 10)
	_, to := r.Greatest.SetString(answer.greatest, 10)
	if from && to && r.Least.Cmp(&r.Greatest) < 0 {
		m.Facts.Ranges[answer.CopyName] = r
	}
	return m.askCopy()
}
