package ui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"vtscope/stream/demo"
)

// soakVariable says how long the soak lasts, as .ci/soak sets it.
const soakVariable = "VTSCOPE_SOAK"

// wholeEsc is esc as Kitty's protocol has it. A bare one begins a sequence: Bubble Tea waits
// for what follows, and while keys come this fast, that never ends.
const wholeEsc = "\x1b[27u"

// serverVariable has the test's binary be the VTGate of a soak.
const serverVariable = "VTSCOPE_SOAK_SERVER"

// TestSoakServer is the demo's VTGate in a process of its own: what its tables take is
// not the program's. It ends with its standard input.
func TestSoakServer(t *testing.T) {
	if os.Getenv(serverVariable) == "" {
		t.Skip("TestSoak runs it")
	}
	server, err := demo.Start(demo.Options{Shards: 4096, Rate: 100, Rows: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	fmt.Println(server.Addr())
	io.Copy(io.Discard, os.Stdin)
}

// soakServer starts that process and gives its address.
func soakServer(t *testing.T) string {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestSoakServer$", "-test.timeout=0")
	command.Env = append(os.Environ(), serverVariable+"=1")
	input, _ := command.StdinPipe()
	output, err := command.StdoutPipe()
	if err = errors.Join(err, command.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { input.Close(); command.Wait() })
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// TestSoak looks for what grows: 4,096 shards on a screen whose keys are pressed all the
// time, for minutes. From a third of the time on, when the buffer is full, memory and
// goroutines stay as they are.
func TestSoak(t *testing.T) {
	text := os.Getenv(soakVariable)
	if text == "" {
		t.Skip(".ci/soak runs it")
	}
	whole, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	p := connectProgram(t, soakServer(t), 4<<20, 120, 40)
	p.shows("● LIVE")
	p.blind.Store(true) // the emulator keeps every line that it scrolls
	keys := []string{"2", "s", "7", "f", "enter", "esc", "esc", "o", "down", "enter", "esc", "1", "3", "4", "5", "6", "o", "left", "1", "k", "enter", "T", "esc", "esc", "?", "esc", "G", "space", "space"}
	var third, worst runtime.MemStats
	goroutines, most := 0, 0
	begun := time.Now()
	for i := 0; time.Since(begun) < whole; i++ {
		if key := keys[i%len(keys)]; key == "esc" {
			p.write(wholeEsc)
		} else {
			p.press(key)
		}
		p.waitFor("answer", func() bool { return len(p.input) == 0 })
		if i%len(keys) != 0 {
			continue
		}
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		switch n := runtime.NumGoroutine(); {
		case time.Since(begun) < whole/3:
			third, goroutines = now, n
		default:
			if now.HeapAlloc > worst.HeapAlloc {
				worst = now
			}
			most = max(most, n)
		}
	}
	t.Logf("heap %d MiB after a third, at most %d MiB later; goroutines %d and %d", third.HeapAlloc>>20, worst.HeapAlloc>>20, goroutines, most)
	if worst.HeapAlloc > third.HeapAlloc+third.HeapAlloc/5+32<<20 || most > goroutines+goroutines/10+20 {
		t.Error("something grows")
	}
	p.blind.Store(false)
	p.press("ctrl+c")
	if err := p.end(); !errors.Is(err, ErrInterrupted) {
		t.Error(err)
	}
}
