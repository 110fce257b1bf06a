package ui

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
)

// copyDemo has the fixture keep what a copy of the demo brings, beside its own.
func (f *fixture) copyDemo(rows int) *fixture {
	f.t.Helper()
	server, err := demo.Start(demo.Options{Shards: 1, Rows: rows, Rate: 0})
	if err != nil {
		f.t.Fatal(err)
	}
	defer server.Close()
	client, err := vtgate.Dial(f.t.Context(), vtgate.Options{Address: server.Addr()})
	if err != nil {
		f.t.Fatal(err)
	}
	defer client.Close()
	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{demo.Keyspace}, From: vtgate.Start{Copy: true}})
	if err != nil {
		f.t.Fatal(err)
	}
	plan, err := client.Plan(f.t.Context(), request)
	if err != nil {
		f.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(f.t.Context())
	defer cancel()
	stream.Run(ctx, stream.Config{Source: plan.Source, From: plan.Start, Sink: untilCopied{f.store, cancel}, Progress: f.progress})
	return f
}

// untilCopied is a store that ends the run with the copy.
type untilCopied struct {
	*stream.Store
	end context.CancelFunc
}

func (s untilCopied) Append(r *stream.Record) error {
	if r.Kind == stream.CopyCompleted {
		s.end()
	}
	return s.Store.Append(r)
}

// TestEveryValueOfTheDemo is read whole on a small screen, and copied whole.
func TestEveryValueOfTheDemo(t *testing.T) {
	f := newFixture(t).copyDemo(120)
	for _, size := range [][2]int{{80, 24}, {60, 12}, {200, 60}} {
		for _, table := range []string{"corder", "customer", "order_item", "payment", "product", "session"} {
			s := f.screen(size[0], size[1]).setFilter("_table = '"+table+"'").press("G", "k")
			for range 3 {
				s.readsEveryValue(table)
				s.press("k")
			}
		}
	}
}

// readsEveryValue opens every value of the row under the cursor.
func (s *screen) readsEveryValue(table string) {
	s.t.Helper()
	var row struct{ After map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(s.copied("y", "a")), &row); err != nil {
		s.t.Fatal(err)
	}
	s.press("enter", "tab")
	for name, want := range row.After {
		s.press("g").chooses(name).press("enter")
		if err := wholly(s.reads(), s.copied("y", "v"), want); err != nil {
			s.t.Errorf("%s.%s at %dx%d: %v\n%s", table, name, s.model.width, s.model.height, err, s.text())
		}
		s.press("esc")
	}
	s.press("shift+tab", "esc")
}

// reads scrolls through the value that is open, and gives the lines that are seen of it.
func (s *screen) reads() string {
	s.t.Helper()
	s.press("z", "g")
	var text []string
	for seen := ""; seen != s.text(); s.press("j") {
		seen = s.fits().text()
		for _, line := range s.lines() {
			if line, inside := strings.CutPrefix(line, "│"); inside && !slices.Contains(text, line) {
				text = append(text, line)
			}
		}
	}
	s.press("z")
	return strings.Join(text, "")
}

// wholly says what is missing of a value, given as a JSON line has it.
func wholly(shown, copied string, want json.RawMessage) error {
	var text string
	switch json.Unmarshal(want, &text); {
	case want[0] == 'n':
		return has(shown, copied, "NULL", "NULL")
	case want[0] == '{' || want[0] == '[':
		var got, wanted any
		if err := errors.Join(json.Unmarshal([]byte(copied), &got), json.Unmarshal(want, &wanted)); err != nil || !reflect.DeepEqual(got, wanted) {
			return fmt.Errorf("%s is copied of %s (%v)", copied, want, err)
		}
		return has(shown, "", "", parts(wanted)...)
	case want[0] != '"':
		return has(shown, copied, string(want), string(want))
	}
	if binary, err := base64.StdEncoding.DecodeString(text); err == nil && copied != text {
		var bytes []string
		for _, b := range binary {
			bytes = append(bytes, fmt.Sprintf("%02x", b))
		}
		return has(strings.ToLower(shown), copied, fmt.Sprintf("0x%x", binary), bytes...)
	}
	return has(shown, copied, text, text)
}

// has says what is not as it has to be.
func has(shown, copied, whole string, parts ...string) error {
	if copied != whole {
		return fmt.Errorf("%q is copied of %q", copied, whole)
	}
	for _, part := range parts {
		if !strings.Contains(squeezed(shown), squeezed(part)) {
			return fmt.Errorf("%q is not shown", part)
		}
	}
	return nil
}

// squeezed is a text without what a frame and its wrapping add.
func squeezed(text string) string {
	return strings.NewReplacer(" ", "", "│", "", "\n", "").Replace(text)
}

// parts are the names and the values in a document.
func parts(document any) (all []string) {
	switch document := document.(type) {
	case map[string]any:
		for name, value := range document {
			all = append(append(all, name), parts(value)...)
		}
	case []any:
		for _, value := range document {
			all = append(all, parts(value)...)
		}
	default:
		text, _ := json.Marshal(document)
		all = append(all, strings.Trim(string(text), `"`))
	}
	return all
}
