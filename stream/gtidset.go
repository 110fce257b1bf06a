package stream

import (
	"errors"
	"fmt"
	"strings"

	"vitess.io/vitess/go/mysql/replication"
)

// A GTIDSet is a set of MySQL's transactions that can be compared with others.
// The zero value is empty.
type GTIDSet struct{ set replication.Mysql56GTIDSet }

// ParseGTIDSet reads a GTID set as MySQL or VTGate writes it. What Vitess
// cannot compare is an error that says why: sets with tags (MySQL 8.3 and
// newer), other flavors, and what is no set yet.
func ParseGTIDSet(text string) (GTIDSet, error) {
	text = withoutSpace(text)
	flavor, set, found := strings.Cut(text, "/")
	switch {
	case text == Current || text == "":
		return GTIDSet{}, errors.New("no position yet")
	case !found:
		set = text
	case flavor != replication.Mysql56FlavorID:
		return GTIDSet{}, fmt.Errorf("%s positions cannot be compared", flavor)
	}
	parsed, err := replication.ParseMysql56GTIDSet(set)
	if err == nil {
		return GTIDSet{parsed}, nil
	}
	if checkMySQLSet(set) == nil {
		return GTIDSet{}, errors.New("GTIDs with tags cannot be compared")
	}
	return GTIDSet{}, fmt.Errorf("%q is no GTID set", shorten(text))
}

// Minus gives the transactions of s that other does not have.
func (s GTIDSet) Minus(other GTIDSet) GTIDSet {
	return GTIDSet{s.set.Difference(other.set)}
}

// Contains reports whether s has every transaction of other.
func (s GTIDSet) Contains(other GTIDSet) bool { return s.set.Contains(other.set) }

// Count is the number of transactions.
func (s GTIDSet) Count() uint64 { return uint64(max(s.set.Count(), 0)) }

// String gives the set as MySQL writes it, in one line and without a flavor.
func (s GTIDSet) String() string { return s.set.String() }
