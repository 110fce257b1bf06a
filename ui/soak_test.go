package ui

import (
	"errors"
	"os"
	"runtime"
	"testing"
	"time"

	"vtscope/stream/demo"
)

// soakVariable says how long the soak lasts, as .ci/soak sets it.
const soakVariable = "VTSCOPE_SOAK"

// TestSoak looks for what grows: 4,096 shards on a screen whose keys are pressed all the
// time, for minutes. From a third of the time on, when the buffer is full, memory and
// goroutines stay as they are, but for the rows that the demo itself has got.
func TestSoak(t *testing.T) {
	text := os.Getenv(soakVariable)
	if text == "" {
		t.Skip(".ci/soak runs it")
	}
	whole, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	p := startProgramOn(t, demo.Options{Shards: 4096, Rate: 100, Rows: 1}, 4<<20, 120, 40)
	p.shows("● LIVE")
	keys := []string{"2", "s", "7", "f", "enter", "esc", "esc", "o", "down", "enter", "esc", "1", "3", "4", "5", "6", "o", "left", "1", "k", "enter", "T", "esc", "esc", "?", "esc", "G", "space", "space"}
	var third, worst runtime.MemStats
	goroutines, most := 0, 0
	begun := time.Now()
	for i := 0; time.Since(begun) < whole; i++ {
		p.press(keys[i%len(keys)])
		p.waitFor("answer", func() bool { return len(p.input) == 0 })
		if i%len(keys) != 0 {
			continue
		}
		p.text() // the terminal takes what comes
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
	p.press("ctrl+c")
	if err := p.end(); !errors.Is(err, ErrInterrupted) {
		t.Error(err)
	}
}
