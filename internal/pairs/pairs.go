package pairs

import (
	"runtime"
	"slices"
	"time"

	"vtscope/internal/cputime"
)

// A Ratio is the processor time of one piece of work, in that of another: the
// median of the turns, and the least that it is with near certainty.
type Ratio struct {
	Value, Least float64
}

// Compare runs both in turns, the other work before and after ours; there are at
// least 9 turns.
func Compare(turns int, ours, other func()) Ratio {
	var ratios []float64
	before := cost(other)
	for range max(turns, 9) {
		our := cost(ours)
		after := cost(other)
		ratios = append(ratios, 2*our/(before+after))
		before = after
	}
	slices.Sort(ratios)
	// That both of the lowest of nine are above the median comes once in fifty.
	return Ratio{Value: ratios[len(ratios)/2], Least: ratios[len(ratios)/9]}
}

// leastTime is what the clock can tell well: a busy system adds the time of
// threads at its tick, of some milliseconds.
const leastTime = 40 * time.Millisecond

// cost is the processor time of all threads, garbage collection included, in
// seconds. It repeats the work until the clock can tell its time.
func cost(work func()) float64 {
	runtime.GC()
	start := cputime.Used()
	done := 0
	for n := 1; ; n *= 2 {
		for range n {
			work()
		}
		done += n
		if took := cputime.Used() - start; took >= leastTime || done > mostTimes {
			return max(took, time.Microsecond).Seconds() / float64(done)
		}
	}
}

// mostTimes bounds how often work that takes no processor time is repeated.
const mostTimes = 1 << 24

// A Benchmark is a *testing.B.
type Benchmark interface {
	Helper()
	ReportMetric(n float64, unit string)
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
}

// AtMost fails a benchmark whose ratio is above a limit with near certainty.
func (r Ratio) AtMost(b Benchmark, limit float64, beside string) {
	b.Helper()
	b.ReportMetric(r.Value, "x-"+beside)
	b.ReportMetric(r.Least, "at-least")
	switch {
	case r.Value <= limit:
	case r.Least <= limit:
		b.Logf("not measurable here: %.3f times %s, and at most %.3f; but it may be %.3f", r.Value, beside, limit, r.Least)
	default:
		b.Errorf("%.3f times %s, and at least %.3f, more than %.3f", r.Value, beside, r.Least, limit)
	}
}
