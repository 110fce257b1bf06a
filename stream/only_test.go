package stream_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// onlyThese takes shards and tables by name, all of them for "".
type onlyThese struct{ shards, tables string }

func (o onlyThese) TakesShard(_, shard string) bool {
	return o.shards == "" || slices.Contains(strings.Fields(o.shards), shard)
}

func (o onlyThese) Takes(keyspace, shard, table string) bool {
	return o.TakesShard(keyspace, shard) && (o.tables == "" || slices.Contains(strings.Fields(o.tables), table))
}

// generatedOnly does with the generated code what the walk does.
func generatedOnly(t *testing.T, o onlyThese, b []byte) *vtgate.VStreamResponse {
	t.Helper()
	var r vtgate.VStreamResponse
	if err := r.UnmarshalVT(b); err != nil {
		t.Fatal(err)
	}
	r.Events = slices.DeleteFunc(r.Events, func(e *binlogdata.VEvent) bool {
		table := strings.TrimPrefix(e.RowEvent.GetTableName()+e.FieldEvent.GetTableName(), keyspace+".")
		if e.Shard != "" && !o.TakesShard(e.Keyspace, e.Shard) || table != "" && !o.Takes(e.Keyspace, e.Shard, table) {
			return true
		}
		if e.Vgtid == nil {
			return false
		}
		e.Vgtid.ShardGtids = slices.DeleteFunc(e.Vgtid.ShardGtids, func(at *binlogdata.ShardGtid) bool { return !o.TakesShard(at.Keyspace, at.Shard) })
		return len(e.Vgtid.ShardGtids) == 0
	})
	return &r
}

// TestOnlyAPartOfARecording: what else sees the frames sees the part alone, a tap too.
func TestOnlyAPartOfARecording(t *testing.T) {
	const script = `
-80 field@1 t id
-80 field@1 u id
80- field@1 t id
-80 vgtid -80=1 80-=1
--
-80 begin@2
-80 row@2 t +1 +2
-80 row@2 u +3
-80 vgtid -80=2 80-=1
-80 commit@2
80- begin@2
80- row@2 t +1
80- vgtid -80=2 80-=2
80- commit@2
. completed
--
80- ddl@3 alter table t
80- vgtid -80=2 80-=3
--
-80 journal -80 -40=8 40-80=9
-80 heartbeat`
	for _, only := range []onlyThese{{}, {tables: "t"}, {tables: "u"}, {shards: "-80"}, {shards: "80-", tables: "t"}, {shards: "0-"}} {
		all := frames(t, script)
		var got []*vtgate.VStreamResponse
		tap := func(f stream.Frame) error {
			var r vtgate.VStreamResponse
			got = append(got, &r)
			return r.UnmarshalVT(f.Bytes)
		}
		store := stream.NewStore(1 << 20)
		config := stream.Config{Sink: store, Progress: stream.NewProgress(stream.Position{}), Only: only, Tap: tap}
		if err := stream.Replay(t.Context(), config, &frameTape{frames(t, script), time.Unix(0, 0)}, nil); err != nil {
			t.Fatal(err)
		}
		var want []*vtgate.VStreamResponse
		for _, f := range all {
			if r := generatedOnly(t, only, f.Bytes); len(r.Events) > 0 {
				want = append(want, r)
			}
		}
		if !slices.EqualFunc(got, want, func(a, b *vtgate.VStreamResponse) bool { return proto.Equal(a, b) }) {
			t.Errorf("%+v: %v\nwant %v", only, got, want)
		}
		if n := config.Progress.Summary().Problems; n > 0 {
			t.Errorf("%+v: %d problems", only, n)
		}
	}
}

// FuzzOnly: whatever a frame holds, the walk gives a frame that can be read as well.
func FuzzOnly(f *testing.F) {
	for _, frame := range frames(f, "-80 field@1 t id\n-80 begin@2\n-80 row@2 t +1\n-80 vgtid -80=2 80-=1\n-80 commit@2") {
		f.Add(frame.Bytes)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after vtgate.VStreamResponse
		var got []byte
		config := stream.Config{
			Sink: stream.NewStore(1 << 20), Progress: stream.NewProgress(stream.Position{}), Only: onlyThese{shards: "-80", tables: "t"},
			Tap: func(f stream.Frame) error { got = f.Bytes; return nil },
		}
		_ = stream.Replay(t.Context(), config, &frameTape{[]stream.Frame{{Bytes: b}}, time.Unix(0, 0)}, nil)
		if before.UnmarshalVT(b) == nil && after.UnmarshalVT(got) != nil {
			t.Errorf("%x can no longer be read: %x", b, got)
		}
	})
}
