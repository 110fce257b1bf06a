package prompt

import (
	"slices"
	"strings"

	"vtscope/ui/draw"
)

// A history holds at most so many entries and bytes; the oldest go first.
const (
	historyEntries = 500
	historyBytes   = 1 << 20
)

// A history is the filters or searches applied so far, the newest last, none
// twice.
type history struct{ entries []string }

// add makes an entry the newest.
func (h *history) add(text string) { h.entries = bounded(h.entries, text) }

// bounded gives entries with others after them, within the bounds.
func bounded(entries []string, more ...string) []string {
	var kept []string // newest first
	seen, size := map[string]bool{}, 0
	all := slices.Concat(entries, more)
	for _, text := range slices.Backward(all) {
		if seen[text] || strings.TrimSpace(text) == "" {
			continue
		}
		if size += len(text) + 1; size > historyBytes || len(kept) == historyEntries {
			break
		}
		seen[text] = true
		kept = append(kept, text)
	}
	slices.Reverse(kept)
	return kept
}

// find looks from an entry on, older ones with by -1 and newer ones with 1, for
// one that begins as the prefix does and is another text than now. Where there
// is none it gives ok false.
func (h *history) find(from, by int, prefix, now string) (at int, ok bool) {
	for at = from + by; at >= 0 && at < len(h.entries); at += by {
		if text := h.entries[at]; text != now && strings.HasPrefix(text, prefix) {
			return at, true
		}
	}
	return from, false
}

// turn goes through the proposals where they are open, else through the
// history.
func (m *typing) turn(by int) {
	p := &m.line
	if p.popup.open {
		m.turnPopup(by)
		return
	}
	h, prefix := m.history(), ""
	if p.touched {
		prefix = p.typed
	}
	at, found := h.find(p.at, by, prefix, p.text)
	switch {
	case found:
		p.at = at
		m.setText(h.entries[at])
	case by > 0:
		p.at = len(h.entries)
		m.setText(p.typed)
	}
}

// Read takes over what the file has, or why it has nothing. It reports whether
// there is something to say.
func (p *Prompt) Read(read HistoryRead) bool {
	if read.err != nil {
		p.say = draw.Safe([]byte("the history of filters: " + read.err.Error()))
		return true
	}
	if read.entries != nil {
		p.filters.entries = bounded(read.entries, p.filters.entries...)
		p.at = len((&typing{nil, p}).history().entries)
	}
	return false
}
