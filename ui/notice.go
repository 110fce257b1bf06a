package ui

import (
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// notice is what is wrong with the most troubled shard and why, "" where there
// is nothing to say.
func notice(c *pane.Context) (string, draw.Style) {
	var worst *stream.ShardState
	most, amount, behind, remark := stream.IsClosed, uint64(0), 0, ""
	for i := range c.Shards {
		s := &c.Shards[i]
		trouble, by := s.Trouble(c.Now)
		if trouble > most || trouble == most && by > amount {
			worst, most, amount = s, trouble, by
		}
		if trouble == stream.IsBehind {
			behind++
		}
		if remark == "" {
			remark = s.Remark
		}
	}
	if most < stream.IsBehind || c.Summary.State != stream.Streaming {
		return draw.Safe([]byte(remark)), c.Theme.Warn
	}
	if pace := c.Summary.Pace.String(); most == stream.IsBehind && pace != "" {
		return pace + ": " + draw.Count(behind) + " of " + draw.Plural(uint64(len(c.Shards)), "shard") + " are behind", c.Theme.Warn
	}
	return draw.Safe([]byte(worst.Shard.String())) + ": " + draw.Trouble(worst, c.Now), c.TroubleStyle(most)
}
