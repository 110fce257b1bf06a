//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// TestIgnoredHangup: a run whose hangups are ignored, as under nohup, goes on
// after one; else it ends with it.
func TestIgnoredHangup(t *testing.T) {
	for _, ignored := range []bool{true, false} {
		if !ignored && signal.Ignored(syscall.SIGHUP) {
			continue // the tests run under nohup, and what is ignored stays so
		}
		shell := `exec "$@"`
		if ignored {
			shell = `trap "" HUP; ` + shell
		}
		cmd := exec.CommandContext(t.Context(), "sh", "-c", shell, "sh", os.Args[0], "--demo", "--demo-rate", "500", "-o", "json")
		cmd.Env = append(os.Environ(), "VTSCOPE_TEST_PROGRAM="+os.DevNull, "XDG_STATE_HOME="+t.TempDir())
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		hung := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		lines := bufio.NewScanner(out)
		read := func(n int) {
			for ; n > 0 && lines.Scan(); n-- {
			}
		}
		read(10)
		_ = cmd.Process.Signal(syscall.SIGHUP)
		want := exitSignal + int(syscall.SIGHUP)
		if ignored {
			read(1000)
			_ = cmd.Process.Signal(syscall.SIGTERM)
			want = exitSignal + int(syscall.SIGTERM)
		}
		for lines.Scan() {
		}
		_ = cmd.Wait()
		hung.Stop()
		if code := cmd.ProcessState.ExitCode(); code != want {
			t.Errorf("ignored %v: ends with %d, want %d", ignored, code, want)
		}
	}
}
