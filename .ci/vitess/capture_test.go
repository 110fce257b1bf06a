//go:build cluster

package cluster

import (
	"bytes"
	"os"
	"syscall"
)

// replay ends the run, and replays what it has recorded: the same is printed byte for byte,
// and as SQL it gives MySQL's tables.
func (r *faultRun) replay() {
	r.t.Helper()
	tables := []string{"corder"}
	want := contents(r.t, "customer", tables)
	r.scope.signal(syscall.SIGINT)
	<-r.scope.done
	live, err := os.ReadFile(r.lines)
	if err != nil {
		r.t.Fatal(err)
	}
	again := printed(r.t, "--replay", r.capture, "-o", "json", "--events", faultEvents)
	if !bytes.Equal(live, []byte(again)) {
		at := 0
		for at < min(len(live), len(again)) && live[at] == again[at] {
			at++
		}
		r.t.Errorf("the replay prints %d bytes, and the run printed %d; they differ at byte %d: %.300q and %.300q",
			len(again), len(live), at, again[at:], live[at:])
	}
	s := newScratch(r.t, "customer", tables)
	s.mysql("scratch", printed(r.t, "--replay", r.capture, "-o", "sql", "-t", "corder"))
	want.expect(r.t, "replayed", s.contents("customer", tables))
}
