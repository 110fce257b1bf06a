package shards

import (
	"fmt"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// streamDetails lists what is to be said about the shard under the cursor, and
// below it about the stream as a whole.
func (m *drawing) streamDetails(width int) (lines []pane.Line) {
	add := func(name, text string) {
		lines = append(lines, pane.Named(m.Context, width, name, text)...)
	}
	if s := m.chosenShard(); s != nil {
		m.shardDetails(s, add)
		add("", "")
		add("stream", "")
	}
	add("target", draw.Safe([]byte(m.Target)))
	vtgate := draw.Safe([]byte(m.Address))
	if m.Facts.Version != "" {
		vtgate += ", v" + draw.Safe([]byte(m.Facts.Version))
	}
	add("VTGate", vtgate)
	state, _ := m.State()
	if m.Summary.Failure != "" {
		state += ": " + draw.Safe([]byte(m.Summary.Failure))
	}
	add("state", state)
	add("received", draw.Plural(m.Summary.Rows, "row change")+", "+draw.Plural(m.Summary.Transactions, "transaction")+
		", "+draw.Plural(m.Summary.Problems, "problem")+", "+draw.Plural(m.Summary.Retries, "reconnect"))
	add("kept", draw.Count(m.Latest.Len())+", "+draw.Size(m.Latest.Bytes())+"; "+draw.Count(m.Latest.Dropped())+" dropped"+m.lasting())
	if m.Usage.Memory > 0 {
		add("vtscope", fmt.Sprintf("%.0f%% of a core, ", m.Usage.Core*100)+draw.Size(int(m.Usage.Memory)))
	}
	if m.Sieve.Filter != nil {
		add("filter", draw.Safe([]byte(m.Sieve.Filter.String())))
		add("at VTGate", m.pushText())
	}
	return lines
}

// lasting says how long the buffer lasts at the present rate, "" where nothing comes or
// too little is kept to tell.
func (m *drawing) lasting() string {
	rate, each := m.Summary.Rate.PerSecond(m.Now), m.Latest.PerRecord()
	if rate < 0.5 || each == 0 {
		return ""
	}
	lasts := float64(m.Latest.Limit()) / (rate * each)
	return "; at this rate the buffer holds the last " + draw.Age(time.Duration(min(lasts, 1e8))*time.Second)
}

// pushText says whether VTGate could do what the filter does, and how.
func (m *drawing) pushText() string {
	if m.Table == "" {
		return "a rule is for one table: not known for a stream of several; choose one with -t"
	}
	rule, reason := m.Sieve.Filter.Pushable(m.Table)
	if t := m.tableNamed(m.Table); t != nil {
		rule, reason = m.Sieve.Filter.PushableTo(t)
	}
	if rule == "" {
		return draw.Safe([]byte("no: " + reason))
	}
	return draw.Safe([]byte("could filter too, with --rule " + draw.ShellQuoted(rule) + " in place of -t: less crosses the network. " +
		"It sends an update if either of its images matches, so keep the filter"))
}

// tableNamed finds a table among those seen so far.
func (m *drawing) tableNamed(name string) *stream.Table {
	for _, t := range m.Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}
