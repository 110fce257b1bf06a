package pane

import (
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// TabletText compares one tablet with the stream's position when it was asked:
// what came after says nothing of what the tablet lacks.
func TabletText(gtid string, t *stream.Tablet) string {
	if t.Unknown != "" {
		return "not known: " + draw.Safe([]byte(t.Unknown))
	}
	position, err := stream.ParseGTIDSet(gtid)
	if err != nil {
		return "not compared: " + draw.Safe([]byte(err.Error()+"; executed "+t.Executed))
	}
	executed, err := stream.ParseGTIDSet(t.Executed)
	if err != nil {
		return "not compared: " + draw.Safe([]byte(err.Error()+"; executed "+t.Executed))
	}
	var parts []string
	if n := executed.Minus(position).Count(); n > 0 {
		parts = append(parts, "has "+draw.Plural(n, "transaction")+" more than the stream had")
	}
	if n := position.Minus(executed).Count(); n > 0 {
		parts = append(parts, "lacks "+draw.Plural(n, "transaction")+" of the stream")
	}
	if len(parts) == 0 {
		parts = append(parts, "stands where the stream did")
	}
	return strings.Join(parts, ", ") + "; " + usable(position, t)
}

// usable says whether a stream could still start there from the position.
func usable(position stream.GTIDSet, t *stream.Tablet) string {
	if strings.TrimSpace(t.Purged) == "" {
		return "nothing is purged"
	}
	purged, err := stream.ParseGTIDSet(t.Purged)
	if err != nil {
		return "what is purged is not known: " + draw.Safe([]byte(err.Error()))
	}
	if n := purged.Minus(position).Count(); n > 0 {
		return draw.Plural(n, "transaction") + " after the position purged: no stream can start here from it"
	}
	return "nothing after the position is purged"
}
