package headless

import (
	"slices"
	"strings"

	"vtscope/stream"
)

// A schema follows what the shards of each keyspace tell of their DDL, each in
// its own time, so that a statement stands where it fits the rows of all.
type schema struct {
	live    map[string][]*stream.Shard // by keyspace
	told    map[string]*toldDDL        // by keyspace and statement
	waiting []*waitingDDL
	tables  map[tableName]*stream.Table // the newest version
	swapped map[tableName]bool          // exchanged by a schema change since that version
	own     map[ownTable]*stream.Table  // the newest version of each shard
	defined map[columnName]defined      // what a DDL of the stream has said
}

type ownTable struct {
	shard *stream.Shard
	table string
}

type columnName struct {
	tableName
	column string
}

type tableName struct{ keyspace, table string }

func newSchema() *schema {
	return &schema{
		live: map[string][]*stream.Shard{}, told: map[string]*toldDDL{},
		tables: map[tableName]*stream.Table{}, swapped: map[tableName]bool{}, own: map[ownTable]*stream.Table{},
		defined: map[columnName]defined{},
	}
}

// toldDDL counts how often each shard has told a statement.
type toldDDL struct {
	times       map[*stream.Shard]int
	occurrences []*occurrence
}

// An occurrence is one time that all shards carry a statement out.
type occurrence struct {
	number int
	filled int64 // the second that the rows got as a default on the first shard, 0 where none
}

// A waitingDDL is a part of a statement that stands where its last shard has it.
type waitingDDL struct {
	record stream.Record // of the first shard that told it
	ddl    *ddl
	part   ddlPart
	told   *toldDDL
	number int
	met    bool // a row came that does not fit
}

func (w *waitingDDL) refusal() string {
	if w.part.effect == empties {
		return "rows of it came while some shards had emptied it"
	}
	return "rows came from shards that had it before others"
}

// A telling is what one shard's DDL is to the keyspace.
type telling struct {
	told        *toldDDL
	occurrence  *occurrence
	first, last bool
	due         []*waitingDDL // what stands here
	late        string        // why it cannot be as on the first shard, "" where it is
}

// follow takes the shards of the stream.
func (s *schema) follow(shards []*stream.Shard) {
	clear(s.live)
	for _, shard := range shards {
		s.live[shard.Keyspace] = append(s.live[shard.Keyspace], shard)
	}
}

// tell takes note of a shard's DDL.
func (s *schema) tell(r *stream.Record, text []byte) telling {
	keyspace := keyspaceOf(r)
	key := keyspace + "\x00" + string(text)
	told := s.told[key]
	if told == nil {
		told = &toldDDL{times: map[*stream.Shard]int{}}
		s.told[key] = told
	}
	told.times[r.Shard]++
	n := told.times[r.Shard]
	t := telling{told: told}
	if n > len(told.occurrences) {
		t.first = true
		told.occurrences = append(told.occurrences, &occurrence{number: n})
	}
	t.occurrence = told.occurrences[n-1]
	t.last = !slices.ContainsFunc(s.live[keyspace], func(shard *stream.Shard) bool { return told.times[shard] < n })
	if t.occurrence.filled != 0 && t.occurrence.filled != r.Time {
		t.late = "the rows of this shard got the time of another second as a default"
	}
	if t.last {
		s.waiting = slices.DeleteFunc(s.waiting, func(w *waitingDDL) bool {
			due := w.told == told && w.number == n
			if due {
				t.due = append(t.due, w)
			}
			return due
		})
	}
	return t
}

// standsFirst reports whether a part can stand where the first shard has it:
// what came before it there does not wait itself.
func (s *schema) standsFirst(r *stream.Record, d *ddl, part *ddlPart) bool {
	for _, w := range s.waiting {
		if w.told.times[r.Shard] >= w.number && w.record.Shard.Keyspace == r.Shard.Keyspace && w.concerns(d.tables) {
			if part.effect == adds {
				part.effect = changes
			}
			return false
		}
	}
	return part.effect == adds
}

func (w *waitingDDL) concerns(tables []string) bool {
	return slices.ContainsFunc(w.ddl.tables, func(name string) bool { return slices.Contains(tables, name) })
}

// wait keeps a part until the last shard tells it.
func (s *schema) wait(r *stream.Record, t telling, d *ddl, part ddlPart) {
	w := &waitingDDL{record: *r, ddl: d, part: part, told: t.told, number: t.occurrence.number}
	w.record.Payload, w.record.Query, w.record.Own, w.record.Shards = slices.Clone(r.Payload), nil, nil, nil
	s.waiting = append(s.waiting, w)
}

// meet holds a row against the statements that wait. It gives the renames that
// the row's shard has had and the output has not.
func (s *schema) meet(r *stream.Record) (renames []rename) {
	table := strings.ToLower(r.Table.Name)
	for _, w := range s.waiting {
		if r.Shard == nil || w.record.Shard.Keyspace != r.Shard.Keyspace || !slices.Contains(w.ddl.tables, table) {
			continue
		}
		has := w.told.times[r.Shard] >= w.number
		switch w.part.effect {
		case empties:
			w.met = true
		case changes:
			w.met = w.met || has
		case renamed:
			if has {
				renames = append(renames, w.part.renames...)
			}
		}
	}
	return renames
}

// table gives the newest version of a shard's table, or else of another shard's,
// nil where none has come.
func (s *schema) table(shard *stream.Shard, name string) (t *stream.Table, own bool) {
	name = strings.ToLower(name)
	if t, own = s.own[ownTable{shard, name}]; own {
		return t, true
	}
	return s.tables[tableName{shard.Keyspace, name}], false
}

// define takes what a DDL says of columns and their values.
func (s *schema) define(keyspace string, d *ddl) {
	for column, what := range d.defines {
		s.defined[columnName{tableName{keyspace, column.table}, column.column}] = what
	}
}

// swap takes note of tables of which a schema change has made others.
func (s *schema) swap(keyspace string, tables []string) {
	for _, table := range tables {
		if !stream.IsInternalTable(table) {
			s.swapped[tableName{keyspace, table}] = true
		}
	}
}

// learn takes a table version. It gives the one before where a schema change
// has come between.
func (s *schema) learn(shard *stream.Shard, t *stream.Table) (before *stream.Table) {
	s.own[ownTable{shard, strings.ToLower(t.Name)}] = t
	name := tableName{t.Keyspace, strings.ToLower(t.Name)}
	if s.swapped[name] && s.tables[name] != t {
		before = s.tables[name]
		delete(s.swapped, name)
	}
	s.tables[name] = t
	return before
}

// differences says how the columns of a table version differ from those before.
func differences(before, after *stream.Table) string {
	var parts []string
	for i := range before.Columns {
		c := &before.Columns[i]
		j, kept := after.Column(c.Name)
		switch {
		case !kept:
			parts = append(parts, "without "+c.Name)
		case after.Columns[j].SQLType != c.SQLType:
			parts = append(parts, c.Name+" is "+after.Columns[j].SQLType+" and was "+c.SQLType)
		}
	}
	for i := range after.Columns {
		c := &after.Columns[i]
		if _, had := before.Column(c.Name); !had {
			parts = append(parts, "with "+c.Name+" "+c.SQLType)
		}
	}
	if len(parts) == 0 {
		return "its columns are as before"
	}
	return strings.Join(parts, ", ")
}
