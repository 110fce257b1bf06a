package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

const (
	// maxPattern bounds a regular expression, in bytes: the engine compares it
	// afresh at every step, of which it takes up to 30,000.
	maxPattern = 1000
	// maxClasses bounds how many classes such as \p{L} a regular expression
	// has: each takes milliseconds to read.
	maxClasses = 16
	// maxLegs and maxEllipses bound a JSON path. MySQL's documents are at most
	// 100 deep; each ** goes over all that the one before it found.
	maxLegs     = 100
	maxEllipses = 1
	// maxMatched bounds how many bytes are read where a regular expression matches
	// many times, each with up to 30,000 steps.
	maxMatched = 16 << 10
)

// textOf gives the text of a literal.
func textOf(e sqlparser.Expr) (string, bool) {
	switch e := e.(type) {
	case *sqlparser.Literal:
		return e.Val, true
	case *sqlparser.CollateExpr:
		return textOf(e.Expr)
	case *sqlparser.IntroducerExpr:
		return textOf(e.Expr)
	case *sqlparser.UnaryExpr:
		return textOf(e.Expr)
	case *sqlparser.ConvertExpr:
		return textOf(e.Expr)
	}
	return "", false
}

// pattern allows a regular expression that is written out, and reads it.
func (c *checker) pattern(at spot, pattern, flags sqlparser.Expr) {
	text, ok := textOf(pattern)
	if ok {
		at = c.literalSpot(text, at)
	}
	if _, isText := textOf(flags); flags != nil && !isText {
		ok = false
	}
	switch {
	case !ok:
		c.refuse(at, "a regular expression has to be a text in quotes", "as in email REGEXP '^a'")
	case len(text) > maxPattern:
		c.refuse(at, "this regular expression is too long", "at most 1000 bytes are taken")
	case strings.Count(text, `\p`)+strings.Count(text, `\P`)+strings.Count(text, "[:") > maxClasses:
		c.refuse(at, `this regular expression has too many classes such as \p{…}`, "at most 16 are taken")
	case hasBackReference(text):
		c.refuse(at, `back-references such as \1 are not known here`, "they can take very long")
	}
	if c.err == nil {
		empty := sqlparser.NewStrLiteral("")
		c.try(&sqlparser.RegexpLikeExpr{Expr: empty, Pattern: pattern, MatchType: flags}, at, "")
	}
}

// hasBackReference finds what matches a group's text again.
func hasBackReference(pattern string) bool {
	for i := 0; i+1 < len(pattern); i++ {
		if pattern[i] == '\\' {
			i++
			if next := pattern[i]; next >= '1' && next <= '9' || next == 'k' {
				return true
			}
		}
	}
	return false
}

// path allows a JSON path that is written out, and reads it.
func (c *checker) path(at spot, path sqlparser.Expr) {
	text, ok := textOf(path)
	if ok {
		at = c.literalSpot(text, at)
	}
	switch {
	case !ok:
		c.refuse(at, "a JSON path has to be a text in quotes", "as in '$.a.b'")
	case strings.Count(text, "**") > maxEllipses:
		c.refuse(at, "a JSON path can have one ** here", "")
	case strings.Count(text, ".")+strings.Count(text, "[") > maxLegs:
		c.refuse(at, "this JSON path is too long", "MySQL's documents are at most 100 deep")
	}
	if c.err == nil {
		c.try(&sqlparser.JSONExtractExpr{JSONDoc: sqlparser.NewStrLiteral("{}"), PathList: []sqlparser.Expr{path}}, at, "a path is written '$.a.b' or '$[0]'")
	}
}

// try lets the engine evaluate what is constant, and takes its error over.
func (c *checker) try(e sqlparser.Expr, at spot, hint string) {
	if c.err != nil {
		return
	}
	defer func() {
		if recover() != nil {
			c.refuse(at, "this cannot be evaluated", hint)
		}
	}()
	if _, err := translate(e, nil); err != nil {
		c.refuse(at, plainReason(err.Error()), hint)
	}
}

// regexpLikeSize is that of REGEXP_LIKE.
func regexpLikeSize(c *checker, call *call) size {
	c.regexp(call)
	return comparisonSize
}

// regexpSearchSize is that of what looks for one match, or for the nth.
func regexpSearchSize(c *checker, call *call) size {
	c.regexp(call)
	return call.arg(0)
}

// regexp goes over the pattern of a function. One that looks for several
// matches has the engine's limit of steps for each.
func (c *checker) regexp(call *call) {
	var pattern, flags, nth sqlparser.Expr
	switch e := call.node.(type) {
	case *sqlparser.RegexpLikeExpr:
		pattern, flags = e.Pattern, e.MatchType
	case *sqlparser.RegexpInstrExpr:
		pattern, flags, nth = e.Pattern, e.MatchType, e.Occurrence
	case *sqlparser.RegexpSubstrExpr:
		pattern, flags, nth = e.Pattern, e.MatchType, e.Occurrence
	}
	c.pattern(call.at, pattern, flags)
	if nth != nil {
		c.limits.lower(maxMatched, call.name)
	}
	c.total = c.total.plus(call.arg(0).times(8))
}
