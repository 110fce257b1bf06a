package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/headless"
)

// printLines streams to standard output.
func (r *run) printLines(ctx context.Context) error {
	if r.report != "" {
		return r.printReport(ctx)
	}
	r.sayPushable()
	r.sayUnknown()
	out := io.Writer(os.Stdout)
	if r.record.path == standardStream {
		out = io.Discard // the capture is the output
	}
	printer := headless.New(out, r.printing(ctx))
	var sink stream.Sink = printer
	if r.filter != nil {
		filtered := newFilterNotices(printer, r.filter)
		defer filtered.sayEnd()
		sink = filtered
	}
	standing := &standingNotices{progress: r.progress, told: map[string]string{}}
	p, err := r.pipe(ctx, output{
		Sink: &notices{Sink: sink, target: r.target()}, finish: printer.End, asked: standing.tell,
	})
	if err != nil {
		return err
	}
	err = p.read(ctx)
	r.sayEnd(printer.Printed())
	return r.unwritten(printer, err)
}

// printing says what is printed and how.
func (r *run) printing(ctx context.Context) headless.Options {
	o := headless.Options{
		Format: r.format, Events: r.events, Filter: r.filter, Limit: r.limit, Problem: problems{}.say, Terminal: r.terminal,
		Qualified: len(r.plan.Keyspaces) != 1,
	}
	if r.client != nil && r.format.OneTable && r.table != "" {
		o.Columns = r.client.ColumnsOf(ctx, r.plan, r.table)
	}
	return o
}

// sayUnknown tells what a format needs to know of the tables and VTGate does not
// tell.
func (r *run) sayUnknown() {
	if r.format.WholeRows {
		for _, keyspace := range r.plan.Untold.Silent {
			say("warning: it is not known which columns of %s are generated; MySQL refuses statements that set one", keyspace)
		}
	}
	if !r.format.Before {
		return
	}
	for _, keyspace := range r.plan.Keyspaces {
		if r.plan.Untold.PartialImages[keyspace] {
			say("warning: %s does not log full row images (binlog_row_image): what BLOB, TEXT and JSON columns held is often not known, and such changes are left out", keyspace)
		}
	}
}

// unwritten ends a run that has left out statements as one that has not done
// what was asked. err is how it ended otherwise.
func (r *run) unwritten(printer *headless.Printer, err error) error {
	n, first := printer.Unwritten()
	if n == 0 {
		return err
	}
	places := "a comment in its place"
	if n > 1 {
		places = "comments in their places"
	}
	left := fmt.Errorf("-o %s: %s left out, and %s; the first: %w", r.format, draw.Plural(n, "change"), places, first)
	if exitCode(err) == exitOK && !errors.Is(err, headless.ErrClosed) {
		return left
	}
	say("warning: %v", left)
	return err
}

// sayPushable tells that VTGate could do what the filter does.
func (r *run) sayPushable() {
	if r.filter == nil || r.table == "" {
		return
	}
	if rule, _ := r.filter.Pushable(r.table); rule != "" {
		say("note: VTGate could filter too, with --rule %s in place of -t; it sends an update if either of its images matches, so keep --where", draw.ShellQuoted(rule))
	}
}
