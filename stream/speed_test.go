package stream_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"google.golang.org/protobuf/proto"

	"vtscope/internal/pairs"
	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// shape is a kind of traffic: the frames before, and those that repeat.
type shape struct {
	name       string
	before     []stream.Frame
	frames     []stream.Frame
	rows, wire int
	atLeast    float64 // our rate beside the generated decoder's; a half more on a quiet machine
}

func shapes(t testing.TB) []shape {
	list := append(smallShapes(t), transactions(t, 256, 20))
	for i := range list {
		for _, f := range list[i].frames {
			list[i].wire += len(f.Bytes)
		}
	}
	return list
}

// smallShapes are those that take little to make.
func smallShapes(t testing.TB) []shape {
	copying := shape{name: "copy", atLeast: 3, frames: []stream.Frame{copyFrame(t, 5000)}, rows: 5000}
	copying.before = []stream.Frame{frame(t, fieldEvent(0))}
	return []shape{copying, transactions(t, 16, 6)}
}

// transactions is one-row transactions over n shards, a message each.
func transactions(t testing.TB, n int, atLeast float64) shape {
	s := shape{name: fmt.Sprintf("one-row transactions, %d shards", n), atLeast: atLeast, rows: 256}
	for i := range n {
		s.before = append(s.before, frame(t, fieldEvent(i)))
	}
	for i := range s.rows {
		change := &binlogdata.RowChange{Before: customerRow(i), After: customerRow(i + 1)}
		s.frames = append(s.frames, frame(t, transaction(i%n, n, 1000+i, change)...))
	}
	return s
}

// generated decodes a frame with the generated code and counts its rows.
func generated(b []byte) (rows int) {
	var response vtgate.VStreamResponse
	if proto.Unmarshal(b, &response) != nil {
		return 0
	}
	for _, e := range response.Events {
		rows += len(e.RowEvent.GetRowChanges())
	}
	return rows
}

// BenchmarkDecode measures decoding and storing, whole run loop included,
// beside the bare generated decoder on the same frames in turns.
func BenchmarkDecode(b *testing.B) {
	for _, s := range shapes(b) {
		b.Run(s.name, func(b *testing.B) {
			store := stream.NewStore(64 << 20)
			reader := &loop{shape: &s}
			config := stream.Config{Source: reader, Sink: store, Progress: stream.NewProgress(stream.Position{})}
			ours := func() {
				reader.left = rounds
				if err := stream.Run(context.Background(), config); err != nil {
					b.Fatal(err)
				}
			}
			var ratio pairs.Ratio
			for b.Loop() {
				ratio = pairs.Compare(turns, ours, func() {
					for range rounds {
						for _, f := range s.frames {
							generated(f.Bytes)
						}
					}
				})
			}
			ratio.AtMost(b, 1/s.atLeast, "generated")
			b.ReportMetric(1/ratio.Value, "times-as-fast")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// A benchmark compares in so many turns, in each of which a shape's frames go
// by so often.
const turns, rounds = 9, 20

// loop is a source that repeats a shape's frames.
type loop struct {
	*shape
	at, left int
}

func (l *loop) Open(context.Context, stream.Position) (stream.Receiver, error) {
	l.at = -len(l.before)
	return l, nil
}

func (l *loop) Recv() (stream.Frame, error) {
	if l.at < 0 {
		l.at++
		return l.before[len(l.before)+l.at-1], nil
	}
	if l.at == len(l.frames) {
		l.at = 0
		if l.left--; l.left <= 0 {
			return stream.Frame{}, io.EOF
		}
	}
	l.at++
	return l.frames[l.at-1], nil
}

func (l *loop) Close() error { return nil }

func (l *loop) Classify(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{Cause: err.Error(), Err: err}
}

// BenchmarkDigest measures what counting for a summary adds to decoding and storing.
func BenchmarkDigest(b *testing.B) {
	for _, s := range shapes(b) {
		b.Run(s.name, func(b *testing.B) {
			run := func(sink stream.Sink) func() {
				reader := &loop{shape: &s}
				config := stream.Config{Source: reader, Sink: sink, Progress: stream.NewProgress(stream.Position{})}
				return func() {
					reader.left = rounds
					if err := stream.Run(context.Background(), config); err != nil {
						b.Fatal(err)
					}
				}
			}
			var ratio pairs.Ratio
			for b.Loop() {
				ratio = pairs.Compare(turns, run(stream.NewDigest(stream.NewStore(64<<20))), run(stream.NewStore(64<<20)))
			}
			ratio.AtMost(b, digestLimit, "without")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// digestLimit is how much of the time of a run without it a digest may make of it.
const digestLimit = 1.35
