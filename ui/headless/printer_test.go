package headless_test

import (
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// names gives the shard and the name of each row printed as JSON.
func names(printed string) string {
	var list []string
	for line := range strings.Lines(printed) {
		_, shard, _ := strings.Cut(line, `"shard":"`)
		shard, _, _ = strings.Cut(shard, `"`)
		_, name, _ := strings.Cut(line, `"name":"`)
		name, _, _ = strings.Cut(name, `"`)
		list = append(list, shard+" "+name)
	}
	return strings.Join(list, ", ")
}

func TestRowsWaitForTheirCommit(t *testing.T) {
	f := newFeed(headless.Options{})
	f.expect(t, "", begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a")))
	f.expect(t, "", begin("80-", 7), fields("80-", 7, id, name), rows("80-", 7, insert(2, "b")))
	f.expect(t, "", rows("-80", 1, insert(3, "c")))
	if err := f.send(t, position("80-", 7), commit("80-", 7)); err != nil || names(f.out.String()) != "80- b" {
		t.Fatalf("printed %s (%v)", f.out.String(), err)
	}
	if err := f.send(t, position("-80", 1), commit("-80", 1)); err != nil || names(f.out.String()) != "80- b, -80 a, -80 c" {
		t.Fatalf("printed %s (%v)", f.out.String(), err)
	}
	if f.Printed() != 3 {
		t.Errorf("counted %d, want 3", f.Printed())
	}
}

func TestAbandonedRowsAreNotPrinted(t *testing.T) {
	f := newFeed(headless.Options{Events: headless.DefaultEvents | 1<<stream.Begin | 1<<stream.Commit})
	f.expect(t, "", begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a")))
	if err := f.decoder.Reset(); err != nil {
		t.Fatal(err)
	}
	if err := f.send(t, begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a")), commit("-80", 1)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(f.out.String(), `"name":"a"`); got != 1 || f.Printed() != 3 {
		t.Errorf("the row is printed %d times, counted %d\n%s", got, f.Printed(), f.out.String())
	}
}

func TestOneBeginATransaction(t *testing.T) {
	f := newFeed(headless.Options{Events: 1<<stream.Begin | 1<<stream.VGTID | 1<<stream.Commit, Format: headless.Text})
	f.expect(t, `-                    customer/-80 begin
-                    customer/-80 position [{"keyspace":"customer","shard":"-80","gtid":"MySQL56/`+uuid+`:1-9","table_p_ks":[]}]
-                    customer/-80 commit
`, begin("-80", 0), fields("-80", 0, id, name), begin("-80", 0), position("-80", 9), commit("-80", 0))
}

func TestLimit(t *testing.T) {
	whole := []*binlogdata.VEvent{begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a"), insert(2, "b"), insert(3, "c")), commit("-80", 1)}
	next := []*binlogdata.VEvent{begin("-80", 2), rows("-80", 2, insert(4, "d")), commit("-80", 2)}
	for limit, want := range map[uint64]string{1: "-80 a", 2: "-80 a, -80 b", 3: "-80 a, -80 b, -80 c", 4: "-80 a, -80 b, -80 c, -80 d"} {
		f := newFeed(headless.Options{Limit: limit})
		first := f.send(t, whole...)
		if ended := errors.Is(first, headless.ErrDone); ended != (limit < 4) {
			t.Errorf("limit %d: the first transaction gives %v", limit, first)
		}
		if err := f.send(t, next...); !errors.Is(err, headless.ErrDone) {
			t.Errorf("limit %d: the second transaction gives %v", limit, err)
		}
		if got := names(f.out.String()); got != want || f.Printed() != limit {
			t.Errorf("limit %d: printed %s, counted %d", limit, got, f.Printed())
		}
	}
}

// A limit within a transaction ends the run before its commit is taken for
// done, one at its end after.
func TestLimitAndTheCommit(t *testing.T) {
	for limit, cut := range map[uint64]bool{1: true, 2: false} {
		f := newFeed(headless.Options{Limit: limit})
		err := f.decoder.Decode(frame(t, begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a"), insert(2, "b")), commit("-80", 1)))
		if errors.Is(err, headless.ErrDone) != cut {
			t.Errorf("limit %d: the commit gives %v", limit, err)
		}
		if err := f.Flush(); !errors.Is(err, headless.ErrDone) {
			t.Errorf("limit %d: the flush gives %v", limit, err)
		}
	}
}

func TestProblemsAreNoOutput(t *testing.T) {
	f := newFeed(headless.Options{Events: 1<<stream.Status | 1<<stream.Heartbeat})
	f.expect(t, `{"event":"heartbeat","time":"2026-11-22T14:20:05Z"}`+"\n",
		rows("-80", 1, insert(1, "a")), &binlogdata.VEvent{Type: binlogdata.VEventType_HEARTBEAT, Timestamp: second})
	if len(f.problems) != 1 || !strings.Contains(f.problems[0], "customer/-80: ") {
		t.Errorf("problems %q", f.problems)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestWriteErrors(t *testing.T) {
	full := errors.New("no space left")
	for _, test := range []struct{ give, want error }{
		{syscall.EPIPE, headless.ErrClosed}, {io.ErrClosedPipe, headless.ErrClosed}, {full, full}, {nil, io.ErrShortWrite},
	} {
		p := headless.New(failingWriter{test.give}, headless.Options{Events: 1 << stream.Status})
		status := &stream.Record{Kind: stream.Status, State: stream.Streaming}
		if err := p.Append(status); err != nil {
			t.Fatal(err)
		}
		if err := p.Flush(); !errors.Is(err, test.want) {
			t.Errorf("%v: the flush gives %v, want %v", test.give, err, test.want)
		}
		if err := p.Append(status); !errors.Is(err, test.want) {
			t.Errorf("%v: the next record gives %v, want %v", test.give, err, test.want)
		}
	}
}

func TestParseEvents(t *testing.T) {
	for list, want := range map[string]headless.Events{
		"row,ddl,journal,copy_completed": headless.DefaultEvents,
		"position":                       1 << stream.VGTID,
		" Begin , commit":                1<<stream.Begin | 1<<stream.Commit,
		"row":                            1<<stream.Copy | 1<<stream.Insert | 1<<stream.Update | 1<<stream.Delete,
	} {
		if got, err := headless.ParseEvents(list); err != nil || got != want {
			t.Errorf("%q gives %b (%v), want %b", list, got, err, want)
		}
	}
	all, err := headless.ParseEvents("all")
	for kind := stream.Copy; kind <= stream.Status; kind++ {
		if err != nil || !all.Has(kind) {
			t.Errorf("all does not have %v (%v)", kind, err)
		}
	}
	for list, want := range map[string]string{
		"rows": `did you mean "row"`, "row,positon": `did you mean "position"`, "": "without a name", "zzzzzzzzz": "there are row, ddl",
	} {
		if _, err := headless.ParseEvents(list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", list, err, want)
		}
	}
}
