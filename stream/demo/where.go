package demo

import (
	"bytes"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/grpc/codes"
)

// condition is one term of a WHERE: a column compared with literals.
type condition struct {
	column   int
	op       string // = < <= > >= != in, isnull, notnull, between, notbetween, in_keyrange
	numeric  bool
	values   []string
	keyRange keyRange
}

func (c *condition) holds(m *image, keyspaceID uint64) bool {
	if c.op == "in_keyrange" {
		return c.keyRange.contains(keyspaceID)
	}
	v, present := m.value(c.column)
	switch {
	case c.op == "isnull":
		return !present
	case c.op == "notnull":
		return present
	case !present:
		return false // NULL matches no comparison
	}
	if c.op == "in" {
		return slices.ContainsFunc(c.values, func(want string) bool { return c.compare(v, want) == 0 })
	}
	d := c.compare(v, c.values[0])
	switch c.op {
	case "=":
		return d == 0
	case "<":
		return d < 0
	case "<=":
		return d <= 0
	case ">":
		return d > 0
	case ">=":
		return d >= 0
	case "!=":
		return d != 0
	case "between":
		return d >= 0 && c.compare(v, c.values[1]) <= 0
	default: // notbetween
		return d < 0 || c.compare(v, c.values[1]) > 0
	}
}

func (c *condition) compare(v []byte, want string) int {
	if c.numeric {
		a, okA := new(big.Rat).SetString(string(v))
		b, okB := new(big.Rat).SetString(want)
		if okA && okB {
			return a.Cmp(b)
		}
	}
	return bytes.Compare(v, []byte(want))
}

var (
	selectText = regexp.MustCompile("(?is)^\\s*select\\s+(.*?)\\s+from\\s+`?([^\\s`]+)`?(?:\\s+where\\s+(.*))?\\s*$")
	columnText = regexp.MustCompile("^`?([A-Za-z0-9_@$]+)`?(?i:\\s+as\\s+`?[A-Za-z0-9_]+`?)?$")
)

// parseSelect understands the SELECT of a rule as far as VStream does.
func parseSelect(query string, t *table) (*plan, error) {
	if strings.TrimSpace(query) == "" {
		return nil, codedf(codes.Unknown, "Query was empty")
	}
	parts := selectText.FindStringSubmatch(query)
	if parts == nil {
		return nil, fmt.Errorf("unsupported: %v", query)
	}
	if parts[2] != t.name {
		return nil, fmt.Errorf("unsupported: select expression table %v does not match the table entry name %s", parts[2], t.name)
	}
	p := &plan{}
	if strings.TrimSpace(parts[1]) != "*" {
		for expr := range strings.SplitSeq(parts[1], ",") {
			m := columnText.FindStringSubmatch(strings.TrimSpace(expr))
			if m == nil {
				return nil, fmt.Errorf("unsupported: %v", strings.TrimSpace(expr))
			}
			i, err := findColumn(t, m[1])
			if err != nil {
				return nil, err
			}
			p.columns = append(p.columns, i)
		}
	}
	if parts[3] != "" {
		if err := p.parseWhere(parts[3], t); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func findColumn(t *table, name string) (int, error) {
	if i := t.find(name); i >= 0 {
		return i, nil
	}
	return 0, codedf(codes.FailedPrecondition, "column %s not found in table %s", name, t.name)
}

// parseWhere reads terms joined by AND. Anything else is an unsupported constraint.
func (p *plan) parseWhere(text string, t *table) error {
	tokens := tokenize(text)
	for i := 0; i < len(tokens); {
		if i > 0 {
			if !strings.EqualFold(tokens[i], "and") {
				return fmt.Errorf("unsupported constraint: %v", text)
			}
			i++
		}
		c, used, err := parseTerm(tokens[i:], t)
		if err != nil {
			return err
		}
		if used == 0 {
			return fmt.Errorf("unsupported constraint: %v", text)
		}
		p.where = append(p.where, c)
		p.ranged = p.ranged || c.op == "in_keyrange"
		i += used
	}
	return nil
}

var tokenText = regexp.MustCompile("(?s)'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]+`|<=>|<=|>=|!=|<>|[=<>(),]|[^\\s=<>!(),'\"`]+")

func tokenize(text string) []string { return tokenText.FindAllString(text, -1) }

// parseTerm reads one term and says how many tokens it took, 0 if it is none that VStream knows.
func parseTerm(tokens []string, t *table) (condition, int, error) {
	var c condition
	word := func(i int) string {
		if i >= len(tokens) {
			return ""
		}
		return strings.ToLower(tokens[i])
	}
	if word(0) == "in_keyrange" {
		return parseInKeyRange(tokens)
	}
	if len(tokens) < 3 || !columnText.MatchString(tokens[0]) {
		return c, 0, nil
	}
	var err error
	if c.column, err = findColumn(t, strings.Trim(tokens[0], "`")); err != nil {
		return c, 0, err
	}
	name, _ := t.columns[c.column].base()
	c.numeric = slices.Contains([]string{"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "year"}, name)
	switch op := word(1); {
	case op == "is" && word(2) == "null":
		c.op = "isnull"
		return c, 3, nil
	case op == "is" && word(2) == "not" && word(3) == "null":
		c.op = "notnull"
		return c, 4, nil
	case op == "in":
		return c.list(tokens)
	case op == "between" && word(3) == "and" && len(tokens) > 4:
		c.op, c.values = "between", []string{literal(tokens[2]), literal(tokens[4])}
		return c, 5, nil
	case op == "not" && word(2) == "between" && word(4) == "and" && len(tokens) > 5:
		c.op, c.values = "notbetween", []string{literal(tokens[3]), literal(tokens[5])}
		return c, 6, nil
	case slices.Contains([]string{"=", "<", "<=", ">", ">=", "!=", "<>"}, op) && isLiteral(tokens[2]):
		c.op, c.values = strings.Replace(op, "<>", "!=", 1), []string{literal(tokens[2])}
		return c, 3, nil
	}
	return c, 0, nil
}

// list reads "col in (a, b)".
func (c condition) list(tokens []string) (condition, int, error) {
	c.op = "in"
	if tokens[2] != "(" {
		return c, 0, nil
	}
	for i := 3; i < len(tokens); i++ {
		switch {
		case tokens[i] == ")":
			return c, i + 1, nil
		case tokens[i] != ",":
			c.values = append(c.values, literal(tokens[i]))
		}
	}
	return c, 0, nil
}

// parseInKeyRange reads in_keyrange('-80') and in_keyrange(col, 'hash', '-80').
func parseInKeyRange(tokens []string) (condition, int, error) {
	for i, tok := range tokens {
		if tok == ")" && i >= 3 {
			kr, err := parseKeyRange(literal(tokens[i-1]))
			return condition{op: "in_keyrange", keyRange: kr}, i + 1, err
		}
	}
	return condition{}, 0, nil
}

func isLiteral(tok string) bool {
	return strings.ContainsRune(`'"`, rune(tok[0])) || strings.ContainsRune("+-.0123456789", rune(tok[0]))
}

func literal(tok string) string {
	if len(tok) < 2 || !strings.ContainsRune(`'"`, rune(tok[0])) {
		return tok
	}
	s := tok[1 : len(tok)-1]
	return strings.NewReplacer(`\'`, `'`, `''`, `'`, `\"`, `"`, `\\`, `\`).Replace(s)
}
