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
	}
	file, _ := recorded(t, Options{}, transaction(t, 0, "x"), func(p *stream.Progress) {
		p.Compare(facts[0].Executed)
		p.Explain("shop", "-0", "the tablet lags")
		p.Remark("shop", "its tables have moved")
	})
	var got []*stream.Fact
	r := opened(t, file.Bytes())
	for {
		next, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if next.Fact != nil {
			got = append(got, next.Fact)
		}
	}
	if !reflect.DeepEqual(got, facts) {
		t.Errorf("got %+v", got)
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
