package stream_test

import (
	"testing"

	"vtscope/stream"
)

func TestPartialJSON(t *testing.T) {
	const before = `{"a": 1, "b": [1, 2, 3], "it's": 1, "c d": {"x": "y"}}`
	tests := []struct{ name, before, expression, want string }{
		{"unchanged", before, ``, before},
		{"replace and insert", before,
			`JSON_REPLACE(JSON_INSERT(JSON_REPLACE(%s, _utf8mb4'$.a', CAST(2 as JSON)), _utf8mb4'$.b[3]', CAST(JSON_QUOTE(_utf8mb4'four') as JSON)), _utf8mb4'$."c d".x', JSON_OBJECT(_utf8mb4'q', JSON_ARRAY(1.5, true, null, _utf8mb4'é\"q\\n\'')))`,
			`{"a": 2, "b": [1, 2, 3, "four"], "c d": {"x": {"q": [1.5, true, null, "é\"q\\n'"]}}, "it's": 1}`},
		{"remove", before, `JSON_REMOVE(JSON_REMOVE(%s, _utf8mb4'$.b[0]'), _utf8mb4'$."it's"')`, `{"a": 1, "b": [2, 3], "c d": {"x": "y"}}`},
		{"kinds of values", `{}`,
			`JSON_INSERT(JSON_INSERT(JSON_INSERT(JSON_INSERT(JSON_INSERT(JSON_INSERT(%s, _utf8mb4'$.d', CAST(date '2024-02-29' as JSON)), _utf8mb4'$.t', CAST(time '12:34:56.000000' as JSON)), _utf8mb4'$.dt', CAST(timestamp '2024-02-29 12:34:56.500000' as JSON)), _utf8mb4'$.dec', CAST(1.50 as JSON)), _utf8mb4'$.yes', CAST(_utf8mb4'true' as JSON)), _utf8mb4'$.nul', CAST(_utf8mb4'null' as JSON))`,
			`{"d": "2024-02-29", "t": "12:34:56.000000", "dt": "2024-02-29 12:34:56.500000", "dec": 1.50, "nul": null, "yes": true}`},
		{"whole document", before, `JSON_REPLACE(%s, _utf8mb4'$', JSON_ARRAY())`, `[]`},
		{"a document that is null", before, `null`, `null`},
		{"escapes", `{"a": 1}`, `JSON_REPLACE(%s, _utf8mb4'$.a', CAST(JSON_QUOTE(_utf8mb4'\0\b\n\r\t\Z\\100\%') as JSON))`, `{"a": "\u0000\b\n\r\t\u001a\\100\\%"}`},
		{"a path with a quote in it", `{"a\"b": [{"c": 1}]}`, `JSON_REPLACE(%s, _utf8mb4'$."a\"b"[0].c', CAST(2 as JSON))`, `{"a\"b": [{"c": 2}]}`},

		{"another document: nothing to replace", `{}`, `JSON_REPLACE(%s, _utf8mb4'$.a', CAST(2 as JSON))`, ""},
		{"another document: it is there", `{"a": 1}`, `JSON_INSERT(%s, _utf8mb4'$.a', CAST(2 as JSON))`, ""},
		{"another document: nothing to remove", `[]`, `JSON_REMOVE(%s, _utf8mb4'$[0]')`, ""},
		{"another document: no array", `{"a": 1}`, `JSON_INSERT(%s, _utf8mb4'$.a[1]', CAST(2 as JSON))`, ""},
		{"another document: no such way", `{"a": 1}`, `JSON_INSERT(%s, _utf8mb4'$.b.c', CAST(2 as JSON))`, ""},
		{"opaque value", `{"a": 1}`, `JSON_REPLACE(%s, _utf8mb4'$.a', CAST(x'00ff' as JSON))`, ""},
		{"a time that was not decoded", `{"a": 1}`, `JSON_REPLACE(%s, _utf8mb4'$.a', CAST(time '' as JSON))`, ""},
		{"no expression", `{"a": 1}`, `%s`, ""},
		{"other function", `{"a": 1}`, `JSON_SET(%s, _utf8mb4'$.a', CAST(2 as JSON))`, ""},
		{"cut short", `{"a": 1}`, `JSON_REPLACE(%s, _utf8mb4'$.a', CAST(2 as`, ""},
		{"more than one", `{"a": 1}`, `JSON_REMOVE(%s, _utf8mb4'$.a') or 1`, ""},
		{"broken before", `"x", 1]`, `JSON_REMOVE(%s, _utf8mb4'$.a')`, ""},
	}
	for _, test := range tests {
		b := []stream.Value{{State: stream.Present, Raw: []byte(test.before)}}
		a := []stream.Value{{State: stream.PartialJSON, Raw: []byte(test.expression)}}
		stream.ResolvePartialJSON(b, a)
		if got := string(a[0].Raw); got != test.want || (a[0].State == stream.Present) != (test.want != "") {
			t.Errorf("%s: state %d, %s, want %s", test.name, a[0].State, got, test.want)
		}
	}
}

func TestPartialJSONWithoutTheOldDocument(t *testing.T) {
	for _, before := range [][]stream.Value{nil, {{State: stream.Absent}}, {{State: stream.Null}}} {
		after := []stream.Value{{State: stream.PartialJSON, Raw: []byte(`JSON_REMOVE(%s, _utf8mb4'$.a')`)}}
		if stream.ResolvePartialJSON(before, after); after[0].State != stream.Absent {
			t.Errorf("before %v gives state %d, want absent", before, after[0].State)
		}
	}
}

func FuzzPartialJSON(f *testing.F) {
	f.Add([]byte(`{"a": [1, 2]}`), []byte(`JSON_INSERT(JSON_REMOVE(%s, _utf8mb4'$.a[0]'), _utf8mb4'$.b', CAST(JSON_QUOTE(_utf8mb4'\'x') as JSON))`))
	f.Add([]byte(`[]`), []byte(`JSON_REPLACE(%s, _utf8mb4'$', JSON_OBJECT(_utf8mb4'k', date '2024-02-29'))`))
	f.Fuzz(func(t *testing.T, document, expression []byte) {
		before := []stream.Value{{State: stream.Present, Raw: document}}
		after := []stream.Value{{State: stream.PartialJSON, Raw: expression}}
		stream.ResolvePartialJSON(before, after)
		if after[0].State == stream.PartialJSON {
			t.Fatal("not resolved")
		}
	})
}
