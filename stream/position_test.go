package stream_test

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const (
	set1 = "97257a80-e67e-11f1-a140-02fc00000001:1-5"
	set2 = "90a3e2d2-e67e-11f1-a140-02fc00000001:1-5931"
)

// copying is a position in the middle of a copy, as Debezium prints it.
const copying = `[{"keyspace":"customer","shard":"-80","gtid":"MySQL56/` + set1 + `","table_p_ks":[` +
	`{"table_name":"corder","lastpk":{"fields":[{"name":"order_id","type":"INT64","charset":63,"flags":53251}],"rows":[{"lengths":["5"],"values":"14490"}]}}]},` +
	`{"keyspace":"customer","shard":"80-","gtid":"","table_p_ks":[]}]`

func copyingPosition() stream.Position {
	return stream.Position{Shards: []*binlogdata.ShardGtid{
		{Keyspace: "customer", Shard: "-80", Gtid: "MySQL56/" + set1, TablePKs: []*binlogdata.TableLastPK{{
			TableName: "corder",
			Lastpk: &query.QueryResult{
				Fields: []*query.Field{{Name: "order_id", Type: query.Type_INT64, Charset: 63, Flags: 53251}},
				Rows:   []*query.Row{{Lengths: []int64{5}, Values: []byte("14490")}},
			},
		}}},
		{Keyspace: "customer", Shard: "80-"},
	}}
}

func TestPositionPrintsAsDebeziumDoes(t *testing.T) {
	position := copyingPosition()
	position.Shards[0].TablePKs[0].Lastpk.Fields[0].ColumnType = "bigint" // Debezium keeps no such thing
	if got := position.String(); got != copying {
		t.Errorf("printed %s\nwant    %s", got, copying)
	}
	position.Shards[0].TablePKs[0].Lastpk.Rows[0] = row("a\"\\\n\x01é😀</>")
	if got, want := position.String(), `"lengths":["14"],"values":"a\"\\\n\u0001é😀</>"`; !strings.Contains(got, want) {
		t.Errorf("printed %s, want it to have %s", got, want)
	}
}

func TestPositionWithAKeyThatIsNoText(t *testing.T) {
	position := copyingPosition()
	position.Shards[0].TablePKs[0].Lastpk.Rows[0] = row("\xff\x00")
	const want = `{"shardGtids":[{"keyspace":"customer","shard":"-80","gtid":"MySQL56/` + set1 + `","tablePKs":[{"tableName":"corder",` +
		`"lastpk":{"fields":[{"name":"order_id","type":"INT64","charset":63,"flags":53251}],"rows":[{"lengths":["2"],"values":"/wA="}]}}]},` +
		`{"keyspace":"customer","shard":"80-"}]}`
	if got := position.String(); got != want {
		t.Errorf("printed %s\nwant    %s", got, want)
	}
	sameAfterParsing(t, position.String(), position)
}

