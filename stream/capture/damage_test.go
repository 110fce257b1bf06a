package capture

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vtscope/stream"
)

// TestCutAnywhere: what comes before the cut is read, and that it is cut is said.
func TestCutAnywhere(t *testing.T) {
	file, live := recorded(t, Options{block: 8 << 10}, asParts(transactions(t, 1_000))...)
	whole := file.Bytes()
	most := 0
	for n := 0; n < len(whole); n += 1 + len(whole)/500 {
		r, err := Open(bytes.NewReader(whole[:n]), int64(n))
		if err != nil {
			if !errors.Is(err, ErrNone) || most > 0 {
				t.Fatalf("cut at %d: %v", n, err)
			}
			continue
		}
		got, err := replayed(r)
		r.Close()
		end := len(got) - 1 // tells of the cut
		if err == nil && end == len(live)-1 {
			most = len(live) // all is there but the index
			continue
		}
		if !errors.Is(err, ErrCut) || end > len(live) || end < most-1 {
			t.Fatalf("cut at %d of %d: %d records, %v", n, len(whole), len(got), err)
		}
		if !slices.Equal(got[:end], live[:end]) {
			t.Fatalf("cut at %d: %s", n, difference(got, live))
		}
		most = max(most, end)
	}
	if most < len(live)-1 {
		t.Errorf("at most %d records of %d are read", most, len(live))
	}
}

// TestWhatIsFlushedIsNotLost: a program that is killed loses what came since the file
// was written last, and nothing before.
func TestWhatIsFlushedIsNotLost(t *testing.T) {
	out := &memory{}
	f := &file{options: &Options{block: blockSize, Create: func() (io.WriteCloser, error) { return out, nil }}}
	records := appendRecord(nil, 5, recordFrame, transaction(t, 0, "x").Bytes)
	if err := f.write([]chunk{{records: records, count: counts{first: 5, last: 5, frames: 1}}}, true); err != nil {
		t.Fatal(err)
	}
	got, err := replayed(opened(t, out.Bytes()))
	if !errors.Is(err, ErrCut) || len(inserts(got)) != 1 {
		t.Errorf("%q, %v", got, err)
	}
}

// TestFlippedBits: a block that is damaged is passed over, and that is said.
func TestFlippedBits(t *testing.T) {
	file, live := recorded(t, Options{block: 64 << 10}, asParts(transactions(t, 3_000))...)
	x := readIndex(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if len(x.blocks) < 3 {
		t.Fatalf("%d blocks", len(x.blocks))
	}
	known := map[string]bool{}
	for _, line := range inserts(live) {
		known[line] = true
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		damaged := bytes.Clone(file.Bytes())
		at := x.blocks[0].packed + dice.Int64N(x.blocks[1].packed)
		damaged[at] ^= 1 << dice.IntN(8)
		got, err := replayed(opened(t, damaged))
		rows := inserts(got)
		if err != nil || uint64(len(rows)) < x.blocks[0].rows+x.blocks[2].rows || len(rows) > len(known) {
			t.Errorf("byte %d: %d rows, %v", at, len(rows), err)
		}
		for _, line := range rows {
			if !known[line] {
				t.Fatalf("byte %d: %q was never recorded", at, line)
			}
		}
		said := slices.ContainsFunc(got, func(line string) bool { return strings.Contains(line, "the capture is damaged") })
		if len(rows) < len(known) && !said {
			t.Errorf("byte %d: %d rows are missing, and nothing is said", at, len(known)-len(rows))
		}
	}
}

// TestWhatIsNoCapture is told apart from one that is damaged.
func TestWhatIsNoCapture(t *testing.T) {
	encoder, _ := zstd.NewWriter(nil)
	newer := seal(appendRecord(nil, 0, recordHeader, (&Header{Version: Version + 1, Program: "9.9"}).encode()))
	for _, test := range []struct{ content, says string }{
		{"", "no capture"}, {"hello, world", "no capture"}, {"\x28\xb5\x2f\xfd", "no capture"}, {strings.Repeat("x", 1<<20), "no capture"},
		{string(encoder.EncodeAll([]byte("hello"), nil)), "no capture"},
		{string(encoder.EncodeAll(newer, nil)), "version 2, and this vtscope reads versions up to 1: take vtscope 9.9"},
	} {
		_, err := Open(strings.NewReader(test.content), int64(len(test.content)))
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%.20q: %v", test.content, err)
		}
		if _, err := OpenPipe(strings.NewReader(test.content)); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("a pipe with %.20q: %v", test.content, err)
		}
	}
}

