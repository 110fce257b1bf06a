package ui

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"vtscope/internal/hostile"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// protoText makes text fit for a protobuf string, which has to be UTF-8.
func protoText(text string) string { return strings.ToValidUTF8(text, "\u009b") }

// hostileTable is a table named and filled by text.
func hostileTable(text string) (tableSpec, []any) {
	name := protoText(text)
	return tableSpec{name, []*query.Field{
		keyed(column(name, query.Type_VARCHAR, name)),
		column("text "+name, query.Type_TEXT, "text"),
		column("json", query.Type_JSON, "json"),
		column("raw", query.Type_VARBINARY, "varbinary(255)"),
		column("number", query.Type_INT64, "bigint"),
		column("day", query.Type_DATETIME, "datetime"),
		column("blob", query.Type_BLOB, "blob"),
	}}, []any{text, "x" + text, `{"a": "` + text + `"}`, text, text, text, text + "\xff"}
}

// hostileShop is a stream in which everything that others name or write is
// hostile.Texts: shards, tables, columns, types, values, statements, errors.
func hostileShop(t testing.TB) *fixture {
	var shards []string
	for _, i := range []int{0, 2, 12, 18, 21} {
		shards = append(shards, protoText(hostile.Texts[i]))
	}
	f := newFixture(t, shards...)
	f.deliver(f.hello())
	for i, text := range hostile.Texts {
		table, values := hostileTable(text)
		_, other := hostileTable(text + "!")
		shard := i % len(shards)
		f.deliver(f.commit(shard, insert(table, values...), modify(table, values, other), remove(table, other...)))
		f.deliver(f.ddl(shard, protoText("ALTER TABLE "+text)))
		e := f.live(shard, change{table: tableSpec{name: protoText("no " + text)}, after: row(1)}.event())
		f.deliver([]*binlogdata.VEvent{e})
	}
	for _, text := range hostile.Texts {
		f.deliver(fmt.Errorf("%w: %s", errCut, text))
	}
	return f.deliver(f.hello())
}

var styleCode = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// harmless fails where the screen holds anything but text, line ends and
// styles, or where a terminal makes something else of it than it says.
func (s *screen) harmless() *screen {
	s.t.Helper()
	view := s.fits().view()
	for i, line := range strings.Split(styleCode.ReplaceAllString(view, ""), "\n") {
		if what := hostile.Unfit(line); what != "" {
			s.t.Fatalf("line %d has %s: %q", i+1, what, line)
		}
	}
	if s.model.width == 0 || s.model.height == 0 {
		return s
	}
	e, happened := quietTerminal(s.model.width, s.model.height)
	e.WriteString("\x1b[?7l" + strings.ReplaceAll(view, "\n", "\r\n"))
	if *happened != "" {
		s.t.Fatalf("the screen reached the terminal: %s", *happened)
	}
	for y, line := range s.lines() {
		if got, want := unmarked(terminalLine(e, y)), unmarked(line); got != want {
			s.t.Fatalf("line %d is on the terminal\n%q\nand should be\n%q", y+1, got, want)
		}
	}
	return s
}

// quietTerminal makes an emulator that notes all that happens to it beside text.
func quietTerminal(width, height int) (*vt.Emulator, *string) {
	e, happened := vt.NewEmulator(width, height), new(string)
	note := func(what string) { *happened += what + "; " }
	e.SetCallbacks(vt.Callbacks{
		Bell:             func() { note("bell") },
		Title:            func(string) { note("title") },
		IconName:         func(string) { note("icon") },
		AltScreen:        func(bool) { note("alternate screen") },
		CursorVisibility: func(bool) { note("cursor") },
		WorkingDirectory: func(string) { note("directory") },
		EnableMode:       func(m ansi.Mode) { note(fmt.Sprint("mode on ", m)) },
		DisableMode: func(m ansi.Mode) {
			if m != ansi.ModeAutoWrap {
				note(fmt.Sprint("mode off ", m))
			}
		},
	})
	e.RegisterOscHandler(52, func([]byte) bool { note("clipboard"); return true })
	e.RegisterDcsHandler('q', func(ansi.Params, []byte) bool { note("device control"); return true })
	e.RegisterApcHandler(func([]byte) bool { note("application command"); return true })
	return e, happened
}

// terminalLine is the text of a terminal's line.
func terminalLine(e *vt.Emulator, y int) string {
	var b strings.Builder
	for x := 0; x < e.Width(); {
		cell := e.CellAt(x, y)
		if cell == nil || cell.Content == "" {
			b.WriteByte(' ')
			x++
			continue
		}
		b.WriteString(cell.Content)
		x += max(cell.Width, 1)
	}
	return b.String()
}

// unmarked is a line without its combining marks, which the emulator drops, and
// without the spaces at its end.
func unmarked(line string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, line), " ")
}

func TestHostileDataStaysData(t *testing.T) {
	f := hostileShop(t)
	for _, size := range [][2]int{{40, 8}, {80, 24}, {133, 43}} {
		s := f.screen(size[0], size[1]).harmless().press("enter").harmless()
		for range hostile.Texts {
			s.press("up", "up", "up", "up").harmless()
		}
		s.press("enter").harmless().press("tab").harmless().press("esc", "esc", "esc").harmless()
		s.press("?").harmless().press("?")
		for range 4 {
			s.press("L", "l", "l", "l").harmless()
		}
	}
}

func TestHostileEnd(t *testing.T) {
	for _, text := range hostile.Texts {
		f := liveShop(t)
		s := f.deliver(fmt.Errorf("%w %s", errPurged, text)).screen(80, 24).shows("ENDED").harmless()
		s.press("enter").harmless()
		empty := newFixture(t)
		empty.deliver(errors.New(text)).screen(80, 24).shows("ENDED").harmless()
	}
}
