package ui

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/window"
)

// choosing makes a screen that asks what to stream, and keeps what is chosen.
func choosing(t *testing.T, width, height int, a *answers, first bool) (*screen, *window.Selection) {
	t.Helper()
	chosen := &window.Selection{}
	f := newFixture(t)
	s := f.optioned(width, height, func(o *Options) {
		o.Inquirer = a
		o.Picks = &Picks{
			First: first, Positions: []string{"/state/kept.json"},
			Command: func(s window.Selection, where string) string {
				return fmt.Sprint("vtscope ", s.Targets, s.Tables, s.From, where)
			},
			Check: func(s window.Selection) error {
				if s.From == "@wrong" {
					return errors.New("there is no such file")
				}
				return nil
			},
			Choose: func(s window.Selection, _ Kept) { *chosen = s },
		}
	})
	s.model.asking.now, s.model.asking.catalog = false, false // the fixture drops what a frame asks
	for cmd := s.model.askFirst(); cmd != nil; {
		cmd = s.send(cmd())
	}
	return s, chosen
}

// TestChooseWhatToStream: keyspaces, shards and tables are searched and picked, from now on,
// by a copy or from a position; the command line that does the same is shown.
func TestChooseWhatToStream(t *testing.T) {
	a := &answers{tables: tablesOf(map[string]uint64{"customer": 20000, "corder": 300000, "users": 7})}
	for _, test := range []struct {
		keys    []string
		types   string
		targets []string
		tables  []string
		from    string
	}{
		{nil, "", []string{"accounts"}, nil, ""},
		{[]string{"down"}, "", []string{keyspace}, nil, ""},
		{[]string{"space", "space"}, "", []string{"accounts", keyspace}, nil, ""},
		{[]string{"down", "right", "down", "space"}, "", []string{keyspace + ":-80"}, nil, ""},
		{nil, "corder", []string{keyspace}, []string{"corder"}, ""},
		{nil, "80-", []string{keyspace + ":80-"}, nil, ""},
		{nil, "users", []string{"accounts"}, []string{"users"}, ""},
		{nil, "elsewhere:40-@replica", []string{"elsewhere:40-@replica"}, nil, ""},
		{[]string{"tab"}, "", []string{"accounts"}, nil, "copy"},
		{[]string{"tab", "tab"}, "", []string{"accounts"}, nil, "@/state/kept.json"},
		{[]string{"shift+tab"}, "my.json", []string{"accounts"}, nil, "@my.json"},
	} {
		s, chosen := choosing(t, 100, 30, a, true)
		s.shows("What to stream", "accounts", "1 shard, 1 table", "2 shards, 3 tables", "enter begin").fits()
		s.press(test.keys...).types(test.types).fits().shows(fmt.Sprint("vtscope ", test.targets, test.tables, test.from))
		if s.press("enter"); !s.quit || !slices.Equal(chosen.Targets, test.targets) || !slices.Equal(chosen.Tables, test.tables) || chosen.From != test.from {
			t.Errorf("%v %q choose %+v, quit %v", test.keys, test.types, chosen, s.quit)
		}
	}
	s, _ := choosing(t, 100, 30, a, true)
	s.press("down", "right").shows("~600,000 rows", "-80", "shard").press("down", "down", "down", "space", "tab").shows("reads ~600,000 rows")
	s.press("esc")
	if !s.quit {
		t.Error("esc does not quit")
	}
}

// TestChooseSomethingElse: the question comes over a stream, and goes without a change.
func TestChooseSomethingElse(t *testing.T) {
	s, chosen := choosing(t, 100, 30, &answers{}, false)
	s.press("S").shows("What to stream", "esc back").types("xyz").shows("nothing has such a name").press("esc").hides("xyz").press("esc").hides("What to stream")
	if s.quit || len(chosen.Targets) > 0 {
		t.Errorf("quit %v, chosen %+v", s.quit, chosen)
	}
	s.press("S").types("shop").press("backspace", "ctrl+u", "pgdown", "pgup", "left", "right", "left").fits().press("enter")
	if !s.quit || len(chosen.Targets) == 0 {
		t.Errorf("quit %v, chosen %+v", s.quit, chosen)
	}
	liveShop(t).screen(80, 24).press("S").shows("nothing else can be streamed here")
}

// TestChooseWithoutAnswers: where VTGate tells nothing, the target is typed.
func TestChooseWithoutAnswers(t *testing.T) {
	s, chosen := choosing(t, 100, 30, &answers{err: errors.New("no\x1b[31m queries")}, true)
	s.shows("VTGate does not tell what it has", "type KEYSPACE").harmless().press("enter")
	if s.quit {
		t.Error("enter begins with nothing")
	}
	if s.types("commerce").press("enter"); !s.quit || !slices.Equal(chosen.Targets, []string{"commerce"}) {
		t.Errorf("chosen %+v", chosen)
	}
	for _, size := range [][2]int{{40, 8}, {60, 12}, {80, 24}, {300, 100}} {
		s, _ := choosing(t, size[0], size[1], &answers{}, true)
		s.fits().press("right", "down", "tab", "tab", "tab").fits().types("a/long/name").fits()
		if cmd := s.send(tea.MouseWheelMsg{X: 3, Y: 3, Button: tea.MouseWheelDown}); cmd != nil {
			t.Error("the wheel does more than to move")
		}
	}
}

