package cli

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"vtscope/stream/vtgate"
	"vtscope/ui/headless"
)

// outputScreen is what -o takes beside the formats of package headless.
const outputScreen = "tui"

// outputs are the words of -o.
func outputs() []string {
	words := []string{outputScreen}
	for _, format := range headless.Formats() {
		words = append(words, format.Name)
	}
	return words
}

// outputOf reads -o, by default what the output can show; nil is the screen.
func outputOf(f *flags, out terminal) (*headless.Format, error) {
	switch {
	case f.summary:
		return headless.Text, nil // what is printed is a report, which has forms of its own
	case f.output == "" && out == fullTerminal, f.output == outputScreen && out == fullTerminal:
		return nil, nil
	case f.output == "":
		if out == dumbTerminal && f.checkPosition == "" {
			say("note: TERM is %q, a terminal without a screen: printing as with -o %s", os.Getenv("TERM"), headless.Text.Name)
		}
		return headless.Text, nil
	case f.output == outputScreen && out == dumbTerminal:
		return nil, usagef("-o %s needs a terminal with a screen, and TERM is %q; set TERM, as to xterm-256color, or print with -o %s", outputScreen, os.Getenv("TERM"), headless.Text.Name)
	case f.output == outputScreen:
		return nil, usagef("-o %s needs a terminal; the other formats, as -o %s, write to pipes and files", outputScreen, headless.Text.Name)
	}
	format := headless.FormatNamed(f.output)
	switch {
	case f.output == reportMarkdown:
		return nil, usagef("-o %s is a form of --summary", reportMarkdown)
	case format == nil:
		return nil, usagef("-o %s: the formats are %s", f.output, strings.Join(outputs(), ", "))
	case f.checkPosition != "":
		return format, nil
	}
	return format, checkFormat(f, format)
}

// eventsOf reads which events are printed.
func eventsOf(f *flags, format *headless.Format) (headless.Events, error) {
	if f.duration < 0 {
		return 0, usagef("--for %v: must not be negative", f.duration)
	}
	if f.events == "" {
		return headless.DefaultEvents, nil
	}
	events, err := headless.ParseEvents(f.events)
	if err != nil {
		return 0, usagef("--events %s: %v", f.events, err)
	}
	if format != nil && format.OneTable && f.checkPosition == "" && events&^format.Events != 0 {
		return 0, usagef("-o %s prints row changes and nothing else: leave out --events, or give it row", format)
	}
	return events, nil
}

// checkFormat holds what a format needs against the other flags.
func checkFormat(f *flags, format *headless.Format) error {
	if format.OneTable && !isOneTable(&f.stream) {
		return usagef("-o %s prints one table: name it with one -t NAME or one --rule", format)
	}
	if format.AtEnd && f.replay == "" && f.limit == 0 && f.duration == 0 && f.until == "" && !f.stream.StopOnReshard {
		return usagef("-o %s prints the newest change first, so the run has to end: with -n, --for, --until or --stop-on-reshard", format)
	}
	if format.WholeRows {
		return checkWholeRows(&f.stream, format)
	}
	return nil
}

// isOneTable reports whether what is streamed comes to one table of rows.
func isOneTable(o *vtgate.StreamOptions) bool {
	all := slices.Concat(o.Tables, o.Rules)
	return len(all) == 1 && !strings.HasPrefix(all[0], "/")
}

// wholeRows is a rule's SELECT that leaves no column out.
var wholeRows = regexp.MustCompile(`(?i)^\s*select\s+\*\s+from\b`)

// checkWholeRows refuses rules that take columns away: a statement without them
// could change other rows, and a row without them is another.
func checkWholeRows(o *vtgate.StreamOptions, format *headless.Format) error {
	for _, rule := range o.Rules {
		table, filter, _ := strings.Cut(rule, "=")
		if !strings.HasPrefix(rule, "/") && !wholeRows.MatchString(filter) {
			return usagef("--rule %s: -o %s needs whole rows: select * from %[1]s ...", table, format)
		}
	}
	return nil
}
