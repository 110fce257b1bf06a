package stream

import "time"

// rateSeconds is how many seconds of counts a Rate keeps; rateWindow, how many
// whole seconds its average takes in.
const (
	rateSeconds = 64
	rateWindow  = 5
)

// A Rate counts what arrives, second by second. The zero Rate is ready.
type Rate struct {
	counts [rateSeconds]uint32
	last   int64 // the Unix second of the newest count
	first  int64 // that of the oldest ever
}

func (r *Rate) add(second int64, n uint32) {
	switch {
	case second <= 0:
		return // no clock says so
	case second == r.last:
		r.counts[second%rateSeconds] += n
		return
	}
	if second > r.last {
		if r.last == 0 {
			r.first = second
		}
		for s := max(r.last+1, second-rateSeconds+1); s <= second; s++ {
			r.counts[s%rateSeconds] = 0
		}
		r.last = second
	}
	if second > r.last-rateSeconds {
		r.counts[second%rateSeconds] += n
	}
}

// at gives the count of one second.
func (r *Rate) at(second int64) uint32 {
	if second <= 0 || second > r.last || second <= r.last-rateSeconds {
		return 0
	}
	return r.counts[second%rateSeconds]
}

// PerSecond is the average over the last whole seconds before now, fewer where
// counting began later.
func (r *Rate) PerSecond(now time.Time) float64 {
	second := now.Unix()
	window := min(rateWindow, second-r.first)
	if r.last == 0 || window <= 0 {
		return float64(r.at(second))
	}
	total := uint64(0)
	for s := second - window; s < second; s++ {
		total += uint64(r.at(s))
	}
	return float64(total) / float64(window)
}

// History appends the counts of the n whole seconds before now, oldest first;
// n is at most 60.
func (r *Rate) History(dst []uint32, now time.Time, n int) []uint32 {
	second := now.Unix()
	for s := second - int64(min(n, rateSeconds-4)); s < second; s++ {
		dst = append(dst, r.at(s))
	}
	return dst
}
