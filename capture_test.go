package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// everything is printed of a run: what a replay has to print again.
var everything = []string{"-o", "json", "--events", "all"}

// recorded records the demo into a file, and gives what was printed.
func recorded(t *testing.T, file string, args ...string) string {
	t.Helper()
	live := program(t, append(append([]string{"--demo", "--demo-rate", "500", "--record", file}, everything...), args...)...)
	if live.code != 0 || !strings.Contains(live.messages, "recorded ") {
		t.Fatalf("recording ends with %d: %s", live.code, live.messages)
	}
	return live.out
}

// TestReplayPrintsWhatTheRunPrinted, byte for byte: a copy, the changes after it, and the
// stream's states. Every format, filter and limit does what it does live.
func TestReplayPrintsWhatTheRunPrinted(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "demo.vts")
	live := recorded(t, file, "--from", "copy", "--demo-rows", "300", "-n", "4000")
	if again := program(t, append([]string{"--replay", file, "-n", "4000"}, everything...)...); again.code != 0 || again.out != live {
		t.Errorf("the replay ends with %d and prints %d bytes of %d: %s", again.code, len(again.out), len(live), again.messages)
	}
	// The message that had the last event is in the capture as a whole.
	whole := program(t, append([]string{"--replay", file}, everything...)...).out
	if !strings.HasPrefix(whole, live[:strings.LastIndex(live, `{"event":"status"`)]) {
		t.Error("without a limit, the replay begins otherwise")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode: %v, %v", info.Mode(), err)
	}
	rows := regexp.MustCompile(`(?m)^\{"event":"(copy|insert|update|delete)".*"table":"corder".*$`).FindAllString(whole, -1)
	some := program(t, "--replay", file, "-t", "corder", "-o", "json", "--events", "row")
	if some.out != strings.Join(rows, "\n")+"\n" {
		t.Errorf("%d lines of corder, and %d were printed live: %s", strings.Count(some.out, "\n"), len(rows), some.messages)
	}
	for _, args := range [][]string{{"-o", "text"}, {"-o", "sql"}, {"-o", "undo-sql", "--events", "row"}, {"-o", "csv", "-t", "order_item"}, {"--where", "_event = 'update'", "-n", "5"}, {"--until", "copied"}} {
		if got := program(t, append([]string{"--replay", file}, args...)...); got.code != 0 || got.out == "" {
			t.Errorf("%q ends with %d and prints %d bytes: %s", args, got.code, len(got.out), got.messages)
		}
	}
}

// TestReplayThroughAPipe: a recording on one side, its replay on the other.
func TestReplayThroughAPipe(t *testing.T) {
	t.Parallel()
	sent := program(t, "--demo", "--demo-rate", "500", "--record", "-", "-n", "200")
	if sent.code != 0 || sent.out == "" {
		t.Fatalf("ends with %d: %s", sent.code, sent.messages)
	}
	got := programReading(t, bytes.NewReader([]byte(sent.out)), "--replay", "-", "-o", "json")
	if lines := strings.Count(got.out, "\n"); got.code != 0 || lines < 200 {
		t.Errorf("ends with %d and prints %d lines: %s", got.code, lines, got.messages)
	}
}

