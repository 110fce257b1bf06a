package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// addValues adds what the subject can be compared with.
func (l *candidates) addValues() {
	if _, meta := metaByName(l.subject.name); meta && !l.subject.image {
		l.addMetaValues(strings.ToLower(l.subject.name))
		return
	}
	l.addColumnValues()
	if !l.quoted {
		l.addOperands()
	}
}

// addColumnValues adds values of the subject, a column.
func (l *candidates) addColumnValues() {
	members := map[string]bool{} // by the type that names them
	for _, t := range l.tables() {
		i, ok := t.Column(l.subject.name)
		if !ok {
			continue
		}
		c := &t.Columns[i]
		if !members[c.SQLType] {
			members[c.SQLType] = true
			for _, name := range c.Members() {
				l.addText(name, "member of "+t.Name)
			}
		}
	}
	if l.catalog.Recent != nil {
		for _, value := range l.catalog.Recent(l.subject.name) {
			l.add(unquoted(value), Proposal{value, "recent"})
		}
	}
	if l.subject.nullSafe && !l.quoted {
		l.addWords([]word{{"null", ""}})
	}
}

// addText adds a text, as SQL.
func (l *candidates) addText(text, detail string) {
	if f := fits(text, l.word); f != fitsNot {
		l.addFitting(f, Proposal{textLiteral(text), detail})
	}
}

// eventKinds are what _event is of records that have something to show.
var eventKinds = []stream.Kind{
	stream.Copy, stream.Insert, stream.Update, stream.Delete, stream.DDL, stream.Journal, stream.CopyCompleted,
}

// moments are values for _time.
var moments = []word{
	{"now() - interval 5 minute", "five minutes ago"},
	{"now() - interval 1 hour", "an hour ago"},
	{"now() - interval 1 day", "a day ago"},
}

// addMetaValues adds what a meta name can be.
func (l *candidates) addMetaValues(name string) {
	if l.quoted && (name == "_copy" || name == "_time") {
		return
	}
	switch name {
	case "_table":
		for _, t := range l.catalog.Tables {
			l.addText(t.Name, "table")
		}
	case "_keyspace":
		for _, s := range l.catalog.Shards {
			l.addText(s.Keyspace, "keyspace")
		}
	case "_shard":
		for _, s := range l.catalog.Shards {
			l.addText(s.Name, "shard of "+s.Keyspace)
		}
	case "_event":
		for _, k := range eventKinds {
			l.addText(k.String(), "event")
		}
	case "_copy":
		l.addWords([]word{{"true", "read by the copy"}, {"false", "from the binlog"}})
	case "_time":
		l.addWords(moments)
		l.addFunctions()
	}
}

// unquoted gives the text of a literal, itself where it is none.
func unquoted(literal string) string {
	if !strings.HasPrefix(literal, "'") {
		return literal
	}
	if kind, text := parser().NewStringTokenizer(literal).Scan(); kind == sqlparser.STRING {
		return text
	}
	return literal
}
