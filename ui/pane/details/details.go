package details

import (
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Pane shows a subject in full, and what of it was gone into. While it has the keys, one
// line is chosen.
type Pane struct {
	room   pane.Room
	height int
	level
	outer []level // those around it, the outermost first
	lines []pane.Line
}

// A level is what is shown, and where.
type level struct {
	subject pane.Subject // nil for none
	chosen  int          // the line that + and - take
	offset  int          // lines scrolled past
	most    int          // lines that its subjects have wanted since it was opened
}

// Show shows a subject, from where the one before was scrolled to. What was gone into
// stays, as long as it is of the same subject.
func (p *Pane) Show(s pane.Subject) {
	if len(p.outer) > 0 && p.outer[0].subject == s {
		return
	}
	for p.Back() {
	}
	if p.subject = s; s == nil {
		p.most = 0
	}
}

// Reset begins at the first line.
func (p *Pane) Reset() {
	for p.Back() {
	}
	p.chosen, p.offset = 0, 0
}

// Back goes out of what was gone into last, and reports whether there was anything.
func (p *Pane) Back() bool {
	last := len(p.outer) - 1
	if last < 0 {
		return false
	}
	p.level, p.outer = p.outer[last], p.outer[:last]
	return true
}

// Arrange makes room for the subject: the whole of it, up to a half of the room. While
// the pane is open it does not become lower again, so that the rows above stay.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	if room.Width != p.room.Width {
		p.most = 0
	}
	p.room, p.lines = room, nil
	if p.subject != nil {
		p.lines = p.subject.Lines(c, room.Width-2, room.Focused)
		p.most = max(p.most, p.subject.Height(c, room.Width-2)+2)
	}
	p.height = min(max(p.most, 6), max(room.Height/2, min(room.Height-1, 5)))
	if room.Whole {
		p.height = room.Height
	}
	return p.height
}

// Draw draws the lines that are in sight.
func (p *Pane) Draw(c *pane.Context) []string {
	if p.height < 3 {
		return make([]string, max(p.height, 0))
	}
	box := draw.NewBox(c.Theme, p.room.Width, p.height, p.room.Focused)
	if p.subject == nil {
		return box.Draw("nothing is selected", nil)
	}
	from, page := p.from(), p.height-2
	to := min(from+page, len(p.lines))
	box.Above, box.Below = from, len(p.lines)-to
	chosen := min(p.chosen, len(p.lines)-1)
	lines := make([]string, 0, page)
	for i := from; i < to; i++ {
		l := draw.NewLine(box.Inner)
		l.Plain = p.room.Focused && i == chosen
		p.lines[i].Put(l)
		text := l.String()
		if l.Plain {
			text = string(c.Theme.Reverse) + text + draw.Reset
		}
		lines = append(lines, text)
	}
	return box.Draw(p.subject.Title(c), lines)
}

// from is the first line that is seen: where the pane was scrolled to, as far
// as there are lines, with the one that is chosen in sight.
func (p *Pane) from() int {
	from, page := p.offset, p.height-2
	if p.room.Focused {
		chosen := min(p.chosen, len(p.lines)-1)
		from = min(max(from, chosen-page+1), chosen)
	}
	return max(min(from, len(p.lines)-page), 0)
}

// Press moves the line that is chosen, or goes into it.
func (p *Pane) Press(_ *pane.Context, act pane.Action) pane.Effect {
	if act == pane.ActEnter {
		return p.enter()
	}
	if s, is := p.subject.(pane.Presser); is && s.Press(act) {
		return pane.Effect{}
	}
	page := p.height - 2
	p.chosen = pane.Scrolled(min(p.chosen, len(p.lines)-1), act, page, len(p.lines)+page-1)
	p.offset = p.from()
	return pane.Effect{}
}

// Click chooses a line.
func (p *Pane) Click(_ *pane.Context, _, y int) (hit, again bool) {
	i := p.from() + y - 1
	if y < 1 || y > p.height-2 || i >= len(p.lines) {
		return false, false
	}
	again = i == p.chosen
	p.offset, p.chosen = p.from(), i
	return true, again
}

// enter goes into the line that is chosen; where there is nothing to go into, the
// details fill the screen.
func (p *Pane) enter() pane.Effect {
	if len(p.lines) == 0 {
		return pane.Effect{}
	}
	line := &p.lines[min(p.chosen, len(p.lines)-1)]
	switch {
	case line.Press != nil:
		line.Press()
		return pane.Effect{}
	case line.Open != nil:
		p.outer = append(p.outer, p.level)
		p.level = level{subject: line.Open()}
		return pane.Effect{Hold: true}
	}
	return pane.Effect{Details: len(p.outer) == 0}
}

// Clippings are what can be copied of the line that is chosen, and of what is shown.
func (p *Pane) Clippings(c *pane.Context) (list []pane.Clipping) {
	if i := min(p.chosen, len(p.lines)-1); i >= 0 && p.lines[i].Clippings != nil {
		list = p.lines[i].Clippings()
	}
	if clipper, is := p.subject.(pane.Clipper); is {
		list = append(list, clipper.Clippings(c)...)
	}
	return list
}

// Subject is what is shown.
func (p *Pane) Subject(*pane.Context) pane.Subject { return p.subject }

// ChooseValue chooses the line of which a filter is most likely to be made.
func (p *Pane) ChooseValue() {
	p.chosen = 0
	for i := range p.lines {
		if p.lines[i].Worth > p.lines[p.chosen].Worth {
			p.chosen = i
		}
	}
}

// Column is the name of the column on the line that is chosen, "" for none.
func (p *Pane) Column() string {
	if s, is := p.subject.(pane.Columned); is {
		return s.Column()
	}
	if i := min(p.chosen, len(p.lines)-1); i >= 0 {
		return p.lines[i].Column
	}
	return ""
}

// Term is what a filter says of the line that is chosen, or why it can say nothing.
func (p *Pane) Term() (term, refusal string) {
	if len(p.lines) == 0 || p.lines[min(p.chosen, len(p.lines)-1)].Term == nil {
		return "", "this line has no value; choose another"
	}
	return p.lines[min(p.chosen, len(p.lines)-1)].Term()
}
