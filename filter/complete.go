package filter

import (
	"slices"
	"strings"

	"vtscope/stream"
)

// A Catalog is what completion knows of the stream.
type Catalog struct {
	// Tables are those seen so far, in their newest versions.
	Tables []*stream.Table
	// Shards are the keyspaces and shards seen so far.
	Shards []*stream.Shard
	// Recent gives recent values of a column as they print in SQL, newest
	// first and each once; it may be nil.
	Recent func(column string) []string
}

// A Proposal is one way to complete a word.
type Proposal struct {
	// Text takes the place of the word.
	Text string
	// Detail says what it is, for people: a column's type, "function", "table".
	Detail string
}

// A Completion is what can stand at the caret.
type Completion struct {
	// Start and End bound the word that a proposal takes the place of, in bytes.
	Start, End int
	Proposals  []Proposal
}

// maxProposals bounds how many there are.
const maxProposals = 200

// Complete gives proposals for the word at a caret (a byte offset into text),
// the likeliest first; none where nothing is known. The word is what stands
// there of a name, a keyword or a string, which a proposal replaces whole; it
// begins with the part before the caret, or holds it.
func Complete(text string, caret int, c *Catalog) Completion {
	p := readPlace(text, min(max(caret, 0), len(text)))
	if c == nil {
		c = &Catalog{}
	}
	l := candidates{
		place: p, text: text, catalog: c, seen: map[string]bool{},
		capitals: usesCapitals(text) || p.word != strings.ToLower(p.word) && p.word == strings.ToUpper(p.word),
	}
	switch p.kind {
	case placeOperand:
		l.addOperands()
	case placeColumn:
		l.addColumns()
	case placeValue:
		l.addValues()
	case placeWord:
		l.addWords(p.words)
	}
	completion := Completion{Start: p.start, End: p.end, Proposals: l.all()}
	if len(completion.Proposals) == 1 && completion.Proposals[0].Text == text[p.start:p.end] {
		completion.Proposals = nil
	}
	return completion
}

// candidates gathers proposals: first those that begin with the word at the caret,
// then those that hold it elsewhere, each once.
type candidates struct {
	place
	text         string
	catalog      *Catalog
	capitals     bool // keywords are written so
	seen         map[string]bool
	strong, weak []Proposal
}

// add adds a proposal whose name fits the word.
func (l *candidates) add(name string, p Proposal) { l.addFitting(fits(name, l.word), p) }

func (l *candidates) addFitting(f fit, p Proposal) {
	into := &l.strong
	if f == fitsWithin {
		into = &l.weak
	}
	if f == fitsNot || len(*into) == maxProposals || l.seen[p.Text] || !isPrintable(p.Text) {
		return
	}
	l.seen[p.Text] = true
	*into = append(*into, p)
}

// all gives the proposals in their order.
func (l *candidates) all() []Proposal {
	all := slices.Concat(l.strong, l.weak)
	return all[:min(len(all), maxProposals)]
}

// addWords adds keywords and signs that begin with the word.
func (l *candidates) addWords(words []word) {
	for _, w := range words {
		if fits(w.text, l.word) != fitsStart {
			continue
		}
		if l.capitals {
			w.text = strings.ToUpper(w.text)
		}
		l.addFitting(fitsStart, Proposal{w.text, w.detail})
	}
}
