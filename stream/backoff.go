package stream

import (
	"context"
	"time"
)

// A Backoff says how long to wait before a stream is opened again: Min at
// first, twice as long each time, Max at most. The zero Backoff is 250 ms to
// 15 s, so that a stream is opened nine times in its first minute.
type Backoff struct{ Min, Max time.Duration }

func (b Backoff) orDefault() Backoff {
	if b.Min <= 0 {
		return Backoff{Min: 250 * time.Millisecond, Max: 15 * time.Second}
	}
	return b
}

// after gives the wait before attempt n, from 1 on.
func (b Backoff) after(n int) time.Duration {
	b = b.orDefault()
	wait := b.Min
	for ; n > 1 && wait < b.Max; n-- {
		wait *= 2
	}
	return min(wait, b.Max)
}

// Sleep waits, or ends with the context, whose cause it returns.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
