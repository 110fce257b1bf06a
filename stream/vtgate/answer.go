package vtgate

import (
	"errors"
	"fmt"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/query"
)

// maxAnswer is how many rows an answer has at most. The longest that is asked
// for names every column of a keyspace.
const maxAnswer = 1_000_000

// rowsOf gives the rows of an answer, and an error where it is none: what a
// server sends is not what it should be until it is looked at. Rows have as many
// values as the answer has fields, and their bytes are there.
func rowsOf(result *query.QueryResult) ([]sqltypes.Row, error) {
	if result == nil {
		return nil, errors.New("the answer has no result")
	}
	if len(result.Rows) > maxAnswer {
		return nil, fmt.Errorf("the answer has %d rows, more than %d", len(result.Rows), maxAnswer)
	}
	for i, row := range result.Rows {
		if row == nil || len(row.Lengths) != len(result.Fields) {
			return nil, fmt.Errorf("row %d of the answer has %d values for %d fields", i+1, len(row.GetLengths()), len(result.Fields))
		}
		left := int64(len(row.Values))
		for _, length := range row.Lengths {
			if length < -1 || length > left {
				return nil, fmt.Errorf("row %d of the answer has other lengths than its values", i+1)
			}
			left -= max(length, 0)
		}
	}
	return sqltypes.Proto3ToResult(result).Rows, nil
}