// TestWrongCaptures: what cannot be read or written is said before anything happens, and
// what is there stays.
func TestWrongCaptures(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, other, short := filepath.Join(folder, "a.vts"), filepath.Join(folder, "b.txt"), filepath.Join(folder, "cut.vts")
	live := recorded(t, file, "-n", "300")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(other, []byte("hello"), 0o600)
	os.WriteFile(short, content[:len(content)*2/3], 0o600)
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--demo", "--record", file}, 2, "it exists: name another file, or add --force"},
		{[]string{"--demo", "--record", folder}, 2, "it is a folder"},
		{[]string{"--demo", "--record", filepath.Join(folder, "no", "x")}, 2, "no such file"},
		{[]string{"--replay", other}, 2, "it is no capture"},
		{[]string{"--replay", filepath.Join(folder, "none")}, 2, "no such file"},
		{[]string{"--replay", folder}, 2, "it is a folder"},
		{[]string{"--replay", file, "--record", file, "--force"}, 2, "recorded onto itself"},
		{[]string{"--replay", short, "-o", "json"}, 1, "the capture is cut off here"},
		{[]string{"--replay", file, "--from", "copy"}, 2, "--replay reads a capture"},
		{[]string{"--replay", file, "--vtgate", "x:1"}, 2, "--replay reads a capture"},
		{[]string{"--replay", file, "--demo"}, 2, "--replay reads a capture"},
		{[]string{"--replay", file, "--speed", "fast"}, 2, "such as 0.5 or 10"},
		{[]string{"--replay", file, "--since", "noon"}, 2, "write a time such as 10:30"},
		{[]string{"--replay", file, "--since", "2001-01-01", "--to", "2001-01-02"}, 2, "nothing was recorded then: "},
		{[]string{"--replay", file, "--since", "2031-01-02", "--to", "2031-01-01"}, 2, "is before --since"},
		{[]string{"--replay", file, "nowhere"}, 2, "the capture has no keyspace nowhere, only shop"},
		{[]string{"--speed", "2"}, 2, "--speed needs --replay FILE"},
		{[]string{"--demo", "--force"}, 2, "--force replaces the file of --record"},
		{[]string{"--demo", "--record", filepath.Join(folder, "s.vts"), "--record-files", "3"}, 2, "how large is one?"},
		{[]string{"--demo", "--record", "-", "-o", "json"}, 2, "leave out -o json"},
	} {
		got := program(t, test.args...)
		if got.code != test.code || !strings.Contains(got.messages, test.says) {
			t.Errorf("%q ends with %d: %s", test.args, got.code, got.messages)
		}
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, content) {
		t.Error("the capture is another now")
	}
	// What comes before the cut is printed.
	if got := program(t, append([]string{"--replay", short}, everything...)...); len(got.out) < len(live)/4 || !strings.HasPrefix(live, got.out[:len(live)/4]) {
		t.Errorf("of the capture that is cut off, %d bytes are printed", len(got.out))
	}
	if got := program(t, "--demo", "--record", file, "--force", "-n", "1"); got.code != 0 {
		t.Errorf("--force ends with %d: %s", got.code, got.messages)
	}
}

