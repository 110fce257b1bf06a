package stream_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"vtscope/stream"
)

// opening is what one Open of a fake source gives: an error, or frames and
// then the error of Recv; without one, Recv waits for the end of the context.
type opening struct {
	refuse error
	frames []stream.Frame
	before func() // runs before each Recv
	err    error
}

// fakeSource gives one opening after the other, the last again and again.
type fakeSource struct {
	openings []opening
	from     []stream.Position // what Open was given
	at       []time.Duration   // when, since the start
	start    time.Time
	closed   int // Close calls
	open     int // receivers open
}

var errDown = errors.New("down")

func (s *fakeSource) Open(ctx context.Context, from stream.Position) (stream.Receiver, error) {
	if s.start.IsZero() {
		s.start = time.Now()
	}
	s.from, s.at = append(s.from, from), append(s.at, time.Since(s.start))
	o := s.openings[min(len(s.from), len(s.openings))-1]
	if o.refuse != nil {
		return nil, o.refuse
	}
	s.open++
	return &fakeReceiver{opening: o, ctx: ctx, source: s}, nil
}

// Classify takes io.EOF as the asked end, errDown as passing, others as final.
func (s *fakeSource) Classify(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{Retry: err == errDown, Cause: err.Error(), Err: err}
}

type fakeReceiver struct {
	opening
	ctx    context.Context //nolint:containedctx // an open stream ends with it
	source *fakeSource
	closed bool
}

func (r *fakeReceiver) Recv() (stream.Frame, error) {
	if r.closed {
		panic("Recv after Close")
	}
	if r.before != nil {
		r.before()
	}
	if len(r.frames) > 0 {
		f := r.frames[0]
		r.frames = r.frames[1:]
		return f, nil
	}
	if r.err == nil {
		<-r.ctx.Done()
		return stream.Frame{}, r.ctx.Err()
	}
	return stream.Frame{}, r.err
}

func (r *fakeReceiver) Close() error {
	if r.closed {
		panic("closed twice")
	}
	r.closed = true
	r.source.closed++
	r.source.open--
	return nil
}

// play runs a source to its end from a position, and gives its progress.
func play(t testing.TB, from string, openings ...opening) (*stream.Progress, *fakeSource) {
	t.Helper()
	position := positionFrom(from)
	progress := stream.NewProgress(position)
	source := &fakeSource{openings: openings}
	err := stream.Run(t.Context(), stream.Config{
		Source: source, From: position, Sink: &lines{}, Progress: progress, Backoff: stream.Backoff{Min: 1, Max: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return progress, source
}

// ending gives an opening that plays a script and ends as asked.
func ending(t testing.TB, script string) opening {
	return opening{frames: frames(t, script), err: io.EOF}
}
