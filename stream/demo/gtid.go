package demo

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const flavor = "MySQL56/"

// interval is a range of transaction numbers, both ends included.
type interval struct{ first, last int64 }

// gtidSet is a set of transactions: of the shard's own server as intervals,
// of others as text that is carried along.
type gtidSet struct {
	uuid   string
	own    []interval
	others []string
}

// parseGTIDSet reads "MySQL56/uuid:1-5:7,uuid2:1" as a set of the server uuid.
func parseGTIDSet(text, uuid string) (gtidSet, error) {
	set := gtidSet{uuid: uuid}
	body, ok := strings.CutPrefix(text, flavor)
	if !ok {
		name, _, found := strings.Cut(text, "/")
		if !found {
			name = ""
		}
		return set, fmt.Errorf("parse error: unknown GTIDSet flavor %q", name)
	}
	for part := range strings.SplitSeq(body, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		sid, ranges, found := strings.Cut(part, ":")
		if !found || len(sid) != 36 {
			return set, fmt.Errorf("invalid MySQL 5.6 GTID set (%q): expected uuid:interval", part)
		}
		intervals, err := parseIntervals(ranges)
		if err != nil {
			return set, fmt.Errorf("invalid MySQL 5.6 GTID set (%q): %w", part, err)
		}
		if strings.EqualFold(sid, uuid) {
			set.own = append(set.own, intervals...)
			continue
		}
		set.others = append(set.others, part)
	}
	set.normalize()
	return set, nil
}

func parseIntervals(text string) ([]interval, error) {
	var out []interval
	for r := range strings.SplitSeq(text, ":") {
		low, high, ranged := strings.Cut(r, "-")
		if !ranged {
			high = low
		}
		first, err := strconv.ParseInt(low, 10, 64)
		if err != nil {
			return nil, err
		}
		last, err := strconv.ParseInt(high, 10, 64)
		if err != nil {
			return nil, err
		}
		if first < 1 {
			return nil, errors.New("numbers begin at 1")
		}
		if first <= last {
			out = append(out, interval{first, last})
		}
	}
	return out, nil
}

// normalize sorts the intervals and joins those that touch.
func (s *gtidSet) normalize() {
	slices.SortFunc(s.own, func(a, b interval) int { return int(a.first - b.first) })
	out := s.own[:0]
	for _, iv := range s.own {
		if n := len(out); n > 0 && iv.first <= out[n-1].last+1 {
			out[n-1].last = max(out[n-1].last, iv.last)
			continue
		}
		out = append(out, iv)
	}
	s.own = out
}

func (s *gtidSet) contains(n int64) bool {
	for _, iv := range s.own {
		if n >= iv.first && n <= iv.last {
			return true
		}
	}
	return false
}

// last is the highest transaction of the shard's own server.
func (s *gtidSet) last() int64 {
	if len(s.own) == 0 {
		return 0
	}
	return s.own[len(s.own)-1].last
}

// firstMissing is the lowest transaction that the set lacks.
func (s *gtidSet) firstMissing() int64 {
	if len(s.own) == 0 || s.own[0].first > 1 {
		return 1
	}
	return s.own[0].last + 1
}

func (s *gtidSet) add(n int64) {
	if k := len(s.own); k > 0 && s.own[k-1].last == n-1 {
		s.own[k-1].last = n
		return
	}
	s.own = append(s.own, interval{n, n})
	s.normalize()
}

// String is the set without its flavor, as MySQL prints it.
func (s *gtidSet) String() string {
	parts := slices.Clone(s.others)
	if len(s.own) > 0 {
		var b strings.Builder
		b.WriteString(s.uuid)
		for _, iv := range s.own {
			b.WriteByte(':')
			b.WriteString(strconv.FormatInt(iv.first, 10))
			if iv.last > iv.first {
				b.WriteByte('-')
				b.WriteString(strconv.FormatInt(iv.last, 10))
			}
		}
		parts = append(parts, b.String())
	}
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

// upTo is the set of the server's first n transactions.
func upTo(uuid string, n int64) gtidSet {
	s := gtidSet{uuid: uuid}
	if n > 0 {
		s.own = []interval{{1, n}}
	}
	return s
}
