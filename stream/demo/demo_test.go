package demo

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"testing"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	querypb "vitess.io/vitess/go/vt/proto/query"
)

func normal(t querypb.Type, v string) string {
	switch t {
	case querypb.Type_FLOAT32, querypb.Type_FLOAT64:
		x, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return "bad number " + v
		}
		return fmt.Sprint(x)
	case querypb.Type_JSON:
		var x any
		if err := json.Unmarshal([]byte(v), &x); err != nil {
			return "bad JSON " + v
		}
		b, _ := json.Marshal(x)
		return string(b)
	}
	return v
}

// TestCopyThenFollow folds a copy and the transactions after it, and compares
// with a second copy: before images, inserts and deletes all have to fit.
func TestCopyThenFollow(t *testing.T) {
	for _, tt := range []struct{ shards, rows, before, steps int }{
		{1, 300, 0, 3000}, {4, 2000, 0, 6000}, {3, 7, 0, 500}, {2, -1, 0, 300}, {5, 40, 0, 1500}, {2, 900, 300_017, 3000},
	} {
		t.Run(fmt.Sprintf("%d shards %d rows", tt.shards, tt.rows), func(t *testing.T) {
			t.Parallel()
			s := start(t, Options{Shards: tt.shards, Rows: tt.rows})
			s.Step(tt.before)
			c := open(t, s, request(at("")))
			f := newTables(t)
			f.apply(c.until(copyDone))
			if want := max(tt.rows, 0); f.count != want && tt.before == 0 {
				t.Errorf("the copy has %d rows, want %d", f.count, want)
			}
			s.Step(tt.steps)
			f.apply(c.commits(tt.steps))

			again := newTables(t)
			again.apply(open(t, s, request(at(""))).until(copyDone))
			for name, rows := range again.rows {
				for key, row := range rows {
					if have := f.rows[name][key]; have != row {
						t.Fatalf("%s %s\nfolded %s\ncopied %s", name, key, have, row)
					}
				}
				if len(rows) != len(f.rows[name]) {
					t.Errorf("%s: folded %d rows, copied %d", name, len(f.rows[name]), len(rows))
				}
			}
		})
	}
}

// TestSameSeedSameRows compares two servers, the second stepped and read differently.
func TestSameSeedSameRows(t *testing.T) {
	t.Parallel()
	read := func(seed uint64, chunk int) map[string][]string {
		s := start(t, Options{Seed: seed, Rows: 500})
		c := open(t, s, request(at("current")))
		for range s.Shards("shop") {
			c.next()
		}
		for range 1200 / chunk {
			s.Step(chunk)
		}
		byShard := map[string][]string{}
		for _, ev := range c.commits(1200) {
			if ev.RowEvent != nil {
				byShard[ev.Shard] = append(byShard[ev.Shard], ev.EventGtid+ev.RowEvent.String())
			}
		}
		return byShard
	}
	same := func(a, b map[string][]string) bool {
		return maps.EqualFunc(a, b, func(x, y []string) bool { return fmt.Sprint(x) == fmt.Sprint(y) })
	}
	first := read(7, 1200)
	if !same(first, read(7, 10)) {
		t.Error("the same seed gave other rows")
	}
	if same(first, read(8, 1200)) {
		t.Error("another seed gave the same rows")
	}
}

// TestResume follows, notes every VGTID and resumes from some of them: exactly the transactions after it come.
func TestResume(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Rows: 200})
	c := open(t, s, request(at("current")))
	for range s.Shards("shop") {
		c.next()
	}
	s.Step(200)
	all := c.commits(200)
	var gtids []string
	var positions []*binlogdatapb.VGtid
	for _, ev := range all {
		if ev.Vgtid != nil {
			positions = append(positions, ev.Vgtid)
		} else if n := len(gtids); ev.EventGtid != "" && (n == 0 || gtids[n-1] != ev.EventGtid) {
			gtids = append(gtids, ev.EventGtid)
		}
	}
	for _, i := range []int{0, 57, 198} {
		again := open(t, s, request(positions[i].ShardGtids...))
		want := map[string]bool{}
		for _, g := range gtids[i+1:] {
			want[g] = true
		}
		for _, ev := range again.commits(len(want)) {
			if ev.EventGtid != "" && !want[ev.EventGtid] {
				t.Fatalf("resumed from VGTID %d: %s came again", i, ev.EventGtid)
			}
		}
	}
}
