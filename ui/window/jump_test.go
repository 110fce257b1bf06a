package window

import "testing"

// TestJumpTypesInPlace: a terminal that pastes a long position key by key costs no copy of
// it for each.
func TestJumpTypesInPlace(t *testing.T) {
	w := &Jump{}
	for range jumpText / 2 {
		w.Press(nil, "9", "")
	}
	if n := testing.AllocsPerRun(100, func() { w.Press(nil, "9", "") }); n > 0 {
		t.Errorf("%v allocations a key", n)
	}
	for range jumpText {
		w.Press(nil, "9", "")
	}
	if len(w.text) != jumpText {
		t.Errorf("it takes %d bytes", len(w.text))
	}
	w.Press(nil, "backspace", "")
	if w.Press(nil, "ö", ""); len(w.text) != jumpText-1 {
		t.Errorf("it has %d bytes after a letter that has no room", len(w.text))
	}
	if w.Press(nil, "ctrl+u", ""); len(w.text) != 0 {
		t.Error("it is not cleared")
	}
}
