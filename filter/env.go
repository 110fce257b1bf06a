package filter

import (
	"context"
	"sync"
	"time"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtenv"
	"vitess.io/vitess/go/vt/vtgate/evalengine"
)

// textCollation is the collation of literals and of meta names: that of a
// MySQL connection in utf8mb4 which sets no other.
const textCollation = collations.CollationUtf8mb4ID

// environment is what Vitess's parser and evaluation engine share. It is made
// when the first filter is read, since it takes a moment.
var environment = sync.OnceValue(func() *vtenv.Environment {
	// Of later versions the engine makes YEAR() a type that it cannot compare.
	env, err := vtenv.New(vtenv.Options{MySQLServerVersion: "8.0.40"})
	if err != nil {
		panic(err) // only an unreadable version number, and none is given
	}
	return env
})

func parser() *sqlparser.Parser { return environment().Parser() }

// newEvaluation makes what evaluates expressions, on one goroutine. Times are
// in UTC, as those of the stream are.
func newEvaluation() *evalengine.ExpressionEnv {
	ctx := context.Background() //nolint:forbidigo // it names the user, and is waited for by nothing
	return evalengine.NewExpressionEnv(ctx, nil, evalengine.NewEmptyVCursor(environment(), time.UTC))
}
