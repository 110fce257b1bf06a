package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// goldenSizes are the terminals of the goldens.
var goldenSizes = [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}}

// goldens are the states of the screen that are kept as pictures: what the
// stream has said, the keys pressed then, and what it says after.
var goldens = []struct {
	name  string
	stage func(t testing.TB) *fixture
	act   func(s *screen)
	later func(f *fixture)
}{
	{"empty", func(t testing.TB) *fixture { return newFixture(t) }, nil, nil},
	{"live", liveShop, nil, nil},
	{"copying", func(t testing.TB) *fixture { return copyingShop(newFixture(t)) }, (*screen).knowEstimates, nil},
	{"details", liveShop, func(s *screen) { s.press("enter").upTo("update shop.customer") }, nil},
	{"zoomed", liveShop, func(s *screen) { s.press("tab", "tab", "z") }, nil},
	{"value", liveShop, func(s *screen) {
		s.press("enter").upTo("update shop.customer").press("tab", "g", "j", "enter")
	}, nil},
	{"completing", liveShop, func(s *screen) { s.press("/").types("status <> before.").press("tab", "tab", "tab") }, nil},
	{"mistaken", liveShop, func(s *screen) { s.press("/").types("total > 20 AND emial = 'x'").press("enter") }, nil},
	{"choosing", liveShop, func(s *screen) { s.press("enter").upTo("update shop.customer").press("+") }, nil},
	{"help", liveShop, func(s *screen) { s.press("?") }, nil},
	{"tables", liveShop, func(s *screen) { s.press("3") }, nil},
	{"tables-copying", func(t testing.TB) *fixture { return copyingShop(newFixture(t)) }, func(s *screen) { s.knowEstimates(); s.press("3") }, nil},
	{"transactions", liveShop, func(s *screen) { s.press("4") }, nil},
	{"transactions-by-rows", liveShop, func(s *screen) { s.press("4", "o") }, nil},
	{"transaction", liveShop, func(s *screen) { s.press("k").toTable("product").press("T") }, nil},
	{"problems", func(t testing.TB) *fixture { return troubledShop(newFixture(t)) }, func(s *screen) { s.press("5") }, nil},
	{"graph", liveShop, func(s *screen) { s.press("6") }, nil},
	{"graph-by-table", liveShop, func(s *screen) { s.press("6", "o", "down", "down") }, nil},
	{"summary", liveShop, func(s *screen) { s.press("7") }, nil},
	{"summary-of-troubles", func(t testing.TB) *fixture { return troubledShop(newFixture(t)) }, func(s *screen) { s.press("7", "end") }, nil},
	{"choosing-columns", liveShop, func(s *screen) { s.press("k").toTable("customer").press("c", "down", "left") }, nil},
	{"paused", liveShop, func(s *screen) { s.press("space") }, func(f *fixture) { f.traffic(5) }},
	{"shards-16", func(t testing.TB) *fixture { return manyShards(t, 16) }, nil, nil},
	{"shards-256", func(t testing.TB) *fixture { return manyShards(t, 256) }, nil, nil},
	{"shards-troubled", classedShards, nil, nil},
	{"shards-4096", func(t testing.TB) *fixture { return manyShards(t, 4096) }, nil, nil},
	{"filtered", liveShop, (*screen).filterShop, func(f *fixture) { f.traffic(5) }},
	{"filtered-empty", liveShop, func(s *screen) { s.setFilter("emial LIKE '%@example.com'") }, nil},
	{"filter-off", liveShop, func(s *screen) { s.filterShop(); s.press("!") }, nil},
	{"searched", liveShop, func(s *screen) { s.search("'paid'").press("N", "N") }, nil},
	{"behind", func(t testing.TB) *fixture { return troubledShop(newFixture(t)) }, nil, nil},
	{"retrying", retryingShop, nil, nil},
	{"ended", endedShop, nil, nil},
}

func liveShop(t testing.TB) *fixture { return shop(newFixture(t)) }

func manyShards(t testing.TB, n int) *fixture {
	f := newFixture(t, shardNames(n)...)
	f.deliver(f.hello())
	for range 4 {
		for shard := 0; shard < n; shard += 1 + f.roll(4) {
			f.lag = time.Duration(f.roll(900)) * time.Millisecond
			if f.roll(200) == 0 {
				f.lag = 47 * time.Second
			}
			f.deliver(f.sale(shard))
		}
		f.pass(time.Second)
	}
	return f.executed()
}

func retryingShop(t testing.TB) *fixture {
	f := shop(newFixture(t))
	f.hold = true
	return f.deliver(errCut).pass(200 * time.Millisecond)
}

// filterShop sets a filter that a person would set.
func (s *screen) filterShop() { s.setFilter("_table = 'corder' AND (total > 100 OR changed(status))") }

func endedShop(t testing.TB) *fixture {
	return shop(newFixture(t)).deliver(errPurged).pass(90 * time.Second)
}

// knowEstimates answers what the screen would ask VTGate.
func (s *screen) knowEstimates() {
	for i, shard := range s.shards {
		s.model.Update(sizesMsg{keyspace + "/" + shard, tablesOf(map[string]uint64{"customer": uint64(9000 + 3100*i)})})
	}
}

// upTo moves up until the screen shows the words.
func (s *screen) upTo(words string) *screen {
	s.t.Helper()
	for range 60 {
		if strings.Contains(s.text(), words) {
			return s
		}
		s.press("up")
	}
	s.t.Fatalf("no row with %q:\n%s", words, s.text())
	return s
}

// TestGolden compares each state with its file: the text at every size, which is
// the same with colour and without, and one frame with its colours.
// .ci/screens shows what has changed in one.
func TestGolden(t *testing.T) {
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			f := g.stage(t)
			var screens []*screen
			for _, size := range goldenSizes {
				screens = append(screens, f.screenOf(size[0], size[1], true), f.screenOf(size[0], size[1], false))
			}
			for _, s := range screens {
				if g.act != nil {
					g.act(s)
				}
			}
			if g.later != nil {
				g.later(f)
			}
			var text, inColour strings.Builder
			for i, size := range goldenSizes {
				colour, mono := screens[2*i].frame().fits(), screens[2*i+1].frame().fits().colourless()
				if trimmed(colour.text()) != trimmed(mono.text()) {
					t.Errorf("at %v the text is another without colour:\n%s", size, mono.text())
				}
				fmt.Fprintf(&text, "=== %d×%d\n%s", size[0], size[1], trimmed(mono.text()))
				if size == colourSize {
					fmt.Fprintf(&inColour, "=== %d×%d in colour\n%s\n", size[0], size[1], colour.view())
				}
			}
			golden(t, g.name+".golden", text.String()+inColour.String())
		})
	}
}

// colourSize is the terminal of the frame with colours.
var colourSize = [2]int{80, 24}

var colourCode = regexp.MustCompile(`\x1b\[[0-9;]*[34][0-9][0-9;]*m`)

// colourless fails where the screen sets a colour.
func (s *screen) colourless() *screen {
	s.t.Helper()
	if code := colourCode.FindString(s.view()); code != "" {
		s.t.Errorf("%q sets a colour on a screen without", code)
	}
	return s
}

// trimmed is text without the spaces that end its lines.
func trimmed(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// golden compares with a file of testdata, or writes it.
func golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./ui -update writes it", err)
	}
	if string(want) == got {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			t.Errorf("%s has changed in line %d; go test ./ui -update takes it over\nwas %q\nis  %q", name, i+1, was[i], is[i])
			return
		}
	}
	t.Errorf("%s has %d lines, not %d", name, len(is), len(was))
}
