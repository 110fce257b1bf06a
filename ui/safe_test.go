package ui

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"vtscope/ui/draw"
)

// hostile is row data that tries to reach the terminal.
var hostile = []string{
	"\x1b]52;c;c3RvbGVu\a", "\x1b]0;a title\x1b\\", "\x1b[2J\x1b[H", "\x1b[31;5mred", "\x1bc", "\x1b[?1049l\x1b[?25h",
	"\x9b2J", "\u009b2J\u009d0;title\u009c", "\x90q\x9c", "\x1bP+q544e\x1b\\", "\x1b_G\x1b\\", "a\rb\nc\td\be\vf\fg\a",
	"nul\x00\x7f", "\u202eevil\u202c", "\u2066\u2067\u2068\u2069\u200e\u200f\u061c", "\ufeff\u200b\u00ad\u2060", "\u2028\u2029",
	"\xff\xfe\xc3\x28\xed\xa0\x80", "日本語のテキスト", "👩‍👩‍👧‍👦", "👍🏽", "🏽", "ｶﾞ", "ﾞ", "🇳🇱🇯", "❤️", "1️⃣", "e\u0301\u0301\u0301", "\u0301\u0302", "क्षि", "ﷺ", "각",
	"\U000e0041\U000e007f", "\u115f\u3164\uffa0", "\u200d👩", "a\u200db", "\ufe0f\ufe0e", "☠\ufe0f", "\U0001f1e6", "가",
	strings.Repeat("very long ", 500), strings.Repeat("漢", 3000), strings.Repeat("\u0300", 300), `\x1b[2J`,
}

// unfit says what of a text is not fit for a terminal.
func unfit(text string) string {
	if !utf8.ValidString(text) {
		return "invalid UTF-8"
	}
	for _, r := range text {
		switch {
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return "a control character"
		case r == 0x200d:
		case unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp):
			return "a character that turns text or ends a line"
		}
	}
	if ansi.StringWidth(text) != ansi.StringWidthWc(text) {
		return "a width that terminals measure in different ways"
	}
	return ""
}

func FuzzSafe(f *testing.F) {
	for _, text := range hostile {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text := draw.Safe(b)
		if what := unfit(text); what != "" {
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
