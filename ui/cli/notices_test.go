package cli

import (
	"os"
	"testing"
	"time"

	"vtscope/stream"
)

// TestNoticesCount tells a failure that comes again in one line, and that the
// stream is there again when it has lasted.
func TestNoticesCount(t *testing.T) {
	stderr := os.Stderr
	defer func() { os.Stderr = stderr }()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	os.Stderr = file
	n := &notices{Sink: &slowSink{}, target: "shop"}
	now := time.Date(2026, 11, 26, 10, 4, 0, 0, time.Local)
	tell := func(after time.Duration, kind stream.Kind, state stream.State, text string) {
		now = now.Add(after)
		if err := n.Append(&stream.Record{Kind: kind, State: state, Arrived: now.UnixNano(), Payload: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
	tell(0, stream.Status, stream.Streaming, "")
	for range 3 {
		tell(time.Second, stream.Status, stream.Retrying, "EOF")
		tell(time.Second, stream.Status, stream.Streaming, "after 1s")
	}
	tell(time.Second, stream.Heartbeat, 0, "")
	tell(time.Minute, stream.Heartbeat, 0, "")
	tell(time.Minute, stream.Status, stream.Retrying, "EOF")
	want := `vtscope: streaming shop
vtscope: warning: EOF; trying again
vtscope: streaming again after 1s
vtscope: warning: EOF; tried 2 times since 10:04
vtscope: warning: EOF; tried 3 times since 10:04
vtscope: streaming again after 1s
vtscope: warning: EOF; trying again
`
	if got := readFile(t, file.Name()); got != want {
		t.Errorf("said\n%s\nwant\n%s", got, want)
	}
}
