package filter_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
	"vtscope/stream"
)

// shop is a catalog of two tables in two shards.
func shop() *filter.Catalog {
	const notNull, key = 1, 3
	return &filter.Catalog{
		Tables: []*stream.Table{
			{Keyspace: "shop", Name: "customer", Columns: []stream.Column{
				{Name: "customer_id", Type: query.Type_UINT64, SQLType: "bigint unsigned", Flags: key},
				{Name: "email", Type: query.Type_VARCHAR, SQLType: "varchar(190)", Flags: notNull},
				{Name: "country", Type: query.Type_CHAR, SQLType: "char(2)"},
				{Name: "tier", Type: query.Type_ENUM, SQLType: "enum('bronze','silver','gold','don''t know')"},
				{Name: "order", Type: query.Type_INT32, SQLType: "int"},
				{Name: "_table", Type: query.Type_INT32, SQLType: "int"},
				{Name: "größe", Type: query.Type_INT32, SQLType: "int"},
				{Name: "evil\x1b[2J", Type: query.Type_INT32, SQLType: "int"},
			}},
			{Keyspace: "shop", Name: "corder", Columns: []stream.Column{
				{Name: "order_id", Type: query.Type_UINT64, SQLType: "bigint unsigned", Flags: key},
				{Name: "customer_id", Type: query.Type_INT32, SQLType: "int", Flags: notNull},
				{Name: "status", Type: query.Type_ENUM, SQLType: "enum('pending','paid','shipped')", Flags: notNull},
				{Name: "total", Type: query.Type_DECIMAL, SQLType: "decimal(12,2)"},
			}},
		},
		Shards: []*stream.Shard{
			{Keyspace: "shop", Name: "-80"}, {Keyspace: "shop", Name: "80-"}, {Keyspace: "commerce", Name: "0"},
		},
		Recent: func(column string) []string {
			return map[string][]string{
				"email": {"'ann@foo.com'", "'o\\'hara@foo.com'", "'bob@bar.com'"},
				"total": {"15.00", "150.25", "9.99", "null"},
				"tier":  {"'gold'"},
			}[column]
		},
	}
}

// complete gives what Complete makes of a text in which | is the caret: the
// proposals' texts, and the first applied.
func complete(t *testing.T, marked string, c *filter.Catalog) (texts []string, applied string) {
	t.Helper()
	before, after, found := strings.Cut(marked, "|")
	if !found {
		t.Fatalf("%q has no caret", marked)
	}
	text := before + after
	got := filter.Complete(text, len(before), c)
	for _, p := range got.Proposals {
		texts = append(texts, p.Text)
	}
	if len(texts) > 0 {
		applied = text[:got.Start] + texts[0] + text[got.End:]
	}
	return texts, applied
}

