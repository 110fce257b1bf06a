package cli

import (
	"errors"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/headless"
)

// filterNotices is a sink that tells, once each, what keeps a filter from
// matching: a column that no table has, rows that it cannot be evaluated for.
type filterNotices struct {
	*headless.Printer
	filter     *filter.Filter
	tables     map[tableName]*stream.Table // the newest versions
	unchecked  bool                        // a table is new
	misfit     error                       // what the tables seen so far lack
	toldMisfit bool
	toldFailed bool
}

type tableName struct{ keyspace, name string }

func newFilterNotices(p *headless.Printer, f *filter.Filter) *filterNotices {
	return &filterNotices{Printer: p, filter: f, tables: map[tableName]*stream.Table{}}
}

// Append takes one record.
func (n *filterNotices) Append(r *stream.Record) error {
	if r.Kind == stream.Columns && !r.Table.Internal {
		n.tables[tableName{r.Table.Keyspace, r.Table.Name}] = r.Table
		n.unchecked = true
	}
	return n.Printer.Append(r)
}

// Flush ends a frame.
func (n *filterNotices) Flush() error {
	if n.unchecked {
		n.check()
	}
	if failed, first := n.Failures(); failed > 0 && !n.toldFailed {
		n.toldFailed = true
		say("warning: --where cannot be evaluated for a row change, which counts as no match: %s", filter.Summary(first))
	}
	return n.Printer.Flush()
}

func (n *filterNotices) check() {
	n.unchecked = false
	tables := make([]*stream.Table, 0, len(n.tables))
	for _, t := range n.tables {
		tables = append(tables, t)
	}
	n.misfit = n.filter.Check(tables)
	// The tables to come may have what the first ones lack, but for a name that
	// is nearly one of theirs.
	if e := (*filter.Error)(nil); !n.toldMisfit && errors.As(n.misfit, &e) && e.Hint != "" {
		n.toldMisfit = true
		say("warning: --where: %s", filter.Summary(n.misfit))
	}
}

// sayEnd repeats at the end of the run what still holds.
func (n *filterNotices) sayEnd() {
	if n.misfit != nil {
		say("warning: --where: %s", filter.Summary(n.misfit))
	}
	if failed, _ := n.Failures(); failed > 1 {
		say("warning: --where could not be evaluated for %s", draw.Plural(failed, "row change"))
	}
}
