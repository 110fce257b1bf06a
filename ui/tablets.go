package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

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
	m.asking.now, m.dirty = false, true
	m.Facts.Tablets[answer.shard] = answer.TabletsFact
	m.arrange()
	return m.askCopy()
}