// TestComplete lists what the proposals begin with, apart by "; "; a last "."
// says that there are no others. It also checks the text with the first of them.
func TestComplete(t *testing.T) {
	for _, test := range []struct{ text, want, applied string }{
		// Operands.
		{"|", "customer_id; email; country; tier; `order`; after._table; `größe`; order_id; status; total; _event", "customer_id"},
		{"em|", "email; .", "email"},
		{"EM|", "email; .", "email"},
		{"email|", ".", ""},
		{"c|", "customer_id; country; changed(", "customer_id"},
		{"ord|", "`order`; order_id; ord(; .", "`order`"},
		{"id|", "customer_id; order_id", "customer_id"},
		{"gr|", "`größe`", "`größe`"},
		{"grö|", "`größe`", "`größe`"},
		{"`gr|", "`größe`", "`größe`"},
		{"evil|", ".", ""},
		{"_t|", "_table; _time; after._table; .", "_table"},
		{"_|", "_event; _keyspace; _shard; _table; _time; _gtid; _query; _copy", "_event"},
		{"ch|", "changed(", "changed("},
		{"ch|(email)", "changed", "changed(email)"},
		{"be|", "before.; .", "before."},
		{"no|", "now(; not", "now("},
		{"email = 'x' and ti|", "tier; time(; time_to_sec(; timestampadd(; _time; _gtid; .", "email = 'x' and tier"},
		{"email = 'x' AND NO|", "now(; NOT", "email = 'x' AND now("},
		{"(sta|)", "status; .", "(status)"},
		{"lower(em|", "email; .", "lower(email"},
		{"ema|il = 'x'", ".", ""},
		{"ema|xyz = 'x'", "email", "email = 'x'"},
		// Columns only.
		{"before.|", "customer_id; email; country; tier; `order`; _table; `größe`; order_id; status; total; .", "before.customer_id"},
		{"after.em|", "email; .", "after.email"},
		{"after.`em|", "email; .", "after.email"},
		{"changed(|", "customer_id; email; country; tier", "changed(customer_id"},
		{"not changed(st|)", "status; customer_id; .", "not changed(status)"},
		{"customer.em|", ".", ""},
		// The tables that the text is about come first.
		{"_table = 'corder' and |", "order_id; customer_id; status; total; email", "_table = 'corder' and order_id"},
		{"c| and _table in ('x', 'corder')", "customer_id; country", "customer_id and _table in ('x', 'corder')"},
		// Operators.
		{"email |", "=; <>; <=>; <; <=; >; >=; like", "email ="},
		{"email li|", "like; .", "email like"},
		{"email is|", "is null", ""},
		{"email n|", "not like; not in (; not between; not regexp; .", "email not like"},
		{"email not |", "like; in (; between; regexp; .", "email not like"},
		{"email is |", "not null; null; true; false; .", "email is not null"},
		{"email is not |", "null; true; false; .", "email is not null"},
		{"email = 'x' |", "and; or; xor; .", "email = 'x' and"},
		{"email = 'x' A|", "AND; .", "email = 'x' AND"},
		{"email LIKE 'x' a|", "AND; .", "email LIKE 'x' AND"},
		{"email = 'x'|", ".", ""},
		{"order_id between 1 |", "and; or; xor; .", "order_id between 1 and"},
		{"order_id between 1 and 2 |", "and; or; xor; .", "order_id between 1 and 2 and"},
		{"(email = 'x') |", "and; or; xor; .", "(email = 'x') and"},
		{"changed(email) |", "and; or; xor; .", "changed(email) and"},
		{"lower(email) |", "=; <>", "lower(email) ="},
		{"tier in ('gold') |", "and; or; xor; .", "tier in ('gold') and"},
		{"case when email = 'x' th|", "then; .", "case when email = 'x' then"},
		{"status |", "=; <>", "status ="}, // a keyword that is no reserved word
		// Values.
		{"tier = |", "'bronze'; 'silver'; 'gold'; 'don\\'t know'; customer_id", "tier = 'bronze'"},
		{"tier = g|", "'gold'; `größe`; greatest(; .", "tier = 'gold'"},
		{"tier <=> |", "'bronze'; 'silver'; 'gold'; 'don\\'t know'; null", "tier <=> 'bronze'"},
		{"tier = nu|", "nullif(; .", "tier = nullif("},
		{"status <=> nu|", "null; nullif(; .", "status <=> null"},
		{"before.status <=> nu|", "null; nullif(; .", "before.status <=> null"},
		{"not tier in ('gold', |", "'bronze'", "not tier in ('gold', 'bronze'"},
		{"tier not in (|)", "'bronze'", "tier not in ('bronze')"},
		{"before.tier <> 's|", "'silver'; .", "before.tier <> 'silver'"},
		{"tier = 'b|' and x = 'y'", "'bronze'; .", "tier = 'bronze' and x = 'y'"},
		{"tier = 'b| and email = 3", "'bronze'; .", "tier = 'bronze' and email = 3"},
		{"tier = 'don''t|", "'don\\'t know'; .", "tier = 'don\\'t know'"},
		{"tier = \"b|", "'bronze'; .", "tier = 'bronze'"},
		{"email = 'o'|", ".", ""},
		{"email = |", "'ann@foo.com'; 'o\\'hara@foo.com'; 'bob@bar.com'; customer_id", "email = 'ann@foo.com'"},
		{"email like 'b|", "'bob@bar.com'; .", "email like 'bob@bar.com'"},
		{"email = 'foo|", "'ann@foo.com'; 'o\\'hara@foo.com'; .", "email = 'ann@foo.com'"},
		{"total > 15|", "15.00; 150.25; .", "total > 15.00"},
		{"total between 15 and 15|", "15.00; 150.25; .", "total between 15 and 15.00"},
		{"total > sta|", "status; .", "total > status"},
		{"email <> bef|", "before.; .", "email <> before."},
		{"lower(tier) = 'b|", ".", ""},
		{"'b|", ".", ""},
		// Values of meta names.
		{"_table = |", "'customer'; 'corder'; .", "_table = 'customer'"},
		{"_table = cor|", "'corder'; .", "_table = 'corder'"},
		{"_TABLE in ('customer', 'co|", "'corder'; .", "_TABLE in ('customer', 'corder'"},
		{"_keyspace <> |", "'shop'; 'commerce'; .", "_keyspace <> 'shop'"},
		{"_shard = '8|", "'80-'; .", "_shard = '80-'"},
		{"_event in (|", "'copy'; 'insert'; 'update'; 'delete'; 'ddl'", "_event in ('copy'"},
		{"_copy = |", "true; false; .", "_copy = true"},
		{"_time > |", "now() - interval 5 minute; now() - interval 1 hour", "_time > now() - interval 5 minute"},
		{"_time > now() - interval 5 |", "second; minute", "_time > now() - interval 5 second"},
		{"_time > now() - interval 5 minute |", "and; or; xor; .", "_time > now() - interval 5 minute and"},
		{"after._table = |", "customer_id", "after._table = customer_id"},
		// What cannot be read.
		{"email = \xff |", ".", ""},
		{"email ->> '|", ".", ""},
		{"x'4|", ".", ""},
		{"/* em|", ".", ""},
	} {
		t.Run(test.text, func(t *testing.T) {
			got, applied := complete(t, test.text, shop())
			want := strings.Split(test.want, "; ")
			only := want[len(want)-1] == "."
			if only {
				want = want[:len(want)-1]
			}
			if len(got) < len(want) || !slices.Equal(got[:len(want)], want) || only && len(got) > len(want) {
				t.Errorf("proposes %q\n     want %q", got, want)
			}
			if test.applied != "" && applied != test.applied {
				t.Errorf("the first gives %q, want %q", applied, test.applied)
			}
		})
	}
}

