package transactions

import (
	"strings"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A subject is the transaction under the cursor, in full.
type subject struct{ *Pane }

// Title names the transaction.
func (s subject) Title(*pane.Context) string {
	if len(s.list) == 0 {
		return "transaction"
	}
	if t := s.under(); !t.GTID.IsZero() {
		return "transaction " + draw.Safe(t.GTID.AppendTo(nil))
	}
	return "transaction of an untold GTID"
}

// Height is the number of lines.
func (s subject) Height(c *pane.Context, width int) int { return len(s.Lines(c, width, false)) }

// Lines are what it did, when and how; with choosing also what a filter can be made of.
func (s subject) Lines(c *pane.Context, width int, choosing bool) (lines []pane.Line) {
	if s.make(c); len(s.list) == 0 {
		return nil
	}
	t := s.under()
	add := func(name, text string) { lines = append(lines, pane.Named(c, width, name, text)...) }
	if choosing {
		lines = t.choices(c)
	}
	add("rows", draw.Plural(t.Rows, "row change")+", "+draw.Size(int(min(t.Bytes, 1<<62)))+", in "+draw.Safe([]byte(t.Shard.String())))
	name := "tables"
	tables, more := t.Tables()
	for i := range tables {
		add(name, tableText(&tables[i]))
		name = ""
	}
	if more > 0 {
		add(name, "and "+draw.Plural(uint64(more), "table")+" more, counted in rows")
	}
	add("statement", statementText(t))
	add("committed", time.Unix(t.Commit, 0).UTC().Format(draw.DayForm)+" "+draw.Zone+", "+draw.Age(c.Now.Sub(time.Unix(t.Commit, 0)))+" ago; took "+
		draw.Age(time.Duration(t.Seconds())*time.Second)+" by the binary log's clock of seconds")
	add("arrived", time.Unix(0, t.Arrived).UTC().Format(draw.MilliForm)+" "+draw.Zone+", its first row "+
		time.Duration(t.Arrived-t.Begun).Round(time.Millisecond).String()+" before")
	return lines
}

// tableText is what it did to a table.
func tableText(t *stream.TxnTable) string {
	var parts []string
	for _, part := range kinds {
		if n := t.Rows(part.kind); n > 0 {
			parts = append(parts, draw.Count(n)+" "+part.word)
		}
	}
	return draw.Safe([]byte(t.Table.Keyspace+"."+t.Table.Name)) + ": " + strings.Join(parts, ", ")
}

func statementText(t txn) string {
	text, cut := t.Statement()
	switch {
	case len(text) == 0:
		return "none came; MySQL logs it with binlog_rows_query_log_events"
	case cut:
		return draw.Safe(draw.Clip(text, stream.StatementKept-4)) + "… (the details of its rows have all of it)"
	}
	return draw.Safe(text)
}

// choices are the lines that + and - can take.
func (t txn) choices(c *pane.Context) (lines []pane.Line) {
	r := &stream.Record{Kind: stream.Insert, GTID: t.GTID, Shard: t.Shard}
	for _, meta := range []string{"_gtid", "_shard", "_keyspace"} {
		term, known := filter.MetaTerm(meta, r)
		if !known {
			continue
		}
		line := pane.Named(c, 1<<20, meta, draw.Safe([]byte(strings.TrimPrefix(term, meta+" = "))))[0]
		line.Term, line.Worth = func() (string, string) { return term, "" }, 1
		lines = append(lines, line)
	}
	return lines
}

// Clippings are its GTID, the filter for its rows and its statement.
func (s subject) Clippings(*pane.Context) (list []pane.Clipping) {
	if len(s.list) == 0 {
		return nil
	}
	t := s.under()
	if term, known := t.term(); known {
		list = append(list, pane.Plainly("x", "the GTID", t.GTID.String()), pane.Plainly("f", "the filter for its rows", term))
	}
	if text, cut := t.Statement(); len(text) > 0 && !cut {
		list = append(list, pane.Plainly("t", "the statement", string(text)))
	}
	return list
}
