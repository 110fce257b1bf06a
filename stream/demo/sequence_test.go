package demo

import (
	"strings"
	"testing"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

func exactly(tables ...string) *binlogdatapb.Filter {
	f := &binlogdatapb.Filter{}
	for _, t := range tables {
		f.Rules = append(f.Rules, &binlogdatapb.Rule{Match: t, Filter: "select * from `" + t + "`"})
	}
	return f
}

// shapes reads responses up to the one that ends the copy.
func (c *client) shapes() []string {
	c.t.Helper()
	var out []string
	for {
		events := c.next()
		out = append(out, shape(events))
		for _, ev := range events {
			if copyDone(ev) {
				return out
			}
		}
	}
}

func compareShapes(t *testing.T, have, want []string) {
	t.Helper()
	if strings.Join(have, "\n") != strings.Join(want, "\n") {
		t.Errorf("responses\n  %s\nwant\n  %s", strings.Join(have, "\n  "), strings.Join(want, "\n  "))
	}
}

// TestCopySequence compares the copy of two tables with what a cluster sends.
func TestCopySequence(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 300})
	req := request(at(""))
	req.Filter = exactly("customer", "corder")
	compareShapes(t, open(t, s, req).shapes(), []string{
		"BEGIN FIELD(shop.corder)",
		"VGTID",
		"ROW(shop.corder) VGTID+corder COMMIT",
		"BEGIN VGTID COMMIT",
		"BEGIN FIELD(shop.customer)",
		"ROW(shop.customer) VGTID+customer COMMIT",
		"BEGIN VGTID COMMIT",
		"COPY_COMPLETED COPY_COMPLETED",
	})
	s = start(t, Options{Shards: 1, Rows: 300, PacketSize: 6000})
	req.Filter = exactly("customer")
	compareShapes(t, open(t, s, req).shapes(), []string{
		"BEGIN FIELD(shop.customer)",
		"VGTID",
		"ROW(shop.customer) VGTID+customer COMMIT",
		"BEGIN",
		"ROW(shop.customer) VGTID+customer COMMIT",
		"BEGIN",
		"ROW(shop.customer) VGTID+customer COMMIT",
		"BEGIN VGTID COMMIT",
		"COPY_COMPLETED COPY_COMPLETED",
	})
}

// TestEmptyTable is a copy of a table without rows.
func TestEmptyTable(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: -1})
	req := request(at(""))
	req.Filter = exactly("payment")
	req.Flags.ExcludeKeyspaceFromTableName = true
	compareShapes(t, open(t, s, req).shapes(), []string{
		"BEGIN FIELD(payment)", "VGTID", "BEGIN VGTID COMMIT", "COPY_COMPLETED COPY_COMPLETED",
	})
}

// TestCopyEvents looks into the events of a copy: no times, the VGTID of all
// shards, lastpk with its fields, COPY_COMPLETED per shard and once for all.
func TestCopyEvents(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 3, Rows: 600})
	c := open(t, s, request(at("")))
	done := map[string]int{}
	for _, ev := range c.until(copyDone) {
		if ev.Timestamp != 0 || ev.CurrentTime != 0 || ev.EventGtid != "" {
			t.Fatalf("an event of the copy with times or a GTID: %v", ev)
		}
		if ev.Type == binlogdatapb.VEventType_COPY_COMPLETED {
			done[ev.Keyspace+"/"+ev.Shard]++
		}
		if ev.Vgtid == nil {
			continue
		}
		if n := len(ev.Vgtid.ShardGtids); n != 3 {
			t.Fatalf("a VGTID of %d shards", n)
		}
		for _, sg := range ev.Vgtid.ShardGtids {
			for _, pk := range sg.TablePKs {
				if len(pk.Lastpk.Fields) == 0 || len(pk.Lastpk.Rows) != 1 {
					t.Fatalf("lastpk %v", pk)
				}
			}
		}
	}
	if len(done) != 4 || done["/"] != 1 || done["shop/-55"] != 1 {
		t.Errorf("COPY_COMPLETED %v", done)
	}
}

