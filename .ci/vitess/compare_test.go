//go:build cluster

package cluster

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/mysql/replication"
)

// under lets a fault happen under the load and compares what was printed with
// what MySQL holds and with its binary logs.
func (r *faultRun) under(f fault) {
	r.t.Helper()
	if f.prepare != nil {
		f.prepare(r.t)
	}
	w := startLoad(r.t, r.first)
	r.first += loadSessions * idsEach
	rate := w.steady(r.t)
	f.happen(r, w)
	eventually(r.t, "writes to all shards after the fault", recovery, func() bool {
		live := liveShards(r.t)
		return len(live) > 0 && !slices.ContainsFunc(live, func(shard string) bool { return !writable(r.t, shard) })
	})
	again := w.written()
	eventually(r.t, "more writes after the fault", recovery, func() bool { return w.written() > again+500 })
	w.stop()
	sums := r.compare(w)
	r.t.Logf("%s: %.0f transactions a second before; %d statements confirmed, %d failed; %s; went on after: %q",
		f.name, rate, w.confirmed, w.failed, sums, r.ledger.takeErrors())
	if r.last {
		r.replay()
	}
	for _, shard := range liveShards(r.t) {
		emptyTable(r.t, "customer:"+shard, "corder")
	}
	if f.clean != nil {
		f.clean(r.t)
	}
}

// part is what a shard has to have printed.
type part struct {
	shard  string
	gtids  []string
	log    map[string]*logged
	closed bool // the shard has been resharded away
}

// compare holds what was printed since the last time against MySQL, while nobody writes.
func (r *faultRun) compare(w *writer) counts {
	r.t.Helper()
	ends := logEnds(r.t)
	want := selectOrders(r.t)
	parts := r.parts()
	complete := func() bool {
		return !slices.ContainsFunc(parts, func(p part) bool { return r.ledger.missing(p.shard, p.gtids) > 0 })
	}
	if !within(recovery, complete) {
		r.t.Errorf("vtscope has not printed everything within %s", recovery)
	}
	var sums counts
	for _, p := range parts {
		sums.add(r.ledger.compare(p, r.compared[p.shard]))
	}
	r.advance(parts)
	r.logs = ends
	r.sums.add(sums)
	if !sums.good() {
		r.t.Errorf("%s", sums)
	}
	r.ledger.check(w.acked, want)
	return sums
}

// parts says what each shard has to have printed: all that its primary has
// executed, as its binary log has it; and where a reshard took the shard away,
// all up to the journal.
func (r *faultRun) parts() []part {
	r.t.Helper()
	r.joinShards()
	var parts []part
	for _, shard := range slices.Sorted(maps.Keys(r.compared)) {
		primary := primaryOf(r.t, shard)
		p := part{shard: shard, log: map[string]*logged{}}
		var upToJournal []string
		place := r.logs[serverOf(r.t, primary.alias)]
		for _, tx := range readLogs(r.t, primary.alias, place) {
			p.log[tx.gtid] = tx
			if !p.closed && !r.compared[shard].Contains(parseSet(r.t, tx.gtid)) {
				upToJournal = append(upToJournal, tx.gtid)
				p.closed = tx.journal
			}
		}
		p.gtids = upToJournal
		if !p.closed {
			p.gtids = gtidsOf(r.t, executed(r.t, primary).Difference(r.compared[shard]))
		}
		unlogged := slices.DeleteFunc(slices.Clone(p.gtids), func(gtid string) bool { return p.log[gtid] != nil })
		if len(unlogged) > 0 {
			r.t.Errorf("%s has executed %d transactions that its binary logs from %v on do not have, as %s",
				primary.alias, len(unlogged), place, unlogged[0])
		}
		parts = append(parts, p)
	}
	return parts
}

