//go:build linux && !race

// The race detector takes memory of its own, and only Linux tells how much a
// process has held at most.

package main

import (
	"fmt"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// memoryOfNothing is what a run holds that sees next to nothing.
func memoryOfNothing(t *testing.T) int64 {
	t.Helper()
	r := runOn(t, "json", func(*served) error { return nil })
	if r.memory == 0 {
		t.Fatal("the run has not told what it held")
	}
	return r.memory
}

// runOn runs the program on a stream, in a format, up to errOver.
func runOn(t *testing.T, format string, stream func(s *served) error) result {
	t.Helper()
	address := serveGate(t, func(_ int, s *served) error {
		if err := stream(s); err != nil {
			return err
		}
		return errOver
	})
	args := []string{"--vtgate", address, "--no-queries", "-o", format, "ks"}
	if format == "undo-sql" {
		args = append(args, "-n", "1000000")
	}
	r := program(t, args...)
	if r.code != exitEnded || !strings.Contains(r.messages, "the test is over") {
		t.Fatalf("ends with %d, saying\n%s", r.code, cut(r.messages))
	}
	return r
}

// TestMemoryOfALargeMessage: three times its size, whatever is in it.
func TestMemoryOfALargeMessage(t *testing.T) {
	base := memoryOfNothing(t)
	for _, c := range []struct {
		name, text string
		count      int
		field      *query.Field
	}{
		{"200 MB", "x", 200 << 20, largeText},
		{"64 MB of ESC", "\x1b", 64 << 20, largeText},
		{"64 MB that is no UTF-8", "\xff", 64 << 20, largeText},
		{"64 MB of latin1", "\xe9", 64 << 20, &query.Field{Name: "a", Type: query.Type_TEXT, Charset: 8, ColumnType: "longtext"}},
		{"64 MB of bytes", "\x00", 64 << 20, &query.Field{Name: "a", Type: query.Type_BLOB, Charset: 63, ColumnType: "longblob"}},
		{"64 MB of JSON", "1.50, ", 11 << 20, &query.Field{Name: "a", Type: query.Type_JSON, Charset: 63, ColumnType: "json"}},
	} {
		text := strings.Repeat(c.text, c.count)
		if c.field.Type == query.Type_JSON {
			text = "[" + text + "0]"
		}
		fields := left.fields("t")
		fields.FieldEvent.Fields = append(fields.FieldEvent.Fields, c.field)
		for _, format := range []string{"json", "text", "sql", "undo-sql"} {
			t.Run(c.name+" "+format, func(t *testing.T) {
				r := runOn(t, format, func(s *served) error {
					return s.send(left.begin(), fields, left.insert("t", "1", text), left.vgtid("-80@1-2"), left.commit())
				})
				t.Logf("%.2f times the message", float64(r.memory-base)/float64(len(text)))
				if r.memory-base > 3*int64(len(text)) {
					t.Errorf("%d MB are held for a message of %d MB", (r.memory-base)>>20, len(text)>>20)
				}
			})
		}
	}
}

var largeText = &query.Field{Name: "a", Type: query.Type_TEXT, Charset: 255, ColumnType: "longtext"}

// TestMemoryOfAnOpenTransaction: what is printed waits in a file.
func TestMemoryOfAnOpenTransaction(t *testing.T) {
	base := memoryOfNothing(t)
	const messages, size = 80, 4 << 20
	text := strings.Repeat("x", size/4)
	r := runOn(t, "json", func(s *served) error {
		if err := s.send(left.begin(), left.fields("t", "a")); err != nil {
			return err
		}
		for i := range messages {
			var rows events
			for j := range 4 {
				rows = append(rows, left.insert("t", fmt.Sprint(4*i+j), text))
			}
			if err := s.send(rows...); err != nil {
				return err
			}
		}
		return s.send([]*binlogdata.VEvent{left.vgtid("-80@1-2"), left.commit()}...)
	})
	if n := strings.Count(r.out, "\n"); n != 4*messages {
		t.Errorf("%d rows are printed, not %d", n, 4*messages)
	}
	t.Logf("%d MB", (r.memory-base)>>20)
	if r.memory-base > 128<<20 {
		t.Errorf("%d MB are held for a transaction of %d MB", (r.memory-base)>>20, messages*size>>20)
	}
}

// TestMemoryOfTheScreen: when far more has come than the buffer keeps, also while
// a pause holds what was kept, the process has half as much again as the buffer,
// plus 50 MB. On a machine that other work keeps from the processors a frame holds
// what the store drops for longer than it means to; another half is for that.
func TestMemoryOfTheScreen(t *testing.T) {
	const buffer, rows, frames = 128 << 20, 500, 8000
	text := strings.Repeat("x", 200)
	address := serveGate(t, func(_ int, s *served) error {
		for i := range frames {
			if err := s.send(left.begin(), left.fields("t", "a")); err != nil {
				return err
			}
			var changes events
			for j := range rows {
				changes = append(changes, left.insert("t", fmt.Sprint(i*rows+j), text))
			}
			if err := s.send(append(changes, left.vgtid(fmt.Sprintf("-80@1-%d", i+2)), left.commit())...); err != nil {
				return err
			}
		}
		return errOver
	})
	for _, paused := range []bool{false, true} {
		r := onTerminal(t, "--vtgate", address, "--no-queries", "--buffer", fmt.Sprint(buffer), "ks")
		if paused {
			r.shows("dropped")
			r.press(" ")
			r.shows("PAUSED")
		}
		r.shows("ENDED")
		r.press("q")
		code, memory := r.end()
		t.Logf("paused %v: %d MB for %d MB kept", paused, memory>>20, buffer>>20)
		if code != exitEnded || memory == 0 || memory > 2*buffer+50<<20 {
			t.Errorf("paused %v: ends with %d; %d MB are held for a buffer of %d MB", paused, code, memory>>20, buffer>>20)
		}
	}
}
