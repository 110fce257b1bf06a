package ui

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"testing"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// answers is an Inquirer that counts what it is asked.
type answers struct {
	version string
	tables  map[string]stream.TableSize
	ranges  [2]string
	tablets []stream.Tablet
	err     error
	asked   []string
}

func (a *answers) Version(context.Context) (string, error) { return a.version, a.err }

func (a *answers) Sizes(ctx context.Context, keyspace, shard string) (map[string]stream.TableSize, error) {
	if _, limited := ctx.Deadline(); !limited {
		return nil, errors.New("a question without an end")
	}
	a.asked = append(a.asked, keyspace+"/"+shard)
	return a.tables, a.err
}

func (a *answers) Shards(context.Context) (map[string][]string, error) {
	return map[string][]string{keyspace: {"-80", "80-"}, "accounts": {"0"}}, a.err
}

func (a *answers) Tables(_ context.Context, keyspace string) ([]string, error) {
	if keyspace == "accounts" {
		return []string{"users"}, a.err
	}
	return []string{"corder", "customer", "product"}, a.err
}

func (a *answers) KeyRange(context.Context, string, string, string, string) (least, greatest string, err error) {
	return a.ranges[0], a.ranges[1], a.err
}

func (a *answers) Tablets(context.Context, string, string) ([]stream.Tablet, error) {
	return a.tablets, a.err
}

// tablesOf are tables of so many rows, of 100 bytes each.
func tablesOf(tables map[string]uint64) map[string]stream.TableSize {
	sizes := map[string]stream.TableSize{}
	for name, n := range tables {
		sizes[name] = stream.TableSize{Rows: n, Bytes: n * 100}
	}
	return sizes
}

// ask lets the model ask all that it wants to know.
func (s *screen) ask(a *answers) *screen {
	s.t.Helper()
	s.model.options.Inquirer, s.model.Facts.Asked = a, true
	s.send(s.model.askVersion()())
	for cmd := s.model.askFacts(); cmd != nil; {
		if again := s.model.askFacts(); again != nil {
			s.t.Error("two questions at once")
		}
		cmd = s.send(cmd())
	}
	return s
}

func TestSizesAreAskedOncePerShard(t *testing.T) {
	a := &answers{version: "25.0.1", tables: tablesOf(map[string]uint64{"customer": 20000})}
	f := copyingShop(newFixture(t))
	s := f.screen(120, 40).ask(a).shows("v25.0.1", "~3", "left ")
	if len(a.asked) != 2 || a.asked[0] == a.asked[1] {
		t.Errorf("asked for %q; two shards copy", a.asked)
	}
	if s.ask(a); len(a.asked) != 2 {
		t.Errorf("asked again: %q", a.asked)
	}
}

// TestRefusedQuestions: an answer that does not come costs what it would have
// told, no more.
func TestRefusedQuestions(t *testing.T) {
	a := &answers{err: errors.New("no queries")}
	copyingShop(newFixture(t)).screen(120, 40).ask(a).hides(" v2", "%", "left ").shows("copying custom", " rows").fits()
}

// TestLowEstimate: a copy that goes on past the estimate is not done.
func TestLowEstimate(t *testing.T) {
	a := &answers{tables: tablesOf(map[string]uint64{"customer": 10})}
	copyingShop(newFixture(t)).screen(120, 40).ask(a).shows("~99%").hides("100%").fits()
}

// TestShareByKey places the last key in the key's range, whatever its sign and
// size.
func TestShareByKey(t *testing.T) {
	m := copyingShop(newFixture(t)).screen(120, 40).model
	shard := m.Shards[0].Shard
	for _, test := range []struct{ least, greatest, at, want string }{
		{"0", "100", "43", "43%"},
		{"-100", "100", "-50", "25%"},
		{"18446744073709551515", "18446744073709551615", "18446744073709551540", "25%"},
		{"-9223372036854775808", "9223372036854775807", "0", "50%"},
		{"0", "100", "100", "99%"}, // it goes on
		{"0", "100", "180", "99%"}, // rows have come since
		{"5", "5", "5", ""},
		{"", "", "5", ""},
		{"a", "b", "5", ""},
	} {
		delete(m.Facts.Ranges, pane.CopyName{Shard: shard.String(), Table: "customer"})
		m.Update(keyRangeMsg{pane.CopyName{Shard: shard.String(), Table: "customer"}, test.least, test.greatest})
		table := stream.TableCopy{Name: "customer", Rows: 7, LastKey: []stream.KeyValue{{Column: "id", Value: test.at, Integer: true}}}
		got := ""
		if c := m.Facts.CopyShare(shard, &table); c.Known && c.ByKey {
			got = fmt.Sprintf("%.0f%%", c.Share*100)
		}
		if got != test.want {
			t.Errorf("%s between %s and %s is %q, want %q", test.at, test.least, test.greatest, got, test.want)
		}
	}
}

// TestPercentByKey asks for the range of a table with an integer key.
func TestPercentByKey(t *testing.T) {
	a := &answers{tables: tablesOf(map[string]uint64{"customer": 20000}), ranges: [2]string{"0", "4000"}}
	s := copyingShop(newFixture(t)).screen(120, 40).ask(a).shows("%").fits()
	if estimate := regexp.MustCompile(`~[0-9.]+%`).FindString(s.text()); estimate != "" {
		t.Errorf("%s is no share by the key", estimate)
	}
}
