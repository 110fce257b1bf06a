package headless_test

import (
	"path/filepath"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/binlogdata"

	"vtscope/ui/headless"
)

// twoAtOnce are the frames of two transactions whose rows come in turns.
func twoAtOnce(rowsOfEach int) [][]*binlogdata.VEvent {
	frames := [][]*binlogdata.VEvent{
		{begin("-80", 1), fields("-80", 1, id, name)},
		{begin("80-", 7), fields("80-", 7, id, name)},
	}
	for i := range rowsOfEach {
		frames = append(frames,
			[]*binlogdata.VEvent{rows("-80", 1, insert(2*i, "left"))},
			[]*binlogdata.VEvent{rows("80-", 7, insert(2*i+1, strings.Repeat("r", i)))})
	}
	return append(frames,
		[]*binlogdata.VEvent{position("80-", 7), commit("80-", 7)},
		[]*binlogdata.VEvent{begin("-80", 2), rows("-80", 2, insert(-1, "-- none")), position("-80", 2), commit("-80", 2)},
		[]*binlogdata.VEvent{position("-80", 1), commit("-80", 1)})
}

// TestSpilledTransactionsPrintAlike: in a temporary file or in memory, an open
// transaction prints the same, in every format, with a limit and without.
func TestSpilledTransactionsPrintAlike(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	for _, format := range []*headless.Format{headless.Text, headless.JSON, headless.CSV, headless.SQL, headless.UndoSQL} {
		for _, limit := range []uint64{0, 1, 29, 31, 60, 61} {
			printed := func(open, spilled int) string {
				defer headless.SetOpenMemory(open, spilled)()
				f := newFeed(headless.Options{Format: format, Limit: limit})
				for _, events := range twoAtOnce(30) {
					if f.send(t, events...) != nil {
						break
					}
				}
				if err := f.End(); err != nil {
					t.Fatal(err)
				}
				return f.out.String()
			}
			want := printed(64<<20, 8<<20)
			if want == "" {
				t.Fatalf("%v: nothing is printed", format)
			}
			for _, memory := range [][2]int{{0, 0}, {1, 1}, {300, 100}, {1000, 1}, {2000, 5000}} {
				if got := printed(memory[0], memory[1]); got != want {
					t.Errorf("%v, limit %d, %d bytes in memory: prints\n%s\nnot\n%s", format, limit, memory, got, want)
				}
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("%q are left behind", left)
	}
}

// TestFullDisk ends the run with what to do.
func TestFullDisk(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	defer headless.SetOpenMemory(1<<20, 0)()
	f := newFeed(headless.Options{})
	f.expect(t, "", begin("-80", 1), fields("-80", 1, id, name))
	err := f.send(t, rows("-80", 1, insert(1, strings.Repeat("x", 2<<20))))
	if err == nil || !strings.Contains(err.Error(), "$TMPDIR") || !strings.Contains(err.Error(), "1 MiB") {
		t.Errorf("ends with %v", err)
	}
}
