package stream

import (
	"fmt"
	"testing"
	"time"
)

// digested has a digest take records, which come a second apart from a full minute on.
func digested(d *Digest, records ...*Record) *Digest {
	for i, r := range records {
		if r.Arrived == 0 {
			r.Arrived = (minuteZero*60 + int64(i)) * int64(time.Second)
		}
		d.take(r)
	}
	return d
}

const minuteZero = 29_000_000 // in 2025

// TestDigest: rows count with their COMMIT, those of a table's versions together, and a
// transaction by what it does to which tables.
func TestDigest(t *testing.T) {
	low, high := &Shard{ID: 1, Keyspace: "ks", Name: "-80"}, &Shard{ID: 2, Keyspace: "ks", Name: "80-"}
	first, second, other := &Table{Keyspace: "ks", Name: "t"}, &Table{Keyspace: "ks", Name: "t", Version: 1}, &Table{Keyspace: "ks", Name: "u"}
	server := &Server{UUID: "u"}
	row := func(shard *Shard, kind Kind, table *Table, at int64) *Record {
		return &Record{Shard: shard, Kind: kind, Table: table, Time: at, Payload: make([]byte, 10), Query: []byte("update t")}
	}
	commit := func(shard *Shard, number uint64, at int64) *Record {
		return &Record{Shard: shard, Kind: Commit, Time: at, GTID: GTID{Server: server, Number: number}}
	}
	s := digested(NewDigest(nil),
		row(low, Insert, first, 100), row(high, Insert, first, 100), row(low, Update, other, 100), row(low, Insert, first, 100), commit(low, 1, 107),
		row(low, Insert, second, 110), commit(low, 2, 110), &Record{Shard: high, Kind: Abandoned},
		row(high, Delete, second, 120), commit(high, 3, 120), commit(high, 4, 121),
		row(low, Copy, other, 0), commit(low, 0, 0), row(low, Insert, other, 130),
		&Record{Kind: DDL, Shard: low, Payload: []byte("alter table t")}, &Record{Kind: Status, State: Retrying, Payload: []byte("gone")},
	).Summary(Position{}, Position{})
	shapes, tables := "", ""
	for _, x := range s.Shapes {
		shapes += fmt.Sprintf("%d × %s (%d–%d rows of %d, %s); ", x.Times, x.Text, x.Least, x.Most, x.Rows, x.Example)
	}
	for _, x := range s.Tables {
		tables += fmt.Sprintf("%s %v %d bytes %v; ", x.Name, x.Rows, x.Bytes, x.Minutes)
	}
	for what, pair := range map[string][2]any{
		"rows":         {s.Rows, uint64(6)},
		"transactions": {s.Transactions, uint64(3)},
		"shapes":       {shapes, "1 × delete t (1–1 rows of 1, u:3); 1 × insert t (1–1 rows of 1, u:2); 1 × insert t, update u (3–3 rows of 3, u:1); "},
		"tables":       {tables, "t [0 3 0 1] 40 bytes [{29000000 4}]; u [1 0 1 0] 20 bytes [{29000000 2}]; "},
		"minutes":      {fmt.Sprint(s.Minutes, s.Step), "[{29000000 6}] 1m0s"},
		"largest":      {fmt.Sprint(len(s.Largest), s.Largest[0].Rows, s.Largest[0].GTID, s.Largest[0].Statement), "3 3 u:1update t"},
		"longest":      {fmt.Sprint(len(s.Longest), s.Longest[0].Seconds), "1 7"},
		"events":       {fmt.Sprint(len(s.Events), s.Events[0].Text, s.Retries), "2alter table t1"},
		"length":       {s.Last.Sub(s.First), 11 * time.Second},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %v, want %v", what, pair[0], pair[1])
		}
	}
}

// TestDigestOfDays: the minutes of a long stream are bounded, and none of their rows is
// lost.
func TestDigestOfDays(t *testing.T) {
	const days = 5
	shard, d := &Shard{ID: 1}, NewDigest(nil)
	tables := []*Table{{Name: "t"}, {Name: "u"}}
	for i := range int64(days * minutesKept) {
		at := (minuteZero + i) * int64(time.Minute)
		digested(d, &Record{Shard: shard, Kind: Insert, Table: tables[i%2], Arrived: at}, &Record{Shard: shard, Kind: Commit, Arrived: at})
	}
	s := d.Summary(Position{}, Position{})
	lists := []Minutes{s.Minutes, s.Tables[0].Minutes, s.Tables[1].Minutes}
	for i, list := range lists {
		rows := uint64(0)
		for j, m := range list {
			rows += m.Rows
			if j > 0 && m.Unix-list[j-1].Unix != 8 {
				t.Fatalf("%d: %d comes after %d", i, m.Unix, list[j-1].Unix)
			}
		}
		if want := []uint64{days * minutesKept, days * minutesKept / 2, days * minutesKept / 2}[i]; rows != want || len(list) > minutesKept || s.Step != 8*time.Minute {
			t.Errorf("%d: %d rows in %d minutes of %v, want %d", i, rows, len(list), s.Step, want)
		}
	}
}

// TestDigestTakesNothing: what is counted again and again is counted in place.
func TestDigestTakesNothing(t *testing.T) {
	shard, table, d := &Shard{ID: 1}, &Table{Name: "t"}, NewDigest(nil)
	row, commit := &Record{Shard: shard, Kind: Update, Table: table, Query: []byte("update t")}, &Record{Shard: shard, Kind: Commit}
	once := func() { digested(d, row, row, commit) }
	for range 2 * largestSaid {
		once()
	}
	if n := testing.AllocsPerRun(100, once); n > 0 {
		t.Errorf("%v allocations a transaction", n)
	}
}
