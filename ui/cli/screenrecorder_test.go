package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/ui"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// inserted is a message with an insert of a number.
func inserted(t *testing.T, n int) stream.Frame {
	t.Helper()
	of := func(e *binlogdata.VEvent) *binlogdata.VEvent {
		e.Keyspace, e.Shard, e.Timestamp, e.EventGtid = "ks", "-", 1_795_000_000, fmt.Sprint("90a3e2d2-8a0f-11ef-9c5b-0242ac110002:", n)
		return e
	}
	row := &query.Row{Lengths: []int64{4}, Values: fmt.Appendf(nil, "%04d", n)}
	events := []*binlogdata.VEvent{
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{TableName: "t", RowChanges: []*binlogdata.RowChange{{After: row}}}}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT}),
	}
	if n == 0 {
		field := &query.Field{Name: "a", Type: query.Type_VARCHAR, Charset: 255}
		events = append([]*binlogdata.VEvent{of(&binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: &binlogdata.FieldEvent{TableName: "t", Fields: []*query.Field{field}}})}, events...)
	}
	b, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Frame{Arrived: time.Now(), Bytes: b}
}

// played is a recording of inserts, before each of which something may be done.
type played struct {
	t      *testing.T
	n, end int
	before map[int]func()
}

func (p *played) Next() (stream.Recorded, error) {
	if do := p.before[p.n]; do != nil {
		do()
	}
	f := inserted(p.t, p.n)
	if p.n++; p.n > p.end {
		return stream.Recorded{}, errors.New("the tape ends")
	}
	return stream.Recorded{At: f.Arrived, Frame: f.Bytes}, nil
}

// rowsIn are the rows that a capture holds, and those of them that are marked.
func rowsIn(t *testing.T, path string) (rows, marked []string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, _ := file.Stat()
	reader, err := capture.Open(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	store, progress := stream.NewStore(1<<20), stream.NewProgress(stream.Position{})
	if err := stream.Replay(t.Context(), stream.Config{Sink: store, Progress: progress}, reader, nil); err != nil {
		t.Fatal(err)
	}
	s := store.Snapshot()
	value := func(seq uint64) (list []string) {
		var r stream.Record
		if s.At(seq, &r); r.Kind.IsRow() {
			_, after := r.Images()
			list = append(list, string(after.Values(nil)[0].Raw))
		}
		return list
	}
	for seq := s.First(); seq < s.End(); seq++ {
		rows = append(rows, value(seq)...)
	}
	for _, m := range append(reader.Marks(), progress.Marks(0)...) {
		if seq, found := s.Marked(m); found {
			marked = append(marked, value(seq)...)
		}
	}
	return rows, marked
}

// TestRecordingOnTheScreen begins and ends between two messages, with what is kept or
// without; columns that came before it are known in it.
func TestRecordingOnTheScreen(t *testing.T) {
	folder := t.TempDir()
	later, whole := filepath.Join(folder, "later.vts"), filepath.Join(folder, "whole.vts")
	store, progress := stream.NewStore(1<<20), stream.NewProgress(stream.Position{})
	r := (&run{job: &job{}, progress: progress}).recorderOf(store, capture.Header{}, func(err error) { t.Error(err) })
	read := filepath.Join(folder, "read.vts")
	os.WriteFile(read, nil, 0o600)
	r.isRead = func(o *recordOptions) bool { return o.path == read }
	if err := r.Start(read, false, true); !errors.Is(err, errOntoItself) {
		t.Errorf("onto what is replayed: %v", err)
	}
	config := stream.Config{Sink: store, Progress: progress}
	r.attach(&config, nil)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	mark := func() {
		s := store.Snapshot()
		m, kept := s.MarkOf(s.End() - 1)
		if !kept {
			t.Error("there is no row to mark")
		}
		progress.Mark(m)
	}
	tape := &played{t: t, end: 100, before: map[int]func(){
		5:  mark,
		20: mark,
		10: func() { check(r.Start(later, false, false)) },
		30: func() {
			if r.State().Path != later {
				t.Error("it does not record")
			}
			check(r.Stop())
		},
		40: func() {
			if err := r.Start(later, false, false); !errors.Is(err, ui.ErrExists) {
				t.Errorf("over a file: %v", err)
			}
			check(r.Start(whole, true, false))
		},
	}}
	if err := stream.Replay(t.Context(), config, tape, nil); err == nil {
		t.Error("the tape did not end")
	}
	check(r.end())
	for path, want := range map[string][2]int{later: {10, 30}, whole: {0, 100}} {
		rows, marked := rowsIn(t, path)
		if len(rows) != want[1]-want[0] || rows[0] != fmt.Sprintf("%04d", want[0]) || rows[len(rows)-1] != fmt.Sprintf("%04d", want[1]-1) {
			t.Errorf("%s has %d rows: %v", filepath.Base(path), len(rows), rows)
		}
		wanted := []string{"0004", "0019"}
		if path == later {
			wanted = wanted[1:]
		}
		if !slices.Equal(marked, wanted) {
			t.Errorf("%s has marks of %v, not %v", filepath.Base(path), marked, wanted)
		}
	}
}
