package cli

import (
	"context"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// A pipeline is one stream from its source to its sinks, with what goes on beside it.
type pipeline struct {
	config stream.Config
	watch  *vtgate.Watch
	file   *positionFile // nil without --save-position
	finish func() error  // prints what waits for the end, nil where nothing does
}

// newPipeline puts the stream of a plan together, to end in sink.
func newPipeline(ctx context.Context, f *flags, client *vtgate.Client, plan *vtgate.Plan, sink stream.Sink) (*pipeline, error) {
	progress := stream.NewProgress(plan.Start)
	p := &pipeline{watch: &vtgate.Watch{Client: client, Plan: plan, Progress: progress}}
	if f.save != "" {
		file, err := openPositionFile(f, progress, sink)
		if err != nil {
			return nil, err
		}
		p.file, sink = file, file
	}
	sink, err := newUntil(ctx, f, client, plan, progress, sink)
	if err != nil {
		if p.file != nil {
			p.file.lock.Release()
		}
		return nil, err
	}
	p.config = stream.Config{
		Source: plan.Source, From: plan.Start, Untold: plan.Untold, Progress: progress, Sink: sink,
		StopOnReshard: f.stream.StopOnReshard,
	}
	return p, nil
}

// stream reads the stream to its end, with what goes on beside it.
func (p *pipeline) stream(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	end := beside(ctx, cancel, p.watch, p.file)
	err := stream.Run(ctx, p.config)
	end()
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

// worse gives the error of a run that ended with err and then failed to finish.
func worse(err, failed error) error {
	if failed != nil && exitCode(err) == exitOK {
		return failed
	}
	return err
}
