package stream

import (
	"cmp"
	"slices"
	"time"
)

// A StreamSummary is what a stream has brought.
type StreamSummary struct {
	// First and Last are when the first and the last row came, zero without one.
	First, Last time.Time
	// Begin and End are the positions there.
	Begin, End         Position
	Rows, Transactions uint64
	Problems, Retries  uint64
	Shards             []*ShardCount // by name
	Tables             []*TableCount // the heaviest first, by row changes
	Minutes            Minutes
	Step               time.Duration // how long one of the minutes is: longer where a stream lasts more than a day
	Shapes             []*Shape      // the most frequent first
	ShapesLeft         uint64        // transactions of shapes that are not counted
	Largest            []TxnCount    // by row changes
	Longest            []TxnCount    // by duration
	Spikes             Minutes       // those with many more row changes than others
	Events             []DigestEvent
	EventsCut          uint64
}

// A spike has so many times the row changes of the median minute.
const spikeTimes = 3

// Summary gives what has come so far, with the positions at the start and at the end. A start
// that is no position, as current, is where the shards stood once each had told.
func (d *Digest) Summary(begin, end Position) *StreamSummary {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := &StreamSummary{
		Begin: begin, End: end, Transactions: d.txns, Problems: d.problems, Retries: d.retries, ShapesLeft: d.left,
		Largest: slices.Clone(d.largest[0]), Longest: slices.Clone(d.largest[1]), Events: slices.Concat(d.events[0], d.events[1]), EventsCut: d.cut,
	}
	if !begin.IsResumable() && len(d.begin.Shards) > 0 {
		s.Begin = d.begin
	}
	if d.first != 0 {
		s.First, s.Last = time.Unix(0, d.first), time.Unix(0, d.last)
	}
	for _, shard := range d.shards {
		count := *shard
		s.Shards = append(s.Shards, &count)
		s.Rows += shard.Rows
	}
	slices.SortStableFunc(s.Events, func(a, b DigestEvent) int { return cmp.Compare(a.At, b.At) })
	slices.SortFunc(s.Shards, func(a, b *ShardCount) int { return cmp.Compare(a.Shard.String(), b.Shard.String()) })
	for _, t := range d.tables {
		count := *t
		count.Minutes = slices.Clone(t.Minutes)
		s.Tables = append(s.Tables, &count)
	}
	slices.SortFunc(s.Tables, func(a, b *TableCount) int {
		return cmp.Or(cmp.Compare(b.Total(), a.Total()), cmp.Compare(a.Keyspace, b.Keyspace), cmp.Compare(a.Name, b.Name))
	})
	for _, shape := range d.shapes {
		count := *shape
		s.Shapes = append(s.Shapes, &count)
	}
	slices.SortFunc(s.Shapes, func(a, b *Shape) int { return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Text, b.Text)) })
	s.Minutes, s.Step = slices.Clone(d.minutes), time.Duration(d.step)*time.Minute
	s.Spikes = spikes(s.Minutes)
	return s
}

// spikes are the minutes with many more row changes than the others.
func spikes(minutes Minutes) (list Minutes) {
	if len(minutes) < 3 {
		return nil
	}
	var sorted []uint64
	for _, m := range minutes {
		sorted = append(sorted, m.Rows)
	}
	slices.Sort(sorted)
	median := sorted[len(sorted)/2]
	for _, m := range minutes {
		if m.Rows > spikeTimes*median {
			list = append(list, m)
		}
	}
	return list
}
