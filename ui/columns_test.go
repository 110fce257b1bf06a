package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/ui/draw"
)

// remembered makes a screen that remembers its columns in a file.
func (f *fixture) remembered(path string, hidden ...string) *screen {
	f.t.Helper()
	s := f.optioned(140, 40, func(o *Options) { o.Columns, o.Hidden = path, hidden })
	s.perform(s.model.columns.load(hidden))
	return s
}

// TestHideAColumn: one key hides a noisy column in every table; an update of nothing else
// says so.
func TestHideAColumn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "columns.json")
	f := liveShop(t)
	s := f.remembered(path).press("d").shows("choose a column with ↓ ↑, then d").press("esc", "esc", "G")
	s.shows("status 'pending' → 'paid'").press("k", "enter").upTo("update shop.corder").press("esc")
	s.press("d").chooses("● status").press("d").shows("status is hidden in the log, in every table; c lists the columns")
	s.press("esc", "esc").hides("status 'pending'").shows("only status").fits()
	// It is remembered, also by another program.
	if s := f.remembered(path); strings.Contains(s.text(), "status 'pending'") {
		t.Errorf("another program shows it:\n%s", s.text())
	}
	s.search("'paid'").shows("no row shown matches")
	s.press("esc", "enter", "d").chooses("● status").press("d").shows("status is shown in the log again").press("esc", "esc").shows("status 'pending' → 'paid'")
	if s := f.remembered(path); !strings.Contains(s.text(), "status 'pending' → 'paid'") {
		t.Errorf("another program hides it:\n%s", s.text())
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// TestColumnsWindow: the log's own columns, and those of the table under the cursor.
func TestColumnsWindow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "columns.json")
	f := liveShop(t)
	s := f.remembered(path).press("k").toTable("customer").press("c").shows("Columns of the log, and of shop.customer", "email").fits()
	s.press("space").shows("○ time", "hidden").press("esc").hides("TIME UTC").shows("SHARD").fits()
	s.press("c", "down", "space", "down", "space", "down", "space", "down", "space", "esc").hides("SHARD ", "EVENT ", " TABLE  ", "KEY ").shows("CHANGE").fits()
	s.press("c", "r", "down", "r", "down", "r", "down", "r", "down", "r", "esc").shows("TIME UTC", "SHARD", "EVENT", "TABLE", "KEY", "CHANGE")
	for range 7 { // to the email
		s.press("c").press("esc")
	}
	s.press("c", "down", "down", "down", "down", "down", "down", "left").shows("at most 24 wide").press("left", "left", "left", "left", "left", "left", "left").shows("at most 4 wide")
	s.press("esc").shows("email 'us…")
	s.press("c", "G", "a").fits()
	for _, size := range [][2]int{{40, 8}, {60, 12}, {300, 100}} {
		s.resize(size[0], size[1]).fits().press("g").fits().press("G").fits()
	}
	s.resize(140, 40).press("g", "down", "down", "down", "down", "down", "down")
	for range 25 {
		s.press("right")
	}
	s.hides("at most").press("esc").hides("email 'us…")
}

// TestHiddenBySettings: what the settings hide is hidden until somebody shows it.
func TestHiddenBySettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "columns.json")
	f := liveShop(t)
	s := f.remembered(path, "settings", keyspace+".corder.status").hides("settings {", "status 'pending'").shows("phone NULL")
	s.press("k", "enter").upTo("update shop.corder").press("d").chooses("● status").press("d")
	f.remembered(path, keyspace+".corder.status", "settings").hides("settings {")
	s = f.remembered(path, "settings")
	s.perform(s.model.changeColumn(draw.ColumnChange{Name: "settings", Everywhere: true}))
	f.remembered(path, "settings").shows("settings {")
	if err := os.WriteFile(path, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.remembered(path).shows("columns are not remembered", "columns.json").fits()
}

// TestColumnsOfTables: what is said of a table counts there, else what is said of all.
func TestColumnsOfTables(t *testing.T) {
	var c draw.Columns
	c.Apply(draw.ColumnChange{Name: "a", Everywhere: true, To: draw.Column{Hidden: true}})
	c.Apply(draw.ColumnChange{Table: "k.t", Name: "a", To: draw.Column{Width: 9}})
	if c.Column("k.t", "a").Width != 9 || c.Column("k.t", "a").Hidden || !c.Column("k.u", "a").Hidden || c.Column(draw.LogTable, "a").Hidden {
		t.Errorf("%+v", c)
	}
	other := c.Clone()
	c.Apply(draw.ColumnChange{Name: "a", Everywhere: true})
	if c.Column("k.t", "a") != (draw.Column{}) || c.Column("k.u", "a") != (draw.Column{}) || other.Column("k.t", "a").Width != 9 {
		t.Errorf("%+v %+v", c, other)
	}
}
