package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// Against says what differs between two streams: what has grown or shrunk by rate, what is
// new and what is gone. now is compared with before.
func Against(a, b *About, now, before *stream.StreamSummary) []Section {
	list := []Section{
		compared(a, b, now, before),
		changes("Tables", "table", tableRates(now), tableRates(before)),
		changes("Kinds of transactions", "what they do", shapeRates(now), shapeRates(before)),
		changes("Shards", "shard", shardRates(now), shardRates(before)),
	}
	if s := events(now); len(s.Rows) > 0 {
		s.Title = "What happened, now"
		list = append(list, s)
	}
	if s := events(before); len(s.Rows) > 0 {
		s.Title = "What happened, before"
		list = append(list, s)
	}
	return slices.DeleteFunc(list, func(s Section) bool { return len(s.Rows)+len(s.Lines) == 0 })
}

// minutesOf is how long a stream lasted, a second at least.
func minutesOf(s *stream.StreamSummary) float64 {
	return max(s.Last.Sub(s.First), time.Second).Minutes()
}

// compared says what is compared.
func compared(a, b *About, now, before *stream.StreamSummary) Section {
	o := Section{Head: []string{"", "now", "before"}}
	span := func(s *stream.StreamSummary) string {
		if s.First.IsZero() {
			return "nothing came"
		}
		return at(s.First) + ", " + s.Last.Sub(s.First).Round(time.Second/10).String()
	}
	o.Rows = [][]string{
		{"of", safe(a.Source), safe(b.Source)},
		{"time", span(now), span(before)},
		{"row changes", draw.Count(now.Rows) + ", " + perMinute(float64(now.Rows)/minutesOf(now)), draw.Count(before.Rows) + ", " + perMinute(float64(before.Rows)/minutesOf(before))},
		{"transactions", draw.Count(now.Transactions) + ", " + perMinute(float64(now.Transactions)/minutesOf(now)), draw.Count(before.Transactions) + ", " + perMinute(float64(before.Transactions)/minutesOf(before))},
		{"not read", safe(a.Cut), safe(b.Cut)},
		{"problems, reconnects", fmt.Sprint(now.Problems, ", ", now.Retries), fmt.Sprint(before.Problems, ", ", before.Retries)},
	}
	o.Rows = slices.DeleteFunc(o.Rows, func(row []string) bool { return row[1] == "" && row[2] == "" })
	return o
}

func perMinute(rate float64) string {
	if rate >= 100 {
		return draw.Count(uint64(math.Round(rate))) + "/min"
	}
	return fmt.Sprintf("%.3g/min", rate)
}

func tableRates(s *stream.StreamSummary) map[string]float64 {
	rates := map[string]float64{}
	for i := range s.Tables {
		rates[s.Tables[i].Keyspace+"."+s.Tables[i].Name] = float64(s.Tables[i].Total()) / minutesOf(s)
	}
	return rates
}

func shapeRates(s *stream.StreamSummary) map[string]float64 {
	rates := map[string]float64{}
	for i := range s.Shapes {
		rates[s.Shapes[i].Text] = float64(s.Shapes[i].Times) / minutesOf(s)
	}
	return rates
}

func shardRates(s *stream.StreamSummary) map[string]float64 {
	rates := map[string]float64{}
	for i := range s.Shards {
		rates[s.Shards[i].Shard.String()] = float64(s.Shards[i].Rows) / minutesOf(s)
	}
	return rates
}

// A rate that differs by less than this factor is much the same.
const muchTheSame = 1.5

// changes lists what is new, gone, or has another rate, the largest difference first.
func changes(title, name string, now, before map[string]float64) Section {
	t := Section{Title: title, Head: []string{name, "now ", "before ", "difference"}}
	type difference struct {
		name        string
		now, before float64
	}
	var list []*difference
	for name, rate := range now {
		list = append(list, &difference{name, rate, before[name]})
	}
	for name, rate := range before {
		if _, both := now[name]; !both {
			list = append(list, &difference{name, 0, rate})
		}
	}
	same := len(list)
	list = slices.DeleteFunc(list, func(d *difference) bool {
		return d.now > 0 && d.before > 0 && d.now/d.before < muchTheSame && d.before/d.now < muchTheSame
	})
	same -= len(list)
	slices.SortFunc(list, func(a, b *difference) int {
		return cmp.Or(cmp.Compare(math.Abs(b.now-b.before), math.Abs(a.now-a.before)), cmp.Compare(a.name, b.name))
	})
	for _, d := range list[:min(len(list), tablesListed)] {
		word := fmt.Sprintf("%.3g times", d.now/d.before)
		if d.now < d.before {
			word = fmt.Sprintf("1/%.3g", d.before/d.now)
		}
		switch {
		case d.before == 0:
			word = "new"
		case d.now == 0:
			word = "gone"
		}
		t.Rows = append(t.Rows, []string{safe(d.name), perMinute(d.now), perMinute(d.before), word})
	}
	if n := len(list) - len(t.Rows); n > 0 {
		t.Lines = append(t.Lines, "and "+draw.Count(n)+" more that differ")
	}
	if same > 0 {
		t.Lines = append(t.Lines, draw.Count(same)+" much the same")
	}
	return t
}
