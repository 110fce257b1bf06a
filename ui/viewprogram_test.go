package ui

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// write types text.
func (term *terminal) write(text string) { term.input <- []byte(text) }

// tally reads "M of N" off the screen, as it is once every row is looked at.
func (term *terminal) tally() (shown, kept int) {
	term.t.Helper()
	pattern := regexp.MustCompile(`([\d,]+) of ([\d,]+)  `)
	number := func(text string) int {
		n, _ := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
		return n
	}
	term.waitFor("M of N", func() bool {
		found := pattern.FindStringSubmatch(term.text())
		if found != nil {
			shown, kept = number(found[1]), number(found[2])
		}
		return found != nil
	})
	return shown, kept
}

// TestProgramFiltersAndSearches is the whole program with a stream that goes on.
func TestProgramFiltersAndSearches(t *testing.T) {
	p := startProgram(t, 120, 40)
	p.shows("● LIVE", "insert", "update")
	p.press("/")
	p.write("_event = 'update' AND _table = 'corder'")
	p.press("enter")
	p.shows("filter  _event = 'update' AND _table = 'corder'", "▶ follow")
	p.hides("insert")
	before, _ := p.tally()
	p.waitFor("more rows", func() bool {
		shown, kept := p.tally()
		return shown > before && kept > shown
	})
	p.press("!")
	p.shows("filter off (! on)", "insert")
	p.press("!")
	p.hides("insert")
	for i := range 20 { // each supersedes the one before
		p.press("/", "ctrl+u")
		p.write(fmt.Sprintf("order_id %% 20 = %d", i))
		p.press("enter")
	}
	p.shows("filter  order_id % 20 = 19")
	p.tally()
	p.press("/", "ctrl+u", "enter", "s")
	p.write("UPDATE")
	p.press("enter")
	p.shows("Changes", "search UPDATE", "below · G to follow", "›")
	p.press("N", "N", "n", "esc")
	p.hides("›")
	p.press("q")
	if err := p.end(); err != nil {
		t.Errorf("q ends with %v", err)
	}
}
