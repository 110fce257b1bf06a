package shards

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

const keyspace = "shop"

// contextOf is a stream of some shards.
func contextOf(shards ...stream.ShardState) *pane.Context {
	c := &pane.Context{Now: time.Unix(1795356900, 0), Shards: shards, Facts: pane.NewFacts()}
	c.Theme = draw.NewTheme(draw.MonoTheme, false)
	return c
}

func shardNamed(name string) *stream.Shard { return &stream.Shard{Keyspace: keyspace, Name: name} }

// TestPhaseAndBehind say what a shard does, and what it lacks.
func TestPhaseAndBehind(t *testing.T) {
	c := contextOf()
	now := c.Now
	set, err := stream.ParseGTIDSet("90a3e2d2-e67e-11f1-a140-02fc00000001:1-3")
	if err != nil {
		t.Fatal(err)
	}
	known := stream.Standing{At: now}
	behind := stream.Standing{At: now, Behind: 3, Missing: set, Since: now.Add(-time.Minute)}
	stalled, ahead, unknown := behind, known, known
	stalled.Stalled, ahead.Ahead, unknown.Unknown = true, 3, "refused"
	for _, test := range []struct {
		state stream.ShardState
		quiet time.Duration
		want  string
	}{
		{stream.ShardState{Phase: stream.Live, Standing: known}, 0, "streaming, behind 0"},
		{stream.ShardState{Phase: stream.Live, Standing: known}, time.Minute, "caught up, behind 0"},
		{stream.ShardState{Phase: stream.Live, Standing: unknown}, time.Minute, "streaming, behind ?"},
		{stream.ShardState{Phase: stream.Live}, time.Minute, "streaming, behind ?"},
		{stream.ShardState{Phase: stream.Live, Standing: behind}, 0, "streaming, behind 3 for 1m00s"},
		{stream.ShardState{Phase: stream.Live, Standing: stalled}, time.Minute, "stalled, behind 3 for 1m00s"},
		{stream.ShardState{Phase: stream.Live, Standing: ahead}, 0, "ahead, ahead by 3"},
		{stream.ShardState{Phase: stream.Closed, Standing: behind}, time.Minute, "closed, "},
		{stream.ShardState{Phase: stream.Copying, Standing: behind}, 0, "copying, "},
		{stream.ShardState{Phase: stream.Copying, Standing: stalled, Tables: []stream.TableCopy{{Name: "corder"}}}, time.Minute, "stalled at corder, "},
	} {
		s, d := test.state, &drawing{c, &Pane{}}
		s.Shard, s.LastEvent = shardNamed("-"), now.Add(-test.quiet)
		phase, _ := d.phaseText(&s)
		text, _ := d.behindText(&s, 40)
		if got := phase + ", " + text; got != test.want {
			t.Errorf("%+v: %s, want %s", test.state.Standing, got, test.want)
		}
	}
}

// TestSuccessors of a closed shard stand under it.
func TestSuccessors(t *testing.T) {
	for _, test := range []struct{ shards, want string }{
		{"80- 40-80 -40 !-80", "!-80 -40 40-80 80-"},
		{"- !80- !-80", "!-80 !80- -"},
		{"80- -80 !0", "!0 -80 80-"},
		{"c0- !40-80 40-c0 -40 !80-c0", "-40 !40-80 !80-c0 40-c0 c0-"},
	} {
		var shards []stream.ShardState
		for name := range strings.FieldsSeq(test.shards) {
			s := stream.ShardState{Shard: shardNamed(strings.TrimPrefix(name, "!"))}
			if name[0] == '!' {
				s.Phase = stream.Closed
			}
			shards = append(shards, s)
		}
		var names []string
		for _, s := range inOrder(shards) {
			name := s.Shard.Name
			if s.Phase == stream.Closed {
				name = "!" + name
			}
			names = append(names, name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}

// TestForms looks which form the shards take as they become more.
func TestForms(t *testing.T) {
	for _, test := range []struct {
		shards, width, height int
		form                  form
	}{
		{1, 80, 24, formPanes}, {2, 80, 24, formPanes}, {4, 80, 24, formList}, {4, 120, 40, formPanes},
		{8, 120, 40, formPanes}, {16, 200, 60, formPanes}, {64, 120, 40, formHeat}, {4096, 200, 60, formHeat},
		{4096, 40, 12, formList}, {4, 40, 8, formNone},
	} {
		var shards []stream.ShardState
		for i := range test.shards {
			shards = append(shards, stream.ShardState{Shard: shardNamed(fmt.Sprintf("%04x-%04x", i, i+1))})
		}
		c, p := contextOf(shards...), &Pane{}
		height := p.Arrange(c, pane.Room{Width: test.width, Height: test.height - 4})
		form, want := (&drawing{c, p}).form()
		if form != test.form || height != want || len(p.Draw(c)) != height {
			t.Errorf("%d shards at %d×%d take form %d in %d lines, not %d", test.shards, test.width, test.height, form, height, test.form)
		}
	}
}

// TestCopiedTables says of each table how far it is, and how that is known.
func TestCopiedTables(t *testing.T) {
	shard := shardNamed("-80")
	c := contextOf()
	c.Copied = map[string][]string{keyspace: {"customer", "product"}}
	c.Facts.Ranges[pane.CopyName{Shard: shard.String(), Table: "customer"}] = pane.KeyRange{Greatest: *big.NewInt(20000)}
	customer := stream.TableCopy{Name: "customer", Rows: 5, Cycles: 2, LastKey: []stream.KeyValue{{Column: "id", Value: "5000", Integer: true}}}
	done := stream.TableCopy{Name: "corder", Rows: 5, Cycles: 2, Done: true}
	s := stream.ShardState{Shard: shard, Phase: stream.Copying, Tables: []stream.TableCopy{done, customer}}
	told := map[string]string{}
	(&drawing{c, &Pane{}}).copyDetails(&s, func(name, text string) { told[name] = text })
	for table, want := range map[string]string{
		"product": "waiting", "corder": "done, 5 rows, in 2 cycles", "customer": "copying, 5 rows, 25% by key, 0/s; taken up again, cycle 2",
	} {
		if told[table] != want {
			t.Errorf("%s: %q, want %q", table, told[table], want)
		}
	}
}

// TestOverEstimate: only what MySQL has estimated can be over the estimate.
func TestOverEstimate(t *testing.T) {
	d, s := &drawing{contextOf(), &Pane{}}, &stream.ShardState{Shard: shardNamed("-")}
	for _, test := range []struct {
		c    pane.CopyShare
		over bool
	}{
		{pane.CopyShare{Share: 0.99, Known: true}, true},
		{pane.CopyShare{Share: 0.99, Known: true, Rest: 5}, false},
		{pane.CopyShare{Share: 0.99, Known: true, ByKey: true}, false},
		{pane.CopyShare{Share: 1, Known: true}, false},
	} {
		if text := d.copyLine(draw.NewLine(60), s, test.c, 60); strings.Contains(text, "over estimate") != test.over {
			t.Errorf("%+v: %q", test.c, text)
		}
	}
}
