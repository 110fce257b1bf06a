package stream

import (
	"fmt"
	"strings"

	"vitess.io/vitess/go/mysql/replication"
)

// normalizeGTID brings a shard's GTID into VTGate's form, with its flavor.
func normalizeGTID(text string) (string, error) {
	text = withoutSpace(text) // MySQL prints a line break after each comma
	if text == "" || text == Current {
		return text, nil
	}
	flavor, set, found := strings.Cut(text, "/")
	if !found {
		flavor, set = replication.Mysql56FlavorID, text
	}
	switch flavor {
	case replication.Mysql56FlavorID:
		if err := checkMySQLSet(set); err != nil {
			return "", err
		}
	case replication.MariadbFlavorID, replication.FilePosFlavorID:
		if _, err := replication.ParsePosition(flavor, set); err != nil {
			return "", fmt.Errorf("%q is no %s position", shorten(set), flavor)
		}
	default:
		return "", fmt.Errorf("%q is no flavor of GTID sets; VTGate knows %s, %s and %s", shorten(flavor),
			replication.Mysql56FlavorID, replication.MariadbFlavorID, replication.FilePosFlavorID)
	}
	return flavor + "/" + set, nil
}

func withoutSpace(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n':
			return -1
		}
		return r
	}, text)
}

// checkMySQLSet reads a GTID set as MySQL writes it. One with tags, which
// Vitess does not parse, goes to VTGate as it is.
func checkMySQLSet(set string) error {
	tagged := false
	for part := range strings.SplitSeq(set, ",") {
		if part == "" {
			continue
		}
		uuid, intervals, _ := strings.Cut(part, ":")
		if _, err := replication.ParseSID(uuid); err != nil {
			return fmt.Errorf("%q in GTID set %q is not a server UUID", shorten(uuid), shorten(set))
		}
		if intervals == "" {
			return fmt.Errorf("%q in GTID set %q has no transactions; it is UUID:FIRST-LAST", shorten(part), shorten(set))
		}
		for word := range strings.SplitSeq(intervals, ":") {
			if isTag(word) {
				tagged = true
			} else if !isInterval(word) {
				return fmt.Errorf("%q in GTID set %q is not a range of transactions", shorten(word), shorten(set))
			}
		}
	}
	if tagged {
		return nil
	}
	if _, err := replication.ParseMysql56GTIDSet(set); err != nil {
		return fmt.Errorf("%q is no GTID set: %w", shorten(set), err)
	}
	return nil
}

// isTag reports whether a word is a tag: up to 32 letters, digits and
// underscores, no digit first.
func isTag(word string) bool {
	const longest = 32
	for i, c := range []byte(strings.ToLower(word)) {
		switch {
		case c >= 'a' && c <= 'z' || c == '_':
		case i > 0 && c >= '0' && c <= '9':
		default:
			return false
		}
	}
	return word != "" && len(word) <= longest
}

// isInterval reports whether a word is "5" or "1-5". What order and size they
// are of is Vitess's to say.
func isInterval(word string) bool {
	first, last, both := strings.Cut(word, "-")
	return isDigits(first) && (!both || isDigits(last))
}

func isDigits(word string) bool {
	return word != "" && countDigits([]byte(word)) == len(word)
}
