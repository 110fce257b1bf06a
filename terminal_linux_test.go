package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A terminalRun is the program in a process of its own, on a terminal of its own.
type terminalRun struct {
	t      *testing.T
	cmd    *exec.Cmd
	master *os.File
	report string

	mu   sync.Mutex
	tail []byte // of what it has written
	more chan struct{}
}

// openTerminal gives both ends of a pseudoterminal of 120×40.
func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudoterminals here: ", err)
	}
	fd := int(master.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: 120})
	}
	if err == nil {
		slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

// onTerminal starts the program.
func onTerminal(t *testing.T, args ...string) *terminalRun {
	t.Helper()
	master, slave := openTerminal(t)
	defer slave.Close()
	r := &terminalRun{t: t, master: master, report: filepath.Join(t.TempDir(), "status"), more: make(chan struct{}, 1)}
	r.cmd = exec.CommandContext(t.Context(), os.Args[0], args...)
	r.cmd.Env = append(os.Environ(), "VTSCOPE_TEST_PROGRAM="+r.report, "XDG_STATE_HOME="+t.TempDir(), "TERM=xterm-256color")
	r.cmd.Stdin, r.cmd.Stdout, r.cmd.Stderr = slave, slave, slave
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go r.read()
	return r
}

// keptTail is how much of the newest output is kept at least, in bytes.
const keptTail = 1 << 20

// read keeps the newest of what the program writes.
func (r *terminalRun) read() {
	b := make([]byte, 64<<10)
	for {
		n, err := r.master.Read(b)
		r.mu.Lock()
		r.tail = append(r.tail, b[:n]...)
		if len(r.tail) > 2*keptTail {
			r.tail = bytes.Clone(r.tail[len(r.tail)-keptTail:])
		}
		r.mu.Unlock()
		select {
		case r.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// written is the newest of what the program has written.
func (r *terminalRun) written() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(r.tail)
}

// shows waits until the program has written a text.
func (r *terminalRun) shows(text string) {
	r.t.Helper()
	for deadline := time.After(patience); ; {
		if strings.Contains(r.written(), text) {
			return
		}
		select {
		case <-r.more:
		case <-deadline:
			r.t.Fatalf("%q is not shown; at last there was\n%q", text, cut(r.written()))
		}
	}
}

// press types keys.
func (r *terminalRun) press(keys string) {
	r.t.Helper()
	if _, err := r.master.WriteString(keys); err != nil {
		r.t.Fatal(err)
	}
}

// end waits for the program's end and gives its exit code, and how much memory
// it has held at most.
func (r *terminalRun) end() (code int, memory int64) {
	r.t.Helper()
	ended := time.AfterFunc(patience, func() { _ = r.cmd.Process.Kill() })
	defer ended.Stop()
	_ = r.cmd.Wait()
	r.master.Close()
	return r.cmd.ProcessState.ExitCode(), mostMemory(r.report)
}
