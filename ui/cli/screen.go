package cli

import (
	"context"
	"errors"
	"os"
	"syscall"

	"vtscope/stream"
	"vtscope/ui"
	"vtscope/ui/pane"
	"vtscope/ui/window"
)

// showScreen streams to the screen. The stream has its own goroutine, which is
// waited for; a panic there ends the screen first, so that it is readable.
// It gives what the user has chosen to stream next, nil for nothing.
func (r *run) showScreen(ctx context.Context) (next *choice, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	boundMemory(int64(r.buffer))
	store := stream.NewStore(r.buffer)
	defer r.shelve(store)()
	recorder, digest := r.recorder(store, cancel), stream.NewDigest(store)
	p, err := r.pipe(ctx, output{Sink: digest, recorder: recorder})
	if err != nil {
		return nil, err
	}
	copying, begin := r.askBefore()
	ended := make(chan error, 1)
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				err := defect(reason)
				cancel(err)
				ended <- err
			}
		}()
		select {
		case <-begin:
			err := p.read(ctx)
			var broken *defectError
			if errors.As(err, &broken) {
				cancel(err) // a screen that is left would hide it
			}
			ended <- err
		case <-ctx.Done():
			ended <- context.Cause(ctx)
		}
	}()
	screen := r.screen(store, copying)
	screen.Recorder, screen.Inquirer = recorder, r.inquirer(recorder)
	screen.Report = func() pane.Report { return pane.Report{About: r.about(nil), Stream: r.summaryOf(digest)} }
	if r.replayed == nil {
		screen.Picks = r.picks(false, &next)
	}
	screen.Output = &screenFile{os.Stdout, func() { cancel(signalError{syscall.SIGHUP}) }}
	err = ui.Run(ctx, screen)
	cause := context.Cause(ctx)
	cancel(nil)
	streamErr := <-ended
	select {
	case <-begin:
		r.sayEnd(0)
	default: // nothing has begun, so nothing is to be resumed
	}
	switch {
	case cause != nil:
		return nil, cause
	case err != nil:
		return nil, err
	case next != nil, errors.Is(streamErr, context.Canceled):
		return next, p.unrecorded
	}
	return nil, worse(streamErr, p.unrecorded)
}

// screen is what the screen needs of a run.
func (r *run) screen(store *stream.Store, copying *window.Copy) ui.Options {
	screen := ui.Options{
		Store: store, Progress: r.progress, Target: r.target(), Address: r.from(), Table: r.table,
		Filter: r.filter, Kept: r.kept, Tables: r.plan.Copies, Copy: copying, Command: r.command, Usage: processUsage,
		History: historyFile(), Columns: stateFile("columns.json"),
		Theme: r.theme, Colour: os.Getenv("NO_COLOR") == "", NoMouse: r.noMouse,
		Keys: r.keys, Typing: r.typing, Hidden: r.hidden, Times: r.times, Replay: r.replayScreen(),
	}
	screen.Inquirer = r.inquirer(nil)
	return screen
}

// askBefore gives what the user is asked about before a copy begins, nil where
// none does, and what the stream waits for. A copy that goes on was begun with
// the user's consent.
func (r *run) askBefore() (*window.Copy, <-chan struct{}) {
	begin := make(chan struct{})
	question := &window.Copy{Tables: r.plan.Copies, Begin: func() { close(begin) }}
	for _, at := range r.plan.Start.Shards {
		if at.Gtid == "" && len(at.TablePKs) == 0 && !r.sure && r.replayed == nil {
			question.Shards = append(question.Shards, stream.Shard{Keyspace: at.Keyspace, Name: at.Shard})
		}
	}
	if len(question.Shards) == 0 {
		close(begin)
		return nil, begin
	}
	return question, begin
}
