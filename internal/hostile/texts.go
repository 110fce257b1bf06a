package hostile

import "strings"

// Texts are row data that tries to reach the terminal.
var Texts = []string{
	"\x1b]52;c;c3RvbGVu\a", "\x1b]0;a title\x1b\\", "\x1b[2J\x1b[H", "\x1b[31;5mred", "\x1bc", "\x1b[?1049l\x1b[?25h",
	"\x9b2J", "\u009b2J\u009d0;title\u009c", "\x90q\x9c", "\x1bP+q544e\x1b\\", "\x1b_G\x1b\\", "a\rb\nc\td\be\vf\fg\a",
	"nul\x00\x7f", "\u202eevil\u202c", "\u2066\u2067\u2068\u2069\u200e\u200f\u061c", "\ufeff\u200b\u00ad\u2060", "\u2028\u2029",
	"\xff\xfe\xc3\x28\xed\xa0\x80", "日本語のテキスト", "👩‍👩‍👧‍👦", "👍🏽", "🏽", "ｶﾞ", "ﾞ", "🇳🇱🇯", "❤️", "1️⃣", "e\u0301\u0301\u0301", "\u0301\u0302", "क्षि", "ﷺ", "각",
	"\U000e0041\U000e007f", "\u115f\u3164\uffa0", "\u200d👩", "a\u200db", "\ufe0f\ufe0e", "☠\ufe0f", "\U0001f1e6", "가",
	strings.Repeat("very long ", 500), strings.Repeat("漢", 3000), strings.Repeat("\u0300", 300), `\x1b[2J`,
}
