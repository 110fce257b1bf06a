package transactions

import (
	"cmp"
	"slices"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Widths of the columns.
const (
	timeWidth = len("15:04:05")
	rowsWidth = len("1,000,000")
	sizeWidth = len("999.9 MiB")
	tookWidth = len("59m59s")
)

// Draw draws a title, the columns' names and the transactions.
func (p *Pane) Draw(c *pane.Context) []string {
	shards := len("SHARD")
	last := min(p.offset+p.page(), len(p.list))
	for _, t := range p.list[p.offset:last] {
		shards = max(shards, draw.TextWidth(draw.ShardName(t.Shard, c.SeveralKeyspaces())))
	}
	shards = min(shards, max(p.room.Width/6, 6))
	lines := append(make([]string, 0, p.room.Height), p.title(c), p.heads(c, shards))
	if len(p.list) == 0 {
		lines = append(lines, draw.NewLine(p.room.Width).Put("", "   ").Put(c.Theme.Dim, nothingYet(c)).String())
	}
	at := p.at()
	for i := p.offset; i < last; i++ {
		line := p.row(c, txn{p.list[i]}, shards)
		if i == at && (p.room.Focused || p.room.Detailed) {
			line = draw.Selected(c.Theme, line)
		}
		lines = append(lines, line)
	}
	return draw.Filled(lines, p.room.Height)
}

// title says what the lines are, and of how many.
func (p *Pane) title(c *pane.Context) string {
	l := pane.Heading(c, p.room, "Transactions")
	tally := draw.Plural(c.Txns.Total, "transaction")
	if n := uint64(len(p.list)); n < c.Txns.Total {
		tally = draw.Count(n) + " of " + tally
		if !orders[p.order].newest {
			tally += ", the largest among them"
		}
	}
	return l.Right(c.Theme.Dim, tally+" ", p.room.Width).String()
}

// heads are the columns' names, the one marked by which the transactions are ordered.
func (p *Pane) heads(c *pane.Context, shards int) string {
	l := draw.NewLine(p.room.Width)
	mark := func(title string) (draw.Style, string) {
		switch {
		case orders[p.order].head != title:
			return c.Theme.Dim, title
		case p.upside:
			return c.Theme.Bold, title + "▴"
		}
		return c.Theme.Bold, title + "▾"
	}
	style, title := mark("TIME")
	l.Put("", " ").Cell(style, title, timeWidth).Cell(c.Theme.Dim, "SHARD", shards)
	for _, column := range []struct {
		title string
		width int
	}{{"ROWS", rowsWidth}, {"SIZE", sizeWidth}, {"TOOK", tookWidth}} {
		if p.has(column.title) {
			style, title := mark(column.title)
			l.CellRight(style, title, column.width)
		}
	}
	return l.Put(c.Theme.Dim, "TABLES").String()
}

// has reports whether a column has room.
func (p *Pane) has(title string) bool {
	return title == "ROWS" || p.room.Width >= 60
}

// row is one transaction.
func (p *Pane) row(c *pane.Context, t txn, shards int) string {
	l := draw.NewLine(p.room.Width)
	l.Put("", " ").Cell(c.Theme.Dim, time.Unix(t.Commit, 0).UTC().Format(draw.SecondForm), timeWidth)
	l.Cell(c.Theme.Accent, draw.ShardName(t.Shard, c.SeveralKeyspaces()), shards)
	l.CellRight("", draw.Count(t.Rows), rowsWidth)
	if p.has("SIZE") {
		l.CellRight("", draw.Size(int(min(t.Bytes, 1<<62))), sizeWidth)
		l.CellRight("", draw.Age(time.Duration(t.Seconds())*time.Second), tookWidth)
	}
	t.putTables(c, l)
	if text, cut := t.Statement(); len(text) > 0 {
		statement := draw.Safe(text)
		if cut {
			statement += "…"
		}
		l.Put("", "  ").Put(c.Theme.Dim, statement)
	}
	return l.String()
}

// putTables writes what the transaction did to its tables, most first.
func (t txn) putTables(c *pane.Context, l *draw.Line) {
	list, more := t.Tables()
	tables := slices.Clone(list)
	slices.SortStableFunc(tables, func(a, b stream.TxnTable) int { return cmp.Compare(changes(&b), changes(&a)) })
	for i := range tables {
		if i > 0 {
			l.Put("", "  ")
		}
		l.Put("", draw.Safe([]byte(tables[i].Table.Name)))
		for _, part := range kinds {
			if n := tables[i].Rows(part.kind); n > 0 {
				l.Put(c.Theme.Kinds[part.kind], " "+part.sign+draw.Count(n))
			}
		}
	}
	if more > 0 {
		l.Put(c.Theme.Dim, "  and "+draw.Plural(uint64(more), "table")+" more")
	}
}

// kinds are the signs of what is done to rows.
var kinds = []struct {
	kind stream.Kind
	sign string
	word string
}{{stream.Insert, "+", "inserted"}, {stream.Update, "~", "updated"}, {stream.Delete, "−", "deleted"}}

func changes(t *stream.TxnTable) (n uint64) {
	for _, part := range kinds {
		n += t.Rows(part.kind)
	}
	return n
}

// nothingYet says why there is no transaction.
func nothingYet(c *pane.Context) string {
	switch c.Summary.State {
	case stream.Streaming:
		return "no transaction has been committed since the stream began"
	case stream.Retrying, stream.Ended:
		return draw.Safe([]byte(c.Summary.Failure))
	}
	return "connecting …"
}
