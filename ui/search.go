package ui

import (
	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/rows"
)

// startSearch looks for text in what the log shows: from the cursor up, since
// the newest rows are at the bottom, and else below it. Where the shards have the keys,
// it looks for one of them.
func (m *Model) startSearch(text string) tea.Cmd {
	if m.focus == paneShards {
		m.sought = text
		m.findShard(m.shards.First(&m.Context, text))
		return nil
	}
	m.setSearch(text)
	if text == "" {
		return nil
	}
	return m.startHunt(m.textSearch(false, true))
}

// textSearch is a search for the text that is marked.
func (m *Model) textSearch(down, first bool) *rows.Search {
	s := rows.NewSearch(m.changes.Cursor, down, first)
	needle, keyspaces, writer := m.Search.Needle, m.SeveralKeyspaces(), draw.Writer{Theme: draw.NewTheme(draw.MonoTheme, false), Columns: m.Columns.Clone()}
	s.What, s.Has = "match", func(r *stream.Record) bool { return writer.Has(needle, r, keyspaces) }
	return s
}

// setSearch sets what is marked on screen; nothing is searched for yet.
func (m *Model) setSearch(text string) {
	m.stopSearch()
	m.stopTally()
	m.Search.Text, m.Search.Needle = text, draw.AppendFolded(nil, []byte(draw.Safe([]byte(text))))
}

// findShard shows the shard that was found by the text that is sought, or says that none
// was.
func (m *Model) findShard(found bool) {
	switch {
	case m.sought == "":
		m.shards.Widen()
		m.message = "nothing is searched for; s searches"
	case found:
		m.details.Reset()
	default:
		m.shards.Widen()
		m.message = "no shard is called, or holds, " + draw.Safe([]byte(m.sought))
	}
}

// findNext looks for the next match below the cursor, or above it.
func (m *Model) findNext(down bool) tea.Cmd {
	if m.focus == paneShards {
		m.findShard(m.shards.Next(&m.Context, m.sought, down))
		return nil
	}
	if m.Search.Text == "" {
		m.message = "nothing is searched for; s searches"
		return nil
	}
	return m.huntOn(m.textSearch(down, false))
}

// findIncident goes to the next problem, reconnect, DDL or journal. From the newest row,
// which the log follows, there is none further down: it goes up.
func (m *Model) findIncident(down bool) tea.Cmd {
	s := rows.NewSearch(m.changes.Cursor, down && !m.changes.Follow, false)
	s.What, s.Has = "problem, reconnect or DDL", (*stream.Record).IsIncident
	return m.huntOn(s)
}

// huntOn starts a search, or has the same one that is under way pass by one more row.
func (m *Model) huntOn(s *rows.Search) tea.Cmd {
	if m.hunt != nil && m.hunt.Down == s.Down && m.hunt.What == s.What && !m.hunt.First {
		m.hunt.More++
		m.message = searching
		return nil
	}
	return m.startHunt(s)
}

const searching = "searching …"

func (m *Model) startHunt(s *rows.Search) tea.Cmd {
	m.stopSearch()
	m.hunt, m.message = s, searching
	if t := m.Search.Tally; m.Search.Text != "" && (t == nil || !t.IsOf(m.Sieve.Matches)) {
		m.stopTally()
		m.Search.Tally = rows.NewTally(m.Sieve.Matches, m.textSearch(true, false).Has)
	}
	return m.goOn()
}

// stopTally ends the counting.
func (m *Model) stopTally() {
	if m.Search.Tally != nil {
		m.Search.Tally.End()
		m.Search.Tally = nil
	}
}

// stopSearch ends the search under way. What it was about stays marked.
func (m *Model) stopSearch() {
	if m.hunt != nil {
		m.hunt.End()
		m.hunt, m.message = nil, ""
	}
}

// goOn searches the next piece, or says that there is none.
func (m *Model) goOn() tea.Cmd {
	piece := m.hunt.Next(m.Sieve.Matches, m.Shown, m.options.Now)
	if piece == nil {
		m.endSearch(m.notFound(m.hunt))
		return nil
	}
	return func() tea.Msg { return piece.Run() }
}

// searched goes to the row that a search found, or goes on.
func (m *Model) searched(found rows.Found) tea.Cmd {
	if found.Search != m.hunt {
		return nil
	}
	ends := m.hunt.GoOn(found)
	if found.Has {
		m.changes.Jump(&m.Context, found.Row)
		m.changes.Reveal(&m.Context, found.Row)
	}
	if ends {
		m.endSearch("")
		return m.tally()
	}
	return m.goOn()
}

// jumpToGoal goes to the newest row that belongs to a position. A replay that has not come
// to it plays on at once until it has.
func (m *Model) jumpToGoal(goal *stream.Goal) tea.Cmd {
	there, err := goal.Reached(m.options.Progress)
	replay := m.options.Replay
	switch {
	case err != nil:
		m.message = draw.Safe([]byte(err.Error()))
	case there:
		m.logOnScreen()
		s := rows.NewSearch(m.Shown.End(), false, false)
		s.What, s.Has, s.None = "position", goal.Includes, "no row shown belongs to that position"
		return m.startHunt(s)
	case replay == nil:
		m.message = "the stream has not come to that position yet"
	case m.Summary.State == stream.Ended:
		m.message = "the recording does not come to that position"
	default:
		replay.goal = goal
		replay.Playback.SkipToGoal(goal)
		m.open(viewLog)
		m.changes.Press(&m.Context, pane.ActFollow)
		m.message = "playing up to that position …; " + m.Keys.Key(pane.ActPause) + " stops"
	}
	return nil
}

// arrived goes to the row of the position that a replay was to play up to, once it is there.
func (m *Model) arrived() tea.Cmd {
	r := m.options.Replay
	if r == nil || r.goal == nil || r.Playback.Goal() != nil {
		return nil
	}
	m.catchUp()
	goal := r.goal
	r.goal, m.message = nil, ""
	if there, err := goal.Reached(m.options.Progress); !there && err == nil && m.Summary.State != stream.Ended {
		return nil // the user has stopped it
	}
	return m.jumpToGoal(goal)
}

// keepMark keeps a mark beside the event loop, which must not wait for a recording.
func (m *Model) keepMark(mark stream.Mark) tea.Cmd {
	progress := m.options.Progress
	return func() tea.Msg {
		progress.Mark(mark)
		return nil
	}
}

// tally goes on counting what is searched for, from where it was ended. New rows are
// counted when a search is gone on with: at each frame that would take from the stream.
func (m *Model) tally() tea.Cmd {
	if m.Search.Tally == nil {
		return nil
	}
	piece := m.Search.Tally.Next(m.Sieve.Matches, m.Shown, m.options.Now)
	if piece == nil {
		return nil
	}
	return func() tea.Msg { return piece.Run() }
}

// endSearch ends a search that has its answer.
func (m *Model) endSearch(message string) {
	m.hunt, m.message = nil, message
}

// notFound says where nothing was found. Searches do not begin again at the
// other end: the reader would be somewhere else without knowing.
func (m *Model) notFound(s *rows.Search) string {
	text := "no further " + s.What + " above"
	switch {
	case s.None != "":
		text = s.None
	case s.First:
		text = "no row shown matches"
	case s.Down:
		text = "no further " + s.What + " below"
	}
	switch looking := m.Sieve.Matches.Looking(); {
	case s.First && !looking:
		text += "; a filter (" + m.Keys.Key(pane.ActFilter) + ") looks into what is not shown, too"
	case looking:
		text += " so far; the filter is still looking"
	}
	return text
}
