package ui

import (
	"context"
	"io"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// A typist is a keyboard that types what comes from a channel.
type typist chan string

func (keys typist) Read(p []byte) (int, error) {
	text, open := <-keys
	if !open {
		return 0, io.EOF
	}
	return copy(p, text), nil
}

// A meter counts what is written.
type meter struct{ bytes atomic.Int64 }

func (m *meter) Write(p []byte) (int, error) {
	m.bytes.Add(int64(len(p)))
	return len(p), nil
}

// TestBytesToTheTerminal counts, on a clock of its own, what a whole program
// sends to a terminal of 120×40 each second at 20 transactions a second: while it
// follows, while it is paused, and again with wide characters in every row.
func TestBytesToTheTerminal(t *testing.T) {
	for name, wide := range map[string]bool{"latin": false, "wide": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFixture(t)
				f.clock = time.Now()
				f.deliver(f.hello())
				keys, out := make(typist), &meter{}
				ended := make(chan error, 1)
				go func() {
					ended <- run(context.Background(), Options{
						Store: f.store, Progress: f.progress, Target: keyspace, Colour: true, Now: time.Now,
						Input: keys, Output: out, Environment: []string{"TERM=xterm-256color"},
					}, tea.WithWindowSize(120, 40), tea.WithColorProfile(colorprofile.ANSI))
				}()
				perSecond := func(seconds int) int64 {
					before := out.bytes.Load()
					for i := range 20 * seconds {
						f.clock = time.Now()
						if wide {
							f.deliver(f.commit(i%4, insert(customerTable, wideCustomer(i)...)))
						} else {
							f.deliver(f.sale(i % 4))
						}
						time.Sleep(time.Second / 20)
					}
					return (out.bytes.Load() - before) / int64(seconds)
				}
				perSecond(5)
				following := perSecond(20)
				keys <- "k"
				held := perSecond(20)
				keys <- "G"
				keys <- " "
				perSecond(2)
				paused := perSecond(20)
				t.Logf("bytes a second: %d while it follows, %d at a row, %d in a pause", following, held, paused)
				most := int64(3000)
				if wide {
					most = 4000 // a row on screen takes twice the bytes
				}
				if following > most || held > most || paused > 500 || following < 1000 || paused < 20 {
					t.Error("that is too much, or nothing is drawn")
				}
				keys <- "q"
				synctest.Wait()
				close(keys)
				if err := <-ended; err != nil {
					t.Error(err)
				}
				f.store.Flush() // ends the frame command that waits
				time.Sleep(time.Minute)
			})
		})
	}
}
