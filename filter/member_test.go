package filter_test

import (
	"bytes"
	"strings"
	"testing"

	"vitess.io/vitess/go/mysql/json"
	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
	"vtscope/stream"
)

// documents are those of a JSON column: usual ones, odd ones and what is none.
var documents = []string{
	`{"a": 1}`, `{"a": "1"}`, `{"a": {"b": 3}}`, `{"a": {"b": "x", "c": [1, {"b": 2}]}, "b": 4}`, `{"b": {"a": 1}}`, `{"a": null}`, `{"a": {"b": null}}`,
	`{"a": [{"b": 3}]}`, `[{"a": 1}]`, `{"a": true, "b": false}`, `{"a": {}, "b": []}`, `{}`, `[]`, `3`, `"a"`, `null`, `true`,
	`{"a": 1, "a": 3}`, `{"a": {"b": 3}, "a": 1}`, `{"a": {"b": 1, "b": 3}, "a": {"b": 2, "b": 3}}`, `{"a": 1, "\u0061": 3}`, `{"\u0061": 3}`, `{"x\"y": 1, "a": 3}`,
	`{"a": "\u0041"}`, `{"a": "line\nend\\"}`, `{"a": "\ud83d\ude00"}`, `{"a": "\ud83d"}`, `{"a": "\q\"", "b": 1}`, `{"a": "größe 😀"}`, `{"größe": 1, "a": 3}`,
	`{"a": 3.0}`, `{"a": 3.10}`, `{"a": -0}`, `{"a": 3e0}`, `{"a": 0.3E+1}`, `{"a": 1e400}`, `{"a": 9223372036854775808}`, `{"a": 36893488147419103232}`, `{"a": 003}`,
	`{"a": +3}`, `{"a": 3.}`, `{"a": .3}`, `{"a": 1.2.3}`, `{"a": NaN}`, `{"a": nul}`, `{"a": 3e}`, `{"a": 3e+}`, `{"a": -}`, `{"a": 12, "b": 1-2}`, `{"b": 1.5, "a": "1.5"}`,
	"{\"a\": \"\x00\x1f\"}", "{\"a\": \"\xff\"}", "{\"\xff\": 1, \"a\": 3}", " \t\r\n{ \"a\"\n:\t3 , \"b\" : [ 1 , 2 ] } \n", "\v{\"a\": 3}", "{\"a\": 3}\v", `{"a":3}`, `{"A": 3}`,
	``, ` `, `{`, `{"a"`, `{"a":`, `{"a": 3`, `{"a": 3,}`, `{"a": 3,, "b": 1}`, `{a: 3}`, `{"a" 3}`, `{"a": 3} x`, `{"a": 3}{}`, `{"a": [1,]}`, `{"a": [1 2]}`, `{"a": 3]`, `{"a": "x}`, `{"a": "x\`,
	`{"a": {"b": 3}`, `{"b": [1, {"x": nul}], "a": 3}`, `{"a": 3, "b": "\`, `{"": 1, "a": {"": 2, "b": 3}}`, `{"a": {"a": {"a": "deep"}}}`, `{"b": 1, "a_1": 2, "a": 3, "last": 4}`,
	`{"a": 3, "b": ` + strings.Repeat("[", 99) + strings.Repeat("]", 99) + `}`, `{"a": 3, "b": ` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`,
	`{"a": ` + strings.Repeat(`{"a": `, 90) + "3" + strings.Repeat("}", 91), `{"a": "2026-01-31 10:00:00"}`, `{"a": ""}`, `{"a": " x "}`,
}

// tooDeep is deeper than Vitess parses, and slow to refuse.
var tooDeep = `{"a": 3, "b": ` + strings.Repeat("[", 400) + strings.Repeat("]", 400) + `}`

// shapes are conditions in which M stands for a member.
var shapes = []string{
	"M = 3", "M = '3'", "3 = M", "M <> 3", "M < 3", "M >= '3'", "M <=> null", "M is null", "M is not null", "M is true", "M", "not M", "M = true", "M = 3.0", "M = 3e0",
	"M = 1.5", "M > 1e300", "M = 'x'", "M like 'x%'", "M not like '%e%'", "M like '%ö%'", "M in (1, 3, 'x')", "M not in (3, 4)", "M between 1 and 3", "M regexp '^[0-9]+$'",
	"M = M", "M = j", "M = s", "M + 1 = 4", "length(M) = 3", "lower(M) = 'a'", "concat(M, 'x') = '3x'", "cast(M as char) = '3'", "cast(M as signed) = 3", "cast(M as json) = M",
	"json_unquote(M) = '3'", "json_length(M) = 0", "json_extract(M, '$.b') = 3", "coalesce(M, 'none') = 'none'", "if(M = 3, s, j) = 'x'",
	"case M when 3 then 1 when '3' then 2 else 0 end > 0", "i = 5 or M = 3", "M = 3 and s = 'x'", "M = 3 and j->>'$.b' = 1", "M collate utf8mb4_general_ci = 'X'", "M = cast('3' as json)",
	"M = cast('{\"b\": 3}' as json)", "M = date'2026-01-31'", "M > timestamp'2026-01-01 00:00:00'", "M = _latin1 'x'", "M = x'33'", "ifnull(M, 3) = 3", "nullif(M, 3) is null", "M xor s = 'x'",
	"(M, s) = (3, 'x')", "(s, M) in (('x', 3), ('y', 'x'))", "hex(M) = '33'", "M * 2 > 5", "-M < 0", "greatest(M, 2) = 3", "isnull(M)", "M = before.j->'$.a'", "before.j->>'$.a' <> M",
}

var memberPaths = []string{"j->>'$.a'", "j->'$.a'", "j->>'$.a.b'", "json_extract(j, '$.b')", "j->>'$.last'", "j->>'$.a[0]'", "j->'$[1]'"}

var memberTable = tableOf("documents",
	field("i", query.Type_INT64, 63, "bigint"), field("s", query.Type_VARCHAR, 255, "varchar(20)"), field("j", query.Type_JSON, 63, "json"))

// TestMembersDecideAsWholeDocuments matches shapes with every document, with the engine parsing all of it and with the members looked up.
func TestMembersDecideAsWholeDocuments(t *testing.T) {
	var rows []*stream.Record
	for i, d := range documents {
		rows = append(rows, memberTable.change(t, []any{4, "y", documents[(i+1)%len(documents)]}, []any{5, "x", d}))
	}
	rows = append(rows, memberTable.change(t, nil, []any{5, "x", nil}), memberTable.change(t, []any{5, "x", documents[0]}, nil))
	matched := 0
	for i, shape := range shapes {
		for k, path := range memberPaths {
			if k > 1 && (i+k)%3 > 0 {
				continue // each path with a part of the shapes
			}
			text := strings.ReplaceAll(shape, "M", path)
			members, whole := matcher(t, text), matcher(t, text)
			parts := 0
			for _, row := range rows {
				got := members.Match(row)
				want, n := whole.MatchWhole(row)
				parts += n
				gotFailures, gotReason := members.Failures()
				wantFailures, wantReason := whole.Failures()
				if got != want || gotFailures != wantFailures || (gotReason == nil) != (wantReason == nil) || gotReason != nil && gotReason.Error() != wantReason.Error() {
					_, after := row.Images()
					t.Fatalf("%s of %s is %v (%d failures, %v), by the whole document %v (%d, %v)", text, after.Values(nil)[2].Raw,
						got, gotFailures, gotReason, want, wantFailures, wantReason)
				}
				if got {
					matched++
				}
			}
			// Some the engine refuses for the types, such as JSON_UNQUOTE of a text.
			if n, _ := whole.Failures(); parts == 0 && n < uint64(len(rows)) {
				t.Errorf("%s reads whole documents", text)
			}
		}
	}
	if matched < 10*len(shapes) {
		t.Errorf("only %d matches", matched)
	}
}

// TestMemberOfUsualDocuments holds that documents as MySQL writes them are not
// parsed as a whole.
func TestMemberOfUsualDocuments(t *testing.T) {
	for _, c := range []struct{ document, path, want string }{
		{`{"a": {"b": [1, -2.5e3, "x\"y\\"]}, "c": null}`, "$.a.b", `[1, -2.5e3, "x\"y\\"]`},
		{`{"a": {"b": [1, -2.5e3, "x\"y\\"]}, "c": null}`, "$.a.b[1]", `-2.5e3`},
		{`{"a": {"b": [1, -2.5e3, "x\"y\\"]}, "c": null}`, "$.a.b[3]", ""},
		{`{"a": {"b": 1}, "c": null}`, "$.c", "null"},
		{`{"a": {"b": 1}, "c": null}`, "$.d", ""},
		{`{"a": {"b": 1}, "c": null}`, "$.c.b", ""},
		{`{"größe": {"a": 2}, "a": "ü"}`, "$.a", `"ü"`},
		{`{"b": {"x\ny": 1, "a": 7}, "a": 2}`, "$.a", "2"},
		{`[{"a": 1}]`, "$.a", ""},
		{`[{"a": 1}, {"a": [[], [2]]}]`, "$[1].a[1][0]", "2"},
		{`[{"a": 1}]`, "$[0].a[0][0]", "1"},
		{`{"a": 1}`, "$[0]", `{"a": 1}`},
		{`{"a": 1}`, "$[1]", ""},
		{"{}", "$.a", ""},
	} {
		got, known, plain := filter.FindMember([]byte(c.document), c.path)
		if !known || !plain || string(got) != c.want || (got == nil) != (c.want == "") {
			t.Errorf("%s of %s is %q, %v, %v", c.path, c.document, got, known, plain)
		}
	}
	for _, path := range []string{"", "$", "$.*", "$**.a", "$[*]", "$[last]", "$[0 to 1]", `$."a"`, "$.ä", "$.a ", "$ .a", "a", "$.1", "$[-1]", "$.a\n"} {
		if _, _, plain := filter.FindMember([]byte(`{"a": 1}`), path); plain {
			t.Errorf("%q is plain", path)
		}
	}
}

// FuzzMember looks up members and compares them with Vitess's path and parser.
func FuzzMember(f *testing.F) {
	for _, d := range append(documents, tooDeep) {
		for _, path := range []string{"$.a", "$.a.b", "$.a[0]", "$[1].a"} {
			f.Add([]byte(d), path)
		}
	}
	f.Fuzz(func(t *testing.T, document []byte, path string) {
		given := bytes.Clone(document)
		got, known, plain := filter.FindMember(document, path)
		if !bytes.Equal(document, given) {
			t.Fatalf("%q became %q", given, document)
		}
		if !known {
			return
		}
		var parser, inner json.Parser
		var paths json.PathParser
		parsed, err := paths.ParseBytes([]byte(path))
		if err != nil || !plain {
			t.Fatalf("%q is no path: %v", path, err)
		}
		whole, err := parser.ParseBytes(document)
		if err != nil {
			t.Fatalf("%q is no document: %v", document, err)
		}
		var want []*json.Value
		parsed.Match(whole, true, func(v *json.Value) { want = append(want, v) })
		if len(want) == 0 || got == nil {
			if len(want) != 0 || got != nil {
				t.Fatalf("%s of %q is %q, by Vitess %v", path, document, got, want)
			}
			return
		}
		member, err := inner.ParseBytes(got)
		if err != nil {
			t.Fatalf("%s of %q is %q: %v", path, document, got, err)
		}
		if v := want[0]; len(want) != 1 || member.Type() != v.Type() || member.NumberType() != v.NumberType() || !bytes.Equal(member.MarshalTo(nil), v.MarshalTo(nil)) {
			t.Fatalf("%s of %q is %s, by Vitess %s", path, document, member, want)
		}
	})
}