func TestParsePosition(t *testing.T) {
	two := stream.Position{Shards: []*binlogdata.ShardGtid{
		{Keyspace: "customer", Shard: "-80", Gtid: "MySQL56/" + set1},
		{Keyspace: "customer", Shard: "80-", Gtid: "MySQL56/" + set1 + "," + set2},
	}}
	one := stream.Position{Shards: two.Shards[:1]}
	everything := stream.Position{Shards: []*binlogdata.ShardGtid{{Gtid: "current"}}}
	tests := []struct {
		text string
		want stream.Position
	}{
		{"", stream.Position{}},
		{" current\n", stream.Position{}},
		{copying, copyingPosition()},
		{" " + copying + "\n", copyingPosition()},
		{`"` + strings.ReplaceAll(copying, `"`, `\"`) + `"`, copyingPosition()},
		{`{"event":"position","keyspace":"customer","shard":"-80","vgtid":` + copying + `}`, copyingPosition()},
		{`{"transaction_id":null,"vgtid":"` + strings.ReplaceAll(copying, `"`, `\"`) + `"}`, copyingPosition()},
		{`{"shardGtids":[{"keyspace":"customer","shard":"-80","gtid":"MySQL56/` + set1 + `"}]}`, one},
		{`{"shard_gtids":[{"keyspace":"customer","shard":"-80","gtid":"` + set1 + `","table_p_ks":[]}]}`, one},
		{`[{"keyspace":"customer","shard":"-80","gtid":"` + set1 + `"}]`, one},
		{`[{"shard":"-80","gtid":"` + set1 + `","keyspace":"customer","table_p_ks":null}]`, one},
		{strings.ReplaceAll(strings.ReplaceAll(copying, `["5"]`, `[5]`), `"14490"`, `"MTQ0OTA="`), copyingPosition()},
		{"customer:-80@MySQL56/" + set1, one},
		{"customer:-80@" + set1 + " | customer:80-@" + set1 + ",\n" + set2, two},
		{"customer:-80@" + strings.ToUpper(set1), stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "customer", Shard: "-80", Gtid: "MySQL56/" + strings.ToUpper(set1)}}}},
		{"customer:-80@current|customer:80-@", stream.Position{Shards: []*binlogdata.ShardGtid{
			{Keyspace: "customer", Shard: "-80", Gtid: "current"}, {Keyspace: "customer", Shard: "80-"}}}},
		{"customer@current", stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "customer", Gtid: "current"}}}},
		{`[{"keyspace":"","shard":"","gtid":"current","table_p_ks":[]}]`, everything},
		{"c:0@97257a80-e67e-11f1-a140-02fc00000001:1-5:8:tag_1:1-7,97257a80-e67e-11f1-a140-02fc00000002:7", stream.Position{Shards: []*binlogdata.ShardGtid{
			{Keyspace: "c", Shard: "0", Gtid: "MySQL56/97257a80-e67e-11f1-a140-02fc00000001:1-5:8:tag_1:1-7,97257a80-e67e-11f1-a140-02fc00000002:7"}}}},
		{"c:0@FilePos/binlog.000001:157", stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "c", Shard: "0", Gtid: "FilePos/binlog.000001:157"}}}},
		{"c:0@MariaDB/0-41983-12", stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "c", Shard: "0", Gtid: "MariaDB/0-41983-12"}}}},
		{"c:0@MySQL56/", stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "c", Shard: "0", Gtid: "MySQL56/"}}}},
	}
	for _, test := range tests {
		sameAfterParsing(t, test.text, test.want)
		if len(test.want.Shards) > 0 {
			sameAfterParsing(t, test.want.String(), test.want)
		}
	}
}

func sameAfterParsing(t *testing.T, text string, want stream.Position) {
	t.Helper()
	got, err := stream.ParsePosition(text)
	if err != nil || !proto.Equal(got.VGtid(), want.VGtid()) {
		t.Errorf("%s\nis %v (%v)\nwant %v", text, got.VGtid(), err, want.VGtid())
	}
}

func TestParsePositionErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{"MySQL56/" + set1, "names no shard"},
		{"customer:-80", "names no shard"},
		{"customer@" + set1, `keyspace "customer" names no shard`},
		{":-80@" + set1, "names no keyspace"},
		{"c:0@current|@current", "names no keyspace"},
		{"c:0@current|c:0@current", "names c/0 twice"},
		{"\xcf:0@current", "the name is no UTF-8"},
		{"c:-80@" + set1 + "|c:80-@1234:1-5", `c/80-: "1234" in GTID set "1234:1-5" is not a server UUID`},
		{"c:0@" + set1[:36], "has no transactions"},
		{"c:0@" + set1 + ":x-9", `"x-9" in GTID set`},
		{"c:0@" + set1 + ":", "is not a range of transactions"},
		{"c:0@MySQL57/" + set1, `"MySQL57" is no flavor`},
		{"c:0@FilePos/what", "no FilePos position"},
		{"[]", "names no shard"},
		{"{}", "names no shard"},
		{"[null]", "entry 1 of the position is null"},
		{`[{"keyspace":"c","shard":"0"}]`, `entry 1 of the position (c/0): it has no "gtid"`},
		{`[{"keyspace":"c","shard":"0","gitd":""}]`, `unknown field "gitd"`},
		{`[{"keyspace":"c","shard":"0","gtid":5}]`, "a number at byte 37"},
		{`[{"keyspace":"c",,`, "is not valid JSON at byte 18"},
		{`[{"keyspace":"c"`, "ends in the middle, at byte 16"},
		{`[{"keyspace":"c","shard":"0","gtid":""}] x`, "ends at byte 40, but more follows"},
		{`{"shardGtids":[{"keyspace":"c",}]}`, "is not valid JSON at byte 32"},
		{`{"shardGtids":[{"keyspaces":"c"}]}`, `unknown field "keyspaces"`},
		{`"hello"`, "holds no position"},
		{`{"vgtid":7}`, "no list of shards"},
		{strings.Replace(copying, "INT64", "INT65", 1), `entry 1 of the position (customer/-80): the lastpk of table "corder" has a field of the unknown type "INT65"`},
		{strings.Replace(copying, `["5"]`, `["6"]`, 1), "customer/-80: the lastpk of table \"corder\" has lengths that do not fit its 5 bytes"},
		{strings.Replace(copying, `["5"]`, `["five"]`, 1), `the length "five" is no number`},
		{strings.Replace(copying, `["5"]`, `["2","3"]`, 1), "2 lengths for 1 fields"},
		{strings.Replace(copying, `["5"]`, `["-2"]`, 1), "lengths that do not fit"},
		{strings.Replace(copying, `{"name":"order_id","type":"INT64","charset":63,"flags":53251}`, "", 1), "no fields"},
	}
	for _, test := range tests {
		if got, err := stream.ParsePosition(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s\nis %v, error %v\nwant %q", test.text, got.VGtid(), err, test.want)
		}
	}
}