// TestRecordingInSegments keeps the newest of them, each of which can be replayed.
func TestRecordingInSegments(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	night := filepath.Join(folder, "night.vts")
	live := program(t, "--demo", "--demo-rate", "20000", "--record", night, "--record-size", "100KiB", "--record-files", "2", "-o", "json", "--events", "all", "-n", "120000")
	if said := regexp.MustCompile(`recorded [0-9.]+ MiB in \d+ files, of which are kept \S+night\.\d+\.vts to (\S+); .* vtscope --replay (\S+)\n`).FindStringSubmatch(live.messages); live.code != 0 || said == nil || said[1] != said[2] {
		t.Errorf("ends with %d: %s", live.code, live.messages)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 || entries[0].Name() == "night.0001.vts" {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, entry := range entries {
		got := program(t, "--replay", filepath.Join(folder, entry.Name()), "-o", "json")
		if got.code != 0 || !strings.Contains(got.out, `"event":"insert"`) || strings.Contains(got.messages, "problem") {
			t.Errorf("%s ends with %d: %s", entry.Name(), got.code, got.messages)
		}
	}
	last := filepath.Join(folder, entries[1].Name())
	if got := program(t, "--replay", last, "--record", filepath.Join(folder, "night.vts"), "--record-size", "1MiB", "--force", "-o", "json"); got.code != 2 || !strings.Contains(got.messages, "recorded onto itself") {
		t.Errorf("onto what is replayed it ends with %d: %s", got.code, got.messages)
	}
	if got := program(t, "--demo", "--record", filepath.Join(folder, "night.vts"), "--record-size", "1MiB", "-n", "1"); got.code != 2 || !strings.Contains(got.messages, "exists: name another file") {
		t.Errorf("over those of an earlier run it ends with %d: %s", got.code, got.messages)
	}
}

// TestMaskedRecording: values that are masked are nowhere, live, recorded or replayed; also
// where they are masked afterwards.
func TestMaskedRecording(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	live, plain, later := filepath.Join(folder, "live.vts"), filepath.Join(folder, "plain.vts"), filepath.Join(folder, "later.vts")
	copied := []string{"--from", "copy", "--demo-rows", "400", "-n", "2000"}
	masks := []string{"--mask", "customer.*", "--mask", "*.user_agent", "--mask-key"}
	recorded(t, plain, copied...)
	shown := recorded(t, live, append(copied, masks...)...)
	if got := program(t, append([]string{"--replay", plain, "--record", later}, masks...)...); got.code != 0 {
		t.Fatalf("ends with %d: %s", got.code, got.messages)
	}
	names := regexp.MustCompile(`@(example|shop|mail|post)\.|Mozilla|ShopApp|curl/`)
	if !names.MatchString(unpacked(t, plain)) {
		t.Fatal("nothing is there that could be masked")
	}
	for name, text := range map[string]string{"what was shown": shown, "the capture": unpacked(t, live), "the one made later": unpacked(t, later)} {
		if found := names.FindString(text); found != "" {
			t.Errorf("%s has %q", name, found)
		}
	}
	for _, file := range []string{live, later} {
		again := program(t, "--replay", file, "-o", "json")
		for _, want := range []string{`"email":"***"`, `"order_id":"key_`, `"status":"p`} {
			if !strings.Contains(again.out, want) {
				t.Errorf("the replay of %s does not print %s", filepath.Base(file), want)
			}
		}
		if !strings.Contains(again.messages, "the capture is masked: the values of customer.*, *.user_agent and the keys were left out") {
			t.Errorf("says %s", again.messages)
		}
		sql := program(t, "--replay", file, "-o", "sql", "-t", "customer")
		if sql.code != 1 || !strings.Contains(sql.out, "-- NOT") || strings.Contains(sql.out, "\nINSERT") {
			t.Errorf("SQL of masked rows ends with %d: %.300s", sql.code, sql.out)
		}
	}
	if got := program(t, "--demo", "--mask", "emial", "-n", "1"); got.code != 0 || !strings.Contains(got.messages, "--mask emial: no column that came has that name") {
		t.Errorf("ends with %d: %s", got.code, got.messages)
	}
	if got := program(t, "--demo", "--mask", "a.b.c"); got.code != 2 || !strings.Contains(got.messages, "neither COLUMN nor TABLE.COLUMN") {
		t.Errorf("ends with %d: %s", got.code, got.messages)
	}
}

// unpacked is all that a capture holds.
func unpacked(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	decoder, err := zstd.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(decoder)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain) + string(content) // the index is as it is
}

// TestSummary says what a capture holds, as text, Markdown and JSON, and what differs from
// another.
func TestSummary(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, other := filepath.Join(folder, "a.vts"), filepath.Join(folder, "b.vts")
	recorded(t, file, "-n", "4000")
	recorded(t, other, "-n", "400", "-t", "corder")
	for args, has := range map[string][]string{
		"":                               {"\nTABLES\ntable ", "shop.corder ", "\nKINDS OF TRANSACTIONS\n", "insert corder, insert order_item, update product", "\nLARGEST TRANSACTIONS\n", "\nPOSITIONS\nat the start: [{", "MySQL56/"},
		"-o markdown":                    {"### Tables\n\n| table | inserts |", "|---:|", "| shop.order_item |"},
		"-o json":                        {`"tables": [`, `"does": "insert corder, insert order_item, update product"`, `"begin": [`},
		"-t corder":                      {"in 1 table on"},
		"--where changed(status)":        {"in 1 table on"},
		"--against " + file:              {"much the same"},
		"--against " + other:             {"shop.product", "new\n"},
		"--against-since 2001-01-01":     {"much the same"},
		"-o markdown --against " + other: {"### Kinds of transactions", "| new |"},
	} {
		got := program(t, append([]string{"--replay", file, "--summary"}, strings.Fields(args)...)...)
		if got.code != 0 {
			t.Errorf("%s ends with %d: %s", args, got.code, got.messages)
		}
		for _, text := range has {
			if !strings.Contains(got.out, text) {
				t.Errorf("%s: no %q in\n%s", args, text, got.out)
			}
		}
	}
	if got := program(t, "--demo", "--from", "copy", "--demo-rows", "300", "--summary", "--until", "copied"); got.code != 0 || !strings.Contains(got.out, "shop.corder") {
		t.Errorf("of a live run: %d, %s%s", got.code, got.out, got.messages)
	}
	for args, says := range map[string]string{
		"--demo --summary":                                        "say when, with --for",
		"--demo --against x":                                      "add --summary",
		"--demo -o markdown":                                      "a form of --summary",
		"--demo --for 1s --summary --against-to 1:00":             "name it with --against FILE",
		"--replay - --summary --against-to 10:00":                 "--against needs a file",
		"--replay x --against-to 10:00":                           "add --summary",
		"--replay x --summary --against-since noon":               "--against-since noon: write a time such as",
		"--replay " + file + " --summary --against-to 2001-01-01": "nothing was recorded then",
		"--replay " + file + " --summary --against-to 2001-01-01 --against-since 2002-01-01": "--against-to 2001-01-01 00:00:00",
		"--replay x --summary -o csv":                 "the forms are text, json and markdown",
		"--replay x --summary -n 3":                   "--summary prints none",
		"--replay " + file + " --summary --against x": "no such file",
	} {
		if got := program(t, strings.Fields(args)...); got.code != 2 || !strings.Contains(got.messages, says) {
			t.Errorf("%s ends with %d: %s", args, got.code, got.messages)
		}
	}
}

// TestReplayOfWhatACaptureDoesNotHave warns of names that it has no row of.
func TestReplayOfWhatACaptureDoesNotHave(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.vts")
	recorded(t, file, "-n", "300")
	for _, test := range []struct{ arg, value, warning string }{
		{"-t", "corde", "-t corde: the capture has no row of such a table; did you mean corder?"},
		{"-t", "/^x/", "-t /^x/: the capture has no row of such a table"},
		{"--where", "_event = 'updte'", "there is no event updte; did you mean 'update'?"},
		{"--where", "_event = 'ddl'", "only row changes are filtered here"},
		{"--where", "_shard = '0-1'", "no shard that is streamed is called 0-1"},
		{"--where", "_table = 'corders'", "no table that is streamed is called corders; did you mean 'corder'?"},
		{"", "shop:0-10", "the capture has no row of shop:0-10, only of the shards"},
		{"-t", "corder", ""},
	} {
		args := []string{"--replay", file, "-o", "json", test.value}
		if test.arg != "" {
			args = []string{"--replay", file, "-o", "json", test.arg, test.value}
		}
		got := program(t, args...)
		if got.code != 0 || !strings.Contains(got.messages, test.warning) || test.warning == "" && strings.Contains(got.messages, "warning") {
			t.Errorf("%s %s ends with %d: %s", test.arg, test.value, got.code, got.messages)
		}
	}
}

// TestRecordingAPartOfACapture: what the targets and -t leave out is not recorded.
func TestRecordingAPartOfACapture(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "a.vts")
	recorded(t, file, "-n", "1000")
	for part, args := range map[string][]string{"table": {"-t", "corder"}, "shard": {"shop:c0-"}} {
		copied := filepath.Join(folder, part+".vts")
		chosen := program(t, append([]string{"--replay", file, "-o", "json", "--record", copied}, args...)...)
		again := program(t, append([]string{"--replay", copied}, everything...)...)
		if chosen.code != 0 || again.code != 0 || chosen.out == "" {
			t.Errorf("%s: ends with %d and %d: %s%s", part, chosen.code, again.code, chosen.messages, again.messages)
		}
		rows := regexp.MustCompile(`(?m)^\{"event":"(copy|insert|update|delete|ddl)".*$`).FindAllString(again.out, -1)
		if strings.Join(rows, "\n")+"\n" != chosen.out {
			t.Errorf("%s: %d rows are recorded, and %d were chosen", part, len(rows), strings.Count(chosen.out, "\n"))
		}
		for _, other := range map[string][]string{"table": {"payment", "session"}, "shard": {"-40", "80-c0"}}[part] {
			if part == "table" && strings.Contains(unpacked(t, copied), other) || part == "shard" && strings.Contains(again.out, `"shard":"`+other+`"`) {
				t.Errorf("%s: %s is in the capture", part, other)
			}
		}
	}
}

