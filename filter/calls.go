package filter

import (
	"fmt"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A call is a function with its arguments.
type call struct {
	name  string    // in lower case
	fn    *function // nil where there is none
	node  sqlparser.Expr
	args  []sqlparser.Expr
	sizes []size
	at    spot
}

// call goes over a function's call.
func (c *checker) call(e sqlparser.Expr) size {
	name := callName(e)
	fn := functionByName[name]
	call := &call{name: name, fn: fn, node: e, args: arguments(e), at: c.callSpot(name, c.calls[name])}
	c.calls[name]++
	switch {
	case fn == nil:
		c.refuseFunction(call)
		return size{}
	case !hasCount(call, fn):
		c.refuse(call.at, name+wrongCount(fn), "it is written "+fn.signature)
		return size{}
	case name == "changed": // its argument is the resolver's
		return comparisonSize
	}
	for i, arg := range call.args {
		times := int64(1)
		if i == 0 && (name == "ifnull" || name == "nullif") {
			times = 2 // it is compared, and it is the result
		}
		call.sizes = append(call.sizes, c.repeated(times, arg))
	}
	if c.err != nil {
		return size{}
	}
	return c.keep(fn.size(c, call), name, call.at)
}

// callName names a function as it stands in functions.
func callName(e sqlparser.Expr) string {
	switch e := e.(type) {
	case *sqlparser.FuncExpr:
		if !e.Qualifier.IsEmpty() {
			return strings.ToLower(e.Qualifier.String()) + "." + e.Name.Lowered()
		}
		return e.Name.Lowered()
	case *sqlparser.CurTimeFuncExpr:
		return e.Name.Lowered()
	case *sqlparser.IntervalDateExpr:
		switch e.Syntax {
		case sqlparser.IntervalDateExprBinaryAdd, sqlparser.IntervalDateExprBinaryAddLeft, sqlparser.IntervalDateExprBinarySub:
			return "adddate"
		}
		return e.FnName()
	case *sqlparser.MemberOfExpr:
		return "member of"
	case *sqlparser.CastExpr:
		return "cast"
	case *sqlparser.ConvertExpr, *sqlparser.ConvertUsingExpr:
		return "convert"
	}
	name, _, _ := strings.Cut(sqlparser.String(e), "(")
	return strings.ToLower(strings.TrimSpace(name))
}

// arguments gives the expressions right within another, in the tree's order.
func arguments(e sqlparser.Expr) (args []sqlparser.Expr) {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		if arg, ok := node.(sqlparser.Expr); ok && node != sqlparser.SQLNode(e) {
			args = append(args, arg)
			return false, nil
		}
		return true, nil
	}, e)
	return args
}

// hasCount reports whether a call has as many arguments as it may. What has a
// syntax of its own is counted by the parser.
func hasCount(call *call, fn *function) bool {
	if _, plain := call.node.(*sqlparser.FuncExpr); !plain {
		return true
	}
	least, most := fn.arity()
	return len(call.args) >= least && (most < 0 || len(call.args) <= most)
}

// wrongCount says how many arguments a function takes.
func wrongCount(fn *function) string {
	least, most := fn.arity()
	switch {
	case most < 0:
		return " takes at least " + countOf(least)
	case most == 0:
		return " takes no arguments"
	case least < most:
		return fmt.Sprintf(" takes %d to %d arguments", least, most)
	}
	return " takes " + countOf(least)
}

func countOf(arguments int) string {
	if arguments == 1 {
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", arguments)
}
