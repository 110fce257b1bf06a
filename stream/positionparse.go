package stream

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// ParsePosition reads a position in any form that people have at hand: the JSON
// that vtscope prints and Debezium stores, also quoted within a JSON string;
// the protobuf JSON form; or text, "customer:-80@MySQL56/uuid:1-5" with "|"
// between shards; or records of Debezium's offset topic, of which the last counts.
// A GTID set without flavor gets "MySQL56/". "" and "current" give the position
// without shards: the end of the binlog.
func ParsePosition(text string) (Position, error) {
	text = lastOffset(strings.TrimSpace(text))
	if text == "" || text == Current {
		return Position{}, nil
	}
	parse := parseTextPosition
	switch text[0] {
	case '[', '{', '"':
		parse = parseJSONPosition
	}
	p, err := parse(text)
	if err != nil {
		return Position{}, err
	}
	if err := p.check(); err != nil {
		return Position{}, err
	}
	return p, nil
}

// lastOffset gives the value of the last record, where a text is records of the
// topic in which Kafka Connect keeps the offsets of Debezium: a key, a tab, and a
// value, which is null where an offset was deleted.
func lastOffset(text string) string {
	last := ""
	for line := range strings.Lines(text) {
		key, value, isRecord := strings.Cut(strings.TrimSpace(line), "\t")
		value = strings.TrimSpace(value)
		if !isRecord || !json.Valid([]byte(key)) || !strings.HasPrefix(value, "{") && value != "null" {
			return text
		}
		if value != "null" {
			last = value
		}
	}
	if last == "" {
		return text
	}
	return last
}

// parseTextPosition reads "keyspace:shard@gtid|keyspace:shard@gtid".
func parseTextPosition(text string) (Position, error) {
	var p Position
	for part := range strings.SplitSeq(text, "|") {
		part = strings.TrimSpace(part)
		where, gtid, ok := strings.Cut(part, "@")
		if !ok {
			return p, fmt.Errorf("the position %q names no shard; write KEYSPACE:SHARD@GTID, with | between shards", shorten(part))
		}
		keyspace, shard, _ := strings.Cut(strings.TrimSpace(where), ":")
		p.Shards = append(p.Shards, &binlogdata.ShardGtid{Keyspace: keyspace, Shard: shard, Gtid: gtid})
	}
	return p, nil
}

// check brings the GTIDs of a position into VTGate's form, and refuses what
// VTGate would refuse or misunderstand.
func (p *Position) check() error {
	if len(p.Shards) == 0 {
		return errors.New("the position names no shard")
	}
	seen := map[[2]string]bool{}
	for _, s := range p.Shards {
		if !utf8.ValidString(s.Keyspace) || !utf8.ValidString(s.Shard) {
			return fmt.Errorf("the position of %q names no shard: the name is no UTF-8", shardTitle(s))
		}
		gtid, err := normalizeGTID(s.Gtid)
		if err != nil {
			return fmt.Errorf("the position of %s: %w", shardTitle(s), err)
		}
		s.Gtid = gtid
		open := gtid == "" || gtid == Current
		switch {
		case s.Keyspace == "" && (gtid != Current || len(p.Shards) > 1):
			return fmt.Errorf("the position of %s names no keyspace", shardTitle(s))
		case s.Shard == "" && !open:
			return fmt.Errorf("the position of keyspace %q names no shard; a GTID set belongs to one", s.Keyspace)
		case seen[[2]string{s.Keyspace, s.Shard}]:
			return fmt.Errorf("the position names %s twice", shardTitle(s))
		}
		seen[[2]string{s.Keyspace, s.Shard}] = true
		if err := checkTablePKs(s.TablePKs); err != nil {
			return fmt.Errorf("the position of %s: %w", shardTitle(s), err)
		}
	}
	return nil
}

// shardTitle names a shard in an error.
func shardTitle(s *binlogdata.ShardGtid) string {
	if s.Keyspace == "" && s.Shard == "" {
		return "every shard"
	}
	return s.Keyspace + "/" + s.Shard
}

// checkTablePKs compares the keys of a copy with their columns.
func checkTablePKs(tables []*binlogdata.TableLastPK) error {
	for _, table := range tables {
		if table.TableName == "" {
			return errors.New("a lastpk without a table")
		}
		columns := len(table.GetLastpk().GetFields())
		if columns == 0 {
			return fmt.Errorf("the lastpk of table %q has no fields", table.TableName)
		}
		for _, row := range table.GetLastpk().GetRows() {
			if len(row.Lengths) != columns {
				return fmt.Errorf("the lastpk of table %q has %d lengths for %d fields", table.TableName, len(row.Lengths), columns)
			}
			if total, ok := sumLengths(row.Lengths); !ok || total != int64(len(row.Values)) {
				return fmt.Errorf("the lastpk of table %q has lengths that do not fit its %d bytes of values", table.TableName, len(row.Values))
			}
		}
	}
	return nil
}

// sumLengths adds up a row's lengths, in which -1 stands for NULL.
func sumLengths(lengths []int64) (total int64, ok bool) {
	const most = 1 << 40
	for _, length := range lengths {
		if length < -1 || length > most || total > most {
			return 0, false
		}
		total += max(length, 0)
	}
	return total, true
}

// shorten cuts long input for an error.
func shorten(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
