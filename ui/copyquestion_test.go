package ui

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/window"
)

// asking is a screen that asks before a copy of two shards; begun counts how
// often the copy was let begin.
func asking(t *testing.T, width, height int, a *answers, tables ...string) (s *screen, begun *int) {
	t.Helper()
	begun = new(int)
	f := newFixture(t)
	m := newModel(Options{
		Store: f.store, Progress: f.progress, Target: keyspace, Address: "localhost:15991", Colour: true, Now: f.now, Inquirer: a,
		Copy: &window.Copy{
			Shards: []stream.Shard{{Keyspace: keyspace, Name: "-80"}, {Keyspace: keyspace, Name: "80-"}},
			Tables: map[string][]string{keyspace: tables},
			Begin:  func() { *begun++ },
		},
	})
	s = &screen{t: t, fixture: f, model: m}
	s.resize(width, height)
	for cmd := m.askForQuestion(); cmd != nil; {
		cmd = s.send(cmd())
	}
	return s, begun
}

func TestCopyAsksFirst(t *testing.T) {
	a := &answers{tables: tablesOf(map[string]uint64{"customer": 20000, "corder": 300000})}
	s, begun := asking(t, 80, 24, a, "corder", "customer", "audit")
	s.shows("Copy?", "3 tables in 2 shards: about 640,000 rows, 61.0 MiB as far as is known",
		"corder", "~600,000 rows, ~57.2 MiB", "audit", "size not known", "briefly locks each", "enter copy", "esc cancel").fits()
	s.press("j", "space", "/", "?")
	if *begun != 0 || s.quit {
		t.Error("a key that is no answer has been taken for one")
	}
	s.press("enter").hides("Copy?")
	s.press("enter", "y")
	if *begun != 1 {
		t.Errorf("begun %d times", *begun)
	}
}

func TestCopyIsLeft(t *testing.T) {
	for _, key := range []string{"esc", "n", "q", "ctrl+c"} {
		s, begun := asking(t, 40, 8, &answers{err: errors.New("no queries")}, "corder")
		if s.shows("Copy?").fits().press(key); !s.quit || *begun != 0 {
			t.Errorf("%s: quit %v, begun %d times", key, s.quit, *begun)
		}
	}
}

// TestCopyOfManyTables scrolls through what does not fit.
func TestCopyOfManyTables(t *testing.T) {
	var tables []string
	for i := range 40 {
		tables = append(tables, "table_"+string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	s, _ := asking(t, 80, 24, &answers{}, tables...)
	s.hides("table_zz", "table_nb").press("end").shows("table_zz"[:7]).press("home").shows("table_aa").fits()
	for _, size := range []tea.WindowSizeMsg{{Width: 41, Height: 8}, {Width: 300, Height: 100}, {Width: 10, Height: 3}} {
		s.resize(size.Width, size.Height).fits()
	}
}
