package ui

import (
	"strings"
	"testing"
	"time"

	"vtscope/internal/hostile"

	"vitess.io/vitess/go/vt/proto/query"
)

// valueOf shows one change of a table with a column, and opens that column's value.
func valueOf(t *testing.T, field *query.Field, before, after any, width, height int) *screen {
	t.Helper()
	table := tableSpec{"t", []*query.Field{keyed(column("id", query.Type_INT64, "bigint")), field}}
	f := newFixture(t)
	change, to := modify(table, []any{1, before}, []any{1, after}), []string{"g"} // what has changed is first
	if before == nil {
		change, to = insert(table, 1, after), []string{"g", "j"}
	}
	f.deliver(f.hello(), f.commit(0, change))
	return f.screen(width, height).press("enter", "tab").press(to...).press("enter")
}

func TestAValueInFull(t *testing.T) {
	long := strings.Repeat("lorem ipsum ", 100) + "the end"
	valueOf(t, column("body", query.Type_TEXT, "text"), nil, long, 80, 24).shows("╭ body  text  insert shop.t", "lorem").
		press("z").shows("the end", "1,207 characters, 1,207 bytes").fits().press("z", "esc").shows("╭ insert shop.t").press("esc").hides("╭ insert")
	valueOf(t, column("n", query.Type_INT64, "bigint"), nil, -1234567, 100, 40).
		shows("grouped     -1,234,567", "unsigned    18446744073708317049", "hex         0xffffffffffed2979")
	valueOf(t, column("at", query.Type_TIMESTAMP, "timestamp"), nil, "2026-11-22 11:03:44", 100, 40).
		shows("2026-11-22 11:03:44 UTC, 1h00m ago", "Unix        1795345424")
	valueOf(t, column("b", query.Type_VARBINARY, "varbinary(16)"), nil, "\x90\xa3\xe2\xd2\x8a\x0f\x11\xef\x9c\x5b\x02\x42\xac\x11\x00\x02", 100, 40).
		shows("00000000  90 a3 e2 d2 8a 0f 11 ef 9c 5b 02 42 ac 11 00 02", "as UUID     90a3e2d2-8a0f-11ef-9c5b-0242ac110002")
	valueOf(t, column("e", query.Type_VARCHAR, "varchar(9)"), nil, "é\x1b[31m", 100, 40).shows(`é\x1b[31m`).
		press("x").shows("00000000  c3 a9 1b 5b 33 31 6d").press("x").hides("00000000  c3")
	valueOf(t, column("e", query.Type_VARCHAR, "varchar(9)"), "x", nil, 100, 40).shows("before", "after", "NULL")
}

// TestWhatChangedInAValue: the characters that an update changed are marked, and no
// others.
func TestWhatChangedInAValue(t *testing.T) {
	s := valueOf(t, column("body", query.Type_TEXT, "text"), "the quick brown fox jumps over the lazy dog", "the quick red fox jumps over a lazy dog", 100, 40).press("tab")
	s.shows("the quick brown fox jumps over the lazy dog", "the quick red fox jumps over a lazy dog")
	var marked []string
	for _, part := range strings.Split(s.view(), string(s.model.Theme.Changed))[1:] {
		text, _, _ := strings.Cut(part, "\x1b[m")
		marked = append(marked, text)
	}
	if got := strings.Join(marked, "|"); !strings.Contains(got, "brown|the|red|a") {
		t.Errorf("marked are %q", got)
	}
}

func TestADocumentInFull(t *testing.T) {
	doc := column("doc", query.Type_JSON, "json")
	s := valueOf(t, doc, `{"a": {"b": [1, 2, {"c": "x"}], "d": 5}, "gone": true}`, `{"a": {"b": [1, 3, {"c": "x"}], "d": 5}, "new": null}`, 100, 40)
	s.shows("▾ {3 keys}", "● ", "2  →  3", "+ ", "new  null", "− ", "gone  true", "d  5").fits()
	s.press("j", "enter").shows("▸ a  {2 keys}").hides("2  →  3").press("enter").shows("2  →  3")
	// A long text in it is read whole, and a text column that is a document is one.
	valueOf(t, doc, nil, `{"text": "`+strings.Repeat("x", 500)+`END"}`, 60, 40).press("z").shows(`END"`).fits()
	valueOf(t, column("settings", query.Type_TEXT, "text"), nil, `[{"k": 1}]`, 60, 40).shows("▾ [1 element]", "▾ 0  {1 key}", "k  1")
}

// TestALargeValue: what is too much to be shown at once comes part by part, to its end.
func TestALargeValue(t *testing.T) {
	s := valueOf(t, column("body", query.Type_TEXT, "text"), nil, strings.Repeat("0123456789abcde\n", 1<<16)+"END", 80, 24)
	for range 3 {
		s.press("G", "k", "k").shows("more; enter shows the next 256.0 KiB").press("enter")
	}
	s.press("G", "k", "k").shows("more; enter shows the next 3 B").press("enter", "G").shows("END").hides("more;").fits()
}

// TestAValueStays while others arrive, and while its row is dropped.
func TestAValueStays(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer").press("tab").chooses("customer_id").press("enter").shows("╭ customer_id  bigint  update shop.customer")
	s.sales(30).shows("╭ customer_id  bigint  update shop.customer").press("z").sales(5).shows("╭ customer_id").hides("SHARD")
	s.pass(time.Second)
	s.frame().shows("╭ customer_id").press("esc").shows("╭ update shop.customer")
	s.press("z", "tab", "tab", "k").hides("╭ customer_id")
}

func TestHostileValues(t *testing.T) {
	for _, text := range hostile.Texts {
		for _, field := range []*query.Field{
			column("c", query.Type_TEXT, "text"), column("c", query.Type_VARBINARY, "varbinary(99)"), column("c", query.Type_INT64, "bigint"),
		} {
			valueOf(t, field, nil, text, 80, 24).harmless().press("x").harmless().fits()
		}
		doc := `{"` + text + `": ["` + text + `"]}`
		valueOf(t, column("c", query.Type_JSON, "json"), `{"a": "`+text+`"}`, doc, 80, 24).harmless().fits()
		valueOf(t, column("c", query.Type_TEXT, "text"), "x"+text, text, 40, 12).harmless().fits()
	}
}
