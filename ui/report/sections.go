package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
)

// A Section is a part of a report: a heading, and below it a table, or lines.
type Section struct {
	Title string
	// Head are the columns' names; those of numbers end in a blank and are set to the
	// right.
	Head []string
	Rows [][]string
	// Links are what the rows are about; a row without one has none.
	Links []Link
	// Lines stand below the table, or in its place; Code says that what follows a name and a
	// colon in them is to be copied as it is.
	Lines []string
	Code  bool
}

// A Link is what a row is about: where it leads to in the log.
type Link struct {
	// Term is what a filter says of it, "" for nothing.
	Term string
	// At is when it came, zero where it is no moment.
	At time.Time
	// Example says that it leads to one of several.
	Example bool
}

// add adds a row, and what it is about.
func (s *Section) add(link Link, cells ...string) {
	s.Rows, s.Links = append(s.Rows, cells), append(s.Links, link)
}

// About says what a report is of.
type About struct {
	// Source is a file's name, or a target; Program and Vitess are the versions that
	// recorded it, Address where it came from, each "" where not known.
	Source, Program, Vitess, Address string
	// Masks are the rules by which values were left out.
	Masks []string
	// FromBuffer says that it begins with rows from before the recording.
	FromBuffer bool
	// Cut says why not all of it could be read, "" where it could.
	Cut string
}

// Bounds of what is listed.
const (
	tablesListed = 40
	shapesListed = 15
	eventsListed = 50
	spikesListed = 20
)

// Sections are the parts of a report, those with something to say.
func Sections(a *About, s *stream.StreamSummary) []Section {
	list := []Section{
		overview(a, s), tables(s), shards(s), transactions("Largest transactions", s, s.Largest), transactions("Longest transactions", s, s.Longest),
		shapes(s), spikes(s), events(s), positions(a, s),
	}
	return slices.DeleteFunc(list, func(s Section) bool { return len(s.Rows)+len(s.Lines) == 0 })
}

func safe(text string) string { return draw.Safe([]byte(text)) }

// at is a time, in UTC as everything that leaves the screen.
func at(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }

// timeHead is the name of a column of times.
const timeHead = "time UTC"

// clock is a time in the report, without the day where all of it is of one.
func clock(s *stream.StreamSummary, t time.Time) string {
	const day = time.DateOnly
	t = t.UTC()
	if d := s.First.UTC().Format(day); d == s.Last.UTC().Format(day) && d == t.Format(day) {
		return t.Format(time.TimeOnly)
	}
	return t.Format(time.DateTime)
}

// overview says what it is of, and how much.
func overview(a *About, s *stream.StreamSummary) Section {
	o := Section{Head: []string{"", ""}}
	add := func(name, text string) {
		if text != "" {
			o.Rows = append(o.Rows, []string{name, text})
		}
	}
	add("of", safe(a.Source))
	from := safe(a.Address)
	if a.Vitess != "" {
		from += " v" + safe(a.Vitess)
	}
	if a.Program != "" {
		from += ", vtscope " + safe(a.Program)
	}
	add("from", from)
	if len(a.Masks) > 0 {
		add("masked", safe(Masked(a.Masks)))
	}
	if !s.First.IsZero() {
		add("time", at(s.First)+" to "+at(s.Last)+", "+s.Last.Sub(s.First).Round(time.Second/10).String())
	}
	add("rows", draw.Plural(s.Rows, "row change")+" in "+draw.Plural(uint64(len(s.Tables)), "table")+" on "+draw.Plural(uint64(len(s.Shards)), "shard"))
	add("transactions", draw.Count(s.Transactions)+" with row changes")
	add("trouble", draw.Plural(s.Problems, "problem")+", "+draw.Plural(s.Retries, "reconnect"))
	add("not read", safe(a.Cut))
	return o
}

