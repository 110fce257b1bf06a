package main

import (
	"runtime/debug"
	"strings"
	"time"

	"vtscope/filter"
	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
)

// screenHeartbeat is the interval of VTGate's heartbeats where the user gives
// none: on an idle keyspace only they tell an open stream from one that is not.
const screenHeartbeat = 2 * time.Second

// check makes sense of the flags, as far as that goes without a VTGate.
func (f *flags) check(terminal terminal) error {
	if err := f.checkOutput(terminal); err != nil {
		return err
	}
	if err := f.checkDemo(); err != nil {
		return err
	}
	if err := f.checkWhere(); err != nil {
		return err
	}
	f.gate.MaxMessageSize = int(f.max)
	for _, text := range f.headers {
		header, err := vtgate.ParseHeader(text)
		if err != nil {
			return err
		}
		f.gate.Headers = append(f.gate.Headers, header)
	}
	if err := f.gate.Check(); err != nil {
		return err
	}
	start, err := readStart(f.from)
	if err != nil {
		return err
	}
	f.stream.From = start
	if err := f.checkPositions(); err != nil {
		return err
	}
	if f.output == outputScreen && f.stream.Heartbeat == 0 {
		f.stream.Heartbeat = screenHeartbeat
	}
	f.request, err = vtgate.NewRequest(f.stream)
	return err
}

// checkWhere reads the filter, as far as that goes without the columns' types.
func (f *flags) checkWhere() error {
	if f.where == "" {
		return nil
	}
	parsed, err := filter.Parse(f.where)
	if err != nil {
		return usagef("--where: %v", err)
	}
	f.filter = parsed
	return nil
}

func (f *flags) checkDemo() error {
	o := &f.demoOptions
	if o.Shards < 1 || o.Shards > demo.MaxShards {
		return usagef("--demo-shards %d: from 1 to %d", o.Shards, demo.MaxShards)
	}
	if o.Rate < 0 {
		return usagef("--demo-rate %v: a rate is not negative", o.Rate)
	}
	if o.Rows < 0 {
		return usagef("--demo-rows %d: rows are not negative", o.Rows)
	}
	if o.Rows == 0 {
		o.Rows = -1 // the demo's own zero stands for its default
	}
	if f.demo && len(f.stream.Targets) == 0 {
		f.stream.Targets = []string{demo.Keyspace}
	}
	return nil
}

// readStart reads --from.
func readStart(text string) (vtgate.Start, error) {
	switch text {
	case stream.Current:
		return vtgate.Start{}, nil
	case "copy":
		return vtgate.Start{Copy: true}, nil
	}
	position, err := readPosition("--from", text)
	return vtgate.Start{Position: position}, err
}

// readPosition reads a position, or @FILE that holds one.
func readPosition(flag, text string) (stream.Position, error) {
	if file, ok := strings.CutPrefix(text, "@"); ok {
		content, err := files.Read(file, files.PositionLimit)
		if err != nil {
			return stream.Position{}, usagef("%s @%s: %v", flag, file, err)
		}
		if text = strings.TrimSpace(string(content)); text == "" {
			return stream.Position{}, usagef("%s @%s: the file is empty", flag, file)
		}
	}
	position, err := stream.ParsePosition(text)
	if err != nil {
		return stream.Position{}, usagef("%s: %v", flag, err)
	}
	return position, nil
}

// checkPositions reads the flags that hold a position, but for --from.
func (f *flags) checkPositions() (err error) {
	if f.save != "" {
		if err := checkSave(f.save); err != nil {
			return usagef("--save-position %s: %v", f.save, err)
		}
	}
	if f.toCheck != "" {
		if f.checked, err = readPosition("--check-position", f.toCheck); err != nil {
			return err
		}
		if len(f.checked.Shards) == 0 {
			return usagef("--check-position %s: it takes a position, or @FILE that holds one", f.toCheck)
		}
	}
	switch f.until {
	case "", untilCopied:
	case untilCaughtUp:
		if f.gate.NoQueries {
			return usagef("--until %s asks VTGate what the shards have executed: leave out --no-queries", untilCaughtUp)
		}
	default:
		if f.untilPosition, err = readPosition("--until", f.until); err == nil && len(f.untilPosition.Shards) == 0 {
			err = usagef("--until %s: it is %s, %s or a position", f.until, untilCopied, untilCaughtUp)
		}
	}
	return err
}

// release is set by the linker in released binaries.
var release = ""

// version is the released version, or what the build knows of the module.
func version() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
