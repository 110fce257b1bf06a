package ui

import (
	"strings"

	"vtscope/stream"
)

// streamDetails lists what is to be said about the shard under the cursor, and
// below it about the stream as a whole.
func (m *Model) streamDetails(width int) (details []detail) {
	add := func(name, text string) {
		for i, part := range wrapWhole(text, width-14) {
			if i > 0 {
				name = ""
			}
			details = append(details, detail{column: -1, name: name, text: part})
		}
	}
	if s := m.chosenShard(); s != nil {
		m.shardDetails(s, add)
		details = append(details, detail{column: -1}, detail{column: -1, name: "stream"})
	}
	add("target", safe([]byte(m.options.Target)))
	vtgate := safe([]byte(m.options.Address))
	if m.facts.version != "" {
		vtgate += ", v" + safe([]byte(m.facts.version))
	}
	add("VTGate", vtgate)
	state, _ := m.state()
	if m.summary.Failure != "" {
		state += ": " + safe([]byte(m.summary.Failure))
	}
	add("state", state)
	add("received", plural(m.summary.Rows, "row change")+", "+plural(m.summary.Transactions, "transaction")+
		", "+plural(m.summary.Problems, "problem")+", "+plural(m.summary.Retries, "reconnect"))
	add("kept", count(m.latest.Len())+", "+size(m.latest.Bytes())+"; "+count(m.latest.Dropped())+" dropped")
	if m.filter != nil {
		add("filter", safe([]byte(m.filter.String())))
		add("at VTGate", m.pushText())
	}
	return details
}

// pushText says whether VTGate could do what the filter does, and how.
func (m *Model) pushText() string {
	if m.options.Table == "" {
		return "a rule is for one table: not known for a stream of several; choose one with -t"
	}
	rule, reason := m.filter.Pushable(m.options.Table)
	if t := m.tableNamed(m.options.Table); t != nil {
		rule, reason = m.filter.PushableTo(t)
	}
	if rule == "" {
		return safe([]byte("no: " + reason))
	}
	return safe([]byte("could filter too, with --rule " + ShellQuoted(rule) + " in place of -t: less crosses the network. " +
		"It sends an update whole where either of its images matches, so the filter stays"))
}

// tableNamed finds a table among those seen so far.
func (m *Model) tableNamed(name string) *stream.Table {
	for _, t := range m.tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// ShellQuoted writes a word so that a shell takes it as it is.
func ShellQuoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
