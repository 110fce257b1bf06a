package headless_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/headless"
)

// where reads a filter that is right.
func where(t *testing.T, text string) *filter.Filter {
	t.Helper()
	f, err := filter.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFilterChoosesAmongRows(t *testing.T) {
	for format, row := range map[*headless.Format]string{
		headless.JSON: `"event":"insert"`, headless.Text: " insert ", headless.CSV: "insert,", headless.SQL: "INSERT ", headless.UndoSQL: "DELETE ",
	} {
		f := newFeed(headless.Options{
			Format: format, Filter: where(t, "name in ('B', 'd')"),
			Events: headless.DefaultEvents | 1<<stream.Begin | 1<<stream.Commit,
		})
		if err := f.send(t,
			begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a"), insert(2, "b")), commit("-80", 1),
			begin("-80", 2), rows("-80", 2, insert(3, "c")), commit("-80", 2),
			begin("-80", 3), rows("-80", 3, insert(4, "d")), commit("-80", 3),
		); err != nil || f.End() != nil {
			t.Fatal(err)
		}
		printed := f.out.String()
		if got := strings.Count(printed, row); got != 2 {
			t.Errorf("%s: %d inserts are printed, want 2:\n%s", format, got, printed)
		}
		if got := strings.Count(printed, "commit"); got != 3 && format != headless.CSV {
			t.Errorf("%s: %d commits are printed, want 3, as --events asks:\n%s", format, got, printed)
		}
	}
}

func TestLimitCountsWhatIsPrinted(t *testing.T) {
	f := newFeed(headless.Options{Limit: 1, Filter: where(t, "id > 2")})
	err := f.send(t, begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a"), insert(2, "b"), insert(3, "c")), commit("-80", 1))
	if !errors.Is(err, headless.ErrDone) || names(f.out.String()) != "-80 c" {
		t.Errorf("printed %s (%v), want -80 c and the end", names(f.out.String()), err)
	}
}

func TestFailuresAreCounted(t *testing.T) {
	f := newFeed(headless.Options{Filter: where(t, "json_extract(name, '$.a') = 1")})
	f.expect(t, "", begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a"), insert(2, "b")), commit("-80", 1))
	if n, reason := f.Failures(); n != 2 || reason == nil {
		t.Errorf("%d failures (%v), want 2", n, reason)
	}
}

func TestNowIsWhenTheChangeArrived(t *testing.T) {
	f := newFeed(headless.Options{Filter: where(t, "now() between '2020-01-01 00:00:00' and '2020-01-01 00:00:02'")})
	for _, arrived := range []time.Time{time.Unix(1_577_836_801, 0), time.Unix(1_577_836_805, 0)} {
		message := frame(t, begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a")), commit("-80", 1))
		message.Arrived = arrived
		if err := f.decoder.Decode(message); err != nil {
			t.Fatal(err)
		}
	}
	if f.Printed() != 1 {
		t.Errorf("%d rows are printed, want the one that arrived at midnight", f.Printed())
	}
}
