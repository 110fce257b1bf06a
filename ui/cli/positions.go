package cli

import (
	"strings"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/stream/vtgate"
)

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

// positionToCheck reads --check-position; it has no shards where that is not
// given.
func positionToCheck(f *flags) (stream.Position, error) {
	switch {
	case f.checkPosition == "":
		return stream.Position{}, nil
	case f.gate.NoQueries:
		return stream.Position{}, usagef("--check-position asks VTGate: leave out --no-queries")
	}
	position, err := readPosition("--check-position", f.checkPosition)
	if err == nil && len(position.Shards) == 0 {
		err = usagef("--check-position %s: it takes a position, or @FILE that holds one", f.checkPosition)
	}
	return position, err
}

// What --until takes beside a position.
const (
	untilCopied   = "copied"
	untilCaughtUp = "caught-up"
)

// readGoal reads --until.
func readGoal(f *flags) (goal, error) {
	switch f.until {
	case "", untilCopied:
	case untilCaughtUp:
		if f.gate.NoQueries {
			return goal{}, usagef("--until %s asks VTGate what the shards have executed: leave out --no-queries", untilCaughtUp)
		}
	default:
		position, err := readPosition("--until", f.until)
		if err == nil && len(position.Shards) == 0 {
			err = usagef("--until %s: it is %s, %s or a position", f.until, untilCopied, untilCaughtUp)
		}
		return goal{f.until, position}, err
	}
	return goal{word: f.until}, nil
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
