package stream_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"vtscope/stream"
)

func TestJSONDocuments(t *testing.T) {
	tests := []struct{ raw, want string }{
		{`{}`, `{}`},
		{`[]`, `[]`},
		{`null`, `null`},
		{`"text"`, `"text"`},
		{`-1.50`, `-1.50`},
		{`{"b": 1, "aa": 2}`, `{"b": 1, "aa": 2}`},
		{`{"aa": 2, "b": 1}`, `{"b": 1, "aa": 2}`},
		{`[{"zz": {"b": [1, 2], "a": null}, "y": true}]`, `[{"y": true, "zz": {"a": null, "b": [1, 2]}}]`},
		{`{"é": 1, "zz": 2, "a": 3}`, `{"a": 3, "zz": 2, "é": 1}`},
		{`{"\"q": 1, "a": 2}`, `{"a": 2, "\"q": 1}`},
		{`{"a":1,"b":[1,2]}`, `{"a": 1, "b": [1, 2]}`},
		{"{\n\t\"a\": 1\r}", `{"a": 1}`},
		{`["\u00e9\ud83d\ude00\/", "\u0001\u007f", "\u000A"]`, "[\"é😀/\", \"\\u0001\u007f\", \"\\n\"]"},
		{`[1.2345678901234568e15, 1e15, 1E2, 1e100, 5e-324]`, `[1234567890123456.8, 1e15, 100.0, 1e100, 5e-324]`},
		{`{"a": .1, "b": [-.25, .5E0]}`, `{"a": 0.1, "b": [-0.25, 0.5]}`},
		{`[100000000000000.0, 0.0000001, 18446744073709551615]`, `[100000000000000.0, 0.0000001, 18446744073709551615]`},
	}
	for _, test := range tests {
		got, valid := stream.AppendJSONDocument([]byte("x"), []byte(test.raw))
		if !valid || string(got) != "x"+test.want {
			t.Errorf("%s prints %s (%v), want %s", test.raw, got, valid, test.want)
		}
	}
}

func TestBrokenJSONDocuments(t *testing.T) {
	for _, raw := range []string{
		``, ` `, `"base64:type15:AP8=", "after"]`, `{`, `[1`, `{"a"}`, `{"a" 1}`, `{a: 1}`, `[1,]`, `01`, `+1`, `1.`, `.`, `-.`, `.e1`, `1e`, `nul`, `tru e`,
		`"`, `"\`, `"\x"`, `"\u12"`, `"\ud83d"`, `"\ud83dx"`, "\"\\u00\x140\"", "\"\xff\"", "\"\n\"", `[1] [2]`, "{\"\xff\": 1}", "\"a\\\xff\"",
		strings.Repeat("[", 1_000_000),
	} {
		if got, valid := stream.AppendJSONDocument([]byte("x"), []byte(raw)); valid || string(got) != "x" {
			t.Errorf("%.40q prints %.40q (%v), want none", raw, got, valid)
		}
	}
}

var bareFraction = regexp.MustCompile(`(^|[^0-9])\.`)

// FuzzJSONDocument compares with encoding/json what is JSON, and what it says.
func FuzzJSONDocument(f *testing.F) {
	for _, seed := range []string{`{"aa": [1.5, "x\ny"], "b": null}`, `"\ud83d\ude00"`, `[1e15, -0.0, 1.2345678901234568e15]`, `{"a":1,"a":2}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		printed, valid := stream.AppendJSONDocument(nil, raw)
		if !valid {
			return
		}
		// Tablets before 24.0.2 send .1 for 0.1; everything else that is taken is JSON.
		if !json.Valid(printed) || !json.Valid(bareFraction.ReplaceAll(raw, []byte("${1}0."))) {
			t.Fatalf("%q prints %q: one is no JSON", raw, printed)
		}
		again, _ := stream.AppendJSONDocument(nil, printed)
		if string(again) != string(printed) {
			t.Fatalf("%q prints %q, that prints %q", raw, printed, again)
		}
		var before, after any
		if json.Unmarshal(raw, &before) == nil && json.Unmarshal(printed, &after) == nil && !reflect.DeepEqual(before, after) {
			t.Fatalf("%q prints %q, which says something else", raw, printed)
		}
	})
}
