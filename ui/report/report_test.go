package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"vtscope/internal/hostile"
	"vtscope/stream"
)

// summary is one with something in each part; times is how much came.
func summary(t *testing.T, times uint64, name string) *stream.StreamSummary {
	t.Helper()
	begin := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	shard := &stream.Shard{ID: 1, Keyspace: "shop", Name: "-80"}
	minute := stream.Minutes{{Unix: begin.Unix() / 60, Rows: 10 * times}}
	gtid := stream.GTID{Server: &stream.Server{UUID: "u"}, Number: 5}
	table := stream.TableCount{Keyspace: "shop", Name: name, Bytes: 4096, Minutes: minute}
	table.Rows[stream.Insert-stream.Copy] = 10 * times
	txn := stream.TxnCount{Shard: shard, GTID: gtid, At: begin.Unix(), Seconds: 3, Rows: 7, Bytes: 900, Shape: "insert " + name, Statement: "insert into " + name}
	position, err := stream.ParsePosition("shop:-80@MySQL56/6563d1fb-5f1a-11f1-8c2d-02fc00000002:1-5")
	if err != nil {
		t.Fatal(err)
	}
	return &stream.StreamSummary{
		First: begin, Last: begin.Add(2 * time.Minute), Rows: 10 * times, Transactions: 4 * times, Problems: 1, Retries: 2, Begin: position, End: position,
		Shards: []*stream.ShardCount{{Shard: shard, Rows: 10 * times, Transactions: 4 * times}}, Tables: []*stream.TableCount{&table},
		Minutes: minute, Spikes: minute,
		Shapes:  []*stream.Shape{{Text: "insert " + name, Times: 4 * times, Least: 1, Most: 7, Rows: 10, Example: gtid}},
		Largest: []stream.TxnCount{txn}, Longest: []stream.TxnCount{txn},
		Events: []stream.DigestEvent{{At: begin.UnixNano(), Kind: stream.DDL, Shard: shard, Text: "alter table " + name}},
	}
}

