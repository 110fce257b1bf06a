package demo

import (
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/grpc/codes"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// rules are a request's filter. Which rule fits a table is decided at once;
// what its SELECT says is understood only when the table is met, as in Vitess.
type rules struct {
	list []rule
}

type rule struct {
	match  string
	regex  *regexp.Regexp // nil: match is a table's name
	filter string
}

// plan is a rule applied to one version of a table.
type plan struct {
	columns []int // nil: all
	where   []condition
	ranged  bool // the filter names a key range: each image passes by itself
}

func newRules(filter *binlogdatapb.Filter) (rules, error) {
	var r rules
	for _, in := range filter.GetRules() {
		ru := rule{match: in.Match, filter: in.Filter}
		if strings.HasPrefix(in.Match, "/") {
			re, err := regexp.Compile(strings.Trim(in.Match, "/"))
			if err != nil {
				return r, err
			}
			ru.regex = re
		}
		r.list = append(r.list, ru)
	}
	return r, nil
}

// find is the first rule that matches, nil if none does.
func (r *rules) find(table string) *rule {
	for i := range r.list {
		ru := &r.list[i]
		if ru.regex != nil && ru.regex.MatchString(table) || ru.regex == nil && ru.match == table {
			return ru
		}
	}
	return nil
}

// missing is the first exact table name that the shop does not have.
func (r *rules) missing() (string, bool) {
	for _, ru := range r.list {
		if ru.regex != nil {
			continue
		}
		known := false
		for _, t := range shopTables {
			known = known || t.name == ru.match
		}
		if !known {
			return ru.match, true
		}
	}
	return "", false
}

// plan understands the rule for a table. The copy takes an empty filter of an
// exact rule for everything, replication does not.
func (ru *rule) plan(t *table, copying bool) (*plan, error) {
	if ru.regex != nil || copying && (ru.filter == "" || isKeyRange(ru.filter)) {
		if ru.filter == "" {
			return &plan{}, nil
		}
		kr, err := parseKeyRange(ru.filter)
		if err != nil {
			return nil, err
		}
		return &plan{where: []condition{{op: "in_keyrange", keyRange: kr}}, ranged: true}, nil
	}
	return parseSelect(ru.filter, t)
}

// passes evaluates the plan's WHERE on one image.
func (p *plan) passes(m *image, keyspaceID uint64) bool {
	for i := range p.where {
		if !p.where[i].holds(m, keyspaceID) {
			return false
		}
	}
	return true
}

// keyRange is a range of keyspace ids, the end exclusive; end 0 is the top.
type keyRange struct{ start, end uint64 }

var keyRangeText = regexp.MustCompile(`^[0-9a-fA-F]{0,16}-[0-9a-fA-F]{0,16}$`)

func isKeyRange(s string) bool { return keyRangeText.MatchString(s) }

func parseKeyRange(s string) (keyRange, error) {
	if !isKeyRange(s) {
		return keyRange{}, fmt.Errorf("error parsing keyrange: %v", s)
	}
	var bounds [2]uint64
	low, high, _ := strings.Cut(s, "-")
	for i, hex := range []string{low, high} {
		for j := range 16 {
			bounds[i] <<= 4
			if j < len(hex) {
				bounds[i] |= uint64(strings.IndexByte("0123456789abcdef", lower(hex[j])))
			}
		}
	}
	return keyRange{bounds[0], bounds[1]}, nil
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'F' {
		return c + 'a' - 'A'
	}
	return c
}

func (k keyRange) contains(id uint64) bool { return id >= k.start && (k.end == 0 || id < k.end) }

// spread puts a hash into the key range.
func (k keyRange) spread(h uint64) uint64 {
	width := k.end - k.start // wraps to the right value where end is the top
	if width == 0 {
		return h
	}
	return k.start + h%width
}

// coded is an error with the code that VTGate would answer with.
type coded struct {
	code codes.Code
	text string
}

func (e *coded) Error() string { return e.text }

func codedf(code codes.Code, format string, args ...any) error {
	return &coded{code, fmt.Sprintf(format, args...)}
}
