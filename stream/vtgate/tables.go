package vtgate

import (
	"context"
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"

	"vtscope/stream"
)

// filter builds the request's filter, with the names of its tables checked
// against every keyspace of the stream: a misspelled one is silent for ever.
// It gives start without the keyspaces that have nothing to copy.
func (p *planner) filter(ctx context.Context, start stream.Position) (*binlogdata.Filter, stream.Position, error) {
	rules, toCopy := p.request.rules, p.request.flags.TablesToCopy
	if len(rules) == 0 && len(toCopy) == 0 && !start.IsCopy() {
		return everyTable(), start, nil
	}
	tables, err := p.tables(ctx)
	if err != nil {
		return nil, start, err
	}
	for _, name := range toCopy {
		if err := tables.check(name, "--tables-to-copy"); err != nil {
			return nil, start, err
		}
	}
	for _, r := range rules {
		if err := p.checkRule(r, tables); err != nil {
			return nil, start, err
		}
	}
	if p.request.from.Copy {
		start = p.leaveOut(start, tables)
	}
	if start.IsCopy() {
		p.listCopies(tables)
	} else if len(toCopy) > 0 {
		p.warnings = append(p.warnings, "--tables-to-copy does nothing: the stream copies no table; --from copy does")
	}
	if len(rules) == 0 {
		return everyTable(), start, nil
	}
	filter := &binlogdata.Filter{}
	for _, r := range rules {
		filter.Rules = append(filter.Rules, r.wire(start.IsCopy() && tables.mayLack(r.table, p.keyspaces)))
	}
	return filter, start, nil
}

// checkRule refuses a rule for a table that no keyspace has. A pattern may be
// meant for tables to come.
func (p *planner) checkRule(r rule, tables tableList) error {
	if r.pattern == nil {
		return tables.check(r.table, r.flag)
	}
	if tables.complete && !slices.ContainsFunc(tables.all, r.pattern.MatchString) {
		p.warnings = append(p.warnings, r.flag+" matches no table yet")
	}
	return nil
}

// leaveOut takes out of a copy the keyspaces that have no table to copy: a
// tablet refuses a copy of nothing, and with it the whole stream
// (go/vt/vttablet/tabletserver/vstreamer/uvstreamer.go, init). They are not
// followed from "current" beside the others either, because VTGate says that
// the whole copy is done only when every shard of the stream has said so. A
// stream that would be left with nothing follows all of them from "current".
func (p *planner) leaveOut(start stream.Position, tables tableList) stream.Position {
	empty := func(keyspace string) bool {
		names, known := tables.byKeyspace[keyspace]
		return known && !slices.ContainsFunc(names, p.request.copies)
	}
	left := slices.DeleteFunc(slices.Clone(p.keyspaces), func(k string) bool { return !empty(k) })
	switch {
	case len(left) == 0:
		return start
	case len(left) == len(p.keyspaces):
		p.warnings = append(p.warnings, "there is no table to copy: the stream starts at current")
		for _, s := range start.Shards {
			s.Gtid = stream.Current
		}
		return start
	}
	p.warnings = append(p.warnings, "without a table to copy, and left out: "+strings.Join(left, ", "))
	p.keyspaces = slices.DeleteFunc(p.keyspaces, empty)
	start.Shards = slices.DeleteFunc(start.Shards, func(s *binlogdata.ShardGtid) bool { return empty(s.Keyspace) })
	return start
}

// listCopies takes note of the tables that the copy goes through, where all of
// them are known.
func (p *planner) listCopies(tables tableList) {
	if !tables.complete {
		return
	}
	p.copies = map[string][]string{}
	for keyspace, names := range tables.byKeyspace {
		for _, name := range slices.Sorted(slices.Values(names)) {
			if p.request.copies(name) {
				p.copies[keyspace] = append(p.copies[keyspace], name)
				p.toCopy = append(p.toCopy, name)
			}
		}
	}
	slices.Sort(p.toCopy)
	p.toCopy = slices.Compact(p.toCopy)
	p.others = slices.ContainsFunc(tables.silent, p.request.copies)
}

// copies reports whether a copy includes a table.
func (r *Request) copies(table string) bool {
	if len(r.flags.TablesToCopy) > 0 && !slices.Contains(r.flags.TablesToCopy, table) {
		return false
	}
	return r.streams(table)
}

// A tableList holds the tables of the keyspaces of a stream.
type tableList struct {
	all        []string
	silent     []string // views, and tables of schema changes
	byKeyspace map[string][]string
	// complete says that every keyspace has answered.
	complete bool
}

// tables asks every keyspace of the stream for its tables.
func (p *planner) tables(ctx context.Context) (tableList, error) {
	list := tableList{byKeyspace: map[string][]string{}, complete: len(p.keyspaces) > 0}
	for _, keyspace := range p.keyspaces {
		tables, silent, err := p.client.listTables(ctx, keyspace)
		if err != nil {
			if err := p.tolerate(ctx, err, "names of tables are not checked in "+keyspace); err != nil {
				return list, err
			}
			list.complete = false
			continue
		}
		list.byKeyspace[keyspace] = tables
		list.all = append(list.all, tables...)
		list.silent = append(list.silent, silent...)
	}
	slices.Sort(list.all)
	list.all = slices.Compact(list.all)
	return list, nil
}

// check refuses a name that no keyspace has, where all have told theirs.
func (l tableList) check(name, flag string) error {
	if !l.complete || slices.Contains(l.all, name) {
		return nil
	}
	if slices.Contains(l.silent, name) {
		if stream.IsInternalTable(name) {
			return usagef("%s: %s belongs to a schema change, and sends no changes", strings.Fields(flag)[0], name)
		}
		return usagef("%s: %s is a view, and sends no changes; the tables that it reads do", strings.Fields(flag)[0], name)
	}
	keyspaces := make([]string, 0, len(l.byKeyspace))
	for keyspace := range l.byKeyspace {
		keyspaces = append(keyspaces, keyspace)
	}
	slices.Sort(keyspaces)
	help := suggest(name, l.all)
	// keyspace.table is how other tools write it; the keyspace is a TARGET here.
	if _, bare, found := strings.Cut(name, "."); found && slices.Contains(l.all, bare) {
		help = "did you mean " + bare + "? The keyspace is a TARGET of its own"
	}
	return usagef("%s: unknown table %s in %s: %s", strings.Fields(flag)[0], name, strings.Join(keyspaces, ", "), help)
}

// mayLack reports whether one of the keyspaces does not have the table, or, of
// several, may not have it. A single keyspace that has not told its tables is
// left to VTGate, whose error then names the table.
func (l tableList) mayLack(name string, keyspaces []string) bool {
	for _, keyspace := range keyspaces {
		tables, known := l.byKeyspace[keyspace]
		if !slices.Contains(tables, name) && (known || len(keyspaces) > 1) {
			return true
		}
	}
	return len(keyspaces) == 0
}
