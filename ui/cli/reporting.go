package cli

import (
	"context"
	"os"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/ui/report"
)

// The forms of a report.
const (
	reportText     = "text"
	reportJSON     = "json"
	reportMarkdown = "markdown"
)

// reportOf reads how --summary is printed, "" without it.
func reportOf(f *flags) (string, error) {
	switch {
	case !f.summary && f.compares():
		return "", usagef("--against compares a summary: add --summary")
	case !f.summary:
		return "", nil
	case f.limit > 0:
		return "", usagef("-n counts events that are printed, and --summary prints none: end the run with --for or --until")
	case f.events != "":
		return "", usagef("--summary prints no events: leave out --events")
	case f.compares() && f.output == reportJSON:
		return "", usagef("--against prints text or Markdown; for programs, compare the JSON of both")
	case f.replay == "" && f.duration == 0 && f.until == "" && !f.stream.StopOnReshard:
		return "", usagef("--summary comes at the end of a run: say when, with --for, --until or --stop-on-reshard, or --replay a capture")
	}
	switch f.output {
	case "", reportText:
		return reportText, nil
	case reportJSON, reportMarkdown:
		return f.output, nil
	}
	return "", usagef("--summary -o %s: the forms are %s, %s and %s", f.output, reportText, reportJSON, reportMarkdown)
}

// compares reports whether a summary is to be compared with another.
func (f *flags) compares() bool { return f.against != "" || f.againstSince != "" || f.againstTo != "" }

// againstOf reads what a summary is compared with: another capture, or another time of the
// one that is replayed.
func againstOf(f *flags) (o replayOptions, err error) {
	if !f.compares() {
		return o, nil
	}
	if o.path = f.against; o.path == "" {
		o.path = f.replay
	}
	switch o.path {
	case "":
		return o, usagef("--against-since and --against-to are of a capture: name it with --against FILE")
	case standardStream:
		return o, usagef("what is compared with is read after the summary: --against needs a file, not standard input")
	}
	if o.since, err = momentOf("--against-since", f.againstSince); err != nil {
		return o, err
	}
	if o.to, err = momentOf("--against-to", f.againstTo); err != nil {
		return o, err
	}
	_, done, err := openCapture(o.path) // a wrong one is told before anything is done
	if err != nil {
		return o, usagef("--against %s: %v", o.path, err)
	}
	done()
	return o, nil
}

// nothing is a sink that keeps nothing.
type nothing struct{}

func (nothing) Append(*stream.Record) error { return nil }
func (nothing) Flush() error                { return nil }

// matching is a sink that hands on the rows that match a filter, and all that is no row.
type matching struct {
	stream.Sink
	matcher *filter.Matcher
}

// Append takes one record.
func (m *matching) Append(r *stream.Record) error {
	if r.Kind.IsRow() && !m.matcher.Match(r) {
		return nil
	}
	return m.Sink.Append(r)
}

// counted is a sink that counts what it gets, as far as the filter lets it through.
func (j *job) counted() (*stream.Digest, stream.Sink) {
	digest := stream.NewDigest(nothing{})
	if j.filter == nil {
		return digest, digest
	}
	return digest, &matching{digest, j.filter.Matcher()}
}

// printReport reads the stream to its end, and prints what it has brought. What came
// before an error is printed, too.
func (r *run) printReport(ctx context.Context) error {
	other, err := r.openOther()
	if err != nil {
		return err
	}
	defer other.close()
	digest, sink := r.counted()
	p, err := r.pipe(ctx, output{Sink: &notices{Sink: sink, target: r.target()}})
	if err != nil {
		return err
	}
	err = p.read(ctx)
	about := r.about(err)
	if r.client != nil && !r.gate.NoQueries {
		about.Vitess, _ = r.client.Version(context.WithoutCancel(ctx)) // it is for people
	}
	// The end of the run, which is over, does not end the comparison.
	if writeErr := r.writeReport(context.WithoutCancel(ctx), about, r.summaryOf(digest), other); writeErr != nil {
		return worse(err, writeErr)
	}
	return err
}

// summaryOf is what a digest of the run has counted so far.
func (r *run) summaryOf(digest *stream.Digest) *stream.StreamSummary {
	return digest.Summary(r.unmaskedStart(), r.progress.Position())
}

// writeReport prints a report, or what differs from another capture.
func (r *run) writeReport(ctx context.Context, about *report.About, s *stream.StreamSummary, other *otherCapture) error {
	if r.report == reportJSON {
		return report.JSON(os.Stdout, about, s)
	}
	sections := report.Sections(about, s)
	var unread error
	if other != nil {
		var before *stream.StreamSummary
		before, unread = other.read(ctx, r)
		sections = report.Against(about, other.about, s, before)
	}
	write := report.Text
	if r.report == reportMarkdown {
		write = report.Markdown
	}
	if err := write(os.Stdout, sections); err != nil {
		return err
	}
	return unread
}

// unmaskedStart is where the stream began; with masks, none that holds keys.
func (r *run) unmaskedStart() stream.Position {
	if r.masks != nil && r.plan.Start.IsCopy() {
		return stream.Position{}
	}
	return r.plan.Start
}

// about says what a report is of; err is how the run ended.
func (r *run) about(err error) *report.About {
	a := &report.About{Source: r.target(), Program: version(), Address: r.address(), Masks: r.masks.Rules()}
	if r.replayed != nil {
		a = aboutCapture(r.replay.path, r.replayed.Header)
	}
	switch {
	case r.replayed == nil:
	case err != nil && exitCode(err) == exitEnded:
		a.Cut = err.Error()
	case r.replayed.Damaged > 0:
		a.Cut = damageText(r.replayed.Damaged)
	}
	return a
}

func aboutCapture(path string, h *capture.Header) *report.About {
	return &report.About{Source: path + ", " + h.Target, Program: h.Program, Vitess: h.Vitess, Address: h.Address, Masks: h.Masks, FromBuffer: h.FromBuffer}
}