// TestReplayThatDoesNotGetThere: the point of --until is not taken for reached.
func TestReplayThatDoesNotGetThere(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.vts")
	recorded(t, file, "-n", "100")
	got := program(t, "--replay", file, "-o", "json", "--until", "shop:c0-@MySQL56/0ca4f274-1319-11e8-9017-a0097676442a:1-100000")
	if got.code != 1 || !strings.Contains(got.messages, "the recording ends before that") || strings.Count(got.out, "\n") < 20 {
		t.Errorf("it ends with %d: %s", got.code, got.messages)
	}
}

// TestComparisonWithADamagedCapture: what can be read of it is compared, and the rest told.
func TestComparisonWithADamagedCapture(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "a.vts")
	recorded(t, file, "-n", "2000")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(content)
	damaged[len(damaged)/2] ^= 4
	for name, test := range map[string]struct {
		content []byte
		says    string
	}{
		"damaged.vts": {damaged, "the capture is damaged in 1 place, which was passed over"},
		"cut.vts":     {content[:len(content)/2], "the capture is cut off here"},
	} {
		other := filepath.Join(folder, name)
		if err := os.WriteFile(other, test.content, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, run := range [][]string{{"--demo", "--for", "2s"}, {"--replay", file}} {
			got := program(t, append(run, "--summary", "--against", other)...)
			if got.code != 1 || !strings.Contains(got.out, "not read") || !strings.Contains(got.messages, "--against "+other+": "+test.says) {
				t.Errorf("%v against %s ends with %d: %s%s", run, name, got.code, got.out, got.messages)
			}
		}
		// A recording of its replay tells of it, too.
		again := filepath.Join(folder, "again-"+name)
		program(t, "--replay", other, "--record", again)
		if got := program(t, "--replay", again, "--summary"); !strings.Contains(got.out, "1 problem") {
			t.Errorf("the recording of %s: %s", name, got.out)
		}
	}
	if got := program(t, "--demo", "--summary", "--for", "1h", "--against", filepath.Join(folder, "none")); got.code != 2 || !strings.Contains(got.messages, "no such file") {
		t.Errorf("against no file: %d, %s", got.code, got.messages)
	}
}
