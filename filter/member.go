package filter

import (
	"regexp"
	"slices"
	"strconv"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/stream"
)

// A memberTest is a part of the expression that reads single values out of
// documents, as in doc->>'$.a.b' = 3. The engine is given them as columns of
// their own, which costs less than to let it parse whole documents.
type memberTest struct {
	expr    evalengine.Expr
	members []member
}

// A member is the value at a path in a document.
type member struct {
	document int // the slot of the column
	path     []leg
	slot     int // where the value goes
}

// A leg is a step of a path: .key or [index].
type leg struct {
	key     string
	index   int
	isIndex bool
}

// plainLeg is a name that needs no quotes, or an index; plainPath has no others.
var (
	plainLeg  = regexp.MustCompile(`\.[A-Za-z_][A-Za-z0-9_]*|\[[0-9]{1,6}\]`)
	plainPath = regexp.MustCompile(`^\$(` + plainLeg.String() + `)+$`)
)

// newMemberTest makes a test of an expression, nil where it reads no such value.
func (p *program) newMemberTest(expr sqlparser.Expr) *memberTest {
	test := &memberTest{}
	expr, _ = sqlparser.Rewrite(sqlparser.CloneExpr(expr), func(c *sqlparser.Cursor) bool {
		extract, ok := c.Node().(*sqlparser.JSONExtractExpr)
		if !ok {
			return true
		}
		document, path := p.memberOf(extract)
		if path == nil {
			return true
		}
		c.Replace(slotColumn(test.slot(p, document, path)))
		return false
	}, nil).(sqlparser.Expr)
	if len(test.members) == 0 {
		return nil
	}
	compiled, err := translate(expr, p.typeOf)
	if err != nil {
		return nil
	}
	test.expr = compiled
	return test
}

// memberOf gives what a call of JSON_EXTRACT reads from which document; no path
// where that is not one member of a column's value.
func (p *program) memberOf(extract *sqlparser.JSONExtractExpr) (document int, path []leg) {
	c := p.columnOf(extract.JSONDoc)
	if c == nil || c.Class != stream.ClassJSON || len(extract.PathList) != 1 {
		return 0, nil
	}
	text, ok := quotedText(extract.PathList[0])
	if !ok {
		return 0, nil
	}
	return slotOf(extract.JSONDoc.(*sqlparser.ColName)), pathOf(text.Val)
}

// pathOf takes a plain path apart, nil for others.
func pathOf(text string) (path []leg) {
	if !plainPath.MatchString(text) {
		return nil
	}
	for _, part := range plainLeg.FindAllString(text, -1) {
		if part[0] == '.' {
			path = append(path, leg{key: part[1:]})
			continue
		}
		index, _ := strconv.Atoi(part[1 : len(part)-1]) // it is made of digits
		path = append(path, leg{index: index, isIndex: true})
	}
	return path
}

// slot gives the slot for a member, one for all who read it.
func (t *memberTest) slot(p *program, document int, path []leg) int {
	for _, m := range t.members {
		if m.document == document && slices.Equal(m.path, path) {
			return m.slot
		}
	}
	t.members = append(t.members, member{document, path, len(p.types)})
	p.types = append(p.types, p.types[document])
	return len(p.types) - 1
}

// isTrue decides a part of the expression. It reports false in known where a
// document is unusual or the engine fails; then the whole documents decide.
func (t *memberTest) isTrue(m *Matcher) (is, known bool) {
	for i := range t.members {
		member := &t.members[i]
		document := &m.env.Row[member.document]
		if document.IsNull() {
			m.env.Row[member.slot] = sqltypes.NULL
			continue
		}
		value, known := findMember(document.Raw(), member.path)
		switch {
		case !known:
			return false, false
		case value == nil:
			m.env.Row[member.slot] = sqltypes.NULL
		default:
			m.env.Row[member.slot] = sqltypes.MakeTrusted(sqltypes.TypeJSON, value)
		}
	}
	is, err := m.evaluate(t.expr, false)
	return is, err == nil
}
