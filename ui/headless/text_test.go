package headless_test

import (
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

func TestTextLines(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.Text, Events: headless.DefaultEvents | 1<<stream.Commit | 1<<stream.Status})
	blob := &query.Field{Name: "b", Type: query.Type_BLOB, Charset: 63, ColumnType: "blob"}
	doc := &query.Field{Name: "j", Type: query.Type_JSON, Charset: 63, ColumnType: "json"}
	const where = "2026-11-22T14:20:05Z customer/-80 "
	f.expect(t, where+`insert customer id=1 name='it''s' b=0x00ff j={"a": 1}
`+where+`update customer id=2 id: 1 → 2 name: 'a' → NULL
`+where+`update customer id=2
`+where+`delete customer id=3 name='\x1b[31m\n\u202e\xff' b=NULL j=NULL
`+where+`commit `+uuid+`:59
`, begin("-80", 59), fields("-80", 59, id, name, blob, doc), rows("-80", 59, insert(1, "it's", "\x00\xff", `{"a": 1}`),
		&binlogdata.RowChange{Before: row(1, "a", "x", nil), After: row(2, nil, "x", nil)},
		&binlogdata.RowChange{Before: row(2, "a", "x", nil), After: row(2, "a", "x", nil)},
		&binlogdata.RowChange{Before: row(3, "\x1b[31m\n\u202e\xff", nil, nil)}), commit("-80", 59))

	f.expect(t, `-                    customer/-80 copy   customer - name='a'
-                    customer/-80 commit
`, begin("-80", 0), fields("-80", 0, name), rows("-80", 0, insert("a")), commit("-80", 0))

	ddl := event(binlogdata.VEventType_DDL, "-80", 59)
	ddl.Statement = "alter table t\nadd c int"
	f.expect(t, where+`ddl    alter table t\nadd c int`+"\n", ddl)
	f.expect(t, "-                    - copy_completed\n", &binlogdata.VEvent{Type: binlogdata.VEventType_COPY_COMPLETED})

	journal := event(binlogdata.VEventType_JOURNAL, "-80", 59)
	journal.Journal = &binlogdata.Journal{
		MigrationType: binlogdata.MigrationType_SHARDS,
		Participants:  []*binlogdata.KeyspaceShard{{Keyspace: "customer", Shard: "-80"}},
		ShardGtids:    []*binlogdata.ShardGtid{{Keyspace: "customer", Shard: "-40"}, {Keyspace: "customer", Shard: "40-80"}},
	}
	f.expect(t, where+"journal SHARDS customer/-80 → customer/-40 customer/40-80\n", journal)

	f = newFeed(headless.Options{Format: headless.Text, Events: 1<<stream.Status | 1<<stream.Other})
	f.expect(t, where+"other\n", event(binlogdata.VEventType_OTHER, "-80", 59))
	f = newFeed(headless.Options{Format: headless.Text, Events: 1 << stream.Status})
	before := f.out.Len()
	if err := f.Append(&stream.Record{Kind: stream.Status, State: stream.Retrying, Payload: []byte("gone")}); err != nil || f.Flush() != nil {
		t.Fatal(err)
	}
	if got := f.out.String()[before:]; got != "-                    - status retrying: gone\n" {
		t.Errorf("printed %s", got)
	}
}
