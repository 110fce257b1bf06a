package demo

import (
	"slices"
	"strings"
	"testing"
	"time"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// TestReshard follows a split and a merge without stopping.
func TestReshard(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 400})
	req := request(at("current"))
	req.Flags.IncludeReshardJournalEvents = true
	c := open(t, s, req)
	c.next()
	c.next()
	s.Step(20)
	c.commits(20)
	if err := s.Reshard("shop", []string{"-80"}, []string{"-40", "40-80"}); err != nil {
		t.Fatal(err)
	}
	events := c.next()
	if have := shape(events); have != "BEGIN JOURNAL VGTID COMMIT" {
		t.Fatalf("the journal came as %s", have)
	}
	j := events[1].Journal
	if len(j.Participants) != 1 || len(j.ShardGtids) != 2 || j.MigrationType != binlogdatapb.MigrationType_SHARDS {
		t.Errorf("journal %v", j)
	}
	if have := s.Shards("shop"); !slices.Equal(have, []string{"-40", "40-80", "80-"}) {
		t.Errorf("shards %v", have)
	}
	s.Step(30)
	if have := lastShards(c.commits(30)); have != "80- -40 40-80" {
		t.Errorf("VGTID of %s", have)
	}
	if err := s.Reshard("shop", []string{"-40", "40-80", "80-"}, []string{"-"}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if have := shape(c.next()); have != "BEGIN JOURNAL VGTID COMMIT" {
			t.Fatalf("the journal came as %s", have)
		}
	}
	s.Step(5)
	if have := lastShards(c.commits(5)); have != "-" {
		t.Errorf("VGTID of %s", have)
	}
}

func lastShards(events []*event) string {
	var names []string
	for _, ev := range events {
		if ev.Vgtid == nil {
			continue
		}
		names = names[:0]
		for _, sg := range ev.Vgtid.ShardGtids {
			names = append(names, sg.Shard)
		}
	}
	return strings.Join(names, " ")
}

// TestReshardFromOldPosition resumes before the journal, on a shard that serves no more.
func TestReshardFromOldPosition(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 400})
	c := open(t, s, request(at("current")))
	c.next()
	from := c.next()[0].Vgtid.ShardGtids
	s.Step(10)
	if err := s.Reshard("shop", []string{"-80", "80-"}, []string{"-"}); err != nil {
		t.Fatal(err)
	}
	s.Step(5)
	events := open(t, s, request(from...)).commits(15)
	for _, ev := range events {
		if ev.Type == binlogdatapb.VEventType_JOURNAL {
			t.Error("a journal nobody asked for")
		}
	}
	if have := lastShards(events); have != "-" {
		t.Errorf("VGTID of %s", have)
	}
}

func TestStopOnReshard(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 400, ReshardDelay: time.Millisecond})
	req := request(at("current"))
	req.Flags.StopOnReshard = true
	c := open(t, s, req)
	c.next()
	if err := s.Reshard("shop", []string{"-"}, []string{"-80", "80-"}); err != nil {
		t.Fatal(err)
	}
	events, err := c.end()
	if err != nil || shape(events) != "BEGIN JOURNAL VGTID COMMIT" {
		t.Errorf("%s, then %v", shape(events), err)
	}
}

// TestMergeWithoutAllParticipants streams one of two shards that are merged.
func TestMergeWithoutAllParticipants(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2})
	c := open(t, s, request(&shardPos{Keyspace: "shop", Shard: "-80", Gtid: "current"}))
	c.next()
	if err := s.Reshard("shop", []string{"-80", "80-"}, []string{"-"}); err != nil {
		t.Fatal(err)
	}
	_, err := c.end()
	wantError(t, err, 13, "not all journaling participants are in the stream")
}
