package shards

import (
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// shardDetails lists what is known of a shard: where its stream stands, where
// the shard itself does, and what lies between.
func (m *drawing) shardDetails(s *stream.ShardState, add func(name, text string)) {
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
func (m *drawing) addStanding(standing *stream.Standing, add func(name, text string)) {
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
func (m *drawing) addLag(s *stream.ShardState, add func(name, text string)) {
	if s.LagKnown {
		add("lag", draw.Lag(s.Lag)+" from the last transaction's commit to its reading, in whole seconds of the binlog's clock")
	} else {
		add("lag", "not known: no transaction yet")
	}
	if !s.HeartbeatAt.IsZero() {
		add("heartbeat", draw.Count(int(s.HeartbeatLag.Milliseconds()))+"ms from its writing to its reading; it came "+draw.Age(m.Now.Sub(s.HeartbeatAt))+" ago")
	}
}

// tabletDetails lists the tablets of a shard beside the stream's position.
func (m *drawing) tabletDetails(s *stream.ShardState, add func(name, text string)) {
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
