package ui

import (
	"testing"
	"unsafe"
)

// TestViewIsDrawnOnce: with nothing changed, View gives the same string, which
// costs nothing.
func TestViewIsDrawnOnce(t *testing.T) {
	s := liveShop(t).screen(200, 60)
	first := unsafe.StringData(s.view())
	if allocs := testing.AllocsPerRun(100, func() { s.model.View() }); allocs != 0 {
		t.Errorf("a clean View allocates %.0f times", allocs)
	}
	if unsafe.StringData(s.view()) != first {
		t.Error("a clean View was drawn again")
	}
	if s.press("k"); unsafe.StringData(s.view()) == first {
		t.Error("a moved cursor did not have the screen drawn again")
	}
}

// TestViewIsWhatItWould be from the start: what is kept between drawings does
// not show.
func TestViewIsAsIfNew(t *testing.T) {
	f := liveShop(t)
	s := f.screen(120, 40)
	for range 10 {
		s.sales(7)
	}
	s.resize(120, 40) // forgets how wide the columns have been
	if fresh := f.screen(120, 40); fresh.view() != s.view() {
		t.Errorf("the screen is\n%s\nand newly drawn\n%s", s.text(), fresh.text())
	}
}

func TestWindowTitle(t *testing.T) {
	f := newFixture(t)
	m := newModel(Options{Store: f.store, Progress: f.progress, Target: "shop\x1b]52;c;aGk=\a", Now: f.now})
	if got := m.View().WindowTitle; got != `vtscope shop\x1b]52;c;aGk=\x07` {
		t.Errorf("the title is %q", got)
	}
	if view := m.View(); !view.AltScreen || view.Cursor != nil {
		t.Error("the screen is not the alternate one without a cursor")
	}
}
