package ui

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"vtscope/stream"
)

// exports writes the rows shown as a format, by its place in the list, and gives the file.
func (s *screen) exports(format int, name string) string {
	s.t.Helper()
	s.press("w").fits()
	for range format {
		s.press("tab")
	}
	s.types(name).press("enter").shows("written to " + name)
	content, err := os.ReadFile(name)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(content)
}

// TestRowsToAFile: those that are shown, as the headless formats print them.
func TestRowsToAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	s := liveShop(t).screen(100, 30)
	s.setFilter("_table = 'corder' and _event <> 'ddl'")
	shown := s.model.Sieve.Matches.Len()
	for place, name := range []string{"rows.txt", "rows.json", "rows.csv", "rows.sql", "undo.sql"} {
		text := s.exports(place, name)
		switch name {
		case "rows.txt":
			if n := strings.Count(text, "\n"); n != shown {
				t.Errorf("%d lines of %d rows", n, shown)
			}
		case "rows.json":
			for line := range strings.Lines(text) {
				if !json.Valid([]byte(line)) {
					t.Errorf("no JSON: %s", line)
				}
			}
		case "rows.csv":
			if records, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil || len(records) != shown+1 {
				t.Errorf("%d records of %d rows: %v", len(records), shown, err)
			}
		case "rows.sql":
			if !strings.Contains(text, "INSERT INTO `corder`") || strings.Count(text, "BEGIN;") != strings.Count(text, "COMMIT;") {
				t.Errorf("as SQL:\n%.500s", text)
			}
		case "undo.sql":
			if !strings.Contains(text, "DELETE FROM `corder`") {
				t.Errorf("to undo:\n%.500s", text)
			}
		}
	}
	if info, err := os.Stat("rows.json"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
}

// TestNoFileIsLost: one that is there is asked about, one that cannot be written stays.
func TestNoFileIsLost(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("mine", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	is := func(want string) {
		t.Helper()
		if content, err := os.ReadFile("mine"); err != nil || !strings.HasPrefix(string(content), want) {
			t.Fatalf("the file holds %.40q, %v; want %q", content, err, want)
		}
	}
	s := liveShop(t).screen(100, 30).press("w").types("mine").press("enter").shows("mine is there already").fits()
	s.press("esc").hides("is there already")
	is("mine")
	s.press("w", "tab", "tab").types("mine").press("enter", "y").shows("CSV is of one table: filter first, as in _table").press("esc")
	is("mine")
	s.press("w").types("mine").press("enter", "y").shows("written to mine")
	is("2026-11-22T")
	s.press("w").types("no/such/folder").press("enter").shows("not written: ").press("esc")
	s.setFilter("0").press("w").shows("no row is shown that could be written")
	if entries, err := os.ReadDir("."); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
	s.press("esc", "w").shows("vtscope-rows-20261122T").press("backspace", "x", "ctrl+u", "up").shows(".undo.sql").press("esc").hides("undo.sql")
	s.press("4", "w", "esc").shows("TIME UTC").hides("TIME▾") // it is about the log
	newFixture(t).screen(40, 8).press("w").shows("no row is shown").fits()
}

// TestRowsWithoutACommitAreLeftOut: nobody knows whether they will ever be.
func TestRowsWithoutACommitAreLeftOut(t *testing.T) {
	t.Chdir(t.TempDir())
	f := newFixture(t)
	f.deliver(f.hello(), f.commit(0, insert(orderTable, f.order(1, "paid")...)), f.open(1, insert(orderTable, f.order(2, "paid")...)))
	s := f.screen(140, 30)
	if text := s.exports(3, "x.sql"); strings.Count(text, "INSERT") != 1 {
		t.Errorf("as SQL:\n%s", text)
	}
	s.shows("1 row of transactions without a COMMIT left out")
	s = liveShop(t).screen(140, 30)
	s.exports(3, "y.sql")
	s.shows("1 DDL statement left out")
}

// TestOtherRowsToAFile: those that are marked, also where the filter hides them, and those
// that have what is searched for.
func TestOtherRowsToAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	lines := func(name string) int {
		t.Helper()
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(content), "\n")
	}
	s := liveShop(t).screen(100, 30).press("k", "k").toTable("corder").press("m", "U").toTable("customer").press("m")
	s.press("w").shows("Write the 2 marked rows to a file", "← → others").types("marked.txt").press("enter").shows("2 events written")
	if n := lines("marked.txt"); n != 2 {
		t.Errorf("%d lines of 2 marked rows", n)
	}
	s.setFilter("_table = 'corder'").press("w").shows("Write the 2 marked rows").press("right").shows("matching row").types("shown.txt").press("enter")
	if n := lines("shown.txt"); n != s.model.Sieve.Matches.Len() {
		t.Errorf("%d lines of %d rows", n, s.model.Sieve.Matches.Len())
	}
	s.search("'paid'").press("w", "left").shows("the rows with what is searched for").fits().types("found.txt").press("enter").shows("events written")
	want := 0
	has := s.model.textSearch(true, false).Has
	for _, row := range s.model.Sieve.Matches.Rows(nil, 0, s.model.Sieve.Matches.Len()) {
		var r stream.Record
		if s.model.Shown.At(row, &r) && has(&r) {
			want++
		}
	}
	if n := lines("found.txt"); n != want || n == 0 {
		t.Errorf("%d lines of %d rows found", n, want)
	}
	for _, size := range [][2]int{{40, 8}, {300, 100}} {
		s.resize(size[0], size[1]).press("w").fits().press("esc")
	}
}
