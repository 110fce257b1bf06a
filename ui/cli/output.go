package cli

import (
	"os"
	"regexp"
	"strings"

	"vtscope/ui/headless"
)

// outputScreen is what -o takes beside the formats of package headless.
const outputScreen = "tui"

// checkOutput reads the flags that say what is printed, how, and when it ends.
func (f *flags) checkOutput(terminal terminal) error {
	f.terminal = terminal != noTerminal
	switch {
	case f.output == "" && terminal == fullTerminal:
		f.output = outputScreen
	case f.output == "":
		f.output = headless.Text.String()
		if terminal == dumbTerminal && f.toCheck == "" {
			say("note: TERM is %q, a terminal without a screen: printing as with -o %s", os.Getenv("TERM"), headless.Text)
		}
	case f.output == outputScreen && terminal == dumbTerminal:
		return usagef("-o %s needs a terminal with a screen, and TERM is %q; set TERM, as to xterm-256color, or print with -o %s", outputScreen, os.Getenv("TERM"), headless.Text)
	case f.output == outputScreen && terminal == noTerminal:
		return usagef("-o %s needs a terminal; the other formats, as -o %s, write to pipes and files", outputScreen, headless.Text)
	}
	var known bool
	if f.format, known = headless.ParseFormat(f.output); !known && f.output != outputScreen {
		return usagef("-o %s: the formats are %s, %s", f.output, outputScreen, strings.Join(headless.Formats(), ", "))
	}
	if f.duration < 0 {
		return usagef("--for %v: a time is not negative", f.duration)
	}
	f.kinds = headless.DefaultEvents
	if f.events != "" {
		kinds, err := headless.ParseEvents(f.events)
		if err != nil {
			return usagef("--events %s: %v", f.events, err)
		}
		f.kinds = kinds
	}
	if f.toCheck != "" {
		return nil
	}
	return f.checkFormat()
}

// checkFormat holds what a format needs against the other flags.
func (f *flags) checkFormat() error {
	switch f.format {
	case headless.CSV:
		return f.checkCSV()
	case headless.UndoSQL:
		if f.limit == 0 && f.duration == 0 && f.until == "" && !f.stream.StopOnReshard {
			return usagef("-o %s prints the newest change first, so the run has to end: with -n, --for, --until or --stop-on-reshard", f.format)
		}
		return f.checkWholeRows()
	case headless.SQL:
		return f.checkWholeRows()
	}
	return nil
}

// checkCSV refuses what does not come to one table of rows.
func (f *flags) checkCSV() error {
	var table string
	if len(f.stream.Tables)+len(f.stream.Rules) == 1 {
		table = append(f.stream.Tables, f.stream.Rules...)[0]
	}
	if table == "" || strings.HasPrefix(table, "/") {
		return usagef("-o %s prints one table a run: name it, with one -t NAME or one --rule", headless.CSV)
	}
	if f.events != "" && f.kinds&^headless.CSV.Events() != 0 {
		return usagef("-o %s prints row changes and nothing else: leave out --events, or give it row", headless.CSV)
	}
	return nil
}

// wholeRows is a rule's SELECT that leaves no column out.
var wholeRows = regexp.MustCompile(`(?i)^\s*select\s+\*\s+from\b`)

// checkWholeRows refuses rules that take columns away: a statement without them
// could change other rows, and a row without them is another.
func (f *flags) checkWholeRows() error {
	for _, rule := range f.stream.Rules {
		table, filter, _ := strings.Cut(rule, "=")
		if !strings.HasPrefix(rule, "/") && !wholeRows.MatchString(filter) {
			return usagef("--rule %s: -o %s needs whole rows: select * from %[1]s ...", table, f.format)
		}
	}
	return nil
}
