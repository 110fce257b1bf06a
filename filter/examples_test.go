package filter_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
	"vtscope/stream"
)

// examples are the manual's, in its order, each with a change that it finds
// and one that it leaves out.
var examples = []struct {
	text        string
	match, miss example
}{
	{"order_id = 4711", corder(order{"order_id": 4711}, nil), corder(order{"order_id": 4712}, nil)},
	{"_table = 'corder' and customer_id in (7, 42)", corder(order{"customer_id": 42}, nil), corder(order{"customer_id": 43}, nil)},
	{
		"changed(email) and after.email like '%@example.com'",
		customer(person{"email": "zoe@shop.example"}, person{"email": "Zoe@Example.com"}),
		customer(person{"email": "zoe@example.com"}, person{"email": "zoe@example.com", "points": 3}),
	},
	{"before.status = 'paid' and after.status = 'pending'", corder(order{"status": "paid"}, order{"status": "pending"}), corder(nil, order{"status": "pending"})},
	{"after.total > 2 * before.total", corder(order{"total": "10.00"}, order{"total": "20.01"}), corder(order{"total": "10.00"}, order{"total": "20.00"})},
	{"abs(after.points - before.points) > 1000", customer(person{"points": 1500}, person{"points": 3}), customer(nil, person{"points": 3000})},
	{"after.balance < 0 and before.balance >= 0", customer(person{"balance": "0.00"}, person{"balance": "-0.01"}), customer(person{"balance": "-1.00"}, person{"balance": "-2.00"})},
	{"changed(note) and after.note is null", corder(order{"note": "call first"}, order{"note": nil}), corder(order{"note": nil}, order{"note": nil, "total": "1.00"})},
	{"_event = 'update' and not changed(updated_at)", customer(person{"points": 1}, person{"points": 2}), customer(person{"updated_at": "2026-11-22 12:00:00"}, person{"updated_at": "2026-11-22 12:00:01"})},
	{"_event = 'delete' and _table <> 'session'", corder(order{}, nil), session(visit{}, nil)},
	{"not _copy and _shard = '-80'", corder(nil, order{}), copied(corder(nil, order{}))},
	{"_time > now() - interval 5 minute", recent(corder(nil, order{})), corder(nil, order{})},
	{"_gtid = '90a3e2d2-8a0f-11ef-9c5b-0242ac110002:59'", corder(nil, order{}), copied(corder(nil, order{}))},
	{"_query like '%/* job=rebill */%'", stated(corder(nil, order{}), "update corder /* job=rebill */ set total = 1"), stated(corder(nil, order{}), "update corder set total = 1")},
	{"placed_at between '2026-11-22 12:00:00' and '2026-11-22 12:05:00'", corder(nil, order{"placed_at": "2026-11-22 12:05:00.000000"}), corder(nil, order{"placed_at": "2026-11-22 12:05:00.000001"})},
	{"meta->>'$.channel' = 'app' and json_length(meta, '$.items') > 10", corder(nil, order{"meta": `{"items": [1,2,3,4,5,6,7,8,9,10,11], "channel": "app"}`}), corder(nil, order{"meta": `{"items": [], "channel": "app"}`})},
	{"public_id > 9223372036854775807", customer(nil, person{"public_id": "9223372036854775808"}), customer(nil, person{"public_id": "9223372036854775807"})},
	{"email regexp '^[a-z]+[0-9]{6,}@'", customer(nil, person{"email": "qwerty123456@b.test"}), customer(nil, person{"email": "qwerty12345@b.test"})},
	{"full_name = 'zoe' and nickname <> 'zoe'", customer(nil, person{"full_name": "Zoë", "nickname": "Zoe"}), customer(nil, person{"full_name": "Zoë", "nickname": "zoe"})},
	{"ip = inet6_aton('192.0.2.7') or length(ip) = 16", session(nil, visit{"ip": "\xc0\x00\x02\x07"}), session(nil, visit{"ip": "\xc0\x00\x02\x08"})},
}

