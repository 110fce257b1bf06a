package rows

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"vtscope/filter"
	"vtscope/stream"
)

// filterOf reads an expression.
func filterOf(t testing.TB, text string) *filter.Filter {
	t.Helper()
	f, err := filter.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// plainMatches are matches kept the plain way: which rows are known, and which of
// those match.
type plainMatches struct {
	*Matches
	t       *testing.T
	random  *rand.Rand
	store   *stream.Store
	known   map[uint64]bool
	density int // of 100 rows, how many match
}

// matches makes up which rows match, in runs and holes of different lengths.
func (m *plainMatches) matches(seq uint64) bool {
	return (seq*2654435761>>7^seq>>9)%100 < uint64(m.density)
}

// want are the rows that have to be shown.
func (m *plainMatches) want() (rows []uint64) {
	for seq := m.first; seq < m.end; seq++ {
		if m.known[seq] && m.matches(seq) {
			rows = append(rows, seq)
		}
	}
	return rows
}

// grow appends rows and goes on.
func (m *plainMatches) grow(n int) {
	for range n {
		m.store.Append(&stream.Record{Kind: stream.DDL})
	}
	m.store.Flush()
	m.Extend(m.store.Snapshot())
}

// lookAt looks at a span as a scan does.
func (m *plainMatches) lookAt(s span) {
	var found []block
	for seq := s.from; seq < s.to; seq++ {
		if m.matches(seq) {
			found = appendRow(found, seq)
		}
		if seq >= m.first && seq < m.end {
			m.known[seq] = true
		}
	}
	m.random.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	m.fill(s, found)
}

// somewhere is a span that may reach beyond what is kept, and over what is
// known already.
func (m *plainMatches) somewhere() span {
	from := m.first - min(m.first, 50) + m.random.Uint64N(m.end-m.first+100)
	to := from + m.random.Uint64N([]uint64{10, 1000, 30000}[m.random.IntN(3)])
	return span{from, min(to, m.end)}
}

func (m *plainMatches) compare() {
	m.t.Helper()
	want := m.want()
	if got := m.Matches.Rows(nil, 0, m.Len()); !slices.Equal(got, want) || m.Len() != len(want) {
		m.t.Fatalf("%d rows, counted %d, want %d", len(got), m.Len(), len(want))
	}
	unknown := 0
	for seq := m.first; seq < m.end; seq++ {
		if !m.known[seq] {
			unknown++
		}
	}
	if got := m.Looked(); got != int(m.end-m.first)-unknown || m.Looking() != (unknown > 0) {
		m.t.Fatalf("looked at %d of %d rows, %v for more; %d are unknown", got, m.end-m.first, m.Looking(), unknown)
	}
	for range 20 {
		seq := m.first - min(m.first, 5) + m.random.Uint64N(m.end-m.first+10)
		at, shown := slices.BinarySearch(want, seq)
		if got, next := m.Index(seq), m.Index(seq+1); got != at || next > got != shown {
			m.t.Fatalf("%d rows are older than %d, want %d; shown %v, want %v", got, seq, at, next > got, shown)
		}
		if len(want) == 0 {
			continue
		}
		nearest := max(at-1, 0)
		if shown {
			nearest = at
		}
		if got := m.Nearest(seq); got != nearest || m.Row(got) != want[nearest] {
			m.t.Fatalf("row %d is nearest to %d, want %d", got, seq, nearest)
		}
		from, n := m.random.IntN(len(want)), m.random.IntN(60)
		if got := m.Matches.Rows(nil, from, n); !slices.Equal(got, want[from:min(from+n, len(want))]) {
			m.t.Fatalf("%d rows from %d on are %v", n, from, got)
		}
	}
}

// TestMatchesEqualBruteForce: whatever is looked at in whatever order, also twice,
// while the store grows and drops its oldest.
func TestMatchesEqualBruteForce(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		for _, density := range []int{0, 1, 40, 100} {
			t.Run(fmt.Sprint(seed, density), func(t *testing.T) {
				t.Parallel()
				m := &plainMatches{
					t: t, random: rand.New(rand.NewPCG(seed, 7)), known: map[uint64]bool{}, density: density,
					store: stream.NewStore(1 << 20),
				}
				m.Matches = NewMatches(1, filterOf(t, "1"), m.store.Snapshot())
				for range 40 {
					m.grow([]int{0, 1, 100, 9000}[m.random.IntN(4)])
					for range m.random.IntN(4) {
						m.lookAt(m.somewhere())
					}
					m.compare()
				}
				if m.first == 1 || m.first>>blockBits == m.end>>blockBits {
					t.Errorf("rows %d to %d test neither eviction nor several blocks", m.first, m.end)
				}
			})
		}
	}
}

