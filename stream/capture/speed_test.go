package capture

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"vtscope/internal/pairs"
	"vtscope/stream"
	"vtscope/stream/vtgate"

	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"
)

// passes is a source that gives frames again and again.
type passes struct {
	frames   []stream.Frame
	at, left int
}

func (p *passes) Open(context.Context, stream.Position) (stream.Receiver, error) { return p, nil }
func (p *passes) Close() error                                                   { return nil }
func (p *passes) Classify(error) *stream.Failure                                 { return nil }

func (p *passes) Recv() (stream.Frame, error) {
	if p.at == len(p.frames) {
		if p.at, p.left = 0, p.left-1; p.left <= 0 {
			return stream.Frame{}, io.EOF
		}
	}
	p.at++
	return p.frames[p.at-1], nil
}

// BenchmarkRecord measures what recording adds to decoding and storing, for the stream that
// is recorded: packing and writing go on beside it.
func BenchmarkRecord(b *testing.B) {
	for _, shape := range benchShapes(b) {
		b.Run(shape.name, func(b *testing.B) {
			run := func(tap func(stream.Frame) error, sink func(stream.Sink) stream.Sink) {
				source := &passes{frames: shape.frames, left: 20}
				config := stream.Config{Source: source, Sink: sink(store), Progress: stream.NewProgress(stream.Position{}), Tap: tap}
				if err := stream.Run(context.Background(), config); err != nil {
					b.Fatal(err)
				}
			}
			w := NewWriter(Options{})
			tap := func(f stream.Frame) error {
				if len(w.queue) > 0 { // as Run would have it by now
					chunks, _ := w.take(false)
					w.written(chunks, 0, nil)
				}
				return w.Tap(f)
			}
			ours := func() { run(tap, w.Sink) }
			other := func() { run(nil, func(s stream.Sink) stream.Sink { return s }) }
			var ratio pairs.Ratio
			for b.Loop() {
				ratio = pairs.Compare(9, ours, other)
			}
			ratio.AtMost(b, 1.15, "unrecorded")
			b.ReportMetric(0, "ns/op")
		})
	}
}

var store = stream.NewStore(64 << 20)

// recordFrames records frames so often, into a file.
func recordFrames(t testing.TB, frames []stream.Frame, times int) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "bench.vts"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	w := NewWriter(Options{Create: func() (io.WriteCloser, error) { return keptOpen{file}, nil }})
	done := make(chan error)
	go func() { done <- w.Run() }()
	source := &passes{frames: frames, left: times}
	config := stream.Config{Source: source, Sink: w.Sink(&lines{}), Progress: stream.NewProgress(stream.Position{}), Tap: w.Tap}
	config.Sink = w.Sink(stream.NewStore(1 << 20))
	err = stream.Run(context.Background(), config)
	w.Close()
	if err := errors.Join(err, <-done); err != nil {
		t.Fatal(err)
	}
	return file
}

// keptOpen is a file that is still wanted when it has been written.
type keptOpen struct{ *os.File }

func (keptOpen) Close() error { return nil }

func openFile(t testing.TB, file *os.File) *Reader {
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	r, err := Open(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSizeOnDisk: at 256 shards, whose positions each message repeats, a message takes a tenth
// of its size at most.
func TestSizeOnDisk(t *testing.T) {
	shape := benchTransactions(t, 256)
	wire := 0
	for _, f := range shape.frames {
		wire += len(f.Bytes)
	}
	info, err := recordFrames(t, shape.frames, 1).Stat()
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > int64(wire)/10 {
		t.Errorf("%d bytes take %d", wire, info.Size())
	}
	t.Logf("1 byte for %.1f", float64(wire)/float64(info.Size()))
}

// A sender is a VTGate that sends frames so often.
type sender struct {
	vtgateservice.UnimplementedVitessServer
	frames []stream.Frame
	times  int
}

func (s *sender) VStream(_ *vtgatepb.VStreamRequest, to vtgateservice.Vitess_VStreamServer) error {
	for range s.times {
		for _, f := range s.frames {
			if err := to.SendMsg(encoded(f.Bytes)); err != nil {
				return err
			}
		}
	}
	return nil
}

// encoded is a message that needs no encoding.
type encoded []byte

// encodedCodec hands it over as it is.
type encodedCodec struct{}

func (encodedCodec) Name() string { return "proto" }

func (encodedCodec) Marshal(v any) ([]byte, error) {
	if b, is := v.(encoded); is {
		return b, nil
	}
	return proto.Marshal(v.(proto.Message))
}

func (encodedCodec) Unmarshal(b []byte, v any) error { return proto.Unmarshal(b, v.(proto.Message)) }

// counting ends a run after so many rows.
type counting struct {
	stream.Sink
	left int
	end  context.CancelFunc
}

func (c *counting) Append(r *stream.Record) error {
	if r.Kind.IsRow() {
		if c.left--; c.left == 0 {
			c.end()
		}
	}
	return c.Sink.Append(r)
}

// liveRun gives a run of a shape's frames over gRPC.
func liveRun(b *testing.B, shape *benchShape, times int) func() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := grpc.NewServer(grpc.ForceServerCodec(encodedCodec{}))
	vtgateservice.RegisterVitessServer(server, &sender{frames: shape.frames, times: times})
	go server.Serve(listener)
	b.Cleanup(server.Stop)
	client, err := vtgate.Dial(b.Context(), vtgate.Options{Address: listener.Addr().String(), NoQueries: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { client.Close() })
	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{"customer"}})
	if err != nil {
		b.Fatal(err)
	}
	plan, err := client.Plan(b.Context(), request)
	if err != nil {
		b.Fatal(err)
	}
	return func() {
		ctx, cancel := context.WithCancel(context.Background())
		sink := &counting{store, shape.rows * times, cancel}
		stream.Run(ctx, stream.Config{Source: plan.Source, From: plan.Start, Sink: sink, Progress: stream.NewProgress(stream.Position{})})
	}
}

// BenchmarkReplay measures a replay from a warm file beside a live run with the same frames,
// what sends them included: at least 80% as fast.
func BenchmarkReplay(b *testing.B) {
	for _, shape := range benchShapes(b) {
		b.Run(shape.name, func(b *testing.B) {
			const times = 20
			file := recordFrames(b, shape.frames, times)
			replay := func() {
				r := openFile(b, file)
				defer r.Close()
				config := stream.Config{Sink: store, Progress: stream.NewProgress(stream.Position{})}
				if err := stream.Replay(context.Background(), config, r, nil); err != nil {
					b.Fatal(err)
				}
			}
			live := liveRun(b, &shape, times)
			var ratio pairs.Ratio
			for b.Loop() {
				ratio = pairs.Compare(9, replay, live)
			}
			ratio.AtMost(b, 1/0.8, "live")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkOpen measures how long a capture of ten million changes takes to open, beside
// reading all of it.
func BenchmarkOpen(b *testing.B) {
	shape := benchCopy(b)
	file := recordFrames(b, shape.frames, 2000)
	var ratio pairs.Ratio
	for b.Loop() {
		ratio = pairs.Compare(9, func() { openFile(b, file).Close() }, func() {
			r := openFile(b, file)
			defer r.Close()
			for range 100 {
				if _, err := r.Next(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	ratio.AtMost(b, 0.05, "100-messages")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	openFile(b, file).Close()
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 100_000_000 {
		b.Errorf("opening takes %d bytes", took)
	}
	b.ReportMetric(0, "ns/op")
}
