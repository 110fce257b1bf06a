package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
	"vtscope/ui"
)

// demoCopySeconds is how long the demo's copy takes on screen, so that there is
// something to see.
const demoCopySeconds = 10

// session connects, streams and shows until the end, and lets go of all of it.
func session(ctx context.Context, f *flags) error {
	if f.demo {
		if f.output == outputScreen {
			f.demoOptions.CopyRate = max(f.demoOptions.Rows/demoCopySeconds, 1)
		}
		var broken context.CancelCauseFunc
		ctx, broken = context.WithCancelCause(ctx)
		defer broken(nil)
		f.demoOptions.Broken = func(reason any) { broken(defect(reason)) }
		server, err := demo.Start(f.demoOptions)
		if err != nil {
			return fmt.Errorf("the demo cannot start: %w", err)
		}
		defer server.Close()
		f.gate.Address = server.Addr()
	}
	client, err := vtgate.Dial(ctx, f.gate)
	if err != nil {
		return hinted(f, err)
	}
	defer client.Close()
	if f.toCheck != "" {
		return checkPosition(ctx, f, client)
	}
	plan, err := client.Plan(ctx, f.request)
	if err != nil {
		return hinted(f, err)
	}
	if err := checkFilter(ctx, f, client, plan); err != nil {
		return err
	}
	for _, warning := range plan.Warnings {
		say("warning: %s", warning)
	}
	if f.duration > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, f.duration, errTimeUp)
		defer cancel()
	}
	if f.output == outputScreen {
		return showScreen(ctx, f, client, plan)
	}
	return printLines(ctx, f, client, plan)
}

// checkFilter compares the names in the filter with those that there are, where
// VTGate tells them.
func checkFilter(ctx context.Context, f *flags, client *vtgate.Client, plan *vtgate.Plan) error {
	if f.filter == nil {
		return nil
	}
	tables, columns := client.Names(ctx, plan)
	if columns != nil {
		if err := f.filter.CheckNames(columns); err != nil {
			return usagef("--where: %v", err)
		}
	}
	for _, warning := range f.filter.Warnings(knownNames(plan, tables)) {
		say("warning: --where: %s", reasonText(warning))
	}
	return nil
}

// knownNames are the names that the filter's meta names can be.
func knownNames(plan *vtgate.Plan, tables []string) filter.Known {
	known := filter.Known{Keyspaces: plan.Keyspaces, Tables: tables}
	for _, s := range plan.Start.Shards {
		if s.Shard == "" {
			known.Shards = nil // all of them, and VTGate does not tell which
			break
		}
		known.Shards = append(known.Shards, s.Shard)
	}
	return known
}

// onlyTable is the one table that is streamed, "" where it may be several.
func (f *flags) onlyTable() string {
	if len(f.stream.Tables) != 1 || len(f.stream.Rules) > 0 || strings.HasPrefix(f.stream.Tables[0], "/") {
		return ""
	}
	return f.stream.Tables[0]
}

// showScreen streams to the screen. The stream has its own goroutine, which is
// waited for; a panic there ends the screen first, so that it is readable.
func showScreen(ctx context.Context, f *flags, client *vtgate.Client, plan *vtgate.Plan) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	boundMemory(int64(f.buffer))
	store := stream.NewStore(int(f.buffer))
	p, err := newPipeline(ctx, f, client, plan, store)
	if err != nil {
		return err
	}
	progress := p.config.Progress
	copying, begin := askBefore(plan)
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
			err := p.stream(ctx)
			var broken *defectError
			if errors.As(err, &broken) {
				cancel(err) // a screen that is left would hide it
			}
			ended <- err
		case <-ctx.Done():
			ended <- context.Cause(ctx)
		}
	}()
	screen := ui.Options{
		Store: store, Progress: progress, Target: f.target(), Address: f.address(),
		Colour: os.Getenv("NO_COLOR") == "", Table: f.onlyTable(), Filter: f.filter, History: historyFile(),
		Tables: plan.Copies, Copy: copying,
		Output: &screenFile{os.Stdout, func() { cancel(signalError{syscall.SIGHUP}) }},
	}
	if !f.gate.NoQueries {
		screen.Inquirer = inquirer{client, plan.TabletType}
	}
	err = ui.Run(ctx, screen)
	cause := context.Cause(ctx)
	cancel(nil)
	streamErr := <-ended
	select {
	case <-begin:
		sayEnd(progress, 0)
	default: // nothing has begun, so nothing is to be resumed
	}
	switch {
	case cause != nil:
		return cause
	case err != nil:
		return err
	case errors.Is(streamErr, context.Canceled):
		return nil
	}
	return streamErr
}

// askBefore gives what the user is asked about before a copy begins, nil where
// none does, and what the stream waits for. A copy that goes on was begun with
// the user's consent.
func askBefore(plan *vtgate.Plan) (*ui.Copy, <-chan struct{}) {
	begin := make(chan struct{})
	question := &ui.Copy{Tables: plan.Copies, Begin: func() { close(begin) }}
	for _, at := range plan.Start.Shards {
		if at.Gtid == "" && len(at.TablePKs) == 0 {
			question.Shards = append(question.Shards, stream.Shard{Keyspace: at.Keyspace, Name: at.Shard})
		}
	}
	if len(question.Shards) == 0 {
		close(begin)
		return nil, begin
	}
	return question, begin
}

// defect makes an error of a panic; the stack is for those who ask for it.
func defect(reason any) error {
	err := &defectError{fmt.Sprintf("a defect of vtscope, please report it: %v", reason)}
	if os.Getenv("GOTRACEBACK") != "" {
		err.text += "\n" + string(debug.Stack())
	}
	return err
}

// target names what is streamed as it was typed.
func (f *flags) target() string {
	if len(f.stream.Targets) == 0 {
		return "all keyspaces"
	}
	return strings.Join(f.stream.Targets, " ")
}

// address names where it comes from.
func (f *flags) address() string {
	if f.demo {
		return "demo"
	}
	return f.gate.Address
}
