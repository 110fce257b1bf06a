package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/rows"
)

// An unordered screen runs commands and handles what comes of them in an order
// that is made up, on a clock that makes slices short.
type unordered struct {
	*screen
	random   *rand.Rand
	commands []tea.Cmd
	messages []tea.Msg
	ahead    *rows.Scan // what the frame to come looks at
	taken    *frameMsg  // a frame that is taken but not handled
	filters  []*filter.Filter
	frozen   uint64 // the end of what was shown at the pause
}

// unorderedFilters are of rows, of meta names, of all and of nothing.
var unorderedFilters = []string{
	"order_id % 3 = 1", "_table = 'corder' AND _event = 'update'", "customer_id is not null or sku like '%7'", "true",
	"_event = 'ddl'", "email = 'nobody'", "changed(status)",
}

func newUnordered(t *testing.T, seed uint64) *unordered {
	f := newFixtureOf(t, 200<<10, "-")
	f.dice = uint32(seed)
	f.deliver(f.hello()).traffic(2)
	clock := startTime
	now := func() time.Time {
		clock = clock.Add(time.Millisecond)
		return clock
	}
	u := &unordered{random: rand.New(rand.NewPCG(seed, 3))}
	u.screen = &screen{t: t, fixture: f, model: newModel(Options{
		Store: f.store, Progress: f.progress, Target: keyspace, Now: now, Filter: mustFilter(t, unorderedFilters[seed%4]),
	})}
	u.model.Sieve.Most = 1 + int(seed%3)
	for _, text := range unorderedFilters {
		u.filters = append(u.filters, mustFilter(t, text))
	}
	u.update(tea.WindowSizeMsg{Width: 80, Height: 24})
	u.ahead = u.model.Sieve.Ahead(u.model.Paused)
	return u
}

func (u *unordered) update(message tea.Msg) {
	u.commands = append(u.commands, u.send(message))
}

// step does one thing of what can happen.
func (u *unordered) step() {
	switch u.random.IntN(8) {
	case 0:
		for range u.random.IntN(60) {
			u.deliver(u.sale(0))
		}
	case 1:
		u.takeFrame()
	case 2:
		u.handleFrame()
	case 3:
		keys := []string{"k", "j", "g", "G", "pgup", "pgdown", "space", "!", "esc", "!", "enter", "ctrl+u", "space"}
		key, _ := keyPress(keys[u.random.IntN(len(keys))])
		u.update(key)
	case 4:
		if u.random.IntN(3) == 0 {
			u.commands = append(u.commands, u.model.after(u.model.setFilter(u.filters[u.random.IntN(len(u.filters))])))
		}
	case 5, 6:
		u.command()
	default:
		u.message()
	}
}

func (u *unordered) takeFrame() {
	if u.taken == nil {
		taken := makeFrame(u.clock, u.store, u.progress, spare{}, u.ahead)
		u.taken = &taken
	}
}

func (u *unordered) handleFrame() {
	if u.taken != nil {
		u.model.take(*u.taken)
		u.commands = append(u.commands, u.model.scan())
		u.taken, u.ahead = nil, u.model.Sieve.Ahead(u.model.Paused)
	}
}

// pick takes one out of a list.
func pick[T any](random *rand.Rand, list *[]T) T {
	i := random.IntN(len(*list))
	one := (*list)[i]
	*list = slices.Delete(*list, i, i+1)
	return one
}

func (u *unordered) command() {
	if len(u.commands) == 0 {
		return
	}
	cmd := pick(u.random, &u.commands)
	if cmd == nil {
		return
	}
	if message := cmd(); message != nil {
		u.messages = append(u.messages, message)
	}
}

func (u *unordered) message() {
	if len(u.messages) == 0 {
		return
	}
	message := pick(u.random, &u.messages)
	if batch, ok := message.(tea.BatchMsg); ok {
		u.commands = append(u.commands, batch...)
		return
	}
	u.update(message)
}

// finish lets everything under way come to its end.
func (u *unordered) finish() {
	for len(u.commands)+len(u.messages) > 0 {
		u.command()
		u.message()
	}
}

// matching are the rows that a filter matches, found one after the other.
func matching(s *stream.Snapshot, f *filter.Filter) (rows []uint64) {
	var matcher *filter.Matcher
	if f != nil {
		matcher = f.Matcher()
	}
	var r stream.Record
	for seq := s.First(); s.At(seq, &r); seq++ {
		if f == nil || matcher.Match(&r) {
			rows = append(rows, seq)
		}
	}
	return rows
}

// still looks whether a pause is one.
func (u *unordered) still() {
	u.t.Helper()
	if u.model.Paused && u.model.Shown.End() != u.frozen {
		u.t.Fatal("the snapshot shown has moved in a pause")
	}
	u.frozen = u.model.Shown.End()
}

