package cli

import (
	"path/filepath"
	"strings"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
	"vtscope/ui"
	"vtscope/ui/headless"
	"vtscope/ui/pane"
)

// A job is what the command line asks for, checked as far as that goes without a
// VTGate. Nothing changes it afterwards.
type job struct {
	gate    vtgate.Options
	demo    *demo.Options // nil where a VTGate is asked for
	stream  vtgate.StreamOptions
	request *vtgate.Request // the same, read
	table   string          // the one table that is streamed, "" where it may be several

	format   *headless.Format // nil for the screen
	terminal bool             // standard output is one
	events   headless.Events
	filter   *filter.Filter // nil where there is none
	limit    uint64         // 0 is no limit
	duration time.Duration  // 0 is no limit
	until    goal
	save     string        // the file of --save-position, "" for none
	masks    *stream.Masks // nil for none
	report   string        // the form of --summary, "" for none
	against  replayOptions // the capture to compare with, without a path for none
	record   recordOptions
	replay   replayOptions
	buffer   int // what the screen keeps, in bytes
	theme    string
	noMouse  bool
	hidden   []string                 // columns
	times    string                   // what the log's first column shows
	keys     map[pane.Action][]string // of the screen, where they are others than its own
	typing   map[pane.Action][]string

	kept    ui.Kept         // of the screen before, where something else was chosen on it
	sure    bool            // that copy is one which the user has been asked about there
	flags   *flags          // that it was made of
	words   *wordList       // that a shell asks for, nil where none does
	command commandLine     // that prints what the screen shows
	toCheck stream.Position // of --check-position, without shards where that is not asked for
}

// A goal is the point of --until: a word, or a position.
type goal struct {
	word     string // "" without --until
	position stream.Position
}

// screenHeartbeat is the interval of VTGate's heartbeats where the user gives
// none: on an idle keyspace only they tell an open stream from one that is not.
const screenHeartbeat = 2 * time.Second

// newJob makes sense of the flags. What output goes to decides what it is by
// default.
func newJob(f *flags, out terminal) (*job, error) {
	j := &job{
		gate: f.gate, stream: f.stream, table: onlyTable(&f.stream), terminal: out != noTerminal,
		limit: f.limit, duration: f.duration, save: f.save, buffer: int(f.buffer), theme: f.theme, flags: f, noMouse: f.noMouse, hidden: f.hidden, times: f.times, keys: f.keys, typing: f.typing, command: commandLineOf(f),
	}
	err := checkTheme(f.theme)
	if err != nil {
		return nil, err
	}
	if j.format, err = outputOf(f, out); err != nil {
		return nil, err
	}
	if j.masks, err = stream.ParseMasks(f.masks, f.maskKey); err != nil {
		return nil, usagef("--mask: %v", err)
	}
	if j.record, err = recordingOf(f, out); err != nil {
		return nil, err
	}
	if j.replay, err = replayOf(f, j.format == nil); err != nil {
		return nil, err
	}
	if j.events, err = eventsOf(f, j.format); err != nil {
		return nil, err
	}
	if j.report, err = reportOf(f); err != nil {
		return nil, err
	}
	if j.against, err = againstOf(f); err != nil {
		return nil, err
	}
	if j.demo, err = demoOf(f, j.format == nil); err != nil {
		return nil, err
	}
	if j.demo != nil && len(j.stream.Targets) == 0 {
		j.stream.Targets = []string{demo.Keyspace}
	}
	if f.where != "" {
		if j.filter, err = filter.Parse(f.where); err != nil {
			return nil, usagef("--where: %v", err)
		}
	}
	if err := j.connection(f); err != nil {
		return nil, err
	}
	return j, j.positions(f)
}

// connection reads how to connect.
func (j *job) connection(f *flags) error {
	j.gate.MaxMessageSize = int(f.max)
	for _, text := range f.headers {
		header, err := vtgate.ParseHeader(text)
		if err != nil {
			return err
		}
		j.gate.Headers = append(j.gate.Headers, header)
	}
	return j.gate.Check()
}

// positions reads where the stream starts and ends, and what is to be streamed.
func (j *job) positions(f *flags) (err error) {
	if j.stream.From, err = readStart(f.from); err != nil {
		return err
	}
	if f.save != "" {
		if err := checkSave(f.save); err != nil {
			return usagef("--save-position %s: %v", f.save, err)
		}
	}
	if j.toCheck, err = positionToCheck(f); err != nil {
		return err
	}
	if j.until, err = readGoal(f); err != nil {
		return err
	}
	if j.format == nil && j.stream.Heartbeat == 0 {
		j.stream.Heartbeat = screenHeartbeat
	}
	j.request, err = vtgate.NewRequest(j.stream)
	return err
}

// onlyTable is the one table that is streamed, "" where it may be several.
func onlyTable(o *vtgate.StreamOptions) string {
	if len(o.Tables) != 1 || len(o.Rules) > 0 || strings.HasPrefix(o.Tables[0], "/") {
		return ""
	}
	return o.Tables[0]
}

// demoCopySeconds is how long the demo's copy takes on screen, so that there is
// something to see.
const demoCopySeconds = 10

// demoOf reads the demo's flags; it is nil where there is no demo.
func demoOf(f *flags, screen bool) (*demo.Options, error) {
	o := f.demoOptions
	switch {
	case o.Shards < 1 || o.Shards > demo.MaxShards:
		return nil, usagef("--demo-shards %d: from 1 to %d", o.Shards, demo.MaxShards)
	case o.Rate < 0:
		return nil, usagef("--demo-rate %v: must not be negative", o.Rate)
	case o.Rows < 0:
		return nil, usagef("--demo-rows %d: must not be negative", o.Rows)
	case !f.demo:
		return nil, nil
	}
	if o.Rows == 0 {
		o.Rows = -1 // the demo's own zero stands for its default
	}
	if screen {
		o.CopyRate = max(o.Rows/demoCopySeconds, 1)
	}
	return &o, nil
}

// target names what is streamed as it was typed.
func (j *job) target() string {
	if len(j.stream.Targets) == 0 && j.replay.path != "" {
		return filepath.Base(j.replay.path)
	}
	if len(j.stream.Targets) == 0 {
		return "all keyspaces"
	}
	return strings.Join(j.stream.Targets, " ")
}

// address names where it comes from.
func (j *job) address() string {
	if j.demo != nil {
		return "demo"
	}
	return j.gate.Address
}
