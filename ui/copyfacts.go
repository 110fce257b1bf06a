package ui

import (
	"context"
	"math/big"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
)

// copyName names one table of one shard.
type copyName struct{ shard, table string }

// keyRange is from where to where the first column of a primary key goes.
type keyRange struct{ least, greatest big.Int }

type sizesMsg struct {
	shard  string
	tables map[string]stream.TableSize
}

type keyRangeMsg struct {
	copyName
	least, greatest string
}

// askCopy asks, one question at a time and each once, what the percentages of
// copies are made of.
func (m *Model) askCopy() tea.Cmd {
	if m.options.Inquirer == nil || m.facts.asking {
		return nil
	}
	for i := range m.shards {
		s := &m.shards[i]
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
	m.facts.asking = true
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), factLimit)
		defer cancel()
		return ask(ctx)
	}
}

// askSizes asks for the sizes of a shard's tables, nil where it has been asked.
func (m *Model) askSizes(shard *stream.Shard) tea.Cmd {
	if m.facts.asked[shard.String()] {
		return nil
	}
	m.facts.asked[shard.String()] = true
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
	m.facts.asking, m.dirty = false, true
	m.facts.sizes[answer.shard] = answer.tables
	if m.ask.open {
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
	name := copyName{s.Shard.String(), table.Name}
	if m.facts.ranged[name] {
		return nil
	}
	m.facts.ranged[name] = true
	inquirer, shard, column := m.options.Inquirer, s.Shard, table.LastKey[0].Column
	return m.question(func(ctx context.Context) tea.Msg {
		least, greatest, err := inquirer.KeyRange(ctx, shard.Keyspace, shard.Name, name.table, column)
		if err != nil {
			least, greatest = "", ""
		}
		return keyRangeMsg{name, least, greatest}
	})
}

func (m *Model) setKeyRange(answer keyRangeMsg) tea.Cmd {
	m.facts.asking, m.dirty = false, true
	var r keyRange
	_, from := r.least.SetString(answer.least, 10)
	_, to := r.greatest.SetString(answer.greatest, 10)
	if from && to && r.least.Cmp(&r.greatest) < 0 {
		m.facts.ranges[answer.copyName] = r
	}
	return m.askCopy()
}

// A copyShare is how far the copy of a table is.
type copyShare struct {
	share float64 // from 0 to 1
	// byKey says that the share is the last key's place in the key range, not
	// the rows' number beside MySQL's estimate of it.
	byKey bool
	rest  uint64 // rows to go, 0 where that is not known
	known bool
}

// copyShare is how far the copy of a shard's table is. The estimate may be too
// low and the range may have grown, so a copy that goes on is never more than
// 99% done.
func (m *Model) copyShare(shard *stream.Shard, table *stream.TableCopy) copyShare {
	const most = 0.99
	if table.Done {
		return copyShare{share: 1, known: true}
	}
	rows := m.facts.sizes[shard.String()][table.Name].Rows
	if share, known := m.shareByKey(shard, table); known {
		if rows == 0 && share > 0 {
			rows = uint64(float64(table.Rows) / share)
		}
		return copyShare{min(share, most), true, uint64(float64(rows) * (1 - share)), true}
	}
	if rows == 0 {
		return copyShare{}
	}
	c := copyShare{share: min(float64(table.Rows)/float64(rows), most), known: true}
	if table.Rows < rows {
		c.rest = rows - table.Rows
	}
	return c
}

// shareByKey is the last key's place in the table's key range.
func (m *Model) shareByKey(shard *stream.Shard, table *stream.TableCopy) (share float64, known bool) {
	r, asked := m.facts.ranges[copyName{shard.String(), table.Name}]
	if !asked || len(table.LastKey) == 0 {
		return 0, false
	}
	var at, done, whole big.Int
	if _, ok := at.SetString(table.LastKey[0].Value, 10); !ok {
		return 0, false
	}
	done.Sub(&at, &r.least)
	whole.Sub(&r.greatest, &r.least)
	share, _ = new(big.Rat).SetFrac(&done, &whole).Float64()
	return min(max(share, 0), 1), true
}

// timeLeft is how long the rest takes at the present rate, 0 where that is not
// known.
func (c *copyShare) timeLeft(s *stream.ShardState, now time.Time) time.Duration {
	speed := s.Rate.PerSecond(now)
	if speed <= 0 || c.rest == 0 {
		return 0
	}
	return time.Duration(float64(c.rest)/speed+1) * time.Second
}