func TestPositionIsCopy(t *testing.T) {
	for text, want := range map[string]bool{"": false, "c:0@current": false, "c:0@" + set1: false, "c:0@" + set1 + "|c:1@": true, copying: true} {
		if p, err := stream.ParsePosition(text); err != nil || p.IsCopy() != want {
			t.Errorf("%s: copy %v (%v), want %v", text, p.IsCopy(), err, want)
		}
	}
}

// FuzzParsePosition checks that what parses prints, and parses to the same.
func FuzzParsePosition(f *testing.F) {
	for _, seed := range []string{
		copying, "customer:-80@MySQL56/" + set1 + "|customer:80-@current", `{"shardGtids":[{"keyspace":"c","shard":"0"}]}`,
		`{"vgtid":[{"keyspace":"c","shard":"0","gtid":""}]}`, "c:0@FilePos/binlog.000001:157", strings.ReplaceAll(copying, `"14490"`, `"MTQ0OTA="`),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		position, err := stream.ParsePosition(text)
		if err != nil || len(position.Shards) == 0 {
			return
		}
		printed := position.String()
		again, err := stream.ParsePosition(printed)
		if err != nil || again.String() != printed {
			t.Fatalf("%q prints %s, which parses to %s (%v)", text, printed, again, err)
		}
	})
}

// TestPositionsAreSafe: what acts on a terminal stands as an escape, in both
// forms, and reads back as itself.
func TestPositionsAreSafe(t *testing.T) {
	for _, rest := range []string{"", "\xff"} { // bytes that are no text need the protobuf form
		key := "\u009b\u202e\u2028\x7f" + rest
		p := stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "k\u009b", Shard: "-", TablePKs: []*binlogdata.TableLastPK{{
			TableName: "t", Lastpk: &query.QueryResult{
				Fields: []*query.Field{{Name: "id\u202e", Type: query.Type_VARCHAR}}, Rows: []*query.Row{{Lengths: []int64{int64(len(key))}, Values: []byte(key)}},
			},
		}}}}}
		text := p.String()
		for _, r := range text {
			if stream.IsUnsafe(r) {
				t.Errorf("%q has %q", text, r)
			}
		}
		again, err := stream.ParsePosition(text)
		if err != nil || !proto.Equal(again.VGtid(), p.VGtid()) {
			t.Errorf("%s reads as %v (%v)", text, again, err)
		}
	}
}

// TestOffsetsOfDebezium are records of Kafka Connect's topic: the last counts.
func TestOffsetsOfDebezium(t *testing.T) {
	record := func(number int) string {
		return `["c",{"server":"x"}]` + "\t" + `{"transaction_id":null,"vgtid":"[{\"keyspace\":\"k\",\"shard\":\"-\",\"gtid\":\"MySQL56/be98ad8c-e67e-11f1-a140-02fc00000001:1-` +
			fmt.Sprint(number) + `\",\"table_p_ks\":[]}]"}`
	}
	for _, text := range []string{record(7), record(5) + "\n" + record(7) + "\n", record(7) + "\n" + `["c",{"server":"x"}]` + "\tnull\n"} {
		p, err := stream.ParsePosition(text)
		if err != nil || len(p.Shards) != 1 || !strings.HasSuffix(p.Shards[0].Gtid, ":1-7") {
			t.Errorf("%s: %v, %v", text, p, err)
		}
	}
	if _, err := stream.ParsePosition("[\t{\"keyspace\":\"k\",\"shard\":\"-\",\"gtid\":\"\"}]"); err != nil {
		t.Error(err)
	}
}
