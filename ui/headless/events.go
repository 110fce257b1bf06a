package headless

import (
	"fmt"
	"strings"

	"vtscope/stream"
)

// Events is a set of kinds of events.
type Events uint32

// DefaultEvents are the events printed where nobody asks for others.
const DefaultEvents = rowEvents | 1<<stream.DDL | 1<<stream.Journal | 1<<stream.CopyCompleted

const (
	copyEvents = 1 << stream.Copy
	rowEvents  = copyEvents | 1<<stream.Insert | 1<<stream.Update | 1<<stream.Delete
	allEvents  = DefaultEvents | 1<<stream.Begin | 1<<stream.Commit | 1<<stream.VGTID |
		1<<stream.Heartbeat | 1<<stream.Other | 1<<stream.Status
)

// eventNames are the words of a list of events.
var eventNames = []struct {
	name   string
	events Events
}{
	{"row", rowEvents},
	{stream.DDL.String(), 1 << stream.DDL},
	{stream.Journal.String(), 1 << stream.Journal},
	{stream.CopyCompleted.String(), 1 << stream.CopyCompleted},
	{stream.Begin.String(), 1 << stream.Begin},
	{stream.Commit.String(), 1 << stream.Commit},
	{stream.VGTID.String(), 1 << stream.VGTID},
	{stream.Heartbeat.String(), 1 << stream.Heartbeat},
	{stream.Other.String(), 1 << stream.Other},
	{stream.Status.String(), 1 << stream.Status},
	{"all", allEvents},
}

// EventNames are the words of --events.
func EventNames() (names []string) {
	for _, known := range eventNames {
		names = append(names, known.name)
	}
	return names
}

// Has reports whether events of this kind are in the set.
func (e Events) Has(kind stream.Kind) bool { return e&(1<<kind) != 0 }

// ParseEvents reads a list as --events has it: names with commas between them.
func ParseEvents(list string) (Events, error) {
	var events Events
	for word := range strings.SplitSeq(list, ",") {
		word = strings.TrimSpace(word)
		named, ok := eventsNamed(word)
		if !ok {
			return 0, unknownEvent(word)
		}
		events |= named
	}
	return events, nil
}

func eventsNamed(word string) (Events, bool) {
	for _, known := range eventNames {
		if strings.EqualFold(word, known.name) {
			return known.events, true
		}
	}
	return 0, false
}

func unknownEvent(word string) error {
	names := EventNames()
	if word == "" {
		return fmt.Errorf("an event without a name; there are %s", strings.Join(names, ", "))
	}
	nearest := stream.Nearest(word, names)
	if nearest == "" {
		return fmt.Errorf("no event %q; there are %s", word, strings.Join(names, ", "))
	}
	return fmt.Errorf("no event %q; did you mean %q? There are %s", word, nearest, strings.Join(names, ", "))
}
