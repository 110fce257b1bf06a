package stream_test

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// broken are streams that hold what cannot be used: it is a problem each, and
// what follows goes on.
var broken = []struct{ name, script, want string }{
	{"rows before their columns", `
		-80 begin@5
		-80 row@5 t +1 +2
		-80 field@5 t id
		-80 row@5 t +3`, `
		begin -80 #1 :5
		problem -80 #1 :5 rows of table "ks.t" came before its columns; they are left out
		columns -80 #1 :5 t.v1 id
		insert -80 #1 :5 t.v1 +3`},
	{"too few and too many values", `
		-80 field@5 t id name
		-80 row@5 t +1 +2,bob 3,joe>3 -4,a,b +5,eve`, `
		columns -80 :5 t.v1 id name
		problem -80 #1 :5 a row of t does not fit its 2 columns; it is left out
		insert -80 #1 :5 t.v1 +2,bob
		problem -80 #1 :5 a row of t does not fit its 2 columns; it is left out
		problem -80 #1 :5 a row of t does not fit its 2 columns; it is left out
		insert -80 #1 :5 t.v1 +5,eve`},
	{"unknown types", `
		-80 type 99
		. type 0
		-80 begin@5`, `
		problem -80 an event of the unknown type 99 is left out
		problem . an event of the unknown type 0 is left out
		begin -80 #1 :5`},
	{"events without their content", `
		-80 type 12
		-80 type 13
		-80 type 16
		-80 vgtid
		-80 begin@5`, `
		problem -80 a ROW event without its content
		problem -80 a FIELD event without its content
		problem -80 a JOURNAL event without its content
		problem -80 a VGTID event without its content
		begin -80 #1 :5`},
	{"events of no shard", `
		. begin@5
		. commit@5
		-80 begin@5`, `
		problem . a BEGIN that belongs to no shard
		problem . a COMMIT that belongs to no shard
		begin -80 #1 :5`},
	{"names and values that are no UTF-8", "\n" +
		"-\xff field@5 t\xfe id n\xfd\n" +
		"-\xff row@5 t\xfe +1,\xfc\n", "\n" +
		"columns -\xff :5 t\xfe.v1 id n\xfd\n" +
		"insert -\xff #1 :5 t\xfe.v1 +1,\xfc\n"},
	{"a VGTID without the event's shard", `
		-80 vgtid 80-=5
		-80 other@5`, `
		position -80 = [ks/80-]
		other -80 :5 OTHER`},
	{"a VGTID of no shard", `
		. vgtid -80=5
		-80 vgtid -80=6`, `
		position . = [ks/-80]
		position -80 -80=6`},
}

func TestBrokenStream(t *testing.T) {
	t.Parallel()
	for _, test := range broken {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			wantLines(t, linesOf(t, frames(t, test.script)...), test.want)
		})
	}
}

// TestLengthsThatDoNotFit alters the lengths of one row in the midst of good ones.
func TestLengthsThatDoNotFit(t *testing.T) {
	t.Parallel()
	good := "-80 field@5 t id name\n--\n-80 row@5 t +1,ann +2,bob +3,joe"
	for _, lengths := range [][]int64{
		{1, 2}, {1, 4}, {-2, 4}, {1 << 62, 3}, {-1 << 63, 3}, {1, -1}, {4}, {1, 3, 0}, {}, {1, 1 << 40}, {4, -1, 0},
	} {
		all := frames(t, good)
		row := parseEvent(t, "-80 row@5 t +1,ann +2,bob +3,joe")
		row.RowEvent.RowChanges[1].After.Lengths = lengths
		all[1] = frame(t, row)
		wantLines(t, linesOf(t, all...), `
			columns -80 :5 t.v1 id name
			insert -80 #1 :5 t.v1 +1,ann
			problem -80 #1 :5 a row of t does not fit its 2 columns; it is left out
			insert -80 #1 :5 t.v1 +3,joe`)
	}
}

// TestCutFrames cuts a frame at every byte: no cut loses the frames that follow.
func TestCutFrames(t *testing.T) {
	t.Parallel()
	whole := frames(t, scripts[2].script)[0]
	after := frames(t, "-80 begin@8\n-80 row@8 t +8,eva\n-80 commit@8")[0]
	for cut := range whole.Bytes {
		got := linesOf(t, stream.Frame{Bytes: whole.Bytes[:cut]}, after)
		if !strings.Contains(got, "begin -80 #") || !strings.Contains(got, "commit -80 #") {
			t.Errorf("cut at %d: the next transaction is lost:\n%s", cut, got)
		}
		if strings.Contains(got, "columns -80") && !strings.Contains(got, "t.v1 +8,eva") {
			t.Errorf("cut at %d: the next row is lost:\n%s", cut, got)
		}
	}
}

