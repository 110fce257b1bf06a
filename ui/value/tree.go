package value

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// treeLimit is how long a document may be that is shown as a tree, in bytes.
const treeLimit = 4 << 20

// A node is a part of a document.
type node struct {
	key     string // in an object; in an array its place
	kind    byte   // '{', '[', or 'v' for what has no parts
	text    string // of a 'v', as JSON
	members []*node

	change change
	before string // what a 'v' was before, where it has changed
}

// A change says what an update did to a part.
type change uint8

const (
	kept   change = iota
	inside        // something in it has changed
	altered
	added
	removed
)

// tree reads a document: a JSON column's, or text that is an object or an array. It is
// nil for everything else.
func (p *Page) tree(text []byte) *node {
	trimmed := bytes.TrimSpace(text)
	if len(text) > treeLimit || len(trimmed) == 0 || trimmed[0] != '{' && trimmed[0] != '[' {
		return nil
	}
	if p.column.Class != stream.ClassJSON && p.column.Class != stream.ClassText {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(trimmed))
	d.UseNumber()
	n, err := read(d, "")
	if err != nil {
		return nil
	}
	if _, err := d.Token(); err != io.EOF {
		return nil
	}
	return n
}

// read reads the next value, in the order in which it is written.
func read(d *json.Decoder, key string) (*node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	n := &node{key: key, kind: 'v'}
	delim, is := token.(json.Delim)
	if !is {
		text, err := json.Marshal(token)
		n.text = string(text)
		return n, err
	}
	n.kind = byte(delim)
	for d.More() {
		key := strconv.Itoa(len(n.members))
		if n.kind == '{' {
			token, err := d.Token()
			if err != nil {
				return nil, err
			}
			key, _ = token.(string)
		}
		member, err := read(d, key)
		if err != nil {
			return nil, err
		}
		n.members = append(n.members, member)
	}
	_, err = d.Token()
	return n, err
}

// compareTrees gives the document after a change, with what has changed, and what has
// gone where it was.
func compareTrees(before, after *node) *node {
	switch {
	case before.kind != after.kind:
		after.change, after.before = altered, before.short()
	case after.kind == 'v':
		if before.text != after.text {
			after.change, after.before = altered, before.text
		}
	default:
		compareMembers(before, after)
	}
	return after
}

func compareMembers(before, after *node) {
	for _, member := range after.members {
		if old := before.member(member.key); old != nil {
			compareTrees(old, member)
		} else {
			member.mark(added)
		}
	}
	for i, old := range before.members {
		if after.member(old.key) == nil {
			old.mark(removed)
			after.members = slices.Insert(after.members, min(i, len(after.members)), old)
		}
	}
	for _, member := range after.members {
		if member.change != kept {
			after.change = inside
		}
	}
}

// member finds a part by its key.
func (n *node) member(key string) *node {
	for _, member := range n.members {
		if member.key == key {
			return member
		}
	}
	return nil
}

// mark marks a part and all in it.
func (n *node) mark(c change) {
	n.change = c
	for _, member := range n.members {
		member.mark(c)
	}
}

// short is a part in a few words.
func (n *node) short() string {
	switch n.kind {
	case '{':
		return "{" + draw.Plural(uint64(len(n.members)), "key") + "}"
	case '[':
		return "[" + draw.Plural(uint64(len(n.members)), "element") + "]"
	}
	return n.text
}
