package ui

import (
	"fmt"
	"testing"
	"time"
)

// viewLimit is what drawing a screen of 200×60 may take.
const viewLimit = 2 * time.Millisecond

// BenchmarkView draws the whole screen of 200×60 anew.
func BenchmarkView(b *testing.B) {
	for _, shards := range []int{4, 256} {
		for _, details := range []bool{false, true} {
			b.Run(fmt.Sprintf("shards=%d,details=%v", shards, details), func(b *testing.B) {
				f := newFixture(b, shardNames(shards)...)
				s := f.deliver(f.hello()).traffic(8).screen(200, 60)
				if details {
					s.press("enter")
				}
				for b.Loop() {
					s.model.dirty = true
					s.model.View()
				}
				each := b.Elapsed() / time.Duration(b.N)
				b.ReportMetric(each.Seconds()*1000, "ms/view")
				if each > viewLimit {
					b.Errorf("a screen takes %v to draw, more than %v", each, viewLimit)
				}
			})
		}
	}
}

// BenchmarkViewClean asks for the screen again with nothing changed.
func BenchmarkViewClean(b *testing.B) {
	s := liveShop(b).screen(200, 60)
	b.ReportAllocs()
	for b.Loop() {
		s.model.View()
	}
}
