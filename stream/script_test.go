package stream_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// frames makes the frames of a script. A line is an event, "--" ends a frame:
//
//	SHARD EVENT[@N] ARGUMENTS
//
// SHARD is "." for an event of no shard. With @N the event is of transaction N
// of the binlog and carries a timestamp; without, it is the copy's.
//
//	-80 begin@5               also commit, other, rollback, heartbeat, completed
//	-80 field t id name       a column named doc is JSON, body is a BLOB, id the key; a
//	                          table named heartbeat is Vitess's own
//	-80 row@5 t +1,ann        insert; -1,ann is a delete, 1,ann>1,bob an update, ~ is NULL
//	-80 vgtid -80=5 80-=3/t   where each shard stands; /t: in the copy of table t, /t/u: of two
//	-80 ddl@5 alter table t   also query@5
//	-80 journal -80 -40=8 40-80=9
//	                          of the reshard of -80; several old shards with commas; #2
//	                          at its end is of another reshard than others'
//	. type 99                 an event of an unknown type
func frames(t testing.TB, script string) []stream.Frame {
	t.Helper()
	var out []stream.Frame
	var events []*binlogdata.VEvent
	for line := range strings.Lines(script + "\n--\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "--" && len(events) > 0:
			out, events = append(out, frame(t, events...)), nil
		case line != "--" && line != "":
			events = append(events, parseEvent(t, line))
		}
	}
	return out
}

// keyspace is the one of every script.
const keyspace = "ks"

var eventTypes = map[string]binlogdata.VEventType{
	"begin": binlogdata.VEventType_BEGIN, "commit": binlogdata.VEventType_COMMIT, "other": binlogdata.VEventType_OTHER,
	"rollback": binlogdata.VEventType_ROLLBACK, "heartbeat": binlogdata.VEventType_HEARTBEAT,
	"completed": binlogdata.VEventType_COPY_COMPLETED, "field": binlogdata.VEventType_FIELD,
	"row": binlogdata.VEventType_ROW, "vgtid": binlogdata.VEventType_VGTID, "ddl": binlogdata.VEventType_DDL,
	"query": binlogdata.VEventType_ROWS_QUERY, "journal": binlogdata.VEventType_JOURNAL,
}

func parseEvent(t testing.TB, line string) *binlogdata.VEvent {
	t.Helper()
	shard, rest, _ := strings.Cut(line, " ")
	word, arguments, _ := strings.Cut(rest, " ")
	word, number, live := strings.Cut(word, "@")
	e := &binlogdata.VEvent{Type: eventTypes[word]}
	if shard != "." {
		e.Keyspace, e.Shard = keyspace, shard
	}
	if live {
		e.Timestamp, e.CurrentTime = 1795356899, 1795356900_500_000_000
		e.EventGtid = uuid + ":" + number
	}
	words := strings.Fields(arguments)
	switch word {
	case "field":
		e.FieldEvent = &binlogdata.FieldEvent{
			TableName: keyspace + "." + words[0], Keyspace: keyspace, Shard: shard, Fields: fieldsNamed(words[1:]),
			IsInternalTable: words[0] == "heartbeat",
		}
	case "row":
		e.RowEvent = &binlogdata.RowEvent{TableName: keyspace + "." + words[0], Keyspace: keyspace, Shard: shard}
		for _, change := range words[1:] {
			e.RowEvent.RowChanges = append(e.RowEvent.RowChanges, parseChange(change))
		}
	case "vgtid":
		e.Vgtid = &binlogdata.VGtid{}
		for _, at := range words {
			e.Vgtid.ShardGtids = append(e.Vgtid.ShardGtids, parseShardGtid(at))
		}
	case "ddl", "query", "other":
		e.Statement = arguments
	case "journal":
		e.Journal = parseJournal(words)
	case "type":
		e.Type = binlogdata.VEventType(must(strconv.Atoi(words[0])))
	default:
		if _, known := eventTypes[word]; !known {
			t.Fatalf("no event %q", line)
		}
	}
	return e
}

// parseJournal reads the old shards with commas between them, and where each of
// the new ones begins.
func parseJournal(words []string) *binlogdata.Journal {
	journal := &binlogdata.Journal{Id: 1, MigrationType: binlogdata.MigrationType_SHARDS}
	for shard := range strings.SplitSeq(words[0], ",") {
		journal.Participants = append(journal.Participants, &binlogdata.KeyspaceShard{Keyspace: keyspace, Shard: shard})
	}
	for _, at := range words[1:] {
		if at == "#2" {
			journal.Id = 2
			continue
		}
		journal.ShardGtids = append(journal.ShardGtids, parseShardGtid(at))
	}
	return journal
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func fieldsNamed(names []string) (fields []*query.Field) {
	for _, name := range names {
		f := &query.Field{Name: name, Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(20)"}
		switch name {
		case "id":
			f.Type, f.Charset, f.ColumnType, f.Flags = query.Type_INT64, 63, "bigint", 3
		case "doc":
			f.Type, f.Charset, f.ColumnType = query.Type_JSON, 63, "json"
		case "body":
			f.Type, f.Charset, f.ColumnType = query.Type_BLOB, 63, "blob"
		}
		fields = append(fields, f)
	}
	return fields
}

func parseChange(text string) *binlogdata.RowChange {
	if after, ok := strings.CutPrefix(text, "+"); ok {
		return &binlogdata.RowChange{After: parseRow(after)}
	}
	if before, ok := strings.CutPrefix(text, "-"); ok {
		return &binlogdata.RowChange{Before: parseRow(before)}
	}
	before, after, _ := strings.Cut(text, ">")
	return &binlogdata.RowChange{Before: parseRow(before), After: parseRow(after)}
}

func parseRow(text string) *query.Row {
	var values []any
	for value := range strings.SplitSeq(text, ",") {
		if value == "~" {
			values = append(values, nil)
		} else {
			values = append(values, value)
		}
	}
	return row(values...)
}

// parseShardGtid reads "-80=5" or "-80=5/t"; "-80=" has no position yet.
func parseShardGtid(text string) *binlogdata.ShardGtid {
	shard, gtid, _ := strings.Cut(text, "=")
	gtid, tables, copying := strings.Cut(gtid, "/")
	at := &binlogdata.ShardGtid{Keyspace: keyspace, Shard: shard, Gtid: gtid}
	if gtid != "" && gtid != stream.Current {
		at.Gtid = fmt.Sprintf("MySQL56/%s:1-%s", uuid, gtid)
	}
	for table := range strings.SplitSeq(tables, "/") {
		if copying {
			at.TablePKs = append(at.TablePKs, &binlogdata.TableLastPK{TableName: table, Lastpk: &query.QueryResult{
				Fields: fieldsNamed([]string{"id"}), Rows: []*query.Row{row(17)},
			}})
		}
	}
	return at
}

// positionText gives a position in the form of parseShardGtid.
func positionText(shards []*binlogdata.ShardGtid) string {
	var parts []string
	for _, at := range shards {
		text := at.Shard + "=" + strings.TrimPrefix(at.Gtid, "MySQL56/"+uuid+":1-")
		for _, table := range at.TablePKs {
			text += "/" + table.TableName
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}
