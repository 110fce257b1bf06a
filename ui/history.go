package ui

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

// turnPrompt goes through the proposals where they are open, else through the
// history.
func (m *Model) turnPrompt(by int) {
	p := &m.prompt
	if p.popup.open {
		m.turnPopup(by)
		return
	}
	h, prefix := m.promptHistory(), ""
	if p.touched {
		prefix = p.typed
	}
	at, found := h.find(p.at, by, prefix, p.text)
	switch {
	case found:
		p.at = at
		m.setPromptText(h.entries[at])
	case by > 0:
		p.at = len(h.entries)
		m.setPromptText(p.typed)
	}
}

// setHistory takes over what was found out about the history's file.
func (m *Model) setHistory(message historyMsg) {
	if message.err != nil {
		m.message = draw.Safe([]byte("the history of filters: " + message.err.Error()))
		m.dirty = true
		return
	}
	if message.entries != nil {
		m.filters.entries = bounded(message.entries, m.filters.entries...)
		m.prompt.at = len(m.promptHistory().entries)
	}
}
