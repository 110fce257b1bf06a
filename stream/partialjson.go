package stream

import (
	"bytes"
	"slices"
	"strconv"
)

// ResolvePartialJSON replaces what after holds as PartialJSON by the document
// it stands for, where before tells the one it changes and the change is
// certain; where not, the value becomes Absent. It reports false where that
// hides a change.
func ResolvePartialJSON(before, after []Value) (resolved bool) {
	resolved = true
	for i := range after {
		if after[i].State == PartialJSON {
			old := Value{State: Absent}
			if i < len(before) {
				old = before[i]
			}
			changed := len(after[i].Raw) > 0
			after[i] = resolvePartial(old, after[i].Raw)
			resolved = resolved && (after[i].State != Absent || !changed)
		}
	}
	return resolved
}

func resolvePartial(before Value, expression []byte) Value {
	switch {
	case len(expression) == 0:
		return before // the change left the document as it was
	case string(expression) == "null", string(expression) == "CAST(_utf8mb4'null' as JSON)":
		return Value{State: Present, Raw: []byte("null")}
	case before.State != Present:
		return Value{State: Absent}
	}
	document, ok := parseJSON(before.Raw)
	if ok {
		document, ok = applyPartial(document, expression)
	}
	if !ok {
		return Value{State: Absent}
	}
	document.sort()
	return Value{State: Present, Raw: document.appendTo(nil)}
}

// The functions of a partial value (ParseBinaryJSONDiff in
// go/mysql/binlog/binlog_json.go).
var partialFunctions = []string{"JSON_REPLACE(", "JSON_INSERT(", "JSON_REMOVE("}

const (
	partialReplace = iota
	partialInsert
	partialRemove
)

// applyPartial runs an expression over a document: functions within functions,
// the innermost, which is the first to apply, with %s for the document.
func applyPartial(document *jsonNode, expression []byte) (*jsonNode, bool) {
	p := partialParser{b: expression}
	var functions []int
	for !p.word("%s") {
		function := slices.IndexFunc(partialFunctions, p.word)
		if function < 0 {
			return nil, false
		}
		functions = append(functions, function)
	}
	for _, function := range slices.Backward(functions) {
		if !p.word(", ") {
			return nil, false
		}
		path, ok := p.path()
		if !ok {
			return nil, false
		}
		var value *jsonNode
		if function != partialRemove {
			if !p.word(", ") {
				return nil, false
			}
			if value, ok = p.value(0); !ok {
				return nil, false
			}
		}
		if !p.word(")") || !document.change(function, path, value) {
			return nil, false
		}
	}
	return document, len(functions) > 0 && p.i == len(p.b)
}

// A jsonStep is a step of a path: a member, or an element where key is nil.
type jsonStep struct {
	key   []byte
	index int
}

// change applies one function. What MySQL's function would leave alone is no
// change that MySQL logs, so it means that the document is another: false.
func (n *jsonNode) change(function int, path []jsonStep, value *jsonNode) bool {
	if len(path) == 0 {
		if function == partialReplace {
			*n = *value
		}
		return function == partialReplace
	}
	last := path[len(path)-1]
	for _, step := range path[:len(path)-1] {
		at := n.find(step)
		if at < 0 {
			return false
		}
		n = n.members[at].node
	}
	at := n.find(last)
	switch {
	case function == partialInsert && at < 0 && n.holds(last):
		n.members = append(n.members, jsonEntry{key: last.key, node: value})
	case function == partialReplace && at >= 0:
		n.members[at].node = value
	case function == partialRemove && at >= 0:
		n.members = slices.Delete(n.members, at, at+1)
	default:
		return false
	}
	return true
}

// holds reports whether a step can lead from the node: a member from an
// object, an element from an array.
func (n *jsonNode) holds(step jsonStep) bool {
	return step.key != nil && n.kind == '{' || step.key == nil && n.kind == '['
}

// find gives the place of the member that a step leads to, -1 without.
func (n *jsonNode) find(step jsonStep) int {
	switch {
	case !n.holds(step):
		return -1
	case step.key != nil:
		return slices.IndexFunc(n.members, func(m jsonEntry) bool { return bytes.Equal(m.key, step.key) })
	case step.index < len(n.members):
		return step.index
	}
	return -1
}

// A partialParser reads a partial value's expression.
type partialParser struct {
	b []byte
	i int
}

func (p *partialParser) word(text string) bool {
	if !bytes.HasPrefix(p.b[p.i:], []byte(text)) {
		return false
	}
	p.i += len(text)
	return true
}

// path reads _utf8mb4'$.a."b c"[1]'. Its text is not escaped for SQL, so a
// quote ends it only where a step ends.
func (p *partialParser) path() ([]jsonStep, bool) {
	if !p.word("_utf8mb4'$") {
		return nil, false
	}
	var steps []jsonStep
	for !p.word("'") {
		var step jsonStep
		ok := false
		switch {
		case p.word("["):
			n := countDigits(p.b[p.i:])
			index, err := strconv.Atoi(string(p.b[p.i : p.i+n]))
			p.i += n
			step.index, ok = index, err == nil && p.word("]")
		case p.word(`."`):
			text := jsonParser{b: p.b, i: p.i - 1}
			step.key, ok = text.str()
			p.i = text.i
		case p.word("."):
			n := bytes.IndexAny(p.b[p.i:], ".['")
			if ok = n > 0; ok {
				step.key = p.b[p.i : p.i+n]
				p.i += n
			}
		}
		if !ok {
			return nil, false
		}
		steps = append(steps, step)
	}
	return steps, true
}
