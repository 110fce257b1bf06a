package stream

import (
	"context"
	"errors"
	"io"
	"time"
)

// Replay does what Run did when a run was recorded: the same frames go through the
// same decoder, and the stream breaks where it broke. The configuration needs no
// Source. Playback says when; nil is as fast as it goes.
//
// It returns nil at the recording's end, the context's cause, the error of Sink or
// Tap, or that of the recording, which has then been told as the stream's end.
func Replay(ctx context.Context, c Config, recording Recording, playback *Playback) error {
	arrival := &arrival{Sink: c.Sink, playback: playback, progress: c.Progress}
	if playback != nil {
		c.Sink = arrival
	}
	r := newRunner(ctx, c)
	defer playback.end()
	for {
		next, err := recording.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			r.Progress.learn(&Fact{Damage: err.Error()})
		}
		if err == nil {
			err = playback.wait(ctx, next.At)
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return r.end(err)
		}
		r.now = next.At
		if next.Status != nil && next.Status.State == Ended {
			return r.status(Ended, next.Status.Text)
		}
		if err := r.again(&next); err != nil {
			return r.end(err)
		}
		arrival.look()
		if r.StopOnReshard && r.Progress.Summary().Reshards > 0 {
			return r.end(nil)
		}
	}
}

// again does once more what the run that was recorded has done.
func (r *runner) again(next *Recorded) error {
	switch {
	case next.Status != nil:
		if next.Status.State == Retrying {
			if err := r.decoder.Reset(); err != nil {
				return err
			}
			r.Progress.reopen()
		}
		return r.status(next.Status.State, next.Status.Text)
	case next.Fact != nil:
		fact := next.Fact
		if r.only != nil {
			fact = r.only.fact(fact)
		}
		if fact != nil {
			r.Progress.learn(fact)
		}
		return nil
	case next.Problem != "":
		r.Progress.learn(&Fact{Damage: next.Problem}) // a recording of this replay tells of it, too
		return r.problem(next.Problem)
	}
	return r.frame(Frame{Arrived: next.At, Bytes: next.Frame})
}

// problem tells of what is wrong with a recording, or with a message.
func (r *runner) problem(text string) error {
	now := r.now
	if now.IsZero() {
		now = time.Now()
	}
	record := Record{Kind: Problem, Arrived: now.UnixNano(), Payload: []byte(text)}
	if err := r.Append(&record); err != nil {
		return err
	}
	return r.Flush()
}
