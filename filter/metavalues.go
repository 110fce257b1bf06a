package filter

import (
	"regexp"
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// Known are the names that the meta names can be; nil is not known.
type Known struct {
	Keyspaces, Shards, Tables []string
	// SoFar says that there may be more tables.
	SoFar bool
	// RowsAlone says that nothing but row changes is filtered, as in a pipe.
	RowsAlone bool
}

// gtidForm is what _gtid is: a MySQL GTID with its tag, or MariaDB's.
var gtidForm = regexp.MustCompile(`(?i)^([0-9a-f-]{36}(:[a-z_][a-z0-9_]*)?:[0-9]+|[0-9]+-[0-9]+-[0-9]+)$`)

// A metaValue is a value that a meta name is compared with.
type metaValue struct {
	meta string
	expr sqlparser.Expr
	at   spot
}

// metaValues gives the constants that meta names are compared with by =, <>, <=>
// and IN.
func (c *checker) metaValues(expr sqlparser.Expr) (values []metaValue) {
	add := func(name, value sqlparser.Expr) {
		column, ok := name.(*sqlparser.ColName)
		if !ok || !column.Qualifier.IsEmpty() || namesColumn(value) || isNull(value) {
			return
		}
		if _, isMeta := metaByName(column.Name.String()); isMeta {
			at := c.word(column.Name.String())
			if literal, ok := value.(*sqlparser.Literal); ok {
				at = c.literalSpot(literal.Val, at)
			}
			values = append(values, metaValue{column.Name.Lowered(), value, at})
		}
	}
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		e, ok := node.(*sqlparser.ComparisonExpr)
		if !ok {
			return true, nil
		}
		switch e.Operator {
		case sqlparser.EqualOp, sqlparser.NotEqualOp, sqlparser.NullSafeEqualOp:
			add(e.Left, e.Right)
			add(e.Right, e.Left)
		case sqlparser.InOp, sqlparser.NotInOp:
			list, _ := e.Right.(sqlparser.ValTuple)
			for _, value := range list {
				add(e.Left, value)
			}
		}
		return true, nil
	}, expr)
	return values
}

// impossible says why a meta name is never a value, with the nearest that it can
// be; problem is "" where it may be.
func (k *Known) impossible(v metaValue) (problem, hint string) {
	if v.meta == "_time" {
		return "", ""
	}
	literal, isText := quotedText(v.expr)
	if digits, isNumber := constantNumber(v.expr, false); isNumber {
		switch {
		case v.meta != "_copy":
			return v.meta + " is a text, and this is a number", "write " + v.meta + " = " + quoteText(sqlparser.String(v.expr))
		case digits != "0" && digits != "1":
			return "_copy is true or false", ""
		}
	}
	if !isText {
		return "", ""
	}
	text := literal.Val
	switch v.meta {
	case "_event":
		if k.RowsAlone && isOtherKind(text) {
			return "no row change is " + text + ", and only row changes are filtered here", "--events chooses what else is printed"
		}
		return k.isNone(text, "there is no event "+text, kindNames())
	case "_keyspace":
		return k.isNone(text, "no keyspace that is streamed is called "+text, k.Keyspaces)
	case "_shard":
		return k.isNone(text, "no shard that is streamed is called "+text, k.Shards)
	case "_table":
		if k.SoFar {
			return k.isNone(text, "no table seen so far is called "+text, k.Tables)
		}
		return k.isNone(text, "no table that is streamed is called "+text, k.Tables)
	case "_gtid":
		if !gtidForm.MatchString(text) {
			return "_gtid is one transaction's GTID", "as in _gtid = '90a3e2d2-8a0f-11ef-9c5b-0242ac110002:59'"
		}
	case "_copy":
		return "_copy is true or false", "write _copy, or not _copy"
	}
	return "", ""
}

// isNone gives a problem where a text is none of the names that there are.
func (k *Known) isNone(text, problem string, names []string) (string, string) {
	if names == nil || slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, text) }) {
		return "", ""
	}
	if near := nearest(text, names); near != "" {
		return problem, "did you mean " + quoteText(near) + "?"
	}
	if names = sortedOnce(names); len(names) > 8 {
		return problem, ""
	}
	return problem, "there is " + strings.Join(names, ", ")
}

// nearest prefers a name of which the text is a part, as 80 is of 80-c0.
func nearest(text string, names []string) string {
	for _, name := range names {
		if text != "" && strings.Contains(strings.ToLower(name), strings.ToLower(text)) {
			return name
		}
	}
	return stream.Nearest(text, names)
}

func sortedOnce(names []string) []string {
	names = slices.Sorted(slices.Values(names))
	return slices.Compact(names)
}

func kindNames() (names []string) {
	for k := stream.Copy; k.String() != stream.Unknown.String(); k++ {
		names = append(names, k.String())
	}
	return names
}

// isOtherKind reports whether a text names a kind of events that are no row changes.
func isOtherKind(text string) bool {
	for k := stream.Copy; k.String() != stream.Unknown.String(); k++ {
		if strings.EqualFold(k.String(), text) {
			return !k.IsRow()
		}
	}
	return false
}

var keyRange = regexp.MustCompile(`(?i)^([0-9a-f]+-[0-9a-f]*|-[0-9a-f]*)(?:[\s,)]|$)`)

// checkKeyRanges finds a shard without quotes, which is a subtraction.
func checkKeyRanges(text string, tokens []token) error {
	for i, t := range tokens {
		if !t.is("_shard") || !t.isName(text) {
			continue
		}
		for ; i+1 < len(tokens) && !isCondition(tokens[i]); i++ {
			shard := keyRange.FindStringSubmatch(text[tokens[i+1].start:])
			if shard == nil || !comparesNext(tokens[i]) {
				continue
			}
			start := tokens[i+1].start
			return &Error{
				Text: text, Start: start, End: start + len(shard[1]), Problem: "a shard is a text, and this is a calculation",
				Hint: "write " + quoteText(shard[1]),
			}
		}
	}
	return nil
}

// isCondition reports whether a token ends what may belong to a comparison.
func isCondition(t token) bool { return t.kind == sqlparser.AND || t.kind == sqlparser.OR }

// comparesNext reports whether what follows a token is compared.
func comparesNext(t token) bool {
	return t.kind == '=' || t.kind == sqlparser.NE || t.kind == sqlparser.NULL_SAFE_EQUAL || t.kind == '(' || t.kind == ','
}
