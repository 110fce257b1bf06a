package tables

import (
	"strings"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A subject is the table under the cursor, in full.
type subject struct{ *Pane }

// entry is the table, nil where there is none.
func (s subject) entry() *entry {
	if len(s.entries) == 0 {
		return nil
	}
	return &s.entries[s.at()]
}

// Title names the table.
func (s subject) Title(*pane.Context) string {
	if e := s.entry(); e != nil {
		return "table " + draw.Safe([]byte(e.name.keyspace+"."+e.name.table))
	}
	return "table"
}

// Clippings are the table's names, and the filter for its changes.
func (s subject) Clippings(*pane.Context) []pane.Clipping {
	e := s.entry()
	if e == nil {
		return nil
	}
	return []pane.Clipping{pane.Plainly("n", "the table's name", e.name.keyspace+"."+e.name.table), pane.Plainly("f", "the filter for its changes", s.filter())}
}

// Height is the number of lines.
func (s subject) Height(c *pane.Context, width int) int { return len(s.Lines(c, width, false)) }

// Lines are what has come of the table, what it holds, its columns, its history; with
// choosing also what a filter can be made of.
func (s subject) Lines(c *pane.Context, width int, choosing bool) (lines []pane.Line) {
	s.list(c)
	e := s.entry()
	if e == nil {
		return nil
	}
	add := func(name, text string) { lines = append(lines, pane.Named(c, width, name, text)...) }
	if choosing {
		lines = append(s.choices(c, e), lines...)
	}
	add("changes", changesText(c, e))
	add("last", lastWords(c, e))
	if text := copyWords(c, e); text != "" {
		add("copy", text)
	}
	add("size", sizeWords(c, e))
	add("", "")
	lines = append(lines, columnLines(c, e, width)...)
	add("", "")
	name := "history"
	if c.DDLsCut > 0 {
		add(name, draw.Plural(c.DDLsCut, "earlier statement")+" of the stream no longer kept")
		name = ""
	}
	for _, step := range s.history(c, e) {
		add(name, moment(c, step.at)+" "+step.text)
		name = ""
	}
	return lines
}

// moment is when something came, with the day where that is not today.
func moment(c *pane.Context, at time.Time) string {
	at = at.UTC()
	if at.YearDay() != c.Now.UTC().YearDay() || at.Year() != c.Now.UTC().Year() {
		return at.Format(draw.DayForm) + " " + draw.Zone
	}
	return at.Format(draw.SecondForm) + " " + draw.Zone
}

// choices are the lines that + and - can take.
func (s subject) choices(c *pane.Context, e *entry) (lines []pane.Line) {
	for _, meta := range []string{"_table", "_keyspace"} {
		term, known := e.term(meta)
		if !known {
			continue
		}
		line := pane.Named(c, 1<<20, meta, draw.Safe([]byte(strings.TrimPrefix(term, meta+" = "))))[0]
		line.Term = func() (string, string) { return term, "" }
		if line.Worth = 1; meta == "_table" {
			line.Worth = 2
		}
		lines = append(lines, line)
	}
	return lines
}

// changesText is what has come, by kind.
func changesText(c *pane.Context, e *entry) (text string) {
	for kind := stream.Copy; kind.IsRow(); kind++ {
		rows := e.state.Rows(kind)
		if kind == stream.Copy && rows.Total == 0 {
			continue
		}
		if text != "" {
			text += ",  "
		}
		words := map[stream.Kind]string{stream.Copy: "copied", stream.Insert: "inserted", stream.Update: "updated", stream.Delete: "deleted"}
		text += draw.Count(rows.Total) + " " + words[kind] + " " + draw.Rate(rows.Rate.PerSecond(c.Now))
	}
	return text
}

// lastWords is when the last change came, and how many are kept.
func lastWords(c *pane.Context, e *entry) string {
	if e.state.LastRow.IsZero() {
		return "no row has come yet"
	}
	return draw.Age(c.Now.Sub(e.state.LastRow)) + " ago; " + draw.Count(e.kept) + " of " + draw.Plural(e.changes(), "row change") + " kept"
}

// sizeWords is how large the table is, by MySQL's estimate.
func sizeWords(c *pane.Context, e *entry) string {
	about := "about " + draw.Plural(e.size.Rows, "row") + ", " + draw.Size(int(min(e.size.Bytes, 1<<62))) + ", by MySQL's estimate"
	switch {
	case !c.Facts.Asked:
		return "not asked"
	case e.size.known == 0:
		return "not known"
	case e.size.isWhole():
		return about
	}
	return about + " in " + draw.Count(e.size.known) + " of " + draw.Plural(uint64(e.size.shards), "shard")
}

// columnLines are the table's columns as they were told of last.
func columnLines(c *pane.Context, e *entry, width int) (lines []pane.Line) {
	table := e.newest()
	names := 0
	for i := range table.Columns {
		names = max(names, draw.TextWidth(draw.Safe([]byte(table.Columns[i].Name))))
	}
	names = min(names, width/3)
	for i := range table.Columns {
		column := &table.Columns[i]
		style := c.Theme.Plain
		if column.IsKey() {
			style = c.Theme.Bold
		}
		lines = append(lines, pane.Line{Put: func(l *draw.Line) {
			head := ""
			if i == 0 {
				head = "columns"
			}
			l.Put("", "  ").Cell(c.Theme.Dim, head, len("last event")).Put("", " ")
			l.Cell(style, draw.Safe([]byte(column.Name)), names).Put("", " ").Put(c.Theme.Dim, traits(column))
		}})
	}
	return lines
}
