package tables

import (
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// traits are what is told of a column beside its name.
func traits(c *stream.Column) string {
	text := draw.Type(c)
	if c.NotNull() {
		text += " not null"
	}
	if c.IsKey() {
		text += ", key"
	}
	if c.Generated {
		text += ", generated"
	}
	return text
}

// differences are what tells a version of a table from the one before: columns that
// are new, gone, of another type, or in another place.
func differences(before, after *stream.Table) (texts []string) {
	for i := range after.Columns {
		c := &after.Columns[i]
		name := draw.Safe([]byte(c.Name))
		switch at := find(before, c.Name); {
		case at < 0 && i == 0:
			texts = append(texts, "+ "+name+" "+traits(c)+", first")
		case at < 0:
			texts = append(texts, "+ "+name+" "+traits(c)+", after "+draw.Safe([]byte(after.Columns[i-1].Name)))
		case traits(&before.Columns[at]) != traits(c):
			texts = append(texts, name+": "+traits(&before.Columns[at])+" → "+traits(c))
		}
	}
	for i := range before.Columns {
		if c := &before.Columns[i]; find(after, c.Name) < 0 {
			texts = append(texts, "− "+draw.Safe([]byte(c.Name))+" "+traits(c))
		}
	}
	if moved := !slices.Equal(common(before, after), common(after, before)); moved {
		texts = append(texts, "the columns are in another order")
	}
	return texts
}

// find is the place of a column, -1 where the table has none of that name.
func find(t *stream.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c stream.Column) bool { return c.Name == name })
}

// common are the names of a table's columns that the other table has too.
func common(t, other *stream.Table) (names []string) {
	for i := range t.Columns {
		if find(other, t.Columns[i].Name) >= 0 {
			names = append(names, t.Columns[i].Name)
		}
	}
	return names
}
