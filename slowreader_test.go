package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPipeThatNobodyReads: while the output is stuck, the shards are asked, what
// holds the stream up is said, and no shard counts as stalled; the position file
// has what was printed. All of it goes on when somebody reads.
func TestPipeThatNobodyReads(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "position.json")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "--demo", "--demo-rate", "100", "-o", "json", "--save-position", file)
	cmd.Env = append(os.Environ(), "VTSCOPE_TEST_PROGRAM="+os.DevNull, "XDG_STATE_HOME="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	messages, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer hung.Stop()
	said := bufio.NewScanner(messages)
	hears := func(text string) {
		t.Helper()
		for said.Scan() {
			if strings.Contains(said.Text(), ": stalled") {
				t.Errorf("says %s", said.Text())
			}
			if strings.Contains(said.Text(), text) {
				return
			}
		}
		t.Fatalf("does not say %q", text)
	}
	hears("what reads its output, does not keep up with the stream")
	if position, err := os.ReadFile(file); err != nil || !strings.Contains(string(position), `"keyspace":"shop"`) {
		t.Errorf("the position file has %q, %v", position, err)
	}
	read := make(chan int64)
	go func() {
		n, _ := io.Copy(io.Discard, out)
		read <- n
	}()
	hears("keeps up again")
	_ = cmd.Process.Signal(syscall.SIGTERM)
	hears("events printed")
	if n := <-read; n == 0 {
		t.Error("nothing has been printed")
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitSignal+int(syscall.SIGTERM) {
		t.Errorf("ends with %d", code)
	}
}
