package shards

import (
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Pane shows the shards, and keeps a cursor on one of them.
type Pane struct {
	room   pane.Room
	height int

	chosen *stream.Shard   // under the cursor; nil before it moves
	by     int             // of the orders, counted from 1; 0 for none
	upside bool            // the other way round
	offset int             // shards scrolled past, in the list
	narrow string          // what the names of those shown have, "" for all
	frozen []*stream.Shard // the order while the pane has the keys, nil for none
	listed int             // shards that the list had room for when it was drawn last

	// The orders of the shards as they are now; nil until they are asked for.
	order, shown []*stream.ShardState

	held held // while the log is paused
}

// A drawing is the pane with what it is drawn from.
type drawing struct {
	*pane.Context
	*Pane
}

// Arrange takes up to two fifths of the room, all of it where the pane is whole.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room, p.order, p.shown = room, nil, nil
	_, p.height = (&drawing{c, p}).form()
	if room.Whole {
		p.height = room.Height
	}
	return p.height
}

// Draw draws the shards; in a pause, only now and then.
func (p *Pane) Draw(c *pane.Context) []string { return (&drawing{c, p}).draw() }

// Press moves the cursor, or goes into the shard under it.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	switch act {
	case pane.ActEnter:
		return pane.Effect{Details: true}
	case pane.ActOrder:
		p.chosen, p.frozen = nil, nil // whoever orders them wants to see the first
		return pane.Effect{Say: "shards by " + p.nextOrder(), Top: true}
	case pane.ActReverse:
		p.chosen, p.upside = nil, !p.upside
		return pane.Effect{Top: true}
	}
	return pane.Effect{Top: (&drawing{c, p}).move(act)}
}

// Chosen is the shard under the cursor, nil without shards.
func (p *Pane) Chosen(c *pane.Context) *stream.ShardState { return (&drawing{c, p}).chosenShard() }

// Order is the shards as they are on screen.
func (p *Pane) Order(c *pane.Context) []*stream.ShardState { return (&drawing{c, p}).shownOrder() }

// Subject is the shard under the cursor, which stays there whatever the order, with
// the stream as a whole.
func (p *Pane) Subject(c *pane.Context) pane.Subject {
	if s := p.Chosen(c); s != nil {
		p.chosen = s.Shard
	}
	return subject{p}
}

// A subject is the shard under the cursor, and below it the stream as a whole.
type subject struct{ *Pane }

// Title names the shard.
func (s subject) Title(c *pane.Context) string {
	if shard := s.Chosen(c); shard != nil {
		return "shard " + draw.Safe([]byte(shard.Shard.String()))
	}
	return "stream"
}

// Clippings are the shard's sets.
func (s subject) Clippings(c *pane.Context) (list []pane.Clipping) {
	shard := s.Chosen(c)
	if shard == nil {
		return nil
	}
	if shard.GTID != "" {
		list = append(list, pane.Plainly("p", "the position of "+draw.Safe([]byte(shard.Shard.String())), shard.GTID))
	}
	if shard.Standing.Executed != "" {
		list = append(list, pane.Plainly("e", "what its primary has executed", shard.Standing.Executed))
	}
	if shard.Standing.Behind > 0 {
		list = append(list, pane.Plainly("m", "what the stream lacks of that", shard.Standing.Missing.String()))
	}
	return list
}

// Height is the number of lines.
func (s subject) Height(c *pane.Context, width int) int { return len(s.Lines(c, width, false)) }

// Lines says what is known.
func (s subject) Lines(c *pane.Context, width int, _ bool) []pane.Line {
	return (&drawing{c, s.Pane}).streamDetails(width)
}
