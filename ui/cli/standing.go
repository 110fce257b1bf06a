package cli

import (
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
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
			say("the stream keeps up again")
		}
	}
	now, remarks := time.Now(), map[string]bool{}
	for _, s := range n.progress.Shards(nil) {
		name := s.Shard.String()
		if trouble := worthTelling(&s, now); trouble != n.told[name] {
			if trouble != "" {
				say("warning: %s: %s", name, draw.Trouble(&s, now))
			} else {
				say("%s goes on", name)
			}
			n.told[name] = trouble
		}
		if s.Remark != "" && n.told[s.Remark] == "" && !remarks[s.Remark] {
			remarks[s.Remark] = true
			n.told[s.Remark] = "said"
			say("warning: %s", s.Remark)
		}
	}
}

// worthTelling names a trouble that does not pass by itself, "" for the others.
func worthTelling(s *stream.ShardState, now time.Time) string {
	if trouble, _ := s.Trouble(now); trouble >= stream.IsAhead {
		return trouble.String()
	}
	return ""
}
