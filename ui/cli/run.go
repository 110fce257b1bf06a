package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
)

// Run is the whole program; it gives the exit code.
func Run(args []string) int {
	// A reader that goes away shows as an error of the write, not as a signal.
	signal.Ignore(syscall.SIGPIPE)
	defer startMessages()()
	f, err := parseFlags(args)
	silent := isCompletion(args)
	switch {
	case silent && (err != nil || f.help || f.version || f.printConfig || f.completion != ""):
		return exitOK
	case err != nil:
		return fail(err)
	case f.help:
		printHelp(os.Stdout, f)
		return exitOK
	case f.completion != "":
		return fail(printCompletion(os.Stdout, f))
	case f.printConfig:
		printConfig(os.Stdout, f)
		return exitOK
	case f.version:
		fmt.Println("vtscope", version())
		return exitOK
	}
	j, err := newJob(f, terminalOf(os.Stdout))
	if err != nil && !silent {
		return fail(err)
	}
	ctx, stop := untilSignal(context.Background())
	defer stop()
	if silent {
		if err == nil {
			j.complete(ctx, wordsOf(f, args))
		}
		return exitOK
	}
	return fail(j.do(ctx))
}

// do connects, streams and shows until the end, and lets go of all of it.
func (j *job) do(ctx context.Context) error {
	if j.replay.path != "" {
		return j.doReplay(ctx)
	}
	gate := j.gate
	if j.demo != nil {
		var broken context.CancelCauseFunc
		ctx, broken = context.WithCancelCause(ctx)
		defer broken(nil)
		options := *j.demo
		options.Broken = func(reason any) { broken(defect(reason)) }
		server, err := demo.Start(options)
		if err != nil {
			return fmt.Errorf("the demo cannot start: %w", err)
		}
		defer server.Close()
		gate.Address = server.Addr()
	}
	client, err := vtgate.Dial(ctx, gate)
	if err != nil {
		return hinted(j, err)
	}
	defer client.Close()
	switch {
	case j.words != nil:
		j.words.print(ctx, client, os.Stdout)
		return nil
	case len(j.toCheck.Shards) > 0:
		return j.printVerdicts(ctx, client)
	}
	if j.duration > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, j.duration, errTimeUp)
		defer cancel()
	}
	return j.show(ctx, client)
}

// show streams to the screen, or as lines. On the screen something else can be chosen, time
// and again; a choice that cannot be streamed leads back to the question.
func (j *job) show(ctx context.Context, client *vtgate.Client) (err error) {
	var next *choice
	if j.asksWhat() {
		if next, err = j.askWhat(ctx, client, nil); next == nil {
			return err
		}
	}
	for {
		r, err := j.chosen(ctx, client, next)
		var wrong *vtgate.UsageError
		switch {
		case next != nil && errors.As(err, &wrong):
			next, err = j.askWhat(ctx, client, err)
		case err != nil:
			return err
		case r.format != nil:
			return r.printLines(ctx)
		default:
			j = r.job
			next, err = r.showScreen(ctx)
		}
		if next == nil {
			return err
		}
	}
}

// chosen plans the stream of a choice, or that of the command line without one.
func (j *job) chosen(ctx context.Context, client *vtgate.Client, c *choice) (*run, error) {
	if c == nil {
		return j.open(ctx, client)
	}
	next, err := j.next(c)
	if err != nil {
		return nil, err
	}
	return next.open(ctx, client)
}

// A run is a job under way.
type run struct {
	*job
	client   *vtgate.Client // nil in a replay
	plan     *vtgate.Plan
	progress *stream.Progress
	replayed *capture.Reader  // nil in a live run
	playback *stream.Playback // the same

	recording *recording // nil where nothing is recorded
}

// open plans the stream of a job.
func (j *job) open(ctx context.Context, client *vtgate.Client) (*run, error) {
	plan, err := client.Plan(ctx, j.request)
	if err != nil {
		return nil, hinted(j, err)
	}
	r := &run{job: j, client: client, plan: plan, progress: stream.NewProgress(plan.Start)}
	if err := r.checkFilter(ctx); err != nil {
		return nil, err
	}
	r.recording = r.newRecording(ctx)
	for _, warning := range plan.Warnings {
		say("warning: %s", warning)
	}
	return r, nil
}

// checkFilter compares the names in the filter with those that there are, where
// VTGate tells them.
func (r *run) checkFilter(ctx context.Context) error {
	if r.filter == nil || r.filter == r.kept.Filter { // the screen says what no table has
		return nil
	}
	tables, columns := r.client.Names(ctx, r.plan)
	if columns != nil {
		if err := r.filter.CheckNames(columns); err != nil {
			return usagef("--where: %v", err)
		}
	}
	for _, warning := range r.filter.Warnings(knownNames(r.plan, tables, r.format != nil)) {
		say("warning: --where: %s", filter.Summary(warning))
	}
	return nil
}

// knownNames are the names that the filter's meta names can be.
func knownNames(plan *vtgate.Plan, tables []string, rowsAlone bool) filter.Known {
	known := filter.Known{Keyspaces: plan.Keyspaces, Tables: tables, RowsAlone: rowsAlone}
	for _, s := range plan.Start.Shards {
		if s.Shard == "" {
			known.Shards = nil // all of them, and VTGate does not tell which
			break
		}
		known.Shards = append(known.Shards, s.Shard)
	}
	return known
}
