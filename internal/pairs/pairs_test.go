package pairs

import (
	"testing"
	"time"

	"vtscope/internal/cputime"
)

// busy takes processor time, and nothing else.
func busy(d time.Duration) func() {
	return func() {
		for end := cputime.Used() + d; cputime.Used() < end; {
		}
	}
}

func TestCompareSeesTwice(t *testing.T) {
	r := Compare(5, busy(20*time.Millisecond), busy(10*time.Millisecond))
	if r.Value < 1.5 || r.Least > r.Value || r.Value > 2.5 {
		t.Errorf("twice the work is %.2f times the work , and at least %.2f", r.Value, r.Least)
	}
}

// TestAtMost fails beyond what the turns differ by, and only there.
func TestAtMost(t *testing.T) {
	for _, test := range []struct {
		ratio Ratio
		fails bool
	}{
		{Ratio{0.9, 0.8}, false}, {Ratio{1.2, 1.1}, true}, {Ratio{1.2, 0.95}, false},
	} {
		failed := false
		testing.Benchmark(func(b *testing.B) {
			test.ratio.AtMost(b, 1, "other")
			failed = b.Failed()
			b.SkipNow()
		})
		if failed != test.fails {
			t.Errorf("%+v: fails: %v", test.ratio, failed)
		}
	}
}
