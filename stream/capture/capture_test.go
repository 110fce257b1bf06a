package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"vtscope/stream"
)

// errBroken breaks a script's stream.
var errBroken = errors.New("the connection is cut")

// TestReplayBringsWhatTheRunBrought, through a break, from a file and through a pipe.
func TestReplayBringsWhatTheRunBrought(t *testing.T) {
	frames := transactions(t, 3_000)
	parts := append(asParts(frames[:900]), errBroken)
	parts = append(parts, asParts(frames[:3])...)
	parts = append(parts, asParts(frames[900:])...)
	file, live := recorded(t, Options{block: 64 << 10, Header: Header{Target: "shop", Program: "1.0"}}, parts...)
	pipe, err := OpenPipe(iotest{bytes.NewReader(file.Bytes())})
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*Reader{"file": opened(t, file.Bytes()), "pipe": pipe} {
		if r.Header.Target != "shop" || r.Header.Program != "1.0" || r.Header.Version != Version {
			t.Errorf("%s: the header is %+v", name, r.Header)
		}
		got, err := replayed(r)
		if err != nil || !slices.Equal(got, live) {
			t.Errorf("%s: %d records of %d (%v); they differ at %s", name, len(got), len(live), err, difference(got, live))
		}
	}
	if r := opened(t, file.Bytes()); r.Rows() != 3_003 || len(r.index.blocks) < 2 {
		t.Errorf("the index tells of %d rows in %d blocks", r.Rows(), len(r.index.blocks))
	}
}

// iotest gives a few bytes at a time.
type iotest struct{ io.Reader }

func (r iotest) Read(b []byte) (int, error) { return r.Reader.Read(b[:min(len(b), 1000)]) }

// difference is the first place where two lists differ.
func difference(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("%d: %q and %q", i, a[i], b[i])
		}
	}
	return fmt.Sprint(min(len(a), len(b)))
}