func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestText(t *testing.T) {
	about := &About{Source: "a.vts", Program: "1.0", Vitess: "24.0.1", Address: "gate:1", Masks: []string{"t.c"}, Cut: "it is cut off"}
	got := written(t, func(b *bytes.Buffer) error { return Text(b, Sections(about, summary(t, 1, "corder"))) })
	for _, want := range []string{
		"of            a.vts\nfrom          gate:1 v24.0.1, vtscope 1.0\nmasked        the values of t.c\n",
		"time          2026-11-22 10:00:00 UTC to 2026-11-22 10:02:00 UTC, 2m0s\nrows          10 row changes in 1 table on 1 shard\n",
		"trouble       1 problem, 2 reconnects\nnot read      it is cut off\n",
		"TABLES\ntable        inserts  updates  deletes  copied     size   share  by minute\nshop.corder       10        0        0       0  4.0 KiB  100.0%  ",
		"LARGEST TRANSACTIONS\n", "LONGEST TRANSACTIONS\n", "   7  900 B        3  10:00:00  shop/-80  insert corder  u:5   insert into corder\n",
		"KINDS OF TRANSACTIONS\ntimes   share  rows  what they do   for example\n    4  100.0%   1–7  insert corder  u:5\n",
		"SPIKES\n", "WHAT HAPPENED\ntime UTC  what  shard     text\n10:00:00  ddl   shop/-80  alter table corder\n",
		"POSITIONS\nat the start: [{\"keyspace\":\"shop\",\"shard\":\"-80\"",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if empty := written(t, func(b *bytes.Buffer) error { return Text(b, Sections(&About{}, &stream.StreamSummary{})) }); strings.Contains(empty, "TABLES") {
		t.Errorf("of nothing:\n%s", empty)
	}
}

// TestLinks lead to the log: with the keyspace where there are several.
func TestLinks(t *testing.T) {
	s := summary(t, 1, "corder")
	links := func(title string) []Link {
		for _, part := range Sections(&About{}, s) {
			if part.Title == title {
				return part.Links
			}
		}
		return nil
	}
	if got := links("Tables")[0].Term + links("Shards")[0].Term + links("Largest transactions")[0].Term; got != "_table = 'corder'_shard = '-80'_gtid = 'u:5'" {
		t.Error(got)
	}
	if got := links("Spikes")[0].At; !got.Equal(s.First) {
		t.Error(got)
	}
	s.Shards = append(s.Shards, &stream.ShardCount{Shard: &stream.Shard{Keyspace: "other"}})
	if got := links("Tables")[0].Term; got != "_table = 'corder' and _keyspace = 'shop'" {
		t.Error(got)
	}
}

func TestMarkdown(t *testing.T) {
	got := written(t, func(b *bytes.Buffer) error {
		return Markdown(b, Sections(&About{Source: "a_b.vts _x"}, summary(t, 1, "a|b")))
	})
	for _, want := range []string{
		"|  |  |\n|---|---|\n| of | a_b.vts \\_x |\n", "### Tables\n\n| table | inserts |", "|---|---:|---:|---:|---:|---:|---:|---|\n", `| shop.a\|b | 10 |`, "### Positions\n\nat the start:\n\n```\n[{\"keyspace\":\"shop\",\"shard\":\"-80\",",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestJSON(t *testing.T) {
	got := written(t, func(b *bytes.Buffer) error { return JSON(b, &About{Source: "a.vts"}, summary(t, 1, "corder")) })
	var d document
	if err := json.Unmarshal([]byte(got), &d); err != nil {
		t.Fatal(err)
	}
	if d.Tables[0].Rows["insert"] != 10 || d.Tables[0].Minutes["2026-11-22T10:00:00Z"] != 10 || d.Largest[0].GTID != "u:5" || d.Events[0].Event != "ddl" || len(d.Begin) == 0 {
		t.Errorf("%+v", d)
	}
	if got := written(t, func(b *bytes.Buffer) error { return JSON(b, &About{}, &stream.StreamSummary{}) }); strings.Contains(got, "null") {
		t.Errorf("lists that are empty are null: %s", got)
	}
}

func TestAgainst(t *testing.T) {
	difference := func(now, before *stream.StreamSummary) string {
		return written(t, func(b *bytes.Buffer) error {
			return Text(b, Against(&About{Source: "now"}, &About{Source: "before"}, now, before))
		})
	}
	grown := difference(summary(t, 9, "corder"), summary(t, 3, "corder"))
	other := difference(summary(t, 9, "corder"), summary(t, 9, "session"))
	same := difference(summary(t, 9, "corder"), summary(t, 8, "corder"))
	for text, wants := range map[string][]string{
		grown: {"shop.corder  45/min  15/min  3 times\n", "insert corder  18/min   6/min  3 times\n", "of                    now                            before\n"},
		other: {"shop.corder   45/min   0/min  new\n", "shop.session   0/min  45/min  gone\n"},
		same:  {"TABLES\n1 much the same\n"},
	} {
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	}
}

// TestManyEvents: DDL gives way to what went wrong, and a stream of days says which.
func TestManyEvents(t *testing.T) {
	s := summary(t, 1, "corder")
	for i := range 200 {
		s.Events = append(s.Events, stream.DigestEvent{At: s.First.Add(time.Duration(i) * time.Second).UnixNano(), Kind: stream.DDL, Text: "create table x"})
	}
	s.Events = append(s.Events, stream.DigestEvent{At: s.Last.UnixNano(), Kind: stream.Problem, Text: "rows are left out"})
	got := written(t, func(b *bytes.Buffer) error { return Text(b, Sections(&About{}, s)) })
	if !strings.Contains(got, "10:02:00  problem            rows are left out\nand 152 more events\n") {
		t.Error(got)
	}
	s.Last = s.Last.AddDate(0, 0, 1)
	got = written(t, func(b *bytes.Buffer) error {
		return Text(b, Sections(&About{Masks: []string{"--mask-key"}, FromBuffer: true}, s))
	})
	for _, want := range []string{"2026-11-22 10:02:00  problem ", "masked        the keys\n", "POSITIONS\nwhen the recording began"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if got := Masked([]string{"a", "b.c", "--mask-key"}); got != "the values of a, b.c and the keys" {
		t.Error(got)
	}
}

// TestHostileReports: names and statements reach no terminal raw, and break no table.
func TestHostileReports(t *testing.T) {
	for _, text := range hostile.Texts {
		sections := Sections(&About{Source: text}, summary(t, 1, text))
		for _, line := range slices.Concat(TextLines(sections), strings.Split(written(t, func(b *bytes.Buffer) error { return Markdown(b, sections) }), "\n")) {
			if unfit := hostile.Unfit(line); unfit != "" {
				t.Errorf("%q: %s", text, unfit)
			}
		}
	}
}
