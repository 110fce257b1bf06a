package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"vitess.io/vitess/go/vt/proto/topodata"

	"vtscope/stream"
	"vtscope/stream/vtgate"
	"vtscope/ui"
	"vtscope/ui/window"
)

// A choice is what the user has chosen on the screen to stream next.
type choice struct {
	window.Selection
	kept ui.Kept // of the screen
}

// asksWhat reports whether the screen begins with the question what to stream: nothing on
// the command line says it.
func (j *job) asksWhat() bool {
	s := &j.stream
	return j.format == nil && len(s.Targets)+len(s.Tables)+len(s.Rules) == 0 && !s.From.Copy && len(s.From.Position.Shards) == 0 &&
		!j.gate.NoQueries && len(j.toCheck.Shards) == 0
}

// askWhat asks, on a screen without a stream, and says what was wrong with the choice
// before, if there was one; nil where the user leaves.
func (j *job) askWhat(ctx context.Context, client *vtgate.Client, wrong error) (picked *choice, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run{job: j, client: client, plan: &vtgate.Plan{TabletType: topodata.TabletType_PRIMARY}, progress: stream.NewProgress(stream.Position{})}
	screen := r.screen(stream.NewStore(0), nil)
	screen.Target, screen.Copy, screen.Command = "choose what to stream", nil, nil
	screen.Picks = j.picks(true, &picked)
	if wrong != nil {
		screen.Message = wrong.Error()
	}
	screen.Output = &screenFile{os.Stdout, func() { cancel(signalError{syscall.SIGHUP}) }}
	err = ui.Run(ctx, screen)
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	return picked, err
}

// picks has the screen choose what to stream next.
func (j *job) picks(first bool, to **choice) *ui.Picks {
	return &ui.Picks{
		First: first, Positions: keptPositionFiles(), Now: window.Selection{Targets: j.stream.Targets, Tables: j.stream.Tables},
		Command: func(s window.Selection, where string) string { return j.flags.commandOf(&s, where) },
		Check: func(s window.Selection) error {
			_, err := readStart(cmp.Or(s.From, stream.Current))
			return err
		},
		Choose: func(s window.Selection, kept ui.Kept) { *to = &choice{s, kept} },
	}
}

// next is the job of a choice.
func (j *job) next(c *choice) (*job, error) {
	j.flags.choose(&c.Selection)
	next, err := newJob(j.flags, fullTerminal)
	if err != nil {
		return nil, err
	}
	next.filter, next.kept, next.sure = c.kept.Filter, c.kept, c.Sure
	return next, nil
}

// choose takes a selection in place of what was typed about that.
func (f *flags) choose(s *window.Selection) {
	f.stream.Targets = s.Targets
	f.replace("table", s.Tables)
	f.replace("rule", nil)
	f.replace("tables-to-copy", nil)
	if f.save != "" {
		say("note: %s keeps the position of what was streamed before; it is not written any more", f.save)
	}
	f.save, f.until = "", ""
	f.from = cmp.Or(s.From, stream.Current)
}

// replace gives a flag that takes several values others.
func (f *flags) replace(name string, values []string) {
	for _, group := range f.sets {
		if flag := group.set.Lookup(name); flag != nil {
			_ = flag.Value.(pflag.SliceValue).Replace(values) // it takes any words
			flag.Changed = len(values) > 0
		}
	}
}

// commandOf is the command line that streams a selection on a screen.
func (f *flags) commandOf(s *window.Selection, where string) string {
	words := []string{"vtscope"}
	for _, group := range f.sets {
		group.set.VisitAll(func(p *pflag.Flag) {
			if !p.Changed || slices.Contains(ofOneTarget, p.Name) {
				return
			}
			for _, value := range valuesOf(p) {
				words = append(words, flagWord(p, value))
			}
		})
	}
	for _, target := range s.Targets {
		words = append(words, word(target))
	}
	for _, table := range s.Tables {
		words = append(words, "-t "+word(table))
	}
	if s.From != "" {
		words = append(words, "--from "+word(s.From))
	}
	if where != "" {
		words = append(words, "--where "+word(where))
	}
	return strings.Join(words, " ")
}

// ofOneTarget are the flags that speak of what is streamed: what is chosen on the screen
// takes their place.
var ofOneTarget = []string{"table", "rule", "tables-to-copy", "from", "where", "save-position", "until", "completion"}

// keptPositionFiles are the files in which long positions were kept, the newest first.
func keptPositionFiles() []string {
	folder := stateFile("positions")
	if folder == "" {
		return nil
	}
	names, err := filepath.Glob(filepath.Join(folder, "*T*-*.json"))
	if err != nil {
		return nil
	}
	slices.Sort(names)
	slices.Reverse(names)
	return names[:min(len(names), 5)]
}
