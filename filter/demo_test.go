package filter_test

import (
	"slices"
	"testing"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
)

// TestTermsMatchTheDemosRows takes rows of every table of the demo, from the
// copy and from the binlog: the term of each value has to match the row.
func TestTermsMatchTheDemosRows(t *testing.T) {
	types := map[string]bool{}
	kinds := map[stream.Kind]int{}
	for _, r := range demoRows(t) {
		kinds[r.Kind]++
		before, after := r.Images()
		if !after.Exists() {
			after = before
		}
		for i, value := range after.Values(nil) {
			column := &r.Table.Columns[i]
			term, ok := filter.Term(column, value)
			if !ok {
				if value.State == stream.Present || value.State == stream.Null {
					t.Errorf("%s.%s: no term of %q", r.Table.Name, column.Name, value.Raw)
				}
				continue
			}
			types[column.SQLType] = true
			if m := matcher(t, term); !m.Match(r) {
				_, reason := m.Failures()
				t.Errorf("%s %s: %s does not match its row: %v", r.Kind, column.SQLType, term, reason)
			}
			if opposite := filter.AndNot("", term); matcher(t, opposite).Match(r) {
				t.Errorf("%s %s: %s matches the row", r.Kind, column.SQLType, opposite)
			}
		}
	}
	if len(types) < 30 || kinds[stream.Copy] == 0 || kinds[stream.Insert] == 0 || kinds[stream.Update] == 0 {
		t.Errorf("seen %d types, and %v", len(types), kinds)
	}
}

// demoRows reads a copy of the demo, and hundreds of transactions after it.
func demoRows(t *testing.T) (rows []*stream.Record) {
	t.Helper()
	server, err := demo.Start(demo.Options{Shards: 1, Rows: 120})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	client, err := vtgate.Dial(t.Context(), vtgate.Options{Address: server.Addr()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{demo.Keyspace}, From: vtgate.Start{Copy: true}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := client.Plan(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	frames, err := plan.Source.Open(t.Context(), plan.Start)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = frames.Close() })
	sink := &rowSink{}
	decoder := stream.NewDecoder(sink, plan.Untold)
	const transactions = 200
	for sink.transactions < transactions {
		frame, err := frames.Recv()
		if err != nil {
			t.Fatal(err)
		}
		copied := sink.copied
		if err := decoder.Decode(frame); err != nil {
			t.Fatal(err)
		}
		if sink.copied && !copied {
			server.Step(transactions)
		}
	}
	return sink.rows
}

// A rowSink keeps row changes, and counts the transactions after the copy.
type rowSink struct {
	rows         []*stream.Record
	copied       bool
	transactions int
}

func (s *rowSink) Append(r *stream.Record) error {
	switch {
	case r.Kind.IsRow():
		kept := *r
		kept.Payload = slices.Clone(r.Payload)
		s.rows = append(s.rows, &kept)
	case r.Kind == stream.CopyCompleted:
		s.copied = true
	case s.copied && (r.Kind == stream.Commit || r.Kind == stream.DDL || r.Kind == stream.Other):
		s.transactions++
	}
	return nil
}

func (s *rowSink) Flush() error { return nil }
