package cli

import (
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"
)

// TestFormatsNeedTheirFlags needs no VTGate: nothing is dialled.
func TestFormatsNeedTheirFlags(t *testing.T) {
	for _, test := range []struct{ args, says string }{
		{"-o xml", "-o xml: the formats are tui, text, json, csv, sql, undo-sql"},
		{"-o csv", "-o csv prints one table: name it"},
		{"-o csv -t a -t b", "-o csv prints one table: name it"},
		{"-o csv -t /a/", "-o csv prints one table: name it"},
		{"-o csv -t a --rule", "-o csv prints one table: name it"},
		{"-o csv -t a --events row,ddl", "-o csv prints row changes and nothing else"},
		{"-o undo-sql", "the run has to end: with -n, --for, --until"},
		{"-o sql --rule", "--rule b: -o sql needs whole rows: select * from b ..."},
		{"-o undo-sql -n 1 --rule", "--rule b: -o undo-sql needs whole rows"},
	} {
		args := append([]string{"--vtgate", "127.0.0.1:1"}, strings.Fields(test.args)...)
		if strings.HasSuffix(test.args, "--rule") {
			args = append(args, "b=select id from b")
		}
		if code, out, messages := vtscope(t, args...); code != exitUsage || out != "" || !strings.Contains(messages, test.says) {
			t.Errorf("%s: exit code %d, want %d with %q; it says %s", test.args, code, exitUsage, test.says, messages)
		}
	}
	for _, args := range []string{"-o csv -t a", "-o csv --rule a=select~id~from~a", "-o sql --rule a=SELECT~*~from~a~where~id~=~1", "-o undo-sql --for 1s"} {
		words := strings.Fields(args)
		for i := range words {
			words[i] = strings.ReplaceAll(words[i], "~", " ")
		}
		if _, err := jobOf(noTerminal, words...); err != nil {
			t.Errorf("%s: %v", args, err)
		}
	}
}

// TestCopyAsCSV reads the whole table back.
func TestCopyAsCSV(t *testing.T) {
	code, out, messages := vtscope(t, "--demo", "--demo-rate", "0", "-t", "customer", "--from", "copy", "--until", "copied", "-o", "csv",
		"--where", "customer_id <= 20")
	records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if code != exitOK || err != nil || len(records) != 21 || records[0][5] != "customer_id" || records[1][0] != "copy" {
		t.Errorf("exit code %d, %d records (%v), %s", code, len(records), err, messages)
	}
}

// TestUndoTurnsStatementsRound prints the same 500 changes in both directions,
// and keeps no position before they are printed.
func TestUndoTurnsStatementsRound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "position")
	printed := func(args ...string) string {
		code, out, messages := vtscope(t, append([]string{"--demo", "--demo-shards", "1", "--save-position", path}, args...)...)
		if code != exitOK || readFile(t, path) == "" {
			t.Errorf("%v: exit code %d, %s", args, code, messages)
		}
		return out
	}
	// The demo's transactions after the first moment are the same in every run.
	printed("--demo-rate", "0", "--until", "caught-up", "-o", "json")
	changes := []string{"--demo-rate", "2000", "--from", readFile(t, path), "-n", "500", "--events", "row", "-o"}
	count := func(out string) (inserts, updates, deletes int) {
		return strings.Count(out, "\nINSERT "), strings.Count(out, "\nUPDATE "), strings.Count(out, "\nDELETE ")
	}
	inserts, updates, deletes := count(printed(append(changes, "sql")...))
	if inserts+updates+deletes != 500 || inserts == 0 || updates == 0 || deletes == 0 {
		t.Errorf("%d inserts, %d updates, %d deletes are not 500 changes", inserts, updates, deletes)
	}
	if undone, again, back := count(printed(append(changes, "undo-sql")...)); undone != deletes || again != updates || back != inserts {
		t.Errorf("%d inserts, %d updates, %d deletes are undone by %d, %d, %d", inserts, updates, deletes, back, again, undone)
	}
}

// TestWhatCannotBeUndoneIsAnError runs the demo over a DDL.
func TestWhatCannotBeUndoneIsAnError(t *testing.T) {
	code, out, messages := vtscope(t, "--demo", "--demo-rate", "2000", "-n", "1", "--events", "ddl", "-o", "undo-sql")
	if code != exitEnded || !strings.Contains(out, "-- NOT undone, DDL has no opposite: ") ||
		!strings.Contains(messages, "1 change left out, and a comment in its place; the first: DDL has no opposite") {
		t.Errorf("exit code %d, %s, %s", code, out, messages)
	}
}
