package ui

import "testing"

// TestTimes: the column says whose time it shows, by which clock, and the day
// where that is another.
func TestTimes(t *testing.T) {
	f := newFixture(t)
	s := f.screen(120, 40).show(f.hello(), f.commit(0, insert(orderTable, f.order(7, "paid")...)))
	s.shows(" TIME UTC ", "▌  12:03:44 -40   insert corder", " ~12:03:44       status", "12:03:44 UTC").hides("12:03:44.")
	s.press("t").shows(" ARRIVED UTC ", "▌ 12:03:44.000 -40   insert corder").press("t", "t", "t").shows(" TIME UTC ").hides("ARRIVED")
	f.pass(24 * 3600 * 1e9)
	s.frame().shows("11-22 12:03:44 -40", "~11-22 12:03:44")
	s.press("enter").shows("arrived 12:03:44.000 UTC")
}

// TestTimesNeedRoom: below 60 columns, the change has the room.
func TestTimesNeedRoom(t *testing.T) {
	f := newFixture(t)
	s := f.screen(60, 20).show(f.hello(), f.commit(0, insert(orderTable, f.order(7, "paid")...))).shows(" TIME UTC ").fits()
	s.resize(59, 20).hides("TIME UTC").shows(" SHARD ").fits()
}
