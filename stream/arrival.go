package stream

// An arrival is a sink that looks whether a replay has come to where it skips to.
type arrival struct {
	Sink
	playback *Playback
	progress *Progress
	moved    bool
}

// Append takes one record.
func (a *arrival) Append(r *Record) error {
	switch r.Kind {
	case Commit, DDL, Other:
		if goal := a.playback.Goal(); goal != nil && goal.moves(r) {
			a.moved = true
		}
	}
	return a.Sink.Append(r)
}

// look ends the skip where the replay is there.
func (a *arrival) look() {
	if !a.moved {
		return
	}
	a.moved = false
	if goal := a.playback.Goal(); goal != nil {
		if there, err := goal.Reached(a.progress); there || err != nil {
			a.playback.Pause(true)
		}
	}
}
