package draw

import "strings"

var sparkBars = []rune("▁▂▃▄▅▆▇█")

// Sparkline draws counts as bars, the highest as high as can be, and nothing
// for none.
func Sparkline(counts []uint32) string {
	highest := uint32(1)
	for _, n := range counts {
		highest = max(highest, n)
	}
	var b strings.Builder
	for _, n := range counts {
		if n == 0 {
			b.WriteByte(' ')
			continue
		}
		i := (uint64(n)*uint64(len(sparkBars)-1) + uint64(highest) - 1) / uint64(highest)
		b.WriteRune(sparkBars[i])
	}
	return b.String()
}

var eighths = []rune(" ▏▎▍▌▋▊▉")

// Bar draws a share of 0 to 1 over a width, to an eighth of a column.
func Bar(share float64, width int) string {
	share = min(max(share, 0), 1)
	parts := int(share * float64(width*8))
	text := strings.Repeat("█", parts/8)
	rest := width - parts/8
	if rest > 0 && parts%8 > 0 {
		text += string(eighths[parts%8])
		rest--
	}
	return text + strings.Repeat("░", rest)
}
