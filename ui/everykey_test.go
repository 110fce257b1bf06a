package ui

import "testing"

// stages are screens in which keys have something to do, by the keys that lead there.
var stages = [][]string{
	nil, {"k", "k", "k"}, {"enter"}, {"enter", "tab"}, {"enter", "tab", "enter"}, {"enter", "tab", "j", "j", "enter"},
	{"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"3", "tab"}, {"g"}, {"g", "L", "L"}, {"z"}, {"space"}, {"m", "k", "k", "m", "k", "k", "m", "g", "j", "j"}, {"6", "left"},
}

// TestEveryKeyDoesSomething: each key of the table changes the screen somewhere, or what is
// sent to the terminal, or ends the program.
func TestEveryKeyDoesSomething(t *testing.T) {
	f := liveShop(t)
	for _, b := range bindings {
		for _, key := range b.Keys {
			does := false
			for _, stage := range stages {
				s := f.optioned(120, 40, func(o *Options) { o.Colour = true })
				s.setFilter("_table <> 'nowhere'").search("paid").press(stage...)
				s.model.message, s.model.drawn.old = "", true
				before, mouse, frozen := s.view(), s.model.View().MouseMode, s.model.Paused
				s.press(key)
				if does = s.quit || s.asleep || s.model.View().MouseMode != mouse || s.view() != before || s.model.Paused != frozen; does {
					break
				}
			}
			if !does && key != "ctrl+l" { // which draws the same screen again
				t.Errorf("%s (%s) does nothing anywhere", key, b.Action)
			}
		}
	}
}

// TestOfferedKeysDoSomething: in each pane, every key of the key line changes the screen, or
// says why it does not.
func TestOfferedKeysDoSomething(t *testing.T) {
	f := liveShop(t)
	for _, stage := range [][]string{nil, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"enter", "tab"}} {
		s := f.optioned(200, 60, func(o *Options) { o.Colour = true })
		for _, b := range s.press(stage...).model.shortKeys() {
			s := f.optioned(200, 60, func(o *Options) { o.Colour = true }).press(stage...)
			before := s.view()
			if s.press(b.Keys[0]); s.view() == before && !s.quit {
				t.Errorf("after %v, %s %s does nothing", stage, b.Keys[0], b.Short)
			}
		}
	}
}
