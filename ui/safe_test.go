package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vtscope/internal/hostile"
	"vtscope/ui/draw"
)

func FuzzSafe(f *testing.F) {
	for _, text := range hostile.Texts {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text := draw.Safe(b)
		if what := hostile.Unfit(text); what != "" {
			t.Errorf("safe(%q) is %q: %s", b, text, what)
		}
		if got := draw.TextWidth(text); got != ansi.StringWidth(text) {
			t.Errorf("%q is %d wide, textWidth says %d", text, ansi.StringWidth(text), got)
		}
		for limit := range 12 {
			l := draw.NewLine(limit).Put("", "|").Put("", text)
			if got := l.String(); ansi.StringWidth(got) != limit || ansi.StringWidthWc(got) != limit {
				t.Errorf("%q in %d columns becomes %q", text, limit, got)
			}
			l = draw.NewLine(8)
			l.Skip = limit
			if got := l.Put("", text).String(); ansi.StringWidth(got) != 8 || ansi.StringWidthWc(got) != 8 {
				t.Errorf("%q from column %d on becomes %q", text, limit, got)
			}
		}
	})
}

func TestSafeKeepsWhatIsSafe(t *testing.T) {
	for _, text := range []string{"", "plain text", "Zoë", "山田 花子", "🧦 socks", "naïve café", "→ ▁▂▃", `a\b "c" 'd'`} {
		if got := draw.Safe([]byte(text)); got != text {
			t.Errorf("safe(%q) is %q", text, got)
		}
	}
}