func TestCompletionTellsTypes(t *testing.T) {
	details := map[string]string{}
	for _, p := range filter.Complete("", 0, shop()).Proposals {
		details[p.Text] = p.Detail
	}
	for text, want := range map[string]string{
		"email":        "varchar(190)",
		"customer_id":  "bigint unsigned in customer, int in corder",
		"after._table": "int",
	} {
		if details[text] != want {
			t.Errorf("%s is %q, want %q", text, details[text], want)
		}
	}
	if details["_event"] == "" || details["changed("] == "" {
		t.Error("a meta name or a function says nothing of itself")
	}
}

func TestCompletionIsBounded(t *testing.T) {
	for _, text := range []string{"", "c", "column_1"} {
		got := filter.Complete(text, len(text), manyTables(1000, 30))
		if n := len(got.Proposals); n != 200 {
			t.Errorf("%q: %d proposals, want 200", text, n)
		}
	}
}

// manyTables have some columns in common and others each of their own.
func manyTables(tables, columns int) *filter.Catalog {
	c := &filter.Catalog{}
	for i := range tables {
		table := &stream.Table{Keyspace: "shop", Name: fmt.Sprintf("table_%d", i)}
		for j := range columns {
			name := fmt.Sprintf("column_%d_%d", j, i*(j%2))
			table.Columns = append(table.Columns, stream.Column{Name: name, Type: query.Type_INT64, SQLType: "bigint"})
		}
		c.Tables = append(c.Tables, table)
	}
	return c
}

func BenchmarkComplete(b *testing.B) {
	catalog := manyTables(1000, 30)
	for _, text := range []string{"", "col", "_29", "column_3_1", "nothing", "column_2_0 = 'x"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				filter.Complete(text, len(text), catalog)
			}
		})
	}
}

// FuzzComplete looks for what panics, and for proposals that break their
// promises, at every place of a text.
func FuzzComplete(f *testing.F) {
	for _, text := range []string{"email = 'x' and before.tier in ('a', ", "`a", "case when", "not (", "x'41", "a between 1 and", "_table = 'corder'", "\xff'"} {
		f.Add(text, uint(len(text)))
	}
	catalog := shop()
	f.Fuzz(func(t *testing.T, text string, caret uint) {
		if len(text) > 1000 {
			return
		}
		at := int(caret % uint(len(text)+2))
		got := filter.Complete(text, at, catalog)
		if got.Start > got.End || got.Start > at || got.End > len(text) {
			t.Fatalf("%q at %d: replaces %d to %d", text, at, got.Start, got.End)
		}
		seen := map[string]bool{}
		for _, p := range got.Proposals {
			if seen[p.Text] || strings.ContainsFunc(p.Text, func(r rune) bool { return r < ' ' }) {
				t.Fatalf("%q at %d: proposes %q", text, at, p.Text)
			}
			seen[p.Text] = true
		}
	})
}
