package capture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// memory is a file in memory.
type memory struct{ bytes.Buffer }

func (m *memory) Close() error { return nil }

// epoch is when the transaction 0 came, in Unix seconds.
var epoch = time.Now().Unix() + 10

// frameOf encodes events, n being the number of a transaction.
func frameOf(t testing.TB, n int, events ...*binlogdata.VEvent) stream.Frame {
	t.Helper()
	for _, e := range events {
		e.Keyspace, e.Shard, e.Timestamp = "shop", fmt.Sprint("-", n%3), epoch+int64(n)
	}
	b, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Frame{Arrived: time.Unix(epoch+int64(n), 5), Bytes: b}
}

func fields(table string, names ...string) *binlogdata.VEvent {
	event := &binlogdata.FieldEvent{TableName: "shop." + table}
	for _, name := range names {
		event.Fields = append(event.Fields, &query.Field{Name: name, Type: query.Type_VARCHAR, Charset: 255})
	}
	return &binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: event}
}

func rows(table string, values ...string) *binlogdata.VEvent {
	row := &query.Row{}
	for _, v := range values {
		row.Lengths = append(row.Lengths, int64(len(v)))
		row.Values = append(row.Values, v...)
	}
	return &binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{
		TableName: "shop." + table, RowChanges: []*binlogdata.RowChange{{After: row}},
	}}
}

func typed(t binlogdata.VEventType) *binlogdata.VEvent { return &binlogdata.VEvent{Type: t} }

// transaction n inserts one row; each shard tells of the table's columns first.
func transaction(t testing.TB, n int, text string) stream.Frame {
	events := []*binlogdata.VEvent{typed(binlogdata.VEventType_BEGIN), rows("t", fmt.Sprint("row ", n), text), typed(binlogdata.VEventType_COMMIT)}
	if n < 3 {
		events = append([]*binlogdata.VEvent{fields("t", "a", "b")}, events...)
	}
	return frameOf(t, n, events...)
}

// text is a row's value that compresses to a half or so.
func text(i int) string { return fmt.Sprintf("%x", sha256.Sum256(binary.AppendVarint(nil, int64(i)))) }

// frames makes the frames of n transactions.
func transactions(t testing.TB, n int) (list []stream.Frame) {
	for i := range n {
		list = append(list, transaction(t, i, text(i)))
	}
	return list
}

// recorded records a run, and gives the file with what the run has brought.
func recorded(t testing.TB, o Options, parts ...any) (*memory, []string) {
	t.Helper()
	out, live, err := tryRecording(o, parts)
	if err != nil {
		t.Fatal(err)
	}
	return out, live
}

func tryRecording(o Options, parts []any) (*memory, []string, error) {
	out := &memory{}
	if o.Create == nil {
		o.Create = func() (io.WriteCloser, error) { return out, nil }
	}
	w := NewWriter(o)
	done := make(chan error)
	go func() { done <- w.Run() }()
	live, progress := &lines{}, stream.NewProgress(stream.Position{})
	progress.Listen(w.Tell)
	err := stream.Run(context.Background(), stream.Config{
		Source: &script{parts: parts, progress: progress}, Sink: w.Sink(live), Progress: progress, Tap: w.Tap,
		Backoff: stream.Backoff{Min: 1, Max: 1},
	})
	w.Close()
	return out, live.text, errors.Join(err, <-done)
}

// script is a source of given frames, errors that break the stream, and what is done
// between.
type script struct {
	parts    []any
	progress *stream.Progress
}

func (s *script) Open(context.Context, stream.Position) (stream.Receiver, error) { return s, nil }
func (s *script) Close() error                                                   { return nil }

func (s *script) Classify(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{Retry: true, Cause: err.Error()}
}

func (s *script) Recv() (stream.Frame, error) {
	for len(s.parts) > 0 {
		part := s.parts[0]
		s.parts = s.parts[1:]
		switch part := part.(type) {
		case stream.Frame:
			return part, nil
		case error:
			return stream.Frame{}, part
		case func(*stream.Progress):
			part(s.progress)
		}
	}
	return stream.Frame{}, io.EOF
}

// lines is a sink that writes what it gets as text.
type lines struct{ text []string }

func (l *lines) Append(r *stream.Record) error {
	text := fmt.Sprint(r.Kind, " ", r.Shard, " ", r.Txn, " ", r.Time, " ", r.Arrived, " ", r.State)
	if r.Kind == stream.Insert {
		_, after := r.Images()
		values := after.Values(nil)
		text += " " + string(values[0].Raw)
	} else if r.Kind != stream.Columns {
		text += " " + string(r.Payload)
	}
	l.text = append(l.text, text)
	return nil
}

func (l *lines) Flush() error { return nil }

// replayed gives what a replay of a capture brings.
func replayed(r *Reader) ([]string, error) {
	sink := &lines{}
	err := stream.Replay(context.Background(), stream.Config{Sink: sink, Progress: stream.NewProgress(stream.Position{})}, r, nil)
	return sink.text, err
}

// opened opens a capture in memory.
func opened(t testing.TB, file []byte) *Reader {
	t.Helper()
	r, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// asParts makes frames parts of a script.
func asParts(frames []stream.Frame) (parts []any) {
	for _, f := range frames {
		parts = append(parts, f)
	}
	return parts
}
