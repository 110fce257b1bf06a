package ui

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vtscope/internal/pairs"
)

// viewLimit is what drawing a screen of 200×60 may cost, beside measuring the
// width of what was drawn: a library's one walk over every character.
const viewLimit = 3

// BenchmarkView draws the whole screen of 200×60 anew.
func BenchmarkView(b *testing.B) {
	const turns = 9
	for _, shards := range []int{4, 256} {
		for _, details := range []bool{false, true} {
			b.Run(fmt.Sprintf("shards=%d,details=%v", shards, details), func(b *testing.B) {
				f := newFixture(b, shardNames(shards)...)
				s := f.deliver(f.hello()).traffic(8).screen(200, 60)
				if details {
					s.press("enter")
				}
				drawn := s.view()
				var ratio pairs.Ratio
				for b.Loop() {
					ratio = pairs.Compare(turns, func() {
						s.model.drawn.old = true
						s.model.View()
					}, func() { ansi.StringWidth(drawn) })
				}
				ratio.AtMost(b, viewLimit, "measuring")
				b.ReportMetric(0, "ns/op")
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
