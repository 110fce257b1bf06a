package rows

import (
	"runtime"
	"sync/atomic"
	"time"

	"vtscope/filter"
	"vtscope/stream"
)

// A Sieve is the filter of a log with the rows that it lets through. Another
// filter begins anew; the rows of the one before stay until the first of the new
// ones are known.
type Sieve struct {
	// Matches are the rows that the log shows.
	Matches *Matches
	// Filter is what the user has set, nil without one. Off says that it lets all
	// rows through for now.
	Filter *filter.Filter
	Off    bool
	// Most is how many scans may run at a time.
	Most int

	shown      *stream.Snapshot
	before     *filter.Filter // the one that was taken away last
	aside      *standing      // what Return brings back, nil where nothing is looked at aside
	pending    *Matches       // the rows to come, nil where none are
	generation *atomic.Uint64 // of the newest; scans look at it
	now        func() time.Time
}

// NewSieve lets all rows of a snapshot through.
func NewSieve(s *stream.Snapshot, now func() time.Time) *Sieve {
	return &Sieve{
		Matches: NewMatches(0, nil, s), shown: s, now: now,
		generation: new(atomic.Uint64), Most: min(runtime.GOMAXPROCS(0), mostScans),
	}
}

// Set sets another filter; nil takes it away.
func (s *Sieve) Set(f *filter.Filter) {
	if f == nil {
		s.Drop()
		return
	}
	s.Filter, s.Off, s.aside = f, false, nil
	s.start()
}

// standing is a filter as it stands.
type standing struct {
	filter *filter.Filter
	off    bool
}

// Aside sets a filter for a while.
func (s *Sieve) Aside(f *filter.Filter) {
	back := s.aside
	if back == nil {
		back = &standing{s.Filter, s.Off}
	}
	s.Set(f)
	s.aside = back
}

// IsAside reports whether the filter is one for a while.
func (s *Sieve) IsAside() bool { return s.aside != nil }

// Return sets the filter again that was there before Aside.
func (s *Sieve) Return() {
	if back := s.aside; back != nil {
		s.aside, s.Filter, s.Off = nil, back.filter, back.off
		s.start()
	}
}

// Drop takes the filter away, for Toggle to bring back.
func (s *Sieve) Drop() {
	if s.Filter != nil {
		s.before, s.Filter, s.Off, s.aside = s.Filter, nil, false, nil
		s.start()
	}
}

// Toggle switches the filter off, or on again; also the one that was taken away
// last. It reports whether there was one.
func (s *Sieve) Toggle() bool {
	if s.Filter == nil {
		if s.before == nil {
			return false
		}
		s.Filter, s.Off = s.before, true
	}
	s.Off = !s.Off
	s.start()
	return true
}

// HasBefore reports whether Toggle brings a filter back that was taken away.
func (s *Sieve) HasBefore() bool { return s.Filter == nil && s.before != nil }

// IsPending reports whether no row of a new filter is known yet.
func (s *Sieve) IsPending() bool { return s.pending != nil }

// start begins anew with what is shown. Scans of the filter before stop.
func (s *Sieve) start() {
	f := s.Filter
	if s.Off {
		f = nil
	}
	s.pending = NewMatches(s.generation.Add(1), f, s.shown)
	if !s.pending.Looking() {
		s.turn()
	}
}

// turn puts what was begun in the place of what is shown.
func (s *Sieve) turn() {
	s.Matches, s.pending = s.pending, nil
	s.Matches.Extend(s.shown)
}

// Show goes on to a newer snapshot.
func (s *Sieve) Show(shown *stream.Snapshot) {
	s.shown = shown
	s.Matches.Extend(shown)
}

// Scans gives idle commands something to look at: the rows nearest to an anchor
// first; of a new filter, one command alone until it knows so many.
func (s *Sieve) Scans(anchor uint64, enough int) (scans []*Scan) {
	m, most := s.Matches, s.Most
	if s.pending != nil {
		m, most = s.pending, 1
	}
	for len(m.busy) < most {
		part, upwards, found := m.next(anchor, most-len(m.busy))
		if !found {
			break
		}
		scan := &Scan{
			generation: m.generation, latest: s.generation, snapshot: s.shown, matcher: m.matcher(),
			span: part, upwards: upwards, limit: m.slice(), now: s.now,
		}
		if m == s.pending {
			scan.enough = max(enough, 1)
		}
		scans = append(scans, scan)
	}
	return scans
}

// Ahead gives the scan of the rows that a newer snapshot will bring, nil where
// none is to be looked at: without a filter, and in a pause. It needs that
// snapshot.
func (s *Sieve) Ahead(paused bool) *Scan {
	m := s.Matches
	if m.filter == nil || paused {
		return nil
	}
	return &Scan{
		generation: m.generation, latest: s.generation, matcher: m.matcher(),
		span: span{from: m.end}, limit: aheadSlice, now: s.now,
	}
}

// Of gives the scan its newer snapshot.
func (s *Scan) Of(snapshot *stream.Snapshot) *Scan {
	s.snapshot, s.span.to = snapshot, snapshot.End()
	return s
}

// aheadSlice is how long a frame may look which of its rows match; what is left
// is for scans beside it.
const aheadSlice = 40 * time.Millisecond

// Take takes over what a scan has found, and reports whether that changes what is
// shown: results for another filter count for nothing.
func (s *Sieve) Take(l *Looked) bool {
	if s.pending != nil && s.pending.generation == l.generation {
		s.turn()
	}
	if s.Matches.generation != l.generation {
		return false
	}
	s.Matches.take(l)
	return true
}