// tables lists the tables, the heaviest first, each with its row changes by minute.
func tables(s *stream.StreamSummary) Section {
	t := Section{Title: "Tables", Head: []string{"table", "inserts ", "updates ", "deletes ", "copied ", "size ", "share ", "by minute"}}
	for i := range s.Tables {
		if i == tablesListed {
			t.Lines = append(t.Lines, "and "+draw.Plural(uint64(len(s.Tables)-i), "more table"))
			break
		}
		c := s.Tables[i]
		t.add(
			linkTo(&stream.Record{Table: &stream.Table{Keyspace: c.Keyspace, Name: c.Name}, Shard: &stream.Shard{Keyspace: c.Keyspace}}, s, "_table"),
			safe(c.Keyspace+"."+c.Name), draw.Count(c.Of(stream.Insert)), draw.Count(c.Of(stream.Update)), draw.Count(c.Of(stream.Delete)),
			draw.Count(c.Of(stream.Copy)), draw.Size(int(c.Bytes)), share(c.Total(), s.Rows), sparkline(c.Minutes, s.Minutes),
		)
	}
	return t
}

// linkTo is the link to what has a record's meta name, and its keyspace where there are
// several.
func linkTo(r *stream.Record, s *stream.StreamSummary, name string) (link Link) {
	r.Kind = stream.Insert
	link.Term, _ = filter.MetaTerm(name, r)
	if slices.ContainsFunc(s.Shards, func(x *stream.ShardCount) bool { return x.Shard.Keyspace != r.Shard.Keyspace }) {
		keyspace, _ := filter.MetaTerm("_keyspace", r)
		link.Term = filter.And(link.Term, keyspace)
	}
	return link
}

func linkToGTID(gtid stream.GTID) (link Link) {
	link.Term, _ = filter.MetaTerm("_gtid", &stream.Record{Kind: stream.Insert, GTID: gtid})
	return link
}

// share is a part of a whole, in percent.
func share(part, whole uint64) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(whole))
}

// sparkWidth is how many signs a graph has at most.
const sparkWidth = 30

// sparkline draws row changes over the time of the report, a sign for a minute or more.
func sparkline(minutes, all stream.Minutes) string {
	if len(all) == 0 {
		return ""
	}
	first, last := all[0].Unix, all[len(all)-1].Unix
	each := (last-first)/sparkWidth + 1
	counts := make([]uint32, (last-first)/each+1)
	for _, m := range minutes {
		if i := (m.Unix - first) / each; i >= 0 && i < int64(len(counts)) {
			counts[i] += uint32(m.Rows)
		}
	}
	return draw.Sparkline(counts)
}

func shards(s *stream.StreamSummary) Section {
	t := Section{Title: "Shards", Head: []string{"shard", "row changes ", "transactions "}}
	if len(s.Shards) > tablesListed {
		t.Lines = []string{"the busiest of " + draw.Plural(uint64(len(s.Shards)), "shard")}
	}
	list := slices.Clone(s.Shards)
	slices.SortStableFunc(list, func(a, b *stream.ShardCount) int { return int(b.Rows) - int(a.Rows) })
	for i := range list[:min(len(list), tablesListed)] {
		shard := list[i]
		t.add(linkTo(&stream.Record{Shard: shard.Shard}, s, "_shard"), safe(shard.Shard.String()), draw.Count(shard.Rows), draw.Count(shard.Transactions))
	}
	return t
}

func transactions(title string, s *stream.StreamSummary, list []stream.TxnCount) Section {
	t := Section{Title: title, Head: []string{"rows ", "size ", "seconds ", timeHead, "shard", "what it does", "gtid"}}
	logged := slices.ContainsFunc(list, func(x stream.TxnCount) bool { return x.Statement != "" })
	if logged {
		t.Head = append(t.Head, "statement")
	}
	for i := range list {
		x := &list[i]
		cells := []string{
			draw.Count(x.Rows), draw.Size(int(x.Bytes)), draw.Count(uint64(x.Seconds)), clock(s, time.Unix(x.At, 0)), safe(x.Shard.String()), safe(x.Shape),
			safe(x.GTID.String()),
		}
		if logged {
			cells = append(cells, safe(x.Statement))
		}
		t.add(linkToGTID(x.GTID), cells...)
	}
	return t
}