func TestGarbageFrames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		bytes    string
		problems int
	}{
		"empty":                     {"", 0},
		"zeros":                     {"\x00\x00\x00", 1},
		"HTTP":                      {"HTTP/1.1 400 Bad Request\r\n\r\n", 1},
		"an event cut off":          {"\x0a\x7fabc", 1},
		"an event of garbage":       {"\x0a\x03\xff\xff\xff", 1},
		"an event in a wrong form":  {"\x08\x01", 1},
		"a group of unknown fields": {"\x7b\x08\x01\x7c", 0},
		"a group cut off":           {"\x7b\x08\x01", 1},
		"an unknown field":          {"\xfa\x7f\x01x", 0},
		"a bad event, then a good":  {"\x0a\x01\xff\x0a\x02\x08\x0e", 1},
	} {
		t.Run(name, func(t *testing.T) {
			got := linesOf(t, stream.Frame{Bytes: []byte(test.bytes)})
			if n := strings.Count(got, "problem"); n != test.problems {
				t.Errorf("%d problems, want %d:\n%s", n, test.problems, got)
			}
			if strings.Contains(name, "then a good") && !strings.Contains(got, "heartbeat") {
				t.Errorf("the good event is lost:\n%s", got)
			}
		})
	}
}

// TestUnknownFields adds fields that newer VTGates may send to every message.
func TestUnknownFields(t *testing.T) {
	t.Parallel()
	unknown := []byte("\xf8\x3f\xff\x01\x80\x80\x04\x05\xfb\x3f\x08\x01\xfc\x3f") // varints, a group
	events := []*binlogdata.VEvent{
		parseEvent(t, "-80 field@5 t id name"), parseEvent(t, "-80 row@5 t 1,ann>1,bob"), parseEvent(t, "-80 vgtid -80=5 80-=6"),
	}
	row := events[1].RowEvent
	want := linesOf(t, frame(t, events...))
	for _, m := range []proto.Message{
		events[1], row, row.RowChanges[0], row.RowChanges[0].Before,
		events[2].Vgtid, events[2].Vgtid.ShardGtids[0], events[0].FieldEvent,
	} {
		m.ProtoReflect().SetUnknown(unknown)
		wantLines(t, linesOf(t, frame(t, events...)), want)
	}
}

func TestTaggedGTID(t *testing.T) {
	t.Parallel()
	for gtid, want := range map[string]string{
		uuid + ":5":                       uuid + ":5",
		"MySQL56/" + uuid + ":5":          uuid + ":5",
		uuid + ":tag:5":                   uuid + ":tag:5",
		uuid + ":1-5":                     "",
		uuid:                              "",
		uuid + ":":                        "",
		uuid + ":99999999999999999999999": "",
		"FilePos/binlog.000001:4":         "binlog.000001:4",
	} {
		e := parseEvent(t, "-80 begin@5")
		e.EventGtid = gtid
		var got string
		d := stream.NewDecoder(sinkFunc(func(r *stream.Record) error { got = r.GTID.String(); return nil }), nil)
		if err := d.Decode(frame(t, e)); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q reads as %q, want %q", gtid, got, want)
		}
	}
}

// TestReset opens the stream again: transactions are abandoned, columns forgotten.
func TestReset(t *testing.T) {
	t.Parallel()
	var got lines
	d := stream.NewDecoder(&got, nil)
	all := frames(t, `
		-80 field@5 t id
		80- field@5 t id
		-80 begin@5
		-80 row@5 t +1
		80- row@5 t +2
		--
		-80 row@5 t +1
		-80 field@5 t id
		-80 row@5 t +1`)
	if err := errors.Join(d.Decode(all[0]), d.Reset(), d.Reset(), d.Decode(all[1])); err != nil {
		t.Fatal(err)
	}
	wantLines(t, got.String(), `
		columns -80 :5 t.v1 id
		columns 80- :5 t.v1 id
		begin -80 #1 :5
		insert -80 #1 :5 t.v1 +1
		insert 80- #2 :5 t.v1 +2
		abandoned -80 #1 :5
		abandoned 80- #2 :5
		problem -80 rows of table "ks.t" came before its columns; they are left out
		columns -80 :5 t.v1 id
		insert -80 #3 :5 t.v1 +1`)
}

func TestSinkErrorEndsTheFrame(t *testing.T) {
	t.Parallel()
	full := errors.New("full")
	got := lines{fail: full, after: 1}
	err := stream.NewDecoder(&got, nil).Decode(frames(t, scripts[0].script)[0])
	if err != full || strings.Count(got.String(), "\n") != 2 {
		t.Errorf("error %v after\n%s", err, got.String())
	}
}
