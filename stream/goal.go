package stream

import (
	"errors"
	"fmt"
	"strings"

	"vitess.io/vitess/go/mysql/replication"
)

// A Goal is a place in a stream that somebody wants to see: a position of its shards, or
// the GTIDs of transactions, of whichever shard.
type Goal struct {
	text  string
	parts []goalPart
}

// goalPart is what a goal wants of a shard, of any where it names none.
type goalPart struct {
	keyspace, shard string
	set             GTIDSet
}

// errGoal says what a goal looks like.
var errGoal = errors.New("write a GTID such as 6563d1fb-5f1a-11f1-8c2d-02fc00000002:59, or a position")

// ParseGoal reads a GTID set, or a position as ParsePosition does.
func ParseGoal(text string) (*Goal, error) {
	text = strings.TrimSpace(text)
	if set, err := ParseGTIDSet(text); err == nil {
		g := &Goal{text, []goalPart{{set: set}}}
		return g, g.check()
	} else if text == "" || !strings.ContainsAny(text, "@[{") {
		return nil, fmt.Errorf("%w; %w", err, errGoal)
	}
	position, err := ParsePosition(text)
	if err != nil {
		return nil, err
	}
	g := &Goal{text: text}
	for _, at := range position.Shards {
		set, err := ParseGTIDSet(at.Gtid)
		if err != nil {
			return nil, fmt.Errorf("the position of %s/%s: %w", at.Keyspace, at.Shard, err)
		}
		g.parts = append(g.parts, goalPart{at.Keyspace, at.Shard, set})
	}
	return g, g.check()
}

// check refuses a goal that every stream has reached.
func (g *Goal) check() error {
	for i := range g.parts {
		if g.parts[i].set.Count() == 0 {
			return fmt.Errorf("%s holds no transaction; %w", shorten(g.text), errGoal)
		}
	}
	return nil
}

// String gives it as it was written.
func (g *Goal) String() string { return g.text }

// Includes reports whether a record's transaction belongs to what comes before the goal,
// itself included.
func (g *Goal) Includes(r *Record) bool {
	if r.Shard == nil || r.GTID.IsZero() {
		return false
	}
	for i := range g.parts {
		if p := &g.parts[i]; p.isOf(r.Shard) && p.set.has(r.GTID) {
			return true
		}
	}
	return false
}

func (p *goalPart) isOf(shard *Shard) bool {
	return p.shard == "" || p.shard == shard.Name && (p.keyspace == shard.Keyspace || p.keyspace == "")
}

// has reports whether a set has a transaction.
func (s GTIDSet) has(gtid GTID) bool {
	sid, err := replication.ParseSID(gtid.Server.UUID)
	return err == nil && s.set.ContainsGTID(replication.Mysql56GTID{Server: sid, Sequence: int64(gtid.Number)})
}

// moves reports whether what a record ends may bring the goal nearer.
func (g *Goal) moves(r *Record) bool {
	if r.Shard == nil || r.GTID.IsZero() {
		return false
	}
	sid, err := replication.ParseSID(r.GTID.Server.UUID)
	for i := range g.parts {
		if p := &g.parts[i]; err == nil && p.isOf(r.Shard) && p.set.set[sid] != nil {
			return true
		}
	}
	return false
}

// Reached reports whether a run has come to the goal. A goal of a shard that the run does
// not have is an error.
func (g *Goal) Reached(p *Progress) (bool, error) {
	shards := p.Shards(nil)
	for i := range g.parts {
		part, known, reached := &g.parts[i], false, false
		for j := range shards {
			if !part.isOf(shards[j].Shard) {
				continue
			}
			known = true
			if set, err := ParseGTIDSet(p.Committed(shards[j].Shard)); err == nil && set.Contains(part.set) {
				reached = true
				break
			}
		}
		switch {
		case !known && part.shard != "" && len(shards) > 0:
			return false, fmt.Errorf("%s/%s is not in the stream", part.keyspace, part.shard)
		case !reached:
			return false, nil
		}
	}
	return true, nil
}