func shapes(s *stream.StreamSummary) Section {
	t := Section{Title: "Kinds of transactions", Head: []string{"times ", "share ", "rows ", "what they do", "for example"}}
	for i := range s.Shapes[:min(len(s.Shapes), shapesListed)] {
		x := s.Shapes[i]
		rows := draw.Count(x.Least)
		if x.Most > x.Least {
			rows += "–" + draw.Count(x.Most)
		}
		link := linkToGTID(x.Example)
		link.Example = true
		t.add(link, draw.Count(x.Times), share(x.Times, s.Transactions), rows, safe(x.Text), safe(x.Example.String()))
	}
	if n := len(s.Shapes) - len(t.Rows); n > 0 {
		t.Lines = append(t.Lines, "and "+draw.Plural(uint64(n), "more kind"))
	}
	if s.ShapesLeft > 0 {
		t.Lines = append(t.Lines, draw.Plural(s.ShapesLeft, "transaction")+" of kinds that are not counted")
	}
	return t
}

func spikes(s *stream.StreamSummary) Section {
	t := Section{Title: "Spikes", Head: []string{"minute UTC", "row changes "}}
	if s.Step > time.Minute {
		t.Head[0] = draw.Age(s.Step) + " from"
	}
	for _, m := range s.Spikes[:min(len(s.Spikes), spikesListed)] {
		t.add(Link{At: m.Time()}, clock(s, m.Time()), draw.Count(m.Rows))
	}
	return t
}

// events lists DDL, journals, problems and breaks, in order.
func events(s *stream.StreamSummary) Section {
	t := Section{Title: "What happened", Head: []string{timeHead, "what", "shard", "text"}}
	listed := eventsToList(s.Events)
	for _, e := range listed {
		what, shard := e.Kind.String(), ""
		if e.Kind == stream.Status {
			what = e.State.String()
		}
		if e.Shard != nil {
			shard = e.Shard.String()
		}
		when := time.Unix(0, e.At)
		t.add(Link{At: when}, clock(s, when), what, safe(shard), safe(e.Text))
	}
	if n := uint64(len(s.Events)-len(listed)) + s.EventsCut; n > 0 {
		t.Lines = append(t.Lines, "and "+draw.Plural(n, "more event"))
	}
	return t
}

// eventsToList are those that there is room for, in order: where they are many, DDL is left
// out first.
func eventsToList(all []stream.DigestEvent) (list []*stream.DigestEvent) {
	room := eventsListed
	for i := range all {
		if all[i].Kind != stream.DDL {
			room--
		}
	}
	for i := range all {
		if all[i].Kind == stream.DDL {
			if room--; room < 0 {
				continue
			}
		}
		if list = append(list, &all[i]); len(list) == eventsListed {
			break
		}
	}
	return list
}

func positions(a *About, s *stream.StreamSummary) Section {
	t := Section{Title: "Positions", Code: true}
	begin := "at the start: "
	if a.FromBuffer {
		begin = "when the recording began, after the rows that were kept: "
	}
	for _, p := range []struct {
		name     string
		position stream.Position
	}{{begin, s.Begin}, {"at the end: ", s.End}} {
		if len(p.position.Shards) > 0 {
			t.Lines = append(t.Lines, p.name+p.position.String())
		}
	}
	return t
}

// Masked says what rules of --mask and --mask-key take out.
func Masked(rules []string) string {
	const keys = "--mask-key"
	columns := slices.DeleteFunc(slices.Clone(rules), func(rule string) bool { return rule == keys })
	text := strings.Join(columns, ", ")
	switch {
	case len(columns) == len(rules):
		return "the values of " + text
	case text == "":
		return "the keys"
	}
	return "the values of " + text + " and the keys"
}
