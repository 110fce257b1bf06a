package ui

import (
	"time"

	"vtscope/stream"
)

// heldShards are the shards as they were drawn last.
type heldShards struct {
	lines []string
	at    time.Time
	of    drawnOf
}

// drawnOf is what makes a paused screen draw the shards at once.
type drawnOf struct {
	width, height int
	state         stream.State
	cursor        bool // is among them
	troubled      int  // shards that are behind, or worse
}

// heldFor is how long a paused screen shows the shards as they were: positions
// and graphs that move draw the eye, and load the line, while somebody reads.
const heldFor = 10 * time.Second

// drawShards draws the shards in exactly so many lines; in a pause, only now and
// then.
func (m *Model) drawShards(height int) []string {
	held := &m.panel.held
	of := drawnOf{m.width, height, m.Summary.State, m.cursorShard() != nil, 0}
	for i := range m.Shards {
		if m.Trouble(&m.Shards[i]) >= stream.IsBehind {
			of.troubled++
		}
	}
	if !m.Paused || of.cursor || of != held.of || m.Now.Sub(held.at) >= heldFor {
		*held = heldShards{m.drawShardsNow(height), m.Now, of}
	}
	return held.lines
}
