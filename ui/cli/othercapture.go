package cli

import (
	"context"
	"errors"
	"fmt"

	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/ui/report"
)

// An otherCapture is what a summary is compared with. It is opened before the run, so that a
// wrong name costs none.
type otherCapture struct {
	path  string
	from  *capture.Reader
	about *report.About
	done  func()
}

// openOther opens it, nil where nothing is compared.
func (r *run) openOther() (*otherCapture, error) {
	if r.against.path == "" {
		return nil, nil
	}
	reader, done, err := openCapture(r.against.path)
	if err != nil {
		return nil, usagef("--against %s: %v", r.against.path, err)
	}
	if err := r.against.span(reader, "--against-", 0); err != nil {
		done()
		return nil, err
	}
	return &otherCapture{r.against.path, reader, aboutCapture(r.against.path, reader.Header), done}, nil
}

func (o *otherCapture) close() {
	if o != nil {
		o.done()
	}
}

// read counts what it holds, as far as the targets, -t and the filter of a run take it. What
// cannot be read is said in the comparison, and is an error.
func (o *otherCapture) read(ctx context.Context, r *run) (*stream.StreamSummary, error) {
	digest, sink := r.counted()
	start := r.taken(o.from.Header.Start)
	progress := stream.NewProgress(start)
	config := stream.Config{
		Sink: sink, Progress: progress, Untold: o.from.Header.Untold, Only: r.only(), Masks: r.masks, Mask: stream.NewMasker(r.masks),
	}
	err := stream.Replay(ctx, config, &toldRecording{Recording: o.from}, nil)
	if o.from.Damaged > 0 && err == nil {
		err = errors.New(damageText(o.from.Damaged))
	}
	if err != nil {
		o.about.Cut = err.Error()
		err = fmt.Errorf("--against %s: %w", o.path, err)
	}
	return digest.Summary(start, progress.Position()), err
}
