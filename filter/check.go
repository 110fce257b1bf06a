package filter

import (
	"strings"

	"vtscope/stream"
)

// Check compares the expression with the tables seen so far. The error, an
// *Error, says which named column none of them has, with the nearest name, that
// none has all of them, or what the columns' types do not allow. Without tables
// nothing is known.
func (f *Filter) Check(tables []*stream.Table) error {
	if len(tables) == 0 || !f.NamesColumns() {
		return nil
	}
	if e := f.unknownColumn(columnNames(tables), tables, "no table seen so far"); e != nil {
		return e
	}
	var misfit error
	whole := false
	for _, t := range tables {
		if !f.fits(t) {
			continue
		}
		whole = true
		p := f.compile(t)
		if p.reason == nil {
			return nil
		}
		misfit = p.reason
	}
	if !whole {
		return &Error{
			Text: f.text, End: len(f.text), Problem: "no table seen so far has all of these columns, so no row matches",
			Hint: "of two tables, write (_table = 'a' and …) or (_table = 'b' and …)",
		}
	}
	return misfit
}

// CheckNames compares the columns that the expression names with those that
// there are, over all tables. The error is an *Error.
func (f *Filter) CheckNames(columns []string) error {
	if e := f.unknownColumn(columns, nil, "no table"); e != nil {
		return e
	}
	return nil
}

// unknownColumn says which named column is not among those that there are.
func (f *Filter) unknownColumn(columns []string, tables []*stream.Table, nowhere string) *Error {
	known := make(map[string]bool, len(columns))
	for _, name := range columns {
		known[strings.ToLower(name)] = true
	}
	for _, s := range f.slots {
		if s.source == fromMeta || known[s.column] {
			continue
		}
		return &Error{
			Text: f.text, Start: s.start, End: s.end, Problem: nowhere + " has a column " + s.column,
			Hint: f.nameHint(s.column, tables, columns),
		}
	}
	return nil
}

// fits reports whether a table has every column that the expression names, where _table
// has not settled that part.
func (f *Filter) fits(t *stream.Table) bool {
	_, named := f.conjunctsOf(t)
	for i, s := range f.slots {
		if s.source == fromMeta || !named[i] {
			continue
		}
		if _, ok := t.Column(s.column); !ok {
			return false
		}
	}
	return true
}

// columnNames lists the columns' names, each once.
func columnNames(tables []*stream.Table) []string {
	var names []string
	seen := map[string]bool{}
	for _, t := range tables {
		for i := range t.Columns {
			if name := t.Columns[i].Name; !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}
