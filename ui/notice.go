package ui

import (
	"vtscope/stream"
	"vtscope/ui/draw"
)

// notice is what is wrong with the most troubled shard and why, "" where there
// is nothing to say.
func (m *Model) notice() (string, draw.Style) {
	var worst *stream.ShardState
	most, amount, behind, remark := stream.IsClosed, uint64(0), 0, ""
	for i := range m.Shards {
		s := &m.Shards[i]
		trouble, by := s.Trouble(m.Now)
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
	if most < stream.IsBehind || m.Summary.State != stream.Streaming {
		return draw.Safe([]byte(remark)), m.Theme.Warn
	}
	if pace := m.Summary.Pace.String(); most == stream.IsBehind && pace != "" {
		return pace + ": " + draw.Count(behind) + " of " + draw.Plural(uint64(len(m.Shards)), "shard") + " are behind", m.Theme.Warn
	}
	return draw.Safe([]byte(worst.Shard.String())) + ": " + draw.Trouble(worst, m.Now), m.TroubleStyle(most)
}
