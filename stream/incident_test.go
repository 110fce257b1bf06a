package stream

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestIncidentsAreKept also when the store has dropped their records; what repeats is
// counted.
func TestIncidentsAreKept(t *testing.T) {
	s := NewStore(0)
	shard := &Shard{ID: 1, Keyspace: "k", Name: "0"}
	add := func(kind Kind, payload string) {
		t.Helper()
		if err := s.Append(&Record{Kind: kind, Shard: shard, Arrived: 1, Payload: []byte(payload)}); err != nil {
			t.Fatal(err)
		}
	}
	add(DDL, "alter table a")
	add(DDL, "alter table a")
	for range 5 {
		add(Problem, "no columns")
	}
	var got Incidents
	if s.Incidents(&got); len(got.List) != 0 {
		t.Errorf("before they are published: %+v", got)
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	add(Problem, "no columns")
	add(Status, "")
	add(Problem, strings.Repeat("x", incidentText+1))
	for range 3 * minPage / 100 {
		add(CopyCompleted, strings.Repeat("y", 100))
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	s.Incidents(&got)
	if len(got.List) != 4 || got.Total != 9 || got.List[0].Seq != 1 || got.List[2].Times != 6 || got.List[2].Seq != 8 ||
		!got.List[3].Cut || len(got.List[3].Text) != incidentText {
		t.Errorf("%d of %d: %+v", len(got.List), got.Total, got.List)
	}
	if first := s.Snapshot().First(); first <= got.List[0].Seq {
		t.Errorf("the store still keeps %d", first)
	}
	for i := range 3 * incidentsKept {
		add(DDL, fmt.Sprint("alter table a", i, strings.Repeat("x", 100_000)))
		if err := s.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	s.Incidents(&got)
	if last := got.List[len(got.List)-1]; len(got.List) != incidentsKept || !strings.HasPrefix(last.Text, fmt.Sprint("alter table a", 3*incidentsKept-1)) || !last.Cut {
		t.Errorf("%d are kept, the last %+v", len(got.List), last)
	}
}

// TestIncidentsHoldNoMore than their texts: what a text was cut from is not kept.
func TestIncidentsHoldNoMore(t *testing.T) {
	s := NewStore(0)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 100 {
		if err := s.Append(&Record{Kind: DDL, Arrived: int64(i), Payload: bytes.Repeat([]byte("x"), 1<<20)}); err != nil {
			t.Fatal(err)
		}
		if err := s.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 20<<20 {
		t.Errorf("100 statements of a megabyte take %d bytes", grown)
	}
	runtime.KeepAlive(s)
}