// check compares what is shown with what has to be.
func (u *unordered) check() {
	u.t.Helper()
	m := u.model
	got, want := m.Sieve.Matches.Rows(nil, 0, m.Sieve.Matches.Len()), matching(m.Shown, m.Sieve.Matches.Filter())
	if !m.Sieve.Matches.Looking() && !slices.Equal(got, want) {
		u.t.Fatalf("%d rows are shown, %d match", len(got), len(want))
	}
	for i, seq := range got {
		if _, found := slices.BinarySearch(want, seq); !found || i > 0 && got[i-1] >= seq {
			u.t.Fatalf("row %d is shown after %d, of %d", seq, got[max(i-1, 0)], len(want))
		}
	}
	if len(got) == 0 {
		return
	}
	at, found := slices.BinarySearch(got, m.changes.Cursor)
	top, shown := slices.BinarySearch(got, m.changes.Top)
	if !found || m.changes.Rows() > 0 && (!shown || at < top || at-top >= m.changes.Rows() || at-top != m.changes.Line && !m.Sieve.Matches.Looking()) {
		u.t.Fatalf("the cursor is at %d of %d, line %d from %d, shown %v", m.changes.Cursor, len(got), m.changes.Line, m.changes.Top, found)
	}
	if m.changes.Follow && at != len(got)-1 {
		u.t.Fatalf("the log follows with the cursor at %d of %d rows", at, len(got))
	}
	u.fits()
}

// checkMove finishes a change of the filter and looks where the cursor went.
func (u *unordered) checkMove(f *filter.Filter) {
	u.t.Helper()
	u.finish()
	m := u.model
	follow, before, had := m.changes.Follow, m.changes.Cursor, m.Sieve.Matches.Len() > 0
	u.commands = append(u.commands, m.after(m.setFilter(f)))
	u.finish()
	want := matching(m.Shown, f)
	if m.changes.Follow != follow {
		u.t.Fatalf("follow is %v after another filter", m.changes.Follow)
	}
	if !had || len(want) == 0 || follow {
		return
	}
	at, found := slices.BinarySearch(want, before)
	if !found {
		at = max(at-1, 0)
	}
	if m.changes.Cursor != want[at] {
		u.t.Fatalf("the cursor went from %d to %d, not to %d", before, m.changes.Cursor, want[at])
	}
}

// TestFilteredLogEqualsBruteForce: whatever happens in whatever order, no row is
// shown that does not match, none is left out once all are looked at, and the
// cursor stays where it belongs.
func TestFilteredLogEqualsBruteForce(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			u := newUnordered(t, seed)
			for i := range 1000 {
				u.step()
				u.still()
				if i%3 == 0 {
					u.check()
				}
				if i%100 == 99 {
					u.checkMove(append(u.filters, nil)[u.random.IntN(len(u.filters)+1)])
					u.check()
				}
			}
			u.finish()
			u.check()
			if m := u.model; m.Sieve.Matches.Looking() || m.Sieve.IsPending() {
				t.Errorf("%d%% are looked at", m.Sieve.Matches.Share())
			}
			if u.store.Snapshot().Dropped() == 0 {
				t.Error("nothing was dropped")
			}
		})
	}
}

// TestScanAllocates nothing for rows that do not match.
func TestScanAllocates(t *testing.T) {
	f := liveShop(t).sell(3000)
	snapshot := f.store.Snapshot()
	for _, text := range []string{"_table = 'none'", "order_id = 42"} {
		wanted, sieve := mustFilter(t, text), rows.NewSieve(snapshot, f.now)
		if allocs := testing.AllocsPerRun(5, func() {
			for sieve.Set(wanted); sieve.IsPending() || sieve.Matches.Looking(); {
				for _, scan := range sieve.Scans(0, 1) {
					looked := scan.Run()
					sieve.Take(&looked)
				}
			}
		}); allocs > float64(snapshot.Len()/10) {
			t.Errorf("looking for %s in %d rows allocates %.0f times", text, snapshot.Len(), allocs)
		}
	}
}

// TestFrameWithAFilterAllocates little, however much is kept.
func TestFrameWithAFilterAllocates(t *testing.T) {
	s := liveShop(t).sell(3000).screen(120, 40).setFilter("_event = 'update'")
	if allocs := testing.AllocsPerRun(20, func() {
		s.model.take(makeFrame(s.clock, s.store, s.progress, s.model.frames.spare, s.model.Sieve.Ahead(false)))
		s.model.scan()
	}); allocs > 40 {
		t.Errorf("a frame without new rows allocates %.0f times", allocs)
	}
}
