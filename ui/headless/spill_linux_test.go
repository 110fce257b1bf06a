package headless_test

import (
	"os"
	"testing"

	"vtscope/ui/headless"
)

// TestSpilledTransactionsAreLetGo: one that is abandoned, or open at the end,
// leaves no file open.
func TestSpilledTransactionsAreLetGo(t *testing.T) {
	defer headless.SetOpenMemory(0, 0)()
	before := openFiles(t)
	f := newFeed(headless.Options{})
	f.expect(t, "", begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a")))
	if n := openFiles(t); n <= before {
		t.Fatal("no file is open")
	}
	if err := f.decoder.Reset(); err != nil {
		t.Fatal(err)
	}
	if n := openFiles(t); n != before {
		t.Errorf("%d files are open after a transaction is abandoned, not %d", n, before)
	}
	f.expect(t, "", begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a")))
	if err := f.End(); err != nil {
		t.Fatal(err)
	}
	if n := openFiles(t); n != before {
		t.Errorf("%d files are open at the end, not %d", n, before)
	}
}

func openFiles(t *testing.T) int {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}
