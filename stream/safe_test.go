package stream_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"vtscope/stream"
)

func TestAppendSafe(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"plain text, größe 大 😀", "plain text, größe 大 😀"},
		{"a\nb\tc\rd", `a\nb\tc\rd`},
		{"\x1b[31mred\x07\x00\x7f", `\x1b[31mred\x07\x00\x7f`},
		{"\u0085\u009b31m", `\u0085\u009b31m`},
		{"\xff\xfe ok \xe2\x82", `\xff\xfe ok \xe2\x82`},
		{"user\u202egnp.exe", `user\u202egnp.exe`},
		{"\u2066a\u2069", `\u2066a\u2069`},
		{"\ufeffbom\u200bzero\u2060", `\ufeffbom\u200bzero\u2060`},
		{"a\u2028b\u2029c\u00add", `a\u2028b\u2029c\u00add`},
		{"\u0301start", `\u0301start`},
		{"e\u0301", "e\u0301"},
		{"\n\u0301", `\n\u0301`},
		{"👨\u200d👩\u200d👧 and 👩🏽\u200d🚀", "👨\u200d👩\u200d👧 and 👩🏽\u200d🚀"},
		{"❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"},
		{"a\u200db", `a\u200db`},
		{"👨\u200dx", `👨\u200dx`},
		{"tag\U000e0041", `tag\U000e0041`},
		{"blank\u3164", `blank\u3164`},
		{`C:\path`, `C:\path`},
		{"\ufffd", "\ufffd"},
	}
	for _, test := range tests {
		if got := string(stream.AppendSafe([]byte(">"), []byte(test.text))); got != ">"+test.want {
			t.Errorf("%q becomes %q, want %q", test.text, got, ">"+test.want)
		}
	}
}

func FuzzAppendSafe(f *testing.F) {
	f.Add([]byte("\x1b]0;title\x07 \u202e \xff 👨\u200d👩 e\u0301"))
	f.Fuzz(func(t *testing.T, text []byte) {
		safe := string(stream.AppendSafe(nil, text))
		if !utf8.ValidString(safe) {
			t.Fatalf("%q becomes %q, no UTF-8", text, safe)
		}
		for _, r := range strings.ReplaceAll(safe, "\u200d", "") {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q becomes %q, with %U", text, safe, r)
			}
		}
	})
}
