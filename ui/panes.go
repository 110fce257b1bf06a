package ui

import (
	"vtscope/ui/pane"
	"vtscope/ui/pane/changes"
	"vtscope/ui/pane/details"
	"vtscope/ui/pane/graph"
	"vtscope/ui/pane/problems"
	"vtscope/ui/pane/shards"
	"vtscope/ui/pane/summary"
	"vtscope/ui/pane/tables"
	"vtscope/ui/pane/transactions"
)

// views are what can stand in the middle of the screen, by the order of their keys.
// The log is the first: the screen begins with it, and filters are about it.
var views = []pane.View{changes.View, tables.View, transactions.View, problems.View, graph.View, summary.View}

// viewLog is the log's place among them.
const viewLog = 0

// paneName is a part of the screen that keys can go to.
type paneName int

const (
	paneNone paneName = iota
	paneView          // what stands in the middle
	paneShards
	paneDetails
)

// panes are what stands on the screen, and where the keys go.
type panes struct {
	shards  shards.Pane
	views   []pane.Pane // as the table of views has them
	details details.Pane

	view     int      // the one of the views that is on screen
	detailed paneName // whose subject the details show, paneNone while they are closed
	reopen   []bool   // by view: with the details open when it comes back
	focus    paneName
	zoomed   bool
	from     int    // the view from which the log shows something for a while
	sought   string // the shard that was searched for last
}

func newPanes() panes {
	p := panes{focus: paneView}
	for _, v := range views {
		p.views, p.reopen = append(p.views, v.New()), append(p.reopen, v.Detailed)
	}
	return p
}

// middle is the view that is on screen.
func (p *panes) middle() pane.Pane { return p.views[p.view] }

// of is a pane by its name.
func (p *panes) of(name paneName) pane.Pane {
	switch name {
	case paneShards:
		return &p.shards
	case paneDetails:
		return &p.details
	}
	return p.middle()
}

// uses are what keys do in the pane that has them, name what it is called in the help.
func (p *panes) uses() []pane.Use {
	switch p.focus {
	case paneShards:
		return shards.Uses
	case paneDetails:
		return details.Uses
	}
	return views[p.view].Uses
}

func (p *panes) name() string {
	switch p.focus {
	case paneShards:
		return "Here: the shards"
	case paneDetails:
		return "Here: the details"
	}
	return "Here: the " + string(views[p.view].Open.Action)
}

// subject is what the details show.
func (p *panes) subject(c *pane.Context) pane.Subject {
	if p.detailed == paneNone {
		return nil
	}
	return p.of(p.detailed).Subject(c)
}

// open has a view stand in the middle, and gives it the keys. Where it does already,
// its details come back.
func (p *panes) open(view int) {
	p.reopen[p.view] = p.detailed == paneView || views[p.view].Detailed
	p.focus, p.zoomed = paneView, false
	if p.view == view && p.detailed == paneView {
		return
	}
	p.view = view
	switch {
	case p.reopen[view]:
		p.detailed = paneView
	case p.detailed == paneView:
		p.detailed = paneNone
	}
	p.details.Reset()
}

// enter shows what is under the cursor of a pane in full, and over the whole screen
// what is shown already.
func (p *panes) enter(name paneName) {
	if name == paneDetails {
		name = p.detailed
	}
	if p.detailed == name {
		p.focus, p.zoomed = paneDetails, !p.zoomed
		return
	}
	p.details.Reset()
	p.detailed, p.zoomed = name, false
}

// back goes one level back and reports whether there was one.
func (p *panes) back() bool {
	switch {
	case p.focus == paneDetails && p.details.Back():
	case p.focus == paneShards && p.shards.Widen():
	case p.zoomed:
		p.zoomed = false
	case p.detailed != paneNone:
		p.detailed = paneNone
		if p.focus == paneDetails {
			p.focus = paneView
		}
	case p.focus != paneView:
		p.focus = paneView
	case p.view != viewLog:
		p.open(viewLog)
	default:
		return false
	}
	return true
}

// atHome reports whether the log has the keys, and nothing is open that could be closed.
func (p *panes) atHome() bool {
	return p.focus == paneView && p.view == viewLog && p.detailed == paneNone && !p.zoomed
}

// turn gives the keys to the next pane that is open.
func (p *panes) turn(by int, anyShards bool) {
	there := []paneName{paneView}
	if anyShards {
		there = []paneName{paneShards, paneView}
	}
	if p.detailed != paneNone {
		there = append(there, paneDetails)
	}
	for i, name := range there {
		if name == p.focus {
			p.focus = there[(i+by+len(there))%len(there)]
			return
		}
	}
	p.focus = paneView
}
