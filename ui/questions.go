package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
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

	catalog bool            // what VTGate has
	tables  map[string]bool // by keyspace
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

// askFirst asks what there is, where the screen begins with the question what to stream.
func (m *Model) askFirst() tea.Cmd {
	if upperPicker(m.windows) == nil {
		return nil
	}
	return m.askFacts()
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

type sizesMsg struct {
	shard  string
	tables map[string]stream.TableSize
}

type keyRangeMsg struct {
	pane.CopyName
	least, greatest string
}

// askFacts asks, one question at a time and each once, what the percentages of
// copies are made of, and how large the tables are that a view shows.
func (m *Model) askFacts() tea.Cmd {
	if m.options.Inquirer == nil || m.asking.now {
		return nil
	}
	if w := upperPicker(m.windows); w != nil {
		if ask := m.asking.askAbout(w, &m.Context, m.options.Inquirer); ask != nil {
			return m.question(ask)
		}
	}
	for i := range m.Shards {
		s := &m.Shards[i]
		sized := views[m.view].Sizes && i < shardsSized && s.Phase != stream.Closed
		if s.Phase != stream.Copying && !sized {
			continue
		}
		if cmd := m.askSizes(s.Shard); cmd != nil {
			return cmd
		}
		if s.Phase != stream.Copying {
			continue
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
	return m.question(func(ctx context.Context) tea.Msg { return sizesOf(ctx, inquirer, shard) })
}

func (m *Model) setCatalog(answer catalogMsg) tea.Cmd {
	m.asking.now = false
	takeCatalog(&m.Facts.Catalog, answer)
	return m.askFacts()
}

func (m *Model) setTables(answer tablesMsg) tea.Cmd {
	m.asking.now = false
	if answer.err == nil {
		m.Facts.Catalog.Tables[answer.keyspace] = answer.tables
	}
	return m.askFacts()
}

func (m *Model) setSizes(answer sizesMsg) tea.Cmd {
	m.asking.now = false
	m.Facts.Sizes[answer.shard] = answer.tables
	if m.asksBefore() {
		return m.askForQuestion()
	}
	return m.askFacts()
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
	m.asking.now = false
	var r pane.KeyRange
	_, from := r.Least.SetString(answer.least, 10)
	_, to := r.Greatest.SetString(answer.greatest, 10)
	if from && to && r.Least.Cmp(&r.Greatest) < 0 {
		m.Facts.Ranges[answer.CopyName] = r
	}
	return m.askFacts()
}

// tabletsEvery is how old what the tablets have said may be while it is shown.
const tabletsEvery = 10 * time.Second

type tabletsMsg struct {
	shard string
	pane.TabletsFact
}

// askTablets asks the tablets of the shard whose details are open.
func (m *Model) askTablets() tea.Cmd {
	inquirer, s := m.options.Inquirer, m.shards.Chosen(&m.Context)
	if inquirer == nil || s == nil || m.detailed != paneShards || m.asking.now {
		return nil
	}
	name, shard, before, now := s.Shard.String(), s.Shard, s.GTID, m.options.Now
	if m.Now.Sub(m.Facts.Tablets[name].At) < tabletsEvery {
		return nil
	}
	return m.question(func(ctx context.Context) tea.Msg {
		list, err := inquirer.Tablets(ctx, shard.Keyspace, shard.Name)
		fact := pane.TabletsFact{At: now()}
		if err != nil {
			fact.Err = err.Error()
		}
		for i := range list {
			t := &list[i]
			title := draw.Safe([]byte(t.Alias + " " + t.Type + " " + strings.ToLower(t.State)))
			fact.Lines = append(fact.Lines, pane.TabletLine{Title: title, Text: pane.TabletText(before, t), Purged: t.Purged})
		}
		return tabletsMsg{name, fact}
	})
}

func (m *Model) setTablets(answer tabletsMsg) tea.Cmd {
	m.asking.now = false
	m.Facts.Tablets[answer.shard] = answer.TabletsFact
	return m.askFacts()
}
