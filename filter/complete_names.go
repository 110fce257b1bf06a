package filter

import (
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// addOperands adds what an operand can begin with.
func (l *candidates) addOperands() {
	l.addColumns()
	for _, m := range metaNames {
		l.add(m.name, Proposal{m.name, m.detail})
	}
	l.addFunctions()
	for _, w := range images {
		l.add(w.text, Proposal{w.text, w.detail})
	}
	for _, w := range openers {
		// A comparison with NULL by anything but <=> is never true.
		if w.text != "null" || l.kind != placeValue || l.subject.nullSafe {
			l.addWords([]word{w})
		}
	}
}

// addFunctions adds the functions that begin with the word, with their opening
// parentheses where the text does not have them already. changed, which only a
// filter has, comes first.
func (l *candidates) addFunctions() {
	open := "("
	if strings.HasPrefix(l.text[l.end:], open) {
		open = ""
	}
	add := func(f function) {
		if fits(f.name, l.word) == fitsStart {
			l.addFitting(fitsStart, Proposal{f.name + open, f.signature + ": " + f.help})
		}
	}
	if i := slices.IndexFunc(functions, func(f function) bool { return f.name == "changed" }); i >= 0 {
		add(functions[i])
	}
	for _, f := range functions {
		add(f)
	}
}

// A columnName is what the tables have under one name.
type columnName struct {
	name  string
	fit   fit
	types []*stream.Column // one for each type, and the table of each
	owner []*stream.Table
}

// maxTypes bounds how many types of a column are told apart.
const maxTypes = 3

// addColumns adds the names of columns, those of the tables that the text is
// about first.
func (l *candidates) addColumns() {
	for _, n := range l.columnNames() {
		text, fit := quoteName(n.name), n.fit
		if whole := quoteColumn(n.name); whole != text && l.kind != placeColumn {
			text, fit = whole, fits(whole, l.word)
		}
		l.addFitting(fit, Proposal{text, n.detail()})
	}
}

// columnNames gives the names that fit the word, in the order of the tables. It
// looks no further once there are enough that begin with it.
func (l *candidates) columnNames() []*columnName {
	var names []*columnName
	known := map[string]*columnName{}
	var count [fitsStart + 1]int
	for _, t := range l.tables() {
		if count[fitsStart] == maxProposals {
			break
		}
		for i := range t.Columns {
			c := &t.Columns[i]
			f := fits(c.Name, l.word)
			if f == fitsNot {
				continue
			}
			n := known[c.Name]
			if n == nil {
				if count[f] == maxProposals {
					continue
				}
				count[f]++
				n = &columnName{name: c.Name, fit: f}
				known[c.Name] = n
				names = append(names, n)
			}
			n.note(t, c)
		}
	}
	return names
}

// note takes down a type that is not known yet.
func (n *columnName) note(t *stream.Table, c *stream.Column) {
	for _, known := range n.types {
		if known.SQLType == c.SQLType && known.Type == c.Type {
			return
		}
	}
	if len(n.types) < maxTypes {
		n.types, n.owner = append(n.types, c), append(n.owner, t)
	}
}

// detail gives the column's type; where tables differ in it, the types with a
// table of each.
func (n *columnName) detail() string {
	if len(n.types) == 1 {
		return typeName(n.types[0])
	}
	var parts []string
	for i, c := range n.types {
		parts = append(parts, typeName(c)+" in "+n.owner[i].Name)
	}
	if len(parts) == maxTypes {
		parts[maxTypes-1] = "…"
	}
	return strings.Join(parts, ", ")
}

func typeName(c *stream.Column) string {
	if c.SQLType != "" {
		return c.SQLType
	}
	return strings.ToLower(c.Type.String())
}

// tables gives the tables, first those that the text names: _table = 'x'.
func (l *candidates) tables() []*stream.Table {
	named := namedTables(l.text)
	if len(named) == 0 {
		return l.catalog.Tables
	}
	var first, rest []*stream.Table
	for _, t := range l.catalog.Tables {
		if named[strings.ToLower(t.Name)] {
			first = append(first, t)
		} else {
			rest = append(rest, t)
		}
	}
	return append(first, rest...)
}

// namedTables finds the tables that an expression, finished or not, is about:
// _table = 'x', _table in ('x', 'y').
func namedTables(text string) map[string]bool {
	named := map[string]bool{}
	tokens := scanTokens(text)
	for i, t := range tokens {
		if !t.is("_table") || !t.isName(text) || i+1 == len(tokens) || tokens[i+1].kind != '=' && tokens[i+1].kind != sqlparser.IN {
			continue
		}
		for _, value := range tokens[i+2:] {
			if value.kind == sqlparser.STRING {
				named[strings.ToLower(value.text)] = true
			} else if value.kind != '(' && value.kind != ',' {
				break
			}
		}
	}
	return named
}