// TestMatchesWithoutFilterAreAllRows, and takes no memory.
func TestMatchesWithoutFilterAreAllRows(t *testing.T) {
	m := &plainMatches{t: t, random: rand.New(rand.NewPCG(1, 7)), known: map[uint64]bool{}, density: 100, store: stream.NewStore(2 << 20)}
	m.Matches = NewMatches(0, nil, m.store.Snapshot())
	for range 30 {
		m.grow(m.random.IntN(9000))
		for seq := m.first; seq < m.end; seq++ {
			m.known[seq] = true
		}
		m.compare()
	}
	if m.first == 1 || m.blocks != nil || m.todo != nil {
		t.Errorf("rows from %d on, %d blocks, %v to look at", m.first, len(m.blocks), m.todo)
	}
	s := m.store.Snapshot()
	if allocs := testing.AllocsPerRun(100, func() { m.Extend(s) }); allocs != 0 {
		t.Errorf("a frame without a filter allocates %.0f times", allocs)
	}
}

// TestMemoryOfMatches: two bytes a row that matches, whatever the rest.
func TestMemoryOfMatches(t *testing.T) {
	m := &plainMatches{t: t, random: rand.New(rand.NewPCG(1, 7)), known: map[uint64]bool{}, density: 30, store: stream.NewStore(64 << 20)}
	m.Matches = NewMatches(1, filterOf(t, "1"), m.store.Snapshot())
	m.grow(300_000)
	m.lookAt(span{m.first, m.end})
	bytes := 0
	for _, b := range m.blocks {
		bytes += 2*cap(b.rows) + 32
	}
	if most := 5 * m.Len(); bytes > most {
		t.Errorf("%d rows take %d bytes, more than %d", m.Len(), bytes, most)
	}
}

// TestNextIsNearest: what commands look at is apart from each other, and nearest
// to the anchor of what is left.
func TestNextIsNearest(t *testing.T) {
	m := &plainMatches{t: t, random: rand.New(rand.NewPCG(3, 7)), known: map[uint64]bool{}, store: stream.NewStore(8 << 20)}
	m.Matches = NewMatches(1, filterOf(t, "1"), m.store.Snapshot())
	m.grow(100_000)
	for range 200 {
		m.lookAt(m.somewhere())
		anchor := m.first + m.random.Uint64N(m.end-m.first+1)
		m.busy = nil
		before := m.Matches.todo
		a, up, found := m.next(anchor, 2)
		if !found {
			t.Fatal("nothing to look at")
		}
		if up != (a.from > anchor) || up && a.to <= anchor+1 || !up && a.to > anchor+1 {
			t.Fatalf("%v is looked at upwards %v of %d", a, up, anchor)
		}
		distance := func(s span) uint64 {
			if anchor >= s.to {
				return anchor + 1 - s.to
			}
			return max(s.from, anchor) - anchor
		}
		for _, s := range before {
			if distance(s)+1 < distance(a) {
				t.Fatalf("%v is nearer to %d than %v", s, anchor, a)
			}
		}
		if b, _, found := m.next(anchor, 1); found && a.overlap(b).len() > 0 {
			t.Fatalf("%v and %v are looked at twice", a, b)
		}
	}
}
