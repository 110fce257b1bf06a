package cli

import (
	"context"
	"fmt"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// errReached ends a run that has come to where --until asks.
const errReached = askedEnd("the point of --until is reached")

// until is a sink that ends the run once every shard has come to a point, with
// all before it handed on.
type until struct {
	stream.Sink
	progress *stream.Progress
	copied   bool
	left     map[shardName]stream.GTIDSet // of the shards that are not there yet
	moved    []*stream.Shard              // since the last frame
	asked    bool                         // left is what the shards say first in a recording
	text     string                       // of --until
}

// String gives it as it was written.
func (u *until) String() string { return u.text }

type shardName struct{ keyspace, name string }

// endAt makes the sink that --until asks for, nil where it does not.
func (r *run) endAt(ctx context.Context, sink stream.Sink) (*until, error) {
	start := r.plan.Start
	u := &until{Sink: sink, progress: r.progress, copied: r.until.word == untilCopied, text: r.until.word}
	var err error
	switch {
	case r.until.word == "":
		return nil, nil
	case u.copied && !start.IsCopy():
		return nil, usagef("--until %s: there is no copy; start one with --from copy", untilCopied)
	case u.copied:
		return u, nil
	case r.until.word == untilCaughtUp && r.client == nil:
		u.asked = true
		return u, nil
	case r.until.word == untilCaughtUp:
		u.left, err = executedNow(ctx, r.client, r.plan)
	default:
		u.left, err = targets(r.until.position, start)
	}
	if err != nil {
		return nil, err
	}
	for _, at := range start.Shards {
		if set, err := stream.ParseGTIDSet(at.Gtid); err == nil && len(at.TablePKs) == 0 {
			u.reach(shardName{at.Keyspace, at.Shard}, set)
		}
	}
	return u, nil
}

// executedNow asks what the shards of the stream have executed.
func executedNow(ctx context.Context, client *vtgate.Client, plan *vtgate.Plan) (map[shardName]stream.GTIDSet, error) {
	left := map[shardName]stream.GTIDSet{}
	for _, keyspace := range plan.Keyspaces {
		executed, err := client.Executed(ctx, keyspace)
		if err != nil {
			return nil, fmt.Errorf("--until %s: what %s has executed is not known: %w", untilCaughtUp, keyspace, err)
		}
		for shard, gtid := range executed {
			if !streams(plan.Start, keyspace, shard) {
				continue
			}
			set, err := stream.ParseGTIDSet(gtid)
			if err != nil {
				return nil, fmt.Errorf("--until %s: what %s/%s has executed: %w", untilCaughtUp, keyspace, shard, err)
			}
			left[shardName{keyspace, shard}] = set
		}
	}
	if len(left) == 0 {
		return nil, fmt.Errorf("--until %s: VTGate does not say what the shards have executed", untilCaughtUp)
	}
	return left, nil
}

// targets reads the position of --until.
func targets(position, start stream.Position) (map[shardName]stream.GTIDSet, error) {
	left := map[shardName]stream.GTIDSet{}
	for _, at := range position.Shards {
		if !streams(start, at.Keyspace, at.Shard) {
			return nil, usagef("--until: %s/%s is not in the stream", at.Keyspace, at.Shard)
		}
		set, err := stream.ParseGTIDSet(at.Gtid)
		if err != nil {
			return nil, usagef("--until: the position of %s/%s: %v", at.Keyspace, at.Shard, err)
		}
		left[shardName{at.Keyspace, at.Shard}] = set
	}
	return left, nil
}

// streams reports whether a stream that starts there has a shard.
func streams(start stream.Position, keyspace, shard string) bool {
	for _, at := range start.Shards {
		if (at.Keyspace == keyspace || at.Keyspace == "") && (at.Shard == shard || at.Shard == "") {
			return true
		}
	}
	return false
}

// reach takes a shard off those that are not there yet, if it is.
func (u *until) reach(shard shardName, at stream.GTIDSet) {
	if goal, waits := u.left[shard]; waits && at.Contains(goal) {
		delete(u.left, shard)
	}
}

// Append takes one record.
func (u *until) Append(r *stream.Record) error {
	switch r.Kind {
	case stream.Commit, stream.DDL, stream.Other, stream.CopyCompleted:
		if r.Shard != nil && (len(u.moved) == 0 || u.moved[len(u.moved)-1] != r.Shard) {
			u.moved = append(u.moved, r.Shard)
		}
	}
	return u.Sink.Append(r)
}

// Flush ends a frame, and the run where it has come to the point.
func (u *until) Flush() error {
	if err := u.Sink.Flush(); err != nil {
		return err
	}
	if u.asked {
		u.learn()
	}
	for _, shard := range u.moved {
		name := shardName{shard.Keyspace, shard.Name}
		if _, waits := u.left[name]; !waits {
			continue
		}
		if set, err := stream.ParseGTIDSet(u.progress.Committed(shard)); err == nil {
			u.reach(name, set)
		}
	}
	u.moved = u.moved[:0]
	if u.asked || u.copied && !u.progress.Summary().CopyDone || len(u.left) > 0 {
		return nil
	}
	return errReached
}

// learn takes what the shards had executed when they were asked first, as soon as a
// recording has come to that.
func (u *until) learn() {
	left := map[shardName]stream.GTIDSet{}
	for _, s := range u.progress.Shards(nil) {
		if !s.Standing.Known() {
			continue
		}
		if set, err := stream.ParseGTIDSet(s.Standing.Executed); err == nil {
			left[shardName{s.Shard.Keyspace, s.Shard.Name}] = set
			u.moved = append(u.moved, s.Shard) // it may be there
		}
	}
	if len(left) > 0 {
		u.left, u.asked = left, false
	}
}
