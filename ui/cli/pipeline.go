package cli

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// An output is where the records of a run come to in the end.
type output struct {
	stream.Sink
	finish func() error // prints what waits for the end, nil where nothing does
	asked  func()       // is called when the shards have been asked, nil for none

	recorder *screenRecorder // that the user can switch on, nil off the screen
}

// A pipeline is the stream of a run from its source to its output, with what goes
// on beside it.
type pipeline struct {
	config stream.Config
	finish func() error  // nil for none
	watch  *vtgate.Watch // nil in a replay
	file   *positionFile // nil without --save-position
	until  *until        // nil without --until

	recording  *recording      // nil without --record, and on the screen
	recorder   *screenRecorder // nil off the screen; unrecorded is how its recording failed
	unrecorded error
	first      *recording       // that of --record, on the screen
	recorded   stream.Recording // what is replayed, nil in a live run
	marks      []stream.Mark    // of its rows
	playback   *stream.Playback
}

// pipe puts the stream of a run together.
func (r *run) pipe(ctx context.Context, to output) (*pipeline, error) {
	p := &pipeline{finish: to.finish, playback: r.playback}
	if r.replayed != nil {
		p.recorded, p.marks = &toldRecording{Recording: r.replayed, told: to.asked}, r.replayed.Marks()
	} else {
		p.watch = &vtgate.Watch{Client: r.client, Plan: r.plan, Progress: r.progress, Told: to.asked}
	}
	sink := to.Sink
	if r.save != "" {
		file, err := r.openPositionFile(sink)
		if err != nil {
			return nil, err
		}
		p.file, sink = file, file
	}
	until, err := r.endAt(ctx, sink)
	if p.until = until; until != nil {
		sink = until
	}
	if err != nil {
		if p.file != nil {
			p.file.lock.Release()
		}
		return nil, err
	}
	p.config = stream.Config{
		Source: r.plan.Source, From: r.plan.Start, Untold: r.plan.Untold, Progress: r.progress, Sink: sink,
		StopOnReshard: r.stream.StopOnReshard,
	}
	p.config.Masks, p.config.Mask = r.masks, stream.NewMasker(r.masks)
	if r.replayed != nil {
		p.config.Only = r.only()
		p.config.Masks = r.allMasks()
	}
	switch {
	case to.recorder != nil:
		p.recorder, p.first = to.recorder, r.recording
	case r.recording != nil:
		p.recording = r.recording
		p.recording.attach(&p.config)
	}
	return p, nil
}

// read reads the stream to its end, with what goes on beside it.
func (p *pipeline) read(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	end := p.beside(ctx, cancel)
	switch {
	case p.recorder != nil:
		p.recorder.attach(&p.config, p.first)
	case p.recording != nil:
		p.recording.start(cancel)
	}
	for _, m := range p.marks { // now that a recording of the replay is told of them, too
		p.config.Progress.Mark(m)
	}
	err := p.run(ctx)
	end()
	for _, rule := range p.config.Mask.Unused() {
		say("warning: --mask %s: no column that came has that name", rule)
	}
	switch {
	case p.recorder != nil:
		p.unrecorded = p.recorder.end()
	case p.recording != nil:
		recordErr := p.recording.end()
		if recordErr != nil && errors.Is(err, p.recording.err) {
			err = nil // it is told better below
		}
		err = worse(err, recordErr)
	}
	if err == nil && p.recorded != nil {
		err = p.unreached()
	}
	if p.finish != nil {
		if finishErr := p.finish(); finishErr != nil {
			return worse(err, finishErr)
		}
	}
	if p.file != nil {
		return worse(err, p.file.end(err))
	}
	return err
}

// unreached is the error of a replay that has ended before the point of --until.
func (p *pipeline) unreached() error {
	if p.until == nil {
		return nil
	}
	return fmt.Errorf("--until %s: the recording ends before that", p.until)
}

// run reads what is streamed, or was recorded, to its end.
func (p *pipeline) run(ctx context.Context) error {
	if p.recorded != nil {
		return stream.Replay(ctx, p.config, p.recorded, p.playback)
	}
	return stream.Run(ctx, p.config)
}

// beside starts what goes on beside the stream: asking what the shards have
// executed, and keeping the position file. The function that it gives ends
// them and waits for them. A defect in one of them ends the run through broken.
func (p *pipeline) beside(ctx context.Context, broken func(error)) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	if p.watch != nil {
		wg.Go(guarded(broken, func() { p.watch.Run(ctx) }))
	}
	if p.file != nil {
		wg.Go(guarded(broken, func() { p.file.keep(ctx) }))
	}
	return func() { cancel(); wg.Wait() }
}

// worse gives the error of a run that ended with err and then failed to finish.
func worse(err, failed error) error {
	if failed != nil && exitCode(err) == exitOK {
		return failed
	}
	return err
}
