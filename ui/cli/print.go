package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"vtscope/stream/vtgate"
	"vtscope/ui"
	"vtscope/ui/headless"
)

// printLines streams to standard output.
func printLines(ctx context.Context, f *flags, client *vtgate.Client, plan *vtgate.Plan) error {
	sayFilter(f)
	printing := f.printing(plan)
	if table := f.onlyTable(); f.format == headless.CSV && table != "" {
		printing.Columns = client.ColumnsOf(ctx, plan, table)
	}
	printer := headless.New(os.Stdout, printing)
	sink := &notices{Sink: printer, target: f.target()}
	if f.filter != nil {
		filtered := newFilterNotices(printer, f.filter)
		defer filtered.sayEnd()
		sink.Sink = filtered
	}
	p, err := newPipeline(ctx, f, client, plan, sink)
	if err != nil {
		return err
	}
	notices := &standingNotices{progress: p.config.Progress, told: map[string]string{}}
	p.watch.Told = notices.tell
	p.finish = printer.End
	err = p.stream(ctx)
	sayEnd(p.config.Progress, printer.Printed())
	return unwritten(f, printer, err)
}

// printing says what is printed and how, and what may be missing of it.
func (f *flags) printing(plan *vtgate.Plan) headless.Options {
	o := headless.Options{
		Format: f.format, Events: f.kinds, Filter: f.filter, Limit: f.limit, Problem: problems{}.say, Terminal: f.terminal,
	}
	if f.format != headless.SQL && f.format != headless.UndoSQL {
		return o
	}
	o.Qualified = len(plan.Keyspaces) != 1
	for _, keyspace := range plan.Untold.Silent {
		say("warning: which columns of %s are generated is not known, and MySQL refuses statements that set one", keyspace)
	}
	if f.format != headless.UndoSQL {
		return o
	}
	for _, keyspace := range plan.Keyspaces {
		if plan.Untold.PartialImages[keyspace] {
			say("warning: %s does not log full row images (binlog_row_image): what BLOB, TEXT and JSON columns held is often not known, and such changes are left out", keyspace)
		}
	}
	return o
}

// unwritten ends a run that has left out statements as one that has not done
// what was asked. err is how it ended otherwise.
func unwritten(f *flags, printer *headless.Printer, err error) error {
	n, first := printer.Unwritten()
	if n == 0 {
		return err
	}
	left := fmt.Errorf("-o %s: %s left out, and a comment in its place; the first: %w", f.format, plural(n, "change"), first)
	if exitCode(err) == exitOK && !errors.Is(err, headless.ErrClosed) {
		return left
	}
	say("warning: %v", left)
	return err
}

// sayFilter tells that VTGate could do what the filter does.
func sayFilter(f *flags) {
	if f.filter == nil {
		return
	}
	if table := f.onlyTable(); table != "" {
		if rule, _ := f.filter.Pushable(table); rule != "" {
			say("note: VTGate could filter too, with --rule %s in place of -t; it sends an update whole where either of its images matches, so keep --where", ui.ShellQuoted(rule))
		}
	}
}
