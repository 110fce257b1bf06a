package stream

import (
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// tableSet numbers the table versions of a run. Shards whose FIELD events
// describe the same columns share one version.
type tableSet struct {
	byFields map[string]*Table
	versions map[string]int // by keyspace and name
	untold   Untold
	masks    *Masks
}

func newTableSet(untold *Untold) tableSet {
	set := tableSet{byFields: map[string]*Table{}, versions: map[string]int{}}
	if untold != nil {
		set.untold = *untold
	}
	return set
}

// version gives the version of a table that a FIELD event describes.
func (set *tableSet) version(keyspace string, event *binlogdata.FieldEvent) *Table {
	name := strings.TrimPrefix(event.TableName, keyspace+".")
	key := fieldsKey(keyspace, name, event)
	if table := set.byFields[key]; table != nil {
		return table
	}
	set.versions[keyspace+"\x00"+name]++
	table := &Table{
		ID:       uint32(len(set.byFields) + 1),
		Keyspace: keyspace, Name: name,
		Version:  set.versions[keyspace+"\x00"+name],
		Internal: event.IsInternalTable,
		Columns:  make([]Column, len(event.Fields)),
		partial:  set.untold.PartialImages[keyspace],
	}
	for i, f := range event.Fields {
		c := &table.Columns[i]
		*c = newColumn(f, event.EnumSetStringValues)
		where := ColumnName{keyspace, name, c.Name}
		c.Masked = set.masks.of(name, c.Name, c.IsKey()) != unmasked
		c.Generated = set.untold.Generated[where]
		c.UpdatedNow = c.Flags&flagOnUpdateNow != 0 || set.untold.UpdatedNow[where]
		if c.Class == ClassText && c.Collation == 0 {
			c.text = unnumbered[set.untold.Charsets[where]]
		}
		if c.IsKey() {
			table.Key = append(table.Key, i)
		}
	}
	set.byFields[key] = table
	table.described = describedBy(event)
	return table
}

// fieldsKey is what makes two FIELD events the same version: the event itself, without
// its shard. The copy always sets EnumSetStringValues, replication only where the table has such columns.
func fieldsKey(keyspace, name string, event *binlogdata.FieldEvent) string {
	same := binlogdata.FieldEvent{
		Keyspace: keyspace, TableName: name, Fields: event.Fields,
		EnumSetStringValues: event.EnumSetStringValues && hasMembers(event.Fields),
		IsInternalTable:     event.IsInternalTable,
	}
	key, err := same.MarshalVT()
	if err != nil {
		return keyspace + "\x00" + name
	}
	return string(key)
}

// describedBy encodes a FIELD event without its shard.
func describedBy(event *binlogdata.FieldEvent) string {
	same := event.CloneVT()
	same.Shard = ""
	encoded, err := same.MarshalVT()
	if err != nil {
		return "" // it was decoded, so that it can be encoded
	}
	return string(encoded)
}

func newColumn(f *query.Field, membersAsText bool) Column {
	c := Column{
		Name: f.Name, Type: f.Type, SQLType: f.ColumnType, Collation: f.Charset,
		Length: f.ColumnLength, Decimals: f.Decimals, Flags: f.Flags, Class: classOf(f),
	}
	if c.Class != ClassText {
		return c
	}
	if (f.Type == query.Type_ENUM || f.Type == query.Type_SET) && !membersAsText {
		c.names = memberNames(f.ColumnType)
	}
	c.text = decoderFor(f.Charset)
	return c
}

// hasMembers reports whether some column is an ENUM or a SET.
func hasMembers(fields []*query.Field) bool {
	return slices.ContainsFunc(fields, func(f *query.Field) bool {
		return f.Type == query.Type_ENUM || f.Type == query.Type_SET
	})
}
