package cli

import (
	"fmt"
	"time"

	"vtscope/stream"
)

// standingNotices tells on standard error, once each, which shards have stalled,
// stand ahead of what they have executed, or have moved, and that the stream as a
// whole is late.
type standingNotices struct {
	progress *stream.Progress
	told     map[string]string // by shard
	pace     stream.Pace       // as told last
}

// tell says what is new. It belongs to the watch's goroutine.
func (n *standingNotices) tell() {
	if pace := n.progress.Summary().Pace; pace != n.pace {
		if n.pace = pace; pace != stream.InTime {
			say("warning: %s; a shard that is silent meanwhile has not stalled", pace)
		} else {
			say("the stream is in time again")
		}
	}
	remarks := map[string]bool{}
	for _, s := range n.progress.Shards(nil) {
		name := s.Shard.String()
		kind, text := trouble(&s)
		if kind != n.told[name] {
			if text != "" {
				say("warning: %s: %s", name, text)
			} else {
				say("%s goes on", name)
			}
			n.told[name] = kind
		}
		if s.Remark != "" && n.told[s.Remark] == "" && !remarks[s.Remark] {
			remarks[s.Remark] = true
			n.told[s.Remark] = "said"
			say("warning: %s", s.Remark)
		}
	}
}

// trouble names what is wrong with a shard, and says it for people.
func trouble(s *stream.ShardState) (kind, text string) {
	standing := &s.Standing
	switch {
	case standing.Ahead > 0:
		return "ahead", fmt.Sprintf("the stream is ahead of the shard by %s, %s: the position is another shard's, or a failover has lost them; nothing comes until the shard has passed it",
			plural(standing.Ahead, "transaction"), standing.Extra)
	case standing.Stalled:
		silent := "from the start"
		if !s.LastEvent.IsZero() {
			silent = "for " + time.Since(s.LastEvent).Round(time.Second).String()
		}
		return "stalled", fmt.Sprintf("stalled: %s behind, and silent %s; %s", plural(standing.Behind, "transaction"), silent, standing.Why)
	}
	return "", ""
}