// TestManualExamples takes the examples of the manual at their word.
func TestManualExamples(t *testing.T) {
	text, err := os.ReadFile("../docs/filter.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "<!-- filter examples -->")
	section, _, _ = strings.Cut(section, "<!-- end of filter examples -->")
	var shown []string
	for line := range strings.Lines(section) {
		if cells := strings.SplitN(line, "|", 3); len(cells) == 3 && strings.Contains(cells[1], "`") {
			shown = append(shown, strings.Trim(strings.TrimSpace(cells[1]), "`"))
		}
	}
	if len(shown) != len(examples) {
		t.Fatalf("docs/filter.md shows %d examples, %d are tested", len(shown), len(examples))
	}
	for i, e := range examples {
		if shown[i] != e.text {
			t.Errorf("docs/filter.md shows %q where %q is tested", shown[i], e.text)
		}
		f, err := filter.Parse(e.text)
		if err != nil {
			t.Errorf("%s: %v", e.text, err)
			continue
		}
		m := f.Matcher()
		if !m.Match(e.match.record(t)) {
			t.Errorf("%s does not find %+v", e.text, e.match)
		}
		if m.Match(e.miss.record(t)) {
			t.Errorf("%s finds %+v", e.text, e.miss)
		}
		if n, reason := m.Failures(); n > 0 {
			t.Errorf("%s: %v", e.text, reason)
		}
	}
}

// An example is a change of a shop's row; what it does not name is NULL.
type example struct {
	table         *fixture
	before, after map[string]any
	adjust        func(*stream.Record)
}

type (
	order  = map[string]any
	person = map[string]any
	visit  = map[string]any
)

func corder(before, after order) example    { return example{orders, before, after, nil} }
func customer(before, after person) example { return example{customers, before, after, nil} }
func session(before, after visit) example   { return example{sessions, before, after, nil} }

// copied makes the change one that the copy read.
func copied(e example) example {
	e.adjust = func(r *stream.Record) { r.Kind, r.Time, r.GTID = stream.Copy, 0, stream.GTID{} }
	return e
}

// recent makes the change one of now.
func recent(e example) example {
	e.adjust = func(r *stream.Record) { r.Time = time.Now().Unix() }
	return e
}

// stated gives the change the statement that made it.
func stated(e example, query string) example {
	e.adjust = func(r *stream.Record) { r.Query = []byte(query) }
	return e
}

func (e example) record(t *testing.T) *stream.Record {
	values := func(row map[string]any) []any {
		if row == nil {
			return nil
		}
		list := make([]any, len(e.table.fields))
		for i, f := range e.table.fields {
			list[i] = row[f.Name]
		}
		return list
	}
	r := e.table.change(t, values(e.before), values(e.after))
	if e.adjust != nil {
		e.adjust(r)
	}
	return r
}

var (
	orders = tableOf("corder",
		field("order_id", query.Type_UINT64, 63, "bigint unsigned"), field("customer_id", query.Type_UINT64, 63, "bigint unsigned"),
		field("status", query.Type_ENUM, 255, "enum('pending','paid','shipped','delivered','cancelled')"),
		field("total", query.Type_DECIMAL, 63, "decimal(12,2)"), field("note", query.Type_TEXT, 8, "text"),
		field("placed_at", query.Type_DATETIME, 63, "datetime(6)"), field("meta", query.Type_JSON, 63, "json"),
	)
	customers = tableOf("customer",
		field("email", query.Type_VARCHAR, 255, "varchar(190)"), field("full_name", query.Type_VARCHAR, 255, "varchar(120)"),
		field("nickname", query.Type_VARBINARY, 46, "varchar(40)"), field("points", query.Type_INT24, 63, "mediumint"),
		field("balance", query.Type_DECIMAL, 63, "decimal(10,2)"), field("public_id", query.Type_UINT64, 63, "bigint unsigned"),
		field("updated_at", query.Type_TIMESTAMP, 63, "timestamp"),
	)
	sessions = tableOf("session", field("ip", query.Type_VARBINARY, 63, "varbinary(16)"))
)