// TestLiveSequence looks at transactions as they are committed.
func TestLiveSequence(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 400})
	c := open(t, s, request(at("current")))
	first, second := c.next(), c.next()
	if have := shape(first) + ", " + shape(second); have != "VGTID OTHER, VGTID OTHER" {
		t.Fatalf("at first %s", have)
	}
	if g := first[0].Vgtid.ShardGtids; !strings.HasPrefix(g[0].Gtid, flavor) || g[1].Gtid != "current" {
		t.Errorf("the first VGTID is %v", g)
	}
	if first[1].Timestamp != 0 || second[1].Shard != "80-" {
		t.Errorf("the first OTHER is %v, the second %v", first[1], second[1])
	}
	if err := s.CommitN("-80", 400); err != nil {
		t.Fatal(err)
	}
	described := map[string]int{}
	sequence := int64(0)
	for range 400 {
		events := c.next()
		last := events[len(events)-1]
		switch have := shape(events); {
		case have == "VGTID DDL", have == "VGTID OTHER":
		case strings.HasPrefix(have, "BEGIN ") && strings.HasSuffix(have, " VGTID COMMIT"), have == "BEGIN VGTID COMMIT":
		default:
			t.Fatalf("a transaction is %s", have)
		}
		if sequence != 0 && (last.SequenceNumber != sequence+1 || last.CommitParent != sequence) {
			t.Fatalf("sequence number %d, parent %d after %d", last.SequenceNumber, last.CommitParent, sequence)
		}
		sequence = last.SequenceNumber
		for _, ev := range events {
			if ev.FieldEvent != nil {
				described[ev.FieldEvent.TableName]++
			}
			if ev.Vgtid != nil {
				if ev.Timestamp != 0 || ev.EventGtid != "" {
					t.Fatalf("a VGTID with more than the position: %v", ev)
				}
			} else if ev.Timestamp == 0 || ev.CurrentTime == 0 || ev.EventGtid != last.EventGtid || ev.Keyspace != "shop" || ev.Shard != "-80" {
				t.Fatalf("incomplete event %v", ev)
			}
		}
	}
	// One ALTER among the 400: customer is described before and after it.
	if described["shop.customer"] != 2 || described["shop.corder"] != 1 {
		t.Errorf("FIELD events %v", described)
	}
}

// TestCatchUpBetweenTables commits while a copy is under way: what concerns
// tables not begun is left out, and the copy's rows already have it.
func TestCatchUpBetweenTables(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 500})
	var once bool
	s.Intercept(func(r *Response) error {
		if events, err := r.Events(); err == nil && !once && strings.HasPrefix(shape(events), "BEGIN VGTID") {
			once = true
			s.Step(64)
		}
		return nil
	})
	c := open(t, s, request(at("")))
	begun := map[string]bool{}
	caught := 0
	for _, ev := range c.until(copyDone) {
		switch {
		case ev.FieldEvent != nil && ev.Timestamp == 0:
			begun[ev.FieldEvent.TableName] = true
		case ev.RowEvent != nil && ev.Timestamp != 0:
			caught++
			if !begun[ev.RowEvent.TableName] {
				t.Errorf("a row of %s while catching up, before its copy", ev.RowEvent.TableName)
			}
		}
	}
	if caught == 0 {
		t.Error("nothing was caught up")
	}
}

// TestResumeCopy resumes from the lastpk of the first and of the second table.
func TestResumeCopy(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 900, PacketSize: 4000})
	req := request(at(""))
	req.Filter = exactly("corder", "order_item")
	all := open(t, s, req).until(copyDone)
	for _, table := range []string{"corder", "order_item"} {
		var from *shardPos
		seen := map[string]int{}
		for _, ev := range all {
			if ev.RowEvent != nil && from == nil {
				seen[ev.RowEvent.TableName]++
			}
			if ev.Vgtid != nil && from == nil && len(ev.Vgtid.ShardGtids[0].TablePKs) > 0 && ev.Vgtid.ShardGtids[0].TablePKs[0].TableName == table {
				from = ev.Vgtid.ShardGtids[0]
			}
		}
		total := map[string]int{}
		for _, ev := range all {
			if ev.RowEvent != nil {
				total[ev.RowEvent.TableName]++
			}
		}
		again := request(from)
		again.Filter = req.Filter
		rest := map[string]int{}
		for _, ev := range open(t, s, again).until(copyDone) {
			if ev.RowEvent != nil {
				rest[ev.RowEvent.TableName]++
			}
		}
		name := "shop." + table
		if rest[name] != total[name]-seen[name] || seen[name] == 0 {
			t.Errorf("%s: %d rows, then %d, of %d", name, seen[name], rest[name], total[name])
		}
		if table == "order_item" && rest["shop.corder"] != total["shop.corder"] {
			t.Errorf("the finished table was not copied again")
		}
		again.Flags.TablesToCopy = []string{table}
		for _, ev := range open(t, s, again).until(copyDone) {
			if ev.RowEvent != nil && ev.RowEvent.TableName != name {
				t.Errorf("%s copied although not among tables_to_copy", ev.RowEvent.TableName)
			}
		}
	}
}

// TestRowsQuery looks for the statement before the rows it made.
func TestRowsQuery(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 300, RowsQuery: true})
	c := follow(t, s)
	s.Step(64)
	previous, seen := &event{}, 0
	for _, ev := range c.commits(64) {
		if ev.Type == binlogdatapb.VEventType_ROWS_QUERY {
			seen++
			if !strings.Contains(ev.Statement, " in (") && !strings.HasPrefix(ev.Statement, "insert into ") {
				t.Errorf("statement %q", ev.Statement)
			}
		}
		if ev.RowEvent != nil && previous.Type != binlogdatapb.VEventType_ROWS_QUERY && previous.Type != binlogdatapb.VEventType_FIELD {
			t.Errorf("rows after %v", previous)
		}
		previous = ev
	}
	if seen == 0 {
		t.Error("no ROWS_QUERY")
	}
}
