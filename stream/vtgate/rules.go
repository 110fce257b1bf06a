package vtgate

import (
	"regexp"
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// A rule is one line of a VStream filter, before it is known which keyspaces
// hold its table. VTGate takes the first rule that matches a table
// (go/vt/vttablet/tabletserver/vstreamer/planbuilder.go, matchTable).
type rule struct {
	// table is an exact name, "" where pattern is set.
	table   string
	pattern *regexp.Regexp
	// filter is a SELECT for an exact name; for a pattern, a key range or "".
	filter string
	// flag is how the user wrote it, for messages.
	flag string
}

// keyRange is the only filter that VStream knows for a regular expression.
var keyRange = regexp.MustCompile(`^[0-9a-fA-F]*-[0-9a-fA-F]*$`)

// parseTable reads the value of -t: NAME or /REGEX/.
func parseTable(text string) (rule, error) {
	if text == "" {
		return rule{}, usagef("-t: the table's name is empty")
	}
	flag := "-t " + text
	if !strings.HasPrefix(text, "/") {
		return rule{table: text, filter: selectAll(text), flag: flag}, nil
	}
	pattern, err := parsePattern(text, flag)
	return rule{pattern: pattern, flag: flag}, err
}

// parseRule reads the value of --rule: TABLE=SELECT ..., or /REGEX/=RANGE.
func parseRule(text string) (rule, error) {
	table, filter, found := strings.Cut(text, "=")
	if strings.HasPrefix(text, "/") {
		// The expression may hold "=" itself.
		if i := strings.LastIndex(text, "/="); i > 0 {
			table, filter, found = text[:i+1], text[i+2:], true
		} else {
			found = false
		}
	}
	table, filter = strings.TrimSpace(table), strings.TrimSpace(filter)
	if !found || table == "" {
		return rule{}, usagef("--rule %q: the form is 'TABLE=SELECT ...' or '/REGEX/=KEYRANGE'", text)
	}
	flag := "--rule " + table
	if strings.HasPrefix(table, "/") {
		if !keyRange.MatchString(filter) {
			return rule{}, usagef("%s: VStream filters a regular expression by key range only, such as -80, not by %q", flag, filter)
		}
		pattern, err := parsePattern(table, flag)
		return rule{pattern: pattern, filter: filter, flag: flag}, err
	}
	if word, _, _ := strings.Cut(filter, " "); !strings.EqualFold(word, "select") {
		return rule{}, usagef("%s: a rule for one table is a SELECT, such as 'select * from %s where id > 5', not %q", flag, table, filter)
	}
	return rule{table: table, filter: filter, flag: flag}, nil
}

// parsePattern reads /REGEX/, in Go's syntax, as VTGate's tablets do.
func parsePattern(text, flag string) (*regexp.Regexp, error) {
	if len(text) < 3 || !strings.HasSuffix(text, "/") {
		return nil, usagef("%s: write a regular expression between two slashes: /REGEX/", flag)
	}
	pattern, err := regexp.Compile(text[1 : len(text)-1])
	if err != nil {
		return nil, usagef("%s: %w", flag, err)
	}
	return pattern, nil
}

// wire gives the rule as a request holds it. lenient is for a copy of several
// keyspaces of which not all have the table: the copy fails for an exact name
// without a table, and does not for a pattern that only that name matches.
func (r rule) wire(lenient bool) *binlogdata.Rule {
	switch {
	case r.pattern != nil:
		return &binlogdata.Rule{Match: "/" + r.pattern.String() + "/", Filter: r.filter}
	case lenient && r.filter == selectAll(r.table):
		return &binlogdata.Rule{Match: "/^" + regexp.QuoteMeta(r.table) + "$/"}
	}
	return &binlogdata.Rule{Match: r.table, Filter: r.filter}
}

// matches reports whether the rule is for a table.
func (r rule) matches(table string) bool {
	if r.pattern != nil {
		return r.pattern.MatchString(table)
	}
	return r.table == table
}

// selectAll is what stands for "the whole table". An exact name with an empty
// filter works in the copy and fails at the first row of the replication.
func selectAll(table string) string {
	return "select * from `" + strings.ReplaceAll(table, "`", "``") + "`"
}

// everyTable is the filter of a stream without rules.
func everyTable() *binlogdata.Filter {
	return &binlogdata.Filter{Rules: []*binlogdata.Rule{{Match: "/.*"}}}
}