// TestABomb: a file that unpacks to much more than it has takes no memory for that.
func TestABomb(t *testing.T) {
	var out bytes.Buffer
	encoder, err := zstd.NewWriter(&out, zstd.WithWindowSize(1<<20), zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	start := seal(appendRecord(nil, 0, recordHeader, (&Header{Version: Version}).encode()))
	encoder.Write(append(start, 0xff, 0xff, 0xff, 0xff, 0x03)) // a record of nearly a gigabyte
	zeros := make([]byte, 1<<20)
	for range 300 {
		encoder.Write(zeros)
	}
	encoder.Close()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	_, err = replayed(opened(t, out.Bytes()))
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("it is read")
	}
	t.Log(err, (after.TotalAlloc-before.TotalAlloc)>>20)
	// A window that no block of ours has is refused.
	out.Reset()
	wide, _ := zstd.NewWriter(&out, zstd.WithWindowSize(64<<20))
	wide.Write(start)
	wide.Write(make([]byte, 100<<20))
	wide.Close()
	if _, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len())); err == nil {
		t.Error("a window of 64 MiB is taken")
	}
}

// failing is a file on a disk that is full.
type failing struct{ left int }

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func (f *failing) Close() error { return nil }

var errFull = errors.New("no space left on device")

// TestAFullDisk ends the run with its reason.
func TestAFullDisk(t *testing.T) {
	_, _, err := tryRecording(Options{Ahead: 1 << 20, Create: func() (io.WriteCloser, error) { return &failing{1000}, nil }}, asParts(transactions(t, 90_000)))
	if !errors.Is(err, errFull) {
		t.Error(err)
	}
}

func FuzzReader(f *testing.F) {
	file, _ := recorded(f, Options{Header: Header{Target: "x"}}, asParts(transactions(f, 5))...)
	f.Add(file.Bytes(), true)
	f.Add(file.Bytes()[:file.Len()/2], false)
	decoder, _ := zstd.NewReader(nil)
	if plain, err := decoder.DecodeAll(file.Bytes(), nil); err == nil {
		f.Add(plain, true)
	}
	encoder, _ := zstd.NewWriter(nil)
	f.Fuzz(func(t *testing.T, content []byte, packed bool) {
		if !packed {
			content = encoder.EncodeAll(content, nil)
		}
		r, err := Open(bytes.NewReader(content), int64(len(content)))
		if err == nil {
			replayed(r)
			r.Close()
		}
		if r, err := OpenPipe(bytes.NewReader(content)); err == nil {
			replayed(r)
			r.Close()
		}
	})
}

// TestDamageCostsItsBlockAlone: the columns that were told of in it are in the index.
func TestDamageCostsItsBlockAlone(t *testing.T) {
	file, live := recorded(t, Options{block: 64 << 10}, asParts(transactions(t, 3_000))...)
	x := readIndex(bytes.NewReader(file.Bytes()), int64(file.Len()))
	damaged := bytes.Clone(file.Bytes())
	damaged[x.blocks[0].packed/2] ^= 8
	r := opened(t, damaged)
	got, err := replayed(r)
	if rows, all := inserts(got), inserts(live); err != nil || r.Damaged != 1 || uint64(len(rows)) < uint64(len(all))-x.blocks[0].rows-1 {
		t.Errorf("%d rows of %d, of which the block had %d; %d places, %v", len(rows), len(all), x.blocks[0].rows, r.Damaged, err)
	}
}

// TestDamageIsToldOn: a recording of the replay of a damaged capture tells of the damage, and
// so does a recording of its replay.
func TestDamageIsToldOn(t *testing.T) {
	file, _ := recorded(t, Options{block: 64 << 10}, asParts(transactions(t, 3_000))...)
	x := readIndex(bytes.NewReader(file.Bytes()), int64(file.Len()))
	content := bytes.Clone(file.Bytes())
	content[x.blocks[1].packed+x.blocks[0].packed/2] ^= 8
	for round := range 3 {
		r := opened(t, content)
		out, store, progress := &memory{}, stream.NewStore(64<<20), stream.NewProgress(stream.Position{})
		w := NewWriter(Options{Create: func() (io.WriteCloser, error) { return out, nil }})
		progress.Listen(w.Tell)
		if err := stream.Replay(t.Context(), stream.Config{Sink: w.Sink(store), Tap: w.Tap, Progress: progress}, r, nil); err != nil {
			t.Fatal(err)
		}
		w.Close()
		if err := w.Run(); err != nil {
			t.Fatal(err)
		}
		if n := progress.Summary().Problems; n != 1 || r.Damaged != max(1-round, 0) {
			t.Fatalf("round %d tells of %d problems and has %d damaged places", round, n, r.Damaged)
		}
		content = bytes.Clone(out.Bytes())
	}
}
