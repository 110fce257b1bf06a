package prompt

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// editLimit bounds what an editor holds, in bytes.
const editLimit = 64 << 10

// An editor is one line of text and a caret in it. It goes by what a terminal
// shows as one character, a grapheme cluster. The text input of bubbles goes by
// runes, takes every one for a column, and panics at alt-d before the last
// (v2.2.1).
type editor struct {
	text  string
	caret int // in bytes, where a cluster begins or the text ends
}

// edits are the editor's actions. What is a word is for SQL: letters, digits
// and _ for the keys of emacs, all up to a space for ctrl-w, as in a shell.
var edits = map[pane.Action]func(e *editor){
	actCharLeft:    func(e *editor) { e.caret = e.left() },
	actCharRight:   func(e *editor) { e.caret = e.right() },
	actWordLeft:    func(e *editor) { e.moveTo(e.leftOver(isWord)) },
	actWordRight:   func(e *editor) { e.moveTo(e.rightOver(isWord)) },
	actLineStart:   func(e *editor) { e.caret = 0 },
	actLineEnd:     func(e *editor) { e.caret = len(e.text) },
	actEraseLeft:   func(e *editor) { e.replace(e.left(), e.caret, "") },
	actEraseRight:  func(e *editor) { e.replace(e.caret, e.right(), "") },
	actEraseBlank:  func(e *editor) { e.replace(e.leftOver(isNoSpace), e.caret, "") },
	actEraseWord:   func(e *editor) { e.replace(e.leftOver(isWord), e.caret, "") },
	actEraseNext:   func(e *editor) { e.replace(e.caret, e.rightOver(isWord), "") },
	actEraseBefore: func(e *editor) { e.replace(0, e.caret, "") },
	actEraseAfter:  func(e *editor) { e.replace(e.caret, len(e.text), "") },
}

var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// insert puts text at the caret, ends of lines as spaces. It reports false, and
// leaves the line as it was, where there is no room for all of it: half a filter
// is another filter.
func (e *editor) insert(text string) bool {
	if text = oneLine.Replace(text); len(e.text)+len(text) > editLimit {
		return false
	}
	e.replace(e.caret, e.caret, text)
	return true
}

// replace puts text in the place of other text, and the caret after it.
func (e *editor) replace(from, to int, text string) {
	e.text = e.text[:from] + text + e.text[to:]
	e.moveTo(from + len(text))
}

// moveTo moves the caret to a place, or to the end of the cluster around it.
func (e *editor) moveTo(at int) {
	e.caret = 0
	for e.caret < at {
		e.caret = e.right()
	}
}

// right is where the next cluster begins.
func (e *editor) right() int { return e.caret + len(firstCluster(e.text[e.caret:])) }

// left is where the cluster before the caret begins.
func (e *editor) left() int {
	last := 0
	for at := 0; at < e.caret; at += len(firstCluster(e.text[at:])) {
		last = at
	}
	return last
}

// leftOver is where the word before the caret begins, rightOver where the one
// after it ends.
func (e *editor) leftOver(inWord func(byte) bool) int {
	at := e.caret
	for at > 0 && !inWord(e.text[at-1]) {
		at--
	}
	for at > 0 && inWord(e.text[at-1]) {
		at--
	}
	return at
}

func (e *editor) rightOver(inWord func(byte) bool) int {
	at := e.caret
	for at < len(e.text) && !inWord(e.text[at]) {
		at++
	}
	for at < len(e.text) && inWord(e.text[at]) {
		at++
	}
	return at
}

// isWord takes every byte beyond ASCII for a part of a letter.
func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func isNoSpace(c byte) bool { return c != ' ' }

func firstCluster(text string) string {
	cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	return cluster
}

// spelled makes text safe cluster by cluster, so that each takes the columns
// that it takes by itself, whatever comes after it.
func spelled(text string) string {
	if draw.Safe([]byte(text)) == text && len(text) == draw.TextWidth(text) {
		return text // printable ASCII
	}
	var b strings.Builder
	for text != "" {
		cluster := firstCluster(text)
		b.WriteString(draw.Safe([]byte(cluster)))
		text = text[len(cluster):]
	}
	return b.String()
}

// window gives what part of the text is seen on so many columns, by where it
// begins, and the caret's column there. It goes on by halves, so that there is
// always some text before the caret, and room for what is under it.
func (e *editor) window(columns int) (from, caret int) {
	half := max((columns-2)/2, 1)
	hidden := max(draw.TextWidth(spelled(e.text[:e.caret]))/half-1, 0) * half
	for hidden > 0 {
		cluster := firstCluster(e.text[from:])
		hidden -= draw.TextWidth(draw.Safe([]byte(cluster)))
		from += len(cluster)
	}
	return from, draw.TextWidth(spelled(e.text[from:e.caret]))
}
