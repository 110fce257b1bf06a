package stream

import "time"

// rateSeconds is how many seconds of counts a Rate keeps; rateTens, how many spans of
// TenSeconds; rateWindow, how many whole seconds its average takes in.
const (
	rateSeconds = 64
	rateTens    = 92
	rateWindow  = 5
)

// TenSeconds is the longer span by which a Rate counts.
const TenSeconds = 10

// A Rate counts what arrives, second by second. The zero Rate is ready.
type Rate struct {
	counts [rateSeconds]uint32
	last   int64 // the Unix second of the newest count
	first  int64 // that of the oldest ever

	tens [rateTens]uint32 // of the seconds before the last
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
		r.turn(second)
		for s := max(r.last+1, second-rateSeconds+1); s <= second; s++ {
			r.counts[s%rateSeconds] = 0
		}
		r.last = second
	}
	if second > r.last-rateSeconds {
		if second < r.last && second > r.last-rateSeconds {
			r.tens[second/TenSeconds%rateTens] += n
		}
		r.counts[second%rateSeconds] += n
	}
}

// turn counts the last second among its ten, before another is the last.
func (r *Rate) turn(second int64) {
	last, next := r.last/TenSeconds, second/TenSeconds
	if r.last > 0 {
		r.tens[last%rateTens] += r.counts[r.last%rateSeconds]
	}
	for s := max(last+1, next-rateTens+1); s <= next; s++ {
		r.tens[s%rateTens] = 0
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

// LongHistory appends the counts of the n whole spans of TenSeconds before now, oldest
// first; n is at most 90.
func (r *Rate) LongHistory(dst []uint32, now time.Time, n int) []uint32 {
	span, last := now.Unix()/TenSeconds, r.last/TenSeconds
	for s := span - int64(min(n, rateTens-2)); s < span; s++ {
		count := uint32(0)
		if s > 0 && s <= last && s > last-rateTens {
			if count = r.tens[s%rateTens]; s == last {
				count += r.counts[r.last%rateSeconds]
			}
		}
		dst = append(dst, count)
	}
	return dst
}
