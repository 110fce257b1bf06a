package stream_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"vtscope/stream"
)

// numbered is a record of a problem whose text is long, and the same for a number.
func numbered(n int) *stream.Record {
	text := make([]byte, 600)
	dice := rand.New(rand.NewPCG(uint64(n), 1))
	for i := range text {
		text[i] = byte('a' + dice.IntN(26))
	}
	return &stream.Record{Kind: stream.DDL, Arrived: time.Unix(int64(n), 0).UnixNano(), Payload: text}
}

// shelving makes a store with little memory and a file.
func shelving(t *testing.T, file stream.Shelf) *stream.Store {
	t.Helper()
	s := stream.NewStore(1 << 20)
	s.Shelve(file)
	return s
}

func tempFile(t *testing.T) *os.File {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// TestShelvedPages are read like those in memory, in any order, and take no memory.
func TestShelvedPages(t *testing.T) {
	s := shelving(t, tempFile(t))
	const n = 20_000
	for i := range n {
		if err := s.Append(numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	s.Flush()
	snapshot := s.Snapshot()
	if snapshot.Len() != n || snapshot.Dropped() != 0 || snapshot.Bytes() > 2<<20 {
		t.Fatalf("%d records of %d, %d dropped, %d bytes", snapshot.Len(), n, snapshot.Dropped(), snapshot.Bytes())
	}
	reader := snapshot.Reader()
	check := func(i int) {
		t.Helper()
		var r stream.Record
		if !reader.At(uint64(i+1), &r) || string(r.Payload) != string(numbered(i).Payload) || r.Arrived != numbered(i).Arrived {
			t.Fatalf("record %d is %+v", i, r)
		}
	}
	for i := range n {
		check(i)
	}
	for i := n - 1; i >= 0; i -= 7 {
		check(i)
	}
	dice := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		check(dice.IntN(n))
	}
}

// TestShelvedPagesAreReadMeanwhile, by several, while the store goes on.
func TestShelvedPagesAreReadMeanwhile(t *testing.T) {
	s := shelving(t, tempFile(t))
	var wg sync.WaitGroup
	done := make(chan struct{})
	for k := range 3 {
		wg.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(k), 9))
			for {
				select {
				case <-done:
					return
				default:
				}
				snapshot := s.Snapshot()
				if snapshot.Len() == 0 {
					continue
				}
				var r stream.Record
				seq := snapshot.First() + dice.Uint64N(uint64(snapshot.Len()))
				if !snapshot.At(seq, &r) || string(r.Payload) != string(numbered(int(seq-1)).Payload) {
					t.Errorf("record %d is %.40q", seq, r.Payload)
					return
				}
			}
		})
	}
	for i := range 8000 {
		s.Append(numbered(i))
		s.Flush()
	}
	close(done)
	wg.Wait()
}

// fullShelf is a file on a disk that is full after so many bytes.
type fullShelf struct {
	stream.Shelf
	left int
}

func (f *fullShelf) WriteAt(b []byte, at int64) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errors.New("no space left on device")
	}
	return f.Shelf.WriteAt(b, at)
}

// TestAFullShelf: the oldest are dropped, and counted; there is no gap.
func TestAFullShelf(t *testing.T) {
	s := shelving(t, &fullShelf{tempFile(t), 3 << 20})
	const n = 20_000
	for i := range n {
		s.Append(numbered(i))
	}
	s.Flush()
	snapshot := s.Snapshot()
	if snapshot.Dropped() == 0 || snapshot.Dropped()+uint64(snapshot.Len()) != n {
		t.Errorf("%d dropped and %d kept of %d", snapshot.Dropped(), snapshot.Len(), n)
	}
	for seq := snapshot.First(); seq < snapshot.End(); seq++ {
		var r stream.Record
		if !snapshot.At(seq, &r) || string(r.Payload) != string(numbered(int(seq-1)).Payload) {
			t.Fatalf("record %d is %.40q", seq, r.Payload)
		}
	}
}
