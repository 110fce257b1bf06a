package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// vtscope runs the program and gives its exit code, output and messages.
func vtscope(t *testing.T, args ...string) (code int, out, messages string) {
	t.Helper()
	stdout, stderr := os.Stdout, os.Stderr
	defer func() { os.Stdout, os.Stderr = stdout, stderr }()
	folder := t.TempDir()
	files := make([]string, 2)
	for i, target := range []**os.File{&os.Stdout, &os.Stderr} {
		file, err := os.CreateTemp(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		*target, files[i] = file, file.Name()
	}
	code = Run(args)
	return code, readFile(t, files[0]), readFile(t, files[1])
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestUntil(t *testing.T) {
	position := filepath.Join(t.TempDir(), "position")
	code, _, messages := vtscope(t, "--demo", "--demo-rate", "0", "-o", "json", "--until", "caught-up", "--save-position", position)
	if code != exitOK {
		t.Fatalf("caught-up: exit code %d, %s", code, messages)
	}
	for _, test := range []struct {
		args string
		code int
		says string // the end of the output, or part of the messages
	}{
		{"--from copy --until copied", exitOK, `{"event":"copy_completed"}`},
		{"--from copy --until caught-up --events position,copy_completed", exitOK, "}"},
		{"--until copied", exitUsage, "--until copied: there is no copy"},
		{"--until caught-up --no-queries", exitUsage, "leave out --no-queries"},
		{"--until soon", exitUsage, "--until: the position"},
		{"--until @" + position, exitOK, ""},
		{"--from @" + position + " --until @" + position, exitOK, ""},
		{"--until shop:-20@MySQL56/90a3e2d2-e67e-11f1-a140-02fc00000001:1-5", exitUsage, "shop/-20 is not in the stream"},
	} {
		args := append(strings.Fields(test.args), "--demo", "-o", "json", "--demo-rows", "50")
		code, out, messages := vtscope(t, args...)
		said := strings.HasSuffix(strings.TrimSpace(out), test.says)
		if test.code != exitOK {
			said = strings.Contains(messages, test.says)
		}
		if code != test.code || !said {
			t.Errorf("%s: exit code %d, want %d with %q; it says %s", test.args, code, test.code, test.says, messages)
		}
	}
}

// TestSavedPosition is where the closing line says, and can be resumed from.
func TestSavedPosition(t *testing.T) {
	path := filepath.Join(t.TempDir(), "position")
	code, _, messages := vtscope(t, "--demo", "-o", "text", "--demo-rate", "500", "-n", "40", "--save-position", path)
	saved := strings.TrimSpace(readFile(t, path))
	if code != exitOK || saved == "" || !strings.Contains(messages, "'"+saved+"'") {
		t.Errorf("exit code %d, saved %s, said %s", code, saved, messages)
	}
	if position, err := stream.ParsePosition(saved); err != nil || !position.IsResumable() {
		t.Errorf("saved %s: %v", saved, err)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
	code, _, messages = vtscope(t, "--demo", "-o", "text", "--save-position", filepath.Join(path, "below"))
	if code != exitUsage || !strings.Contains(messages, "--save-position") {
		t.Errorf("a file that cannot be: exit code %d, %s", code, messages)
	}
}

func TestCheckPosition(t *testing.T) {
	path := filepath.Join(t.TempDir(), "position")
	vtscope(t, "--demo", "--demo-rate", "0", "-o", "json", "--until", "caught-up", "--save-position", path)
	code, out, messages := vtscope(t, "--demo", "--demo-rate", "0", "--check-position", "@"+path)
	if code != exitOK || strings.Count(out, ": usable: 0 transactions since\n") != 4 {
		t.Errorf("exit code %d, %s, %s", code, out, messages)
	}
	code, out, _ = vtscope(t, "--demo", "-o", "json", "--check-position", "shop:-40@90a3e2d2-e67e-11f1-a140-02fc00000001:1-5|shop:x@90a3e2d2-e67e-11f1-a140-02fc00000001:1-5")
	var verdicts []verdictLine
	for line := range strings.Lines(out) {
		var v verdictLine
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		verdicts = append(verdicts, v)
	}
	if code != exitEnded || len(verdicts) != 2 || *verdicts[0].Usable || *verdicts[1].Usable || !strings.Contains(verdicts[1].Reason, "unknown shard") {
		t.Errorf("exit code %d, %s", code, out)
	}
	for _, args := range [][]string{{"current"}, {"@" + path + ".missing"}, {"nonsense"}, {"@" + path, "--no-queries"}} {
		if code, out, messages := vtscope(t, append([]string{"--demo", "--check-position"}, args...)...); code != exitUsage || out != "" {
			t.Errorf("%v: exit code %d, %s", args, code, messages)
		}
	}
}

// at is a position whose GTID set ends with n.
func at(n string) stream.Position {
	return stream.Position{Shards: []*binlogdata.ShardGtid{{
		Keyspace: "k", Shard: "0", Gtid: "MySQL56/90a3e2d2-e67e-11f1-a140-02fc00000001:1-" + n,
	}}}
}

// comeTo lets the stream be at another position.
func comeTo(file *positionFile, n string) {
	file.mu.Lock()
	defer file.mu.Unlock()
	file.progress = stream.NewProgress(at(n))
}

// A slowSink fails to flush where it is told to.
type slowSink struct{ err error }

func (s *slowSink) Append(*stream.Record) error { return nil }
func (s *slowSink) Flush() error                { return s.err }

// TestPositionFileKeepsWhatIsFlushed never writes the position of a frame that
// has not been flushed, and writes one that has stopped moving.
func TestPositionFileKeepsWhatIsFlushed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "position")
	synctest.Test(t, func(t *testing.T) {
		sink := &slowSink{}
		file := &positionFile{Sink: sink, path: path, progress: stream.NewProgress(at("5"))}
		end := (&pipeline{file: file}).beside(t.Context(), nil)
		record := &stream.Record{Kind: stream.Commit}
		saved := func() string {
			content, _ := os.ReadFile(path)
			_, rest, _ := strings.Cut(string(content), ":1-")
			number, _, _ := strings.Cut(rest, `"`)
			return number
		}
		expect := func(when, want string) {
			if got := saved(); got != want {
				t.Errorf("%s: the file has %q, want %q", when, got, want)
			}
		}
		_ = file.Append(record)
		time.Sleep(3 * time.Second)
		expect("a frame under way", "")
		_ = file.Flush()
		expect("flushed", "5")
		_ = file.Append(record)
		comeTo(file, "6")
		_ = file.Flush()
		expect("again, at once", "5")
		time.Sleep(2 * time.Second)
		expect("silence", "6")
		_ = file.Append(record)
		comeTo(file, "7")
		sink.err = errors.New("disk full")
		if err := file.Flush(); err == nil {
			t.Error("the sink's error is lost")
		}
		end()
		if err := file.end(sink.err); err != nil {
			t.Error(err)
		}
		expect("a flush that failed", "6")
	})
}
