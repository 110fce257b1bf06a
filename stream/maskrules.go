package stream

import (
	"fmt"
	"regexp"
	"strings"
)

// Masks are rules by which values are left out of a stream.
type Masks struct {
	rules []maskRule
	keys  bool
}

// A maskRule takes columns by name, of tables by name.
type maskRule struct {
	text          string
	table, column *regexp.Regexp
}

// keyRule stands for the keys in a list of rules.
const keyRule = "--mask-key"

// ParseMasks reads rules such as COLUMN and TABLE.COLUMN, in which * stands for any
// characters; keys also takes the primary keys. It returns nil where there is no rule.
func ParseMasks(rules []string, keys bool) (*Masks, error) {
	m := &Masks{keys: keys}
	for _, text := range rules {
		if text == keyRule {
			m.keys = true
			continue
		}
		table, column, both := strings.Cut(text, ".")
		if !both {
			table, column = "*", text
		}
		if table == "" || column == "" || strings.Contains(column, ".") {
			return nil, fmt.Errorf("%q is neither COLUMN nor TABLE.COLUMN", text)
		}
		m.rules = append(m.rules, maskRule{text, wildcard(table), wildcard(column)})
	}
	if len(m.rules) == 0 && !m.keys {
		return nil, nil
	}
	return m, nil
}

// wildcard matches names as MySQL compares those of columns, whatever their case.
func wildcard(text string) *regexp.Regexp {
	return regexp.MustCompile("(?i)^" + strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, ".*") + "$")
}

// Rules are the rules as ParseMasks reads them; none for nil.
func (m *Masks) Rules() (texts []string) {
	if m == nil {
		return nil
	}
	for _, r := range m.rules {
		texts = append(texts, r.text)
	}
	if m.keys {
		texts = append(texts, keyRule)
	}
	return texts
}

// A masking is what becomes of a column's values.
type masking uint8

const (
	unmasked masking = iota
	starred          // all are the same three stars
	tokened          // each is a token of its own
)

// note takes note of the rules that take a column.
func (m *Masks) note(used map[string]bool, table, column string) {
	for _, r := range m.rules {
		used[r.text] = used[r.text] || r.table.MatchString(table) && r.column.MatchString(column)
	}
}

// of says what becomes of a column of a table; nil masks none.
func (m *Masks) of(table, column string, key bool) masking {
	switch {
	case m == nil:
		return unmasked
	case key && m.keys:
		return tokened
	}
	for _, r := range m.rules {
		if r.table.MatchString(table) && r.column.MatchString(column) {
			return starred
		}
	}
	return unmasked
}
