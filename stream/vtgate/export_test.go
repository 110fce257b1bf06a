package vtgate

import "context"

// Round is one round of a watch.
func (w *Watch) Round(ctx context.Context) bool { return w.round(ctx) }

// RowsOf is what every answer passes through.
var RowsOf = rowsOf

// NextRound is a watch's wait after a round.
var NextRound = nextRound
