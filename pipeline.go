package main

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
}

// newPipeline puts the stream of a plan together, to end in sink.
func newPipeline(ctx context.Context, f *flags, client *vtgate.Client, plan *vtgate.Plan, sink stream.Sink) (*pipeline, error) {
	progress := stream.NewProgress(plan.Start)
	p := &pipeline{watch: &vtgate.Watch{Client: client, Plan: plan, Progress: progress}}
	if f.save != "" {
		p.file = &positionFile{Sink: sink, path: f.save, progress: progress}
		sink = p.file
	}
	sink, err := newUntil(ctx, f, client, plan, progress, sink)
	if err != nil {
		return nil, err
	}
	p.config = stream.Config{
		Source: plan.Source, From: plan.Start, Charsets: plan.Charsets, Progress: progress, Sink: sink,
		StopOnReshard: f.stream.StopOnReshard,
	}
	return p, nil
}

// stream reads the stream to its end, with what goes on beside it.
func (p *pipeline) stream(ctx context.Context) error {
	end := beside(ctx, p.watch, p.file)
	err := stream.Run(ctx, p.config)
	end()
	if p.file != nil {
		if saveErr := p.file.end(err); saveErr != nil && exitCode(err) == exitOK {
			err = saveErr
		}
	}
	return err
}