// joinShards adds the shards that a reshard has put in the place of others:
// what they have executed before the journal's position are copies.
func (r *faultRun) joinShards() {
	r.t.Helper()
	isNew := func(shard string) bool { return r.compared[shard] == nil }
	ok := within(recovery, func() bool {
		for shard, gtid := range r.ledger.targets() {
			if isNew(shard) {
				r.compared[shard] = parseSet(r.t, gtid)
			}
		}
		return !slices.ContainsFunc(liveShards(r.t), isNew)
	})
	if !ok {
		r.t.Fatalf("no journal names the shards %v", liveShards(r.t))
	}
}

// advance takes what has been compared for done.
func (r *faultRun) advance(parts []part) {
	r.t.Helper()
	for _, p := range parts {
		r.compared[p.shard] = union(r.compared[p.shard], parseSet(r.t, strings.Join(p.gtids, ",")))
		if p.closed {
			delete(r.compared, p.shard)
		}
	}
}

func union(a, b replication.Mysql56GTIDSet) replication.Mysql56GTIDSet {
	return a.Union(b).(replication.Mysql56GTIDSet)
}

// compare holds one shard's transactions against its binary log and forgets
// them. What the shard has executed since then is left for the next time.
func (l *ledger) compare(p part, before replication.Mysql56GTIDSet) counts {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var sums counts
	booked := l.booked[p.shard]
	for _, gtid := range p.gtids {
		got, want := booked[gtid], p.log[gtid]
		delete(booked, gtid)
		if got == nil {
			got = &transaction{}
		}
		if want == nil {
			want = &logged{}
		}
		sums.transactions++
		sums.rows += want.rows
		sums.missing += max(0, want.rows-got.rows)
		sums.doubled += max(0, got.rows-want.rows)
		switch {
		case got.ends == 0:
			sums.lost++
		case got.ends > 1:
			sums.repeated++
		case got.sum != want.sum:
			sums.differing++
		}
	}
	for gtid, got := range booked {
		if gtid == "" && got.rows == 0 {
			continue
		}
		set, err := replication.ParseMysql56GTIDSet(gtid)
		if err != nil || before.Contains(set) || p.closed {
			l.t.Errorf("%s of %s was printed again, or is no GTID, or came after the journal", gtid, p.shard)
			sums.repeated++
			sums.doubled += got.rows
			delete(booked, gtid)
		}
	}
	return sums
}

// check holds the rows against what MySQL has, and against what VTGate has confirmed.
func (l *ledger) check(acked map[string]bool, want map[string]string) {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := l.history.differ(want); n > 0 {
		l.t.Errorf("%d rows of %d are not as MySQL has them", n, len(want))
	}
	l.history.check(acked, want)
	clear(l.history.texts)
}

// takeErrors gives what vtscope went on after, each once.
func (l *ledger) takeErrors() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.errors
	l.errors = nil
	slices.Sort(all)
	return slices.Compact(all)
}

// TestComparisonCounts shows that the comparison sees what it is there to see.
func TestComparisonCounts(t *testing.T) {
	const server = "bf2f48cd-e903-11f1-bb5a-02fc00000001:"
	log := map[string]*logged{}
	l := &ledger{t: t, booked: map[string]map[string]*transaction{}}
	for _, test := range []struct {
		number  string
		printed int // how often the transaction is printed
		row     string
	}{{"1", 1, `{"a":5,"b":"x","c":null}`}, {"2", 0, ""}, {"3", 2, `{"a":5,"b":"x","c":null}`}, {"4", 1, `{"a":5,"b":"y","c":null}`}} {
		gtid := server + test.number
		log[gtid] = &logged{gtid: gtid}
		log[gtid].add("insert product (5 x NULL)")
		for range test.printed {
			l.book(&event{Event: "insert", Table: "product", Shard: "0", GTID: gtid, After: json.RawMessage(test.row)})
			l.book(&event{Event: "commit", Shard: "0", GTID: gtid})
		}
	}
	got := l.compare(part{shard: "0", gtids: gtidsOf(t, parseSet(t, server+"1-4")), log: log}, nil)
	if want := (counts{transactions: 4, rows: 4, missing: 1, doubled: 1, lost: 1, repeated: 1, differing: 1}); got != want {
		t.Errorf("the comparison says: %s", got)
	}
}
