package problems

import (
	"slices"
	"strings"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// An entry is one line: what is wrong now, or what has happened.
type entry struct {
	name  entryName
	kind  string // the word before it
	style draw.Style
	shard *stream.Shard
	at    time.Time     // zero for what is wrong now
	text  func() string // safe, made where it is seen
	times uint64
	row   uint64 // of the log, 0 for what is wrong now
}

// An entryName tells entries apart from one frame to the next.
type entryName struct {
	row   uint64
	shard *stream.Shard
	table string
}

// gather lists what is wrong now, the worst first, and what has happened, the newest first.
func (p *Pane) gather(c *pane.Context) (list []entry) {
	list = append(streamEntries(c), shardEntries(c)...)
	list = append(list, tableEntries(c)...)
	past := len(list)
	for i := range c.Incidents.List {
		list = append(list, incidentEntry(c, c.Incidents.List[i]))
	}
	if !p.upside {
		slices.Reverse(list[past:])
	}
	return list
}

// streamEntries is the stream, where it is broken.
func streamEntries(c *pane.Context) []entry {
	if c.Summary.Failure == "" || c.Summary.State == stream.Streaming {
		return nil
	}
	word, style := c.State()
	return []entry{{
		name: entryName{table: "."}, kind: strings.ToLower(word), style: style, text: plainly(draw.Safe([]byte(c.Summary.Failure))), times: 1,
	}}
}

// shardEntries are the shards that are behind or worse.
func shardEntries(c *pane.Context) (list []entry) {
	if c.Summary.State != stream.Streaming {
		return nil
	}
	worst := map[*stream.Shard]stream.Trouble{}
	for i := range c.Shards {
		s := &c.Shards[i]
		trouble := c.Trouble(s)
		if trouble < stream.IsBehind {
			continue
		}
		worst[s.Shard] = trouble
		list = append(list, entry{
			name: entryName{shard: s.Shard}, kind: trouble.String(), style: c.TroubleStyle(trouble), shard: s.Shard,
			text: plainly(strings.TrimPrefix(draw.Trouble(s, c.Now), trouble.String()+", ")), times: 1,
		})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return int(worst[b.shard]) - int(worst[a.shard]) })
	return list
}

// tableEntries are the tables of which the shards have told different columns last.
func tableEntries(c *pane.Context) (list []entry) {
	for i := range c.ByTable {
		t := &c.ByTable[i]
		if len(t.Standing) < 2 {
			continue
		}
		var parts []string
		for _, v := range t.Standing {
			part := "version " + draw.Count(v.Version) + " (" + draw.Plural(uint64(len(v.Columns)), "column") + ") on " + draw.Safe([]byte(v.Example.Name))
			if v.Shards > 1 {
				part += " and " + draw.Plural(uint64(v.Shards-1), "other shard")
			}
			parts = append(parts, part)
		}
		list = append(list, entry{
			name: entryName{table: t.Keyspace + "." + t.Name}, kind: "drift", style: c.Theme.Warn, times: 1,
			text: plainly(draw.Safe([]byte(t.Keyspace+"."+t.Name)) + ": " + strings.Join(parts, ", ") +
				"; a shard tells of new columns with its first row after a DDL"),
		})
	}
	return list
}

func plainly(text string) func() string { return func() string { return text } }

// incidentEntry is what has happened.
func incidentEntry(c *pane.Context, i stream.Incident) entry {
	e := entry{
		name: entryName{row: i.First}, kind: draw.EventName(i.Kind), style: c.Theme.Kinds[i.Kind], shard: i.Shard,
		at: time.Unix(0, i.Arrived), times: i.Times, row: i.Seq, text: func() string { return incidentText(&i) },
	}
	if i.Time != 0 {
		e.at = time.Unix(i.Time, 0)
	}
	if i.Kind == stream.Status {
		e.kind, e.style = i.State.String(), c.Theme.Warn
		if i.State == stream.Streaming {
			e.kind, e.style = "reopened", c.Theme.Good
		}
	}
	return e
}

// incidentText is what an incident says.
func incidentText(i *stream.Incident) string {
	switch {
	case i.Cut:
		return draw.Safe(draw.Clip([]byte(i.Text), len(i.Text)-4)) + "…"
	case i.Text == "" && i.Kind == stream.Journal:
		return "a journal that cannot be decoded"
	}
	return draw.Safe([]byte(i.Text))
}
