package cli

import (
	"strings"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// notices is a sink that tells of the stream's states on standard error, and
// hands everything on. A failure that comes again and again is counted.
type notices struct {
	stream.Sink
	target  string
	opened  time.Time // when the stream came last, zero before
	failure string    // the last one
	tries   int       // how often it came in a row
	since   time.Time // when it came first
	again   string    // what is to be said once the stream has lasted
}

// lasting is how long a stream that broke again and again has to last before it
// is told to be there again.
const lasting = 20 * time.Second

// Append takes one record.
func (n *notices) Append(r *stream.Record) error {
	at := time.Unix(0, r.Arrived)
	switch {
	case r.Kind != stream.Status:
		if n.again != "" && at.Sub(n.opened) > lasting {
			say("streaming again %s", n.again)
			n.again, n.tries = "", 0
		}
	case r.State == stream.Streaming:
		n.streams(at, string(r.Payload))
	case r.State == stream.Retrying:
		n.retries(at, string(r.Payload))
	}
	return n.Sink.Append(r)
}

func (n *notices) streams(at time.Time, text string) {
	switch {
	case n.opened.IsZero():
		say("streaming %s", n.target)
	case n.tries < 2:
		say("streaming again %s", text)
	default:
		n.again = text
	}
	n.opened = at
}

func (n *notices) retries(at time.Time, failure string) {
	if failure != n.failure || n.again == "" && !n.opened.IsZero() && at.Sub(n.opened) > lasting {
		n.tries = 0
	}
	n.again = ""
	if n.tries++; n.tries == 1 {
		n.failure, n.since = failure, at
		say("warning: %s; trying again", failure)
		return
	}
	say("warning: %s; tried %d times since %s", failure, n.tries, n.since.Format("15:04"))
}

// sayEnd is the closing line: what came, and where to resume.
func (r *run) sayEnd(printed uint64) {
	s := r.progress.Summary()
	var parts []string
	parts = append(parts, draw.Plural(s.Rows, "row change"), draw.Plural(s.Transactions, "transaction"))
	if printed > 0 {
		parts = append([]string{draw.Plural(printed, "event") + " printed"}, parts...)
	}
	if s.Problems > 0 {
		parts = append(parts, draw.Plural(s.Problems, "problem"))
	}
	if s.Retries > 0 {
		parts = append(parts, draw.Plural(s.Retries, "reconnect"))
	}
	resume := "no position to resume from"
	if position := r.progress.Position(); position.IsResumable() {
		resume = "resume with --from " + resumeWord(position.String())
	}
	say("%s; %s", strings.Join(parts, ", "), resume)
}
