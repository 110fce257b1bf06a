package ui

import (
	"context"
	"errors"
	"testing"
)

// answers is an Inquirer that counts what it is asked.
type answers struct {
	version string
	tables  map[string]uint64
	err     error
	asked   []string
}

func (a *answers) Version(context.Context) (string, error) { return a.version, a.err }

func (a *answers) Estimates(ctx context.Context, keyspace, shard string) (map[string]uint64, error) {
	if _, limited := ctx.Deadline(); !limited {
		return nil, errors.New("a question without an end")
	}
	a.asked = append(a.asked, keyspace+"/"+shard)
	return a.tables, a.err
}

// ask lets the model ask all that it wants to know.
func (s *screen) ask(a *answers) *screen {
	s.t.Helper()
	s.model.options.Inquirer = a
	s.send(s.model.askVersion()())
	for cmd := s.model.askEstimates(); cmd != nil; {
		if again := s.model.askEstimates(); again != nil {
			s.t.Error("two questions at once")
		}
		cmd = s.send(cmd())
	}
	return s
}

func TestEstimatesAreAskedOncePerShard(t *testing.T) {
	a := &answers{version: "25.0.1", tables: map[string]uint64{"customer": 20000}}
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
	a := &answers{tables: map[string]uint64{"customer": 10}}
	copyingShop(newFixture(t)).screen(120, 40).ask(a).shows("~99%").hides("100%").fits()
}
