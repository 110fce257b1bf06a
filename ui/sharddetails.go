package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// shardDetails lists what is known of a shard: where its stream stands, where
// the shard itself does, and what lies between.
func (m *Model) shardDetails(s *stream.ShardState, add func(name, text string)) {
	standing := &s.Standing
	phase, _ := m.phaseText(s)
	add("phase", phase)
	if text := draw.Trouble(s, m.Now); text != "" {
		add("trouble", text)
	}
	if s.Remark != "" {
		add("note", draw.Safe([]byte(s.Remark)))
	}
	addSet(add, "position", s.GTID)
	m.addStanding(standing, add)
	m.addLag(s, add)
	if s.LastEvent.IsZero() {
		add("last event", "none yet")
	} else {
		add("last event", draw.Age(m.Now.Sub(s.LastEvent))+" ago")
	}
	add("received", draw.Plural(s.Rows, "row change")+", "+draw.Plural(s.Transactions, "transaction"))
	m.copyDetails(s, add)
	m.tabletDetails(s, add)
}

// addStanding tells of the comparison with what the shard has executed.
func (m *Model) addStanding(standing *stream.Standing, add func(name, text string)) {
	switch {
	case standing.Unknown != "":
		add("executed", "not known: "+draw.Safe([]byte(standing.Unknown)))
	case standing.At.IsZero():
		add("executed", "not asked yet")
	default:
		add("executed", "asked of the primary "+draw.Age(m.Now.Sub(standing.At))+" ago")
	}
	addSet(add, "", standing.Executed)
	if !standing.Known() {
		return
	}
	add("behind", draw.Plural(standing.Behind, "transaction"))
	if standing.Behind > 0 {
		addCounted(add, standing.Missing)
	}
	if standing.Ahead > 0 {
		add("ahead", draw.Plural(standing.Ahead, "transaction")+" that the shard had not executed: another shard's position, or lost in a failover")
		addCounted(add, standing.Extra)
	}
}

// addSet adds a GTID set, a server's transactions a line, so that each can be
// read and copied.
func addSet(add func(name, text string), name, set string) {
	if flavor, rest, found := strings.Cut(set, "/"); found && flavor == "MySQL56" {
		set = rest
	}
	if set == "" {
		if name != "" {
			add(name, "none yet")
		}
		return
	}
	for part := range strings.SplitSeq(set, ",") {
		add(name, draw.Safe([]byte(strings.TrimSpace(part))))
		name = ""
	}
}

// addCounted adds a GTID set as addSet does, with the number of each server's
// transactions.
func addCounted(add func(name, text string), set stream.GTIDSet) {
	for part := range strings.SplitSeq(set.String(), ",") {
		one, err := stream.ParseGTIDSet(part)
		if err == nil {
			add("", part+"  "+draw.Plural(one.Count(), "transaction"))
		}
	}
}

// addLag says what the lag is of.
func (m *Model) addLag(s *stream.ShardState, add func(name, text string)) {
	if s.LagKnown {
		add("lag", draw.Lag(s.Lag)+" from the last transaction's commit to its reading, in whole seconds of the binlog's clock")
	} else {
		add("lag", "not known: no transaction yet")
	}
	if !s.HeartbeatAt.IsZero() {
		add("heartbeat", draw.Count(int(s.HeartbeatLag.Milliseconds()))+"ms from its writing to its reading; it came "+draw.Age(m.Now.Sub(s.HeartbeatAt))+" ago")
	}
}

// tabletsEvery is how old what the tablets have said may be while it is shown.
const tabletsEvery = 10 * time.Second

type tabletsMsg struct {
	shard string
	pane.TabletsFact
}

// askTablets asks the tablets of the shard whose details are open.
func (m *Model) askTablets() tea.Cmd {
	inquirer, s := m.options.Inquirer, m.chosenShard()
	if inquirer == nil || s == nil || !m.details.open || !m.details.stream || m.asking.now {
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
			fact.Lines = append(fact.Lines, pane.TabletLine{Title: title, Text: tabletText(before, t), Purged: t.Purged})
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

// tabletDetails lists the tablets of a shard beside the stream's position.
func (m *Model) tabletDetails(s *stream.ShardState, add func(name, text string)) {
	fact, asked := m.Facts.Tablets[s.Shard.String()]
	switch {
	case !m.Facts.Asked:
		add("tablets", "not asked")
	case !asked:
		add("tablets", "asking …")
	case fact.Err != "":
		add("tablets", "not known: "+draw.Safe([]byte(fact.Err)))
	case len(fact.Lines) == 0:
		add("tablets", "VTGate knows none")
	default:
		add("tablets", "asked "+draw.Age(m.Now.Sub(fact.At))+" ago")
	}
	for _, t := range fact.Lines {
		add("", t.Title+": "+t.Text)
		if t.Purged != "" {
			add("", "purged there:")
			addSet(add, "", t.Purged)
		}
	}
}

// tabletText compares one tablet with the stream's position when it was asked:
// what came after says nothing of what the tablet lacks.
func tabletText(gtid string, t *stream.Tablet) string {
	if t.Unknown != "" {
		return "not known: " + draw.Safe([]byte(t.Unknown))
	}
	position, err := stream.ParseGTIDSet(gtid)
	if err != nil {
		return "not compared: " + draw.Safe([]byte(err.Error()+"; executed "+t.Executed))
	}
	executed, err := stream.ParseGTIDSet(t.Executed)
	if err != nil {
		return "not compared: " + draw.Safe([]byte(err.Error()+"; executed "+t.Executed))
	}
	var parts []string
	if n := executed.Minus(position).Count(); n > 0 {
		parts = append(parts, "has "+draw.Plural(n, "transaction")+" more than the stream had")
	}
	if n := position.Minus(executed).Count(); n > 0 {
		parts = append(parts, "lacks "+draw.Plural(n, "transaction")+" of the stream")
	}
	if len(parts) == 0 {
		parts = append(parts, "stands where the stream did")
	}
	return strings.Join(parts, ", ") + "; " + usable(position, t)
}

// usable says whether a stream could still start there from the position.
func usable(position stream.GTIDSet, t *stream.Tablet) string {
	if strings.TrimSpace(t.Purged) == "" {
		return "nothing is purged"
	}
	purged, err := stream.ParseGTIDSet(t.Purged)
	if err != nil {
		return "what is purged is not known: " + draw.Safe([]byte(err.Error()))
	}
	if n := purged.Minus(position).Count(); n > 0 {
		return draw.Plural(n, "transaction") + " after the position purged: no stream can start here from it"
	}
	return "nothing after the position is purged"
}