// TestTheRecordsAreZstd: any reader of zstd unpacks them, whatever stands at the end.
func TestTheRecordsAreZstd(t *testing.T) {
	file, _ := recorded(t, Options{block: 64 << 10}, asParts(transactions(t, 3_000))...)
	decoder, err := zstd.NewReader(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(decoder)
	if err != nil {
		t.Fatal(err)
	}
	x := readIndex(bytes.NewReader(file.Bytes()), int64(file.Len()))
	raw := int64(0)
	for _, b := range x.blocks {
		raw += b.raw
	}
	if int64(len(plain)) != raw || !bytes.Contains(plain, []byte(text(2_999))) {
		t.Errorf("%d bytes are unpacked, and the seek table tells of %d", len(plain), raw)
	}
}

// TestFactsComeAgain: what the run learnt beside its stream.
func TestFactsComeAgain(t *testing.T) {
	at := time.Unix(1_795_000_100, 0)
	facts := []*stream.Fact{
		{Executed: []stream.Executed{{Keyspace: "shop", Shard: "-0", GTID: "a:1-5", Before: "MySQL56/a:1-4", At: at}, {Keyspace: "shop", Shard: "-1", Unknown: "no answer", At: at}}},
		{Keyspace: "shop", Shard: "-0", Why: "the tablet lags"},
		{Keyspace: "shop", Remark: "its tables have moved"},
		{Mark: &stream.Mark{Keyspace: "shop", Shard: "-0", Table: "t", Arrived: at.UnixNano(), Place: 3}},
		{Mark: &stream.Mark{Keyspace: "shop", Arrived: at.UnixNano(), Off: true}},
	}
	file, _ := recorded(t, Options{}, transaction(t, 0, "x"), func(p *stream.Progress) {
		p.Compare(facts[0].Executed)
		p.Explain("shop", "-0", "the tablet lags")
		p.Remark("shop", "its tables have moved")
		p.Mark(*facts[3].Mark)
		p.Mark(*facts[4].Mark)
	})
	read := func(r *Reader) (got []*stream.Fact) {
		for {
			next, err := r.Next()
			if err == io.EOF {
				return got
			}
			if err != nil {
				t.Fatal(err)
			}
			if next.Fact != nil {
				got = append(got, next.Fact)
			}
		}
	}
	pipe, err := OpenPipe(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got := read(pipe); !reflect.DeepEqual(got, facts) {
		t.Errorf("got %+v", got)
	}
	// What is marked at the end stands in the index.
	r := opened(t, file.Bytes())
	if got, marks := read(r), r.Marks(); !reflect.DeepEqual(got, facts[:3]) || len(marks) != 1 || marks[0] != *facts[3].Mark {
		t.Errorf("got %+v, and the marks %+v", got, marks)
	}
}

func TestHeaderComesAgain(t *testing.T) {
	position, err := stream.ParsePosition("shop:-0@MySQL56/6563d1fb-5f1a-11f1-8c2d-02fc00000002:1-5")
	if err != nil {
		t.Fatal(err)
	}
	name := stream.ColumnName{Keyspace: "shop", Table: "t", Column: "c"}
	h := Header{
		Version: Version, Program: "1.2", Vitess: "24.0.1", Begun: time.Unix(1_795_000_000, 7), Address: "host:1", Target: "shop:-0",
		Request: []byte{1, 2}, Start: position, Keyspaces: []string{"a", "b"}, Masks: []string{"t.c"}, FromBuffer: true,
		Untold: &stream.Untold{
			Charsets: map[stream.ColumnName]string{name: "gb18030"}, Generated: map[stream.ColumnName]bool{name: true},
			UpdatedNow: map[stream.ColumnName]bool{name: true}, PartialImages: map[string]bool{"shop": true}, Silent: []string{"b"},
		},
	}
	got, err := decodeHeader(h.encode())
	if err != nil || got.Start.String() != position.String() {
		t.Fatal(err, got.Start)
	}
	got.Start = h.Start
	if !reflect.DeepEqual(*got, h) {
		t.Errorf("got %+v", got)
	}
}

// TestASpan of a capture is found by the index, and without it; rows are read by the
// columns that their tables had then.
func TestASpan(t *testing.T) {
	frames := transactions(t, 6_000)
	changed := frameOf(t, 3_000, fields("t", "c", "b"), typed(0))
	changed.Arrived = frames[3_000].Arrived
	parts := append(asParts(frames[:3_000]), changed)
	parts = append(parts, asParts(frames[3_000:])...)
	file, live := recorded(t, Options{block: 64 << 10}, parts...)
	bare := file.Bytes()[:file.Len()-30]
	for _, span := range [][2]int{{0, 10}, {2_990, 3_010}, {5_990, 6_000}, {4_500, 4_501}, {7_000, 8_000}} {
		for name, content := range map[string][]byte{"index": file.Bytes(), "no index": bare} {
			r := opened(t, content)
			r.Between(time.Unix(epoch+int64(span[0]), 0), time.Unix(epoch+int64(span[1]), 0))
			got, _ := replayed(r)
			got, want := inserts(got), inserts(live)
			want = slices.DeleteFunc(want, func(line string) bool {
				var n int
				fmt.Sscanf(line[strings.LastIndex(line, "row ")+4:], "%d", &n)
				return n < span[0] || n >= span[1]
			})
			if !slices.Equal(got, want) {
				t.Errorf("%s, %v: %d rows, and %d are in it; %s", name, span, len(got), len(want), difference(got, want))
			}
		}
	}
}

// inserts are the lines of rows, without the numbers of their transactions.
func inserts(all []string) (rows []string) {
	for _, line := range all {
		if strings.HasPrefix(line, "insert") {
			words := strings.Fields(line)
			rows = append(rows, strings.Join(slices.Delete(words, 2, 3), " "))
		}
	}
	return rows
}

// TestSegments: each is a capture by itself, and together they hold everything.
func TestSegments(t *testing.T) {
	var files []*memory
	_, live := recorded(t, Options{block: 64 << 10, SegmentSize: 100 << 10, Create: func() (io.WriteCloser, error) {
		files = append(files, &memory{})
		return files[len(files)-1], nil
	}}, asParts(transactions(t, 6_000))...)
	if len(files) < 3 {
		t.Fatalf("%d files", len(files))
	}
	var all []string
	for i, file := range files {
		r := opened(t, file.Bytes())
		got, err := replayed(r)
		if rows := inserts(got); err != nil || len(rows) == 0 || max(len(rows), int(r.Rows()))-min(len(rows), int(r.Rows())) > 1 {
			t.Errorf("file %d: %d rows of %d (%v)", i, len(rows), r.Rows(), err)
		}
		all = append(all, inserts(got)...)
	}
	if want := inserts(live); !slices.Equal(all, want) {
		t.Errorf("%d rows of %d; %s", len(all), len(want), difference(all, want))
	}
}

// TestBeforeTheRecording: what was kept already comes first; a span of time within finds the
// columns of then, also where they have changed since, and rows are counted.
func TestBeforeTheRecording(t *testing.T) {
	var known Known
	frames := transactions(t, 3_000)
	changed := frameOf(t, 1_500, fields("t", "a", "b", "c"))
	changed.Arrived = frames[1_500].Arrived
	decoder := stream.NewDecoder(&knowing{&known}, nil)
	for _, f := range []stream.Frame{frames[0], frames[1], frames[2], changed} {
		if err := decoder.Decode(f); err != nil {
			t.Fatal(err)
		}
	}
	shard := 1_500 % 3 // has other columns now, and no row since
	o := Options{block: 32 << 10, Known: known.Clone(), Before: func(put func(stream.Frame) error) error {
		for i, f := range frames[:2_000] {
			if i == 1_500 {
				if err := put(changed); err != nil {
					return err
				}
			}
			if i < 1_500 || i%3 != shard {
				if err := put(f); err != nil {
					return err
				}
			}
		}
		return nil
	}}
	var later []any
	for i, f := range frames[2_000:] {
		if (2_000+i)%3 != shard {
			later = append(later, f)
		}
	}
	file, _ := recorded(t, o, later...)
	whole, err := replayed(opened(t, file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	all := inserts(whole)
	if before := opened(t, file.Bytes()).Rows(); len(all) != 2_500 || before != 1_833 { // the live run here knows no columns
		t.Errorf("%d rows, and the index tells of %d", len(all), before)
	}
	for _, from := range []int{10, 700, 1_499, 1_800, 2_100, 2_990} {
		r := opened(t, file.Bytes())
		r.Between(time.Unix(epoch+int64(from), 0), time.Time{})
		got, err := replayed(r)
		want := slices.DeleteFunc(slices.Clone(all), func(line string) bool {
			var n int
			fmt.Sscanf(line[strings.LastIndex(line, "row ")+4:], "%d", &n)
			return n < from
		})
		if rows := inserts(got); err != nil || !slices.Equal(rows, want) {
			t.Errorf("from %d on %d rows of %d (%v); %s", from, len(rows), len(want), err, difference(rows, want))
		}
	}
}

// knowing is a sink that takes note of columns.
type knowing struct{ *Known }

func (k *knowing) Append(r *stream.Record) error { k.Take(r); return nil }
func (k *knowing) Flush() error                  { return nil }

// TestASpanBeginsWithTheState that the stream was in.
func TestASpanBeginsWithTheState(t *testing.T) {
	file, _ := recorded(t, Options{}, asParts(transactions(t, 100))...)
	r := opened(t, file.Bytes())
	r.Between(time.Unix(epoch+50, 0), time.Time{})
	first, err := r.Next()
	if err != nil || first.Status == nil || first.Status.State != stream.Streaming || first.At.Before(time.Unix(epoch+50, 0)) {
		t.Errorf("it begins with %+v, %v", first, err)
	}
}

// TestTheClockOfAReplay stamps what has no time of its own.
func TestTheClockOfAReplay(t *testing.T) {
	then := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	out := &memory{}
	w := NewWriter(Options{Now: func() time.Time { return then }, Create: func() (io.WriteCloser, error) { return out, nil }})
	w.Stands(&stream.StatusChange{State: stream.Streaming})
	w.Tell(&stream.Fact{Keyspace: "shop", Remark: "moved"})
	w.Answer(&Answer{Question: "version"})
	w.Close()
	if err := w.Run(); err != nil {
		t.Fatal(err)
	}
	if first, last, known := opened(t, out.Bytes()).Times(); !known || !first.Equal(then) || !last.Equal(then) {
		t.Errorf("from %v to %v", first, last)
	}
}
