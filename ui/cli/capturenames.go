package cli

import (
	"slices"
	"strings"

	"vtscope/filter"
	"vtscope/stream/capture"
)

// A capture names what it has rows of in its index; without one, it tells as it is read.

// checkTargets refuses a keyspace that the capture does not have.
func (j *job) checkTargets(h *capture.Header) error {
	for _, target := range j.request.Targets() {
		if len(h.Keyspaces) > 0 && target.Keyspace != "" && !slices.Contains(h.Keyspaces, target.Keyspace) {
			return usagef("the capture has no keyspace %s, only %s", target.Keyspace, strings.Join(h.Keyspaces, ", "))
		}
	}
	return nil
}

// sayUnrecorded warns where a target, -t or --where names what the capture has no row of.
func (r *run) sayUnrecorded() {
	tables := r.replayed.Tables()
	if len(tables) == 0 {
		return
	}
	known := filter.Known{Keyspaces: r.replayed.Header.Keyspaces, RowsAlone: r.format != nil}
	var taken []string
	for _, t := range tables {
		known.Shards, known.Tables = append(known.Shards, t.Shard), append(known.Tables, t.Table)
		if r.request.TakesShard(t.Keyspace, t.Shard) {
			taken = append(taken, t.Table)
		}
	}
	if len(taken) == 0 {
		say("warning: the capture has no row of %s, only of the shards %s", r.target(), strings.Join(unique(known.Shards), ", "))
		return
	}
	for _, rule := range r.request.Unmatched(taken) {
		say("warning: %s: the capture has no row of such a table%s", rule.Flag, didYouMean(rule.Table, unique(taken)))
	}
	if r.filter == nil {
		return
	}
	for _, at := range r.replayed.Header.Start.Shards {
		if at.Shard != "" {
			known.Shards = append(known.Shards, at.Shard)
		}
	}
	for _, warning := range r.filter.Warnings(known) {
		say("warning: --where: %s", filter.Summary(warning))
	}
}

// unique are names in order, each once.
func unique(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
