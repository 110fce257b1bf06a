package stream_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vtscope/stream"
)

// FuzzDecode decodes three frames: the fuzzer's and one that names a table of
// two columns, before and after. Where the generated code accepts the frame,
// the records are those of the reference.
func FuzzDecode(f *testing.F) {
	for _, seed := range seeds(f) {
		f.Add(seed)
	}
	around := frames(f, "-80 field@5 t id name\n-80 begin@5\n-80 row@5 t +1,ann\n-80 vgtid -80=5 80-=6")[0].Bytes
	f.Fuzz(func(t *testing.T, data []byte) {
		ref := reference{shards: map[[2]string]*referenceShard{}}
		accepted := ref.decode(around) && ref.decode(data) && ref.decode(around)
		var got []stream.Record
		d := stream.NewDecoder(sinkFunc(func(r *stream.Record) error {
			got = append(got, kept(r))
			return nil
		}), nil)
		for _, b := range [][]byte{around, data, around} {
			if err := d.Decode(stream.Frame{Bytes: b}); err != nil {
				t.Fatal(err)
			}
		}
		if len(got) > 2*len(data)+2*len(around) {
			t.Fatalf("%d records of %d bytes", len(got), len(data))
		}
		if !accepted {
			return
		}
		var known []*stream.Shard
		for i := range min(len(got), len(ref.records)) {
			if what := difference(&got[i], &ref.records[i], known); what != "" {
				t.Fatalf("record %d, %s:\ngot  %+v\nwant %+v", i, what, got[i], ref.records[i])
			}
			if got[i].Shards != nil {
				known = got[i].Shards
			}
		}
		if len(got) != len(ref.records) {
			t.Fatalf("%d records, want %d:\ngot  %+v\nwant %+v", len(got), len(ref.records), got, ref.records)
		}
	})
}

// kept is a record whose slices outlive the sink's call.
func kept(r *stream.Record) stream.Record {
	c := *r
	c.Payload, c.Query, c.Own = bytes.Clone(r.Payload), bytes.Clone(r.Query), bytes.Clone(r.Own)
	return c
}

// seeds are the frames of the scripts, and those of a real cluster in testdata:
// each preceded by its length as a varint.
func seeds(t testing.TB) (all [][]byte) {
	for _, test := range slices.Concat(scripts, broken) {
		for _, f := range frames(t, test.script) {
			all = append(all, f.Bytes)
		}
	}
	files, err := filepath.Glob("testdata/*.bin")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		all = append(all, realFrames(t, file)...)
	}
	return all
}

func realFrames(t testing.TB, file string) (all [][]byte) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for len(b) > 0 {
		size, n := binary.Uvarint(b)
		all = append(all, b[n:n+int(size)])
		b = b[n+int(size):]
	}
	return all
}

// TestRealFrames decodes what a real cluster has sent as the reference does,
// with nothing left out.
func TestRealFrames(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.bin")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		ref := reference{shards: map[[2]string]*referenceShard{}}
		var known []*stream.Shard
		i := 0
		d := stream.NewDecoder(sinkFunc(func(r *stream.Record) error {
			if r.Kind == stream.Problem || i >= len(ref.records) {
				t.Fatalf("%s: record %d of %d: %s", file, i, len(ref.records), line(r))
			}
			if what := difference(r, &ref.records[i], known); what != "" {
				t.Errorf("%s, record %d, %s: %s", file, i, what, line(r))
			}
			if r.Shards != nil {
				known = r.Shards
			}
			i++
			return nil
		}), nil)
		for _, b := range realFrames(t, file) {
			if !ref.decode(b) {
				t.Fatal("no frame")
			}
			if err := d.Decode(stream.Frame{Bytes: b}); err != nil {
				t.Fatal(err)
			}
		}
		if i != len(ref.records) {
			t.Errorf("%s: %d records, want %d", file, i, len(ref.records))
		}
	}
}

// FuzzImages reads arbitrary payloads as rows of a table with every class of
// column: one value a column or no image, whatever the bytes.
func FuzzImages(f *testing.F) {
	f.Add([]byte("\x0a\x07\x0a\x02\x02\x06\x12\x041ann"), uint8(2))
	f.Add([]byte("\x12\x07\x0a\x02\x02\x06\x12\x041ann\x1a\x05\x08\x02\x12\x01\x01\x22\x05\x08\x01\x12\x01\x01"), uint8(3))
	table := tableOf(f, "id", "name", "doc", "body", "doc", "other", "id")
	f.Fuzz(func(t *testing.T, payload []byte, kind uint8) {
		r := stream.Record{Kind: stream.Kind(kind), Table: table, Payload: payload}
		before, after := r.Images()
		for _, im := range []*stream.Image{&before, &after} {
			if n := len(im.Values(nil)); im.Exists() != (n == len(table.Columns)) || !im.Exists() && n != 0 {
				t.Fatalf("%d values", n)
			}
		}
		comparePicks(t, &r)
	})
}

// comparePicks expects from picking columns, all and each alone, what reading
// the whole images gives. A row without any image is one that no decoder hands
// out; picking from it does no harm.
func comparePicks(t *testing.T, r *stream.Record) {
	t.Helper()
	before, after := r.Images()
	all := make([]int, len(r.Table.Columns))
	for i := range all {
		all[i] = i
	}
	for side, image := range []*stream.Image{&before, &after} {
		want := image.Values(nil)
		got := make([]stream.Value, len(all))
		exists := r.Pick(stream.Side(side), all, got)
		if broken := r.Kind.IsRow() && !before.Exists() && !after.Exists(); exists != image.Exists() && !broken {
			t.Fatalf("side %d: picked %t, there %t", side, exists, image.Exists())
		}
		for i, value := range want {
			var one [1]stream.Value
			r.Pick(stream.Side(side), []int{i}, one[:])
			for _, picked := range []stream.Value{got[i], one[0]} {
				if picked.State != value.State || string(picked.Raw) != string(value.Raw) {
					t.Fatalf("side %d, column %d: picked %v, there %v", side, i, picked, value)
				}
			}
		}
	}
}

// tableOf gives the table that a FIELD event with these columns makes.
func tableOf(t testing.TB, columns ...string) (table *stream.Table) {
	e := parseEvent(t, "-80 field t id")
	e.FieldEvent.Fields = fieldsNamed(columns)
	d := stream.NewDecoder(sinkFunc(func(r *stream.Record) error { table = r.Table; return nil }), nil)
	if err := d.Decode(frame(t, e)); err != nil {
		t.Fatal(err)
	}
	return table
}
