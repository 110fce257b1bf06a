package shards

import (
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// held are the shards as they were drawn last.
type held struct {
	lines []string
	at    time.Time
	of    drawnOf
}

// drawnOf is what makes a paused screen draw the shards at once.
type drawnOf struct {
	width, height int
	theme         *draw.Theme
	state         stream.State
	cursor        bool // is among them
	troubled      int  // shards that are behind, or worse
}

// heldFor is how long a paused screen shows the shards as they were: positions
// and graphs that move draw the eye, and load the line, while somebody reads.
const heldFor = 10 * time.Second

// draw draws the shards; in a pause, only now and then.
func (m *drawing) draw() []string {
	last := &m.held
	of := drawnOf{m.room.Width, m.height, m.Theme, m.Summary.State, m.cursorShard() != nil, 0}
	for i := range m.Shards {
		if m.Trouble(&m.Shards[i]) >= stream.IsBehind {
			of.troubled++
		}
	}
	if !m.Paused || of.cursor || of != last.of || m.Now.Sub(last.at) >= heldFor {
		*last = held{m.drawNow(m.height), m.Now, of}
	}
	return last.lines
}
