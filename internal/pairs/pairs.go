package pairs

import (
	"runtime"
	"slices"
	"time"
)

// A Ratio is the processor time of one piece of work, in that of another.
type Ratio struct {
	Value  float64 // the median of the turns
	Spread float64 // how much the other work differs from itself: 0.1 is 10%
}

// Compare runs both in turns, the other work before and after ours. Each takes
// long enough for the clock, some milliseconds; there are at least 5 turns.
func Compare(turns int, ours, other func()) Ratio {
	var ratios, spreads []float64
	before := cost(other)
	for range max(turns, 5) {
		our := cost(ours)
		after := cost(other)
		ratios = append(ratios, 2*our/(before+after))
		spreads = append(spreads, max(before/after, after/before)-1)
		before = after
	}
	slices.Sort(ratios)
	slices.Sort(spreads)
	return Ratio{ratios[len(ratios)/2], spreads[len(spreads)*3/4]}
}

// cost is the processor time of all threads, garbage collection included, in
// seconds, and never 0.
func cost(work func()) float64 {
	runtime.GC()
	start := ProcessTime()
	work()
	return max(ProcessTime()-start, time.Microsecond).Seconds()
}

// A Benchmark is a *testing.B.
type Benchmark interface {
	Helper()
	ReportMetric(n float64, unit string)
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
}

// AtMost fails a benchmark whose ratio is above a limit by more than the spread.
func (r Ratio) AtMost(b Benchmark, limit float64, beside string) {
	b.Helper()
	b.ReportMetric(r.Value, "x-"+beside)
	b.ReportMetric(100*r.Spread, "%spread")
	switch {
	case r.Value <= limit:
	case r.Value <= limit*(1+r.Spread):
		b.Logf("not measurable here: %.2f times %s, and at most %.2f; but %[2]s differs from itself by %.0f%%", r.Value, beside, limit, 100*r.Spread)
	default:
		b.Errorf("%.2f times %s, more than %.2f; %[2]s differs from itself by %.0f%%", r.Value, beside, limit, 100*r.Spread)
	}
}