// TestNextScreenKeeps what was chosen on the one before: the filter, the theme, the mouse.
func TestNextScreenKeeps(t *testing.T) {
	var kept Kept
	f := liveShop(t)
	s := f.optioned(100, 30, func(o *Options) {
		o.Colour, o.Inquirer = true, &answers{}
		o.Picks = &Picks{Command: func(window.Selection, string) string { return "" }, Check: func(window.Selection) error { return nil }, Choose: func(_ window.Selection, k Kept) { kept = k }}
	})
	s.send(backgroundDueMsg{})
	s.setFilter("_table = 'corder'").press("C", "C", "M", "S").types("shop").press("enter")
	if !s.quit || kept.Filter == nil {
		t.Fatalf("quit %v, kept %+v", s.quit, kept)
	}
	next := f.optioned(100, 30, func(o *Options) { o.Colour, o.Kept, o.Filter = true, kept, kept.Filter })
	next.shows("_table = 'corder'")
	if next.model.Theme.Name != "light" || next.model.mouse || next.model.look.ask() != nil {
		t.Errorf("theme %s, mouse %v", next.model.Theme.Name, next.model.mouse)
	}
}

// TestWrongChoiceIsTold on the screen that asks again.
func TestWrongChoiceIsTold(t *testing.T) {
	f := newFixture(t)
	s := f.optioned(100, 30, func(o *Options) {
		o.Inquirer, o.Message = &answers{}, "no \x1b[31m such shard"
		o.Picks = &Picks{First: true, Command: func(window.Selection, string) string { return "" }}
	})
	s.shows("What to stream", `no \x1b[31m such shard`).harmless()
}

// TestPickedItems: tables count for all targets, so that what is picked whole leaves none.
func TestPickedItems(t *testing.T) {
	a := &answers{}
	for _, test := range []struct {
		keys    []string
		targets []string
		tables  []string
	}{
		// accounts, users of accounts, shop, -80, 80-, corder, customer, product
		{[]string{"right", "down", "down", "space"}, []string{"accounts"}, []string{"users"}},
		{[]string{"right", "space", "down", "space"}, []string{"accounts"}, nil},
		{[]string{"right", "down", "space", "space"}, []string{"accounts:0"}, []string{"users"}},
		{[]string{"right", "down", "down", "space", "space"}, []string{"accounts", keyspace}, nil},
	} {
		s, chosen := choosing(t, 100, 30, a, true)
		if s.press(test.keys...).press("enter"); !slices.Equal(chosen.Targets, test.targets) || !slices.Equal(chosen.Tables, test.tables) {
			t.Errorf("%v choose %+v:\n%s", test.keys, chosen, s.text())
		}
	}
}

// TestWrongChoice: what cannot be used is said, and the stream goes on; a name is pasted.
func TestWrongChoice(t *testing.T) {
	s, chosen := choosing(t, 100, 30, &answers{}, false)
	s.press("S", "shift+tab", "up", "enter")
	if s.quit {
		t.Error("a file without a name is chosen")
	}
	s.send(tea.PasteMsg{Content: "wrong\n"})
	s.shows("the position in a file: wrong").press("enter").shows("there is no such file", "What to stream")
	if s.quit || len(chosen.Targets) > 0 {
		t.Errorf("quit %v, chosen %+v", s.quit, chosen)
	}
}

// TestPickerKnowsWhatIsStreamed: that is picked at first, and the filter stands in the command.
func TestPickerKnowsWhatIsStreamed(t *testing.T) {
	s, chosen := choosing(t, 120, 30, &answers{}, false)
	s.model.options.Picks.Now = window.Selection{Targets: []string{keyspace + ":-80@replica"}, Tables: []string{"corder"}}
	s.setFilter("id = 1").press("S").shows("● ", "vtscope ["+keyspace+":-80] [corder]id = 1").press("enter")
	if !slices.Equal(chosen.Targets, []string{keyspace + ":-80"}) || !slices.Equal(chosen.Tables, []string{"corder"}) {
		t.Errorf("chosen %+v", chosen)
	}
}

// TestCancelledCopyAsksAgain: a copy that was chosen on the screen and is not begun leads
// back to the question.
func TestCancelledCopyAsksAgain(t *testing.T) {
	f := newFixture(t)
	s := f.optioned(100, 30, func(o *Options) {
		o.Inquirer, o.Kept = &answers{}, Kept{known: true}
		o.Picks = &Picks{Command: func(window.Selection, string) string { return "" }}
		o.Copy = &window.Copy{Begin: func() {}}
	})
	s.shows("Copy?", "WAITING").press("esc").shows("What to stream")
	if s.quit {
		t.Error("the program ends")
	}
	if s.press("esc"); !s.quit {
		t.Error("the program does not end")
	}
}
