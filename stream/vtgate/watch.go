package vtgate

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vtscope/stream"
)

// The pace of a Watch: stream.CompareInterval between two rounds, twice as long
// after each that VTGate did not answer or was slow to, watchSlowest at most.
const (
	watchSlowest  = time.Minute
	watchPatience = time.Second
)

// A Watch asks, beside a stream, what the shards themselves have executed.
type Watch struct {
	Client   *Client
	Plan     *Plan
	Progress *stream.Progress
	// Told is called after each round, where it is set.
	Told func()

	moved map[string]time.Time // when a keyspace was last asked where its tables are
}

// Run asks until ctx ends. It starts nothing; what it finds is in Progress.
func (w *Watch) Run(ctx context.Context) {
	if w.Client.options.NoQueries {
		return
	}
	wait := stream.CompareInterval / 5 // the first answer is wanted soon
	for stream.Sleep(ctx, wait) == nil {
		began := time.Now()
		answered := w.round(ctx)
		wait = nextRound(wait, answered, time.Since(began))
	}
}

// nextRound is how long to wait after a round, by how it went and what the wait
// before it was.
func nextRound(wait time.Duration, answered bool, took time.Duration) time.Duration {
	if answered && took < watchPatience {
		return stream.CompareInterval
	}
	return min(max(wait, stream.CompareInterval)*2, watchSlowest)
}

// round asks every keyspace of the stream once, and reports whether all have
// answered.
func (w *Watch) round(ctx context.Context) bool {
	answered := true
	byKeyspace := map[string][]stream.ShardState{}
	for _, s := range w.Progress.Shards(nil) {
		if s.Phase != stream.Closed {
			byKeyspace[s.Shard.Keyspace] = append(byKeyspace[s.Shard.Keyspace], s)
		}
	}
	for keyspace, shards := range byKeyspace {
		executed, err := w.Client.Executed(ctx, keyspace)
		if ctx.Err() != nil {
			return false
		}
		answered = answered && err == nil
		w.Progress.Compare(answers(shards, executed, err))
	}
	w.explain(ctx)
	w.look(ctx, byKeyspace)
	if w.Told != nil && ctx.Err() == nil {
		w.Told()
	}
	return answered
}

// answers gives each shard its part of a keyspace's answer.
func answers(shards []stream.ShardState, executed map[string]string, err error) []stream.Executed {
	now := time.Now()
	list := make([]stream.Executed, 0, len(shards))
	for _, s := range shards {
		e := stream.Executed{Keyspace: s.Shard.Keyspace, Shard: s.Shard.Name, Before: s.GTID, At: now}
		gtid, found := executed[s.Shard.Name]
		switch {
		case err != nil:
			e.Unknown = causeOf(err)
		case !found:
			e.Unknown = "VTGate has no answer for the shard"
		default:
			e.GTID = gtid
		}
		list = append(list, e)
	}
	return list
}

// explain looks for why shards are stalled.
func (w *Watch) explain(ctx context.Context) {
	for _, s := range w.Progress.Shards(nil) {
		if !s.Standing.Stalled || ctx.Err() != nil {
			continue
		}
		why, err := w.Client.replication(ctx, s.Shard.Keyspace, s.Shard.Name)
		if err != nil {
			why = "why is not known: " + causeOf(err)
		}
		if w.Plan.request.flags.GetMinimizeSkew() {
			why += "; VTGate may hold it for a slower shard, by --minimize-skew"
		}
		w.Progress.Explain(s.Shard.Keyspace, s.Shard.Name, why)
	}
}

// Keyspaces that have been quiet for quietFor are asked, every movedInterval,
// where their tables are served.
const (
	quietFor      = 15 * time.Second
	movedInterval = time.Minute
)

// look finds out whether a keyspace is quiet because its tables have moved.
func (w *Watch) look(ctx context.Context, byKeyspace map[string][]stream.ShardState) {
	now := time.Now()
	for keyspace, shards := range byKeyspace {
		if !quiet(shards, now) || now.Sub(w.moved[keyspace]) < movedInterval || ctx.Err() != nil {
			continue
		}
		if w.moved == nil {
			w.moved = map[string]time.Time{}
		}
		w.moved[keyspace] = now
		if text, err := w.Client.movedTables(ctx, keyspace, w.Plan.request); err == nil {
			w.Progress.Remark(keyspace, text)
		}
	}
}

// quiet reports whether nothing but Vitess's own writes has come for long.
func quiet(shards []stream.ShardState, now time.Time) bool {
	newest := slices.MaxFunc(shards, func(a, b stream.ShardState) int { return cmp.Compare(a.LastRow, b.LastRow) })
	return newest.Phase == stream.Live && now.Sub(time.Unix(0, newest.LastRow)) >= quietFor
}
