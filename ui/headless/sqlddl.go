package headless

import (
	"bytes"

	"vtscope/stream"
)

// repeated counts DDL statements, which every shard of a keyspace tells.
type repeated map[string]*ddlCount

type ddlCount struct {
	printed int
	shards  map[*stream.Shard]int
}

// isNew reports whether a shard tells a statement that no other has told yet,
// or once more often than the others.
func (c repeated) isNew(s *stream.Shard, statement []byte) bool {
	keyspace := ""
	if s != nil {
		keyspace = s.Keyspace
	}
	key := keyspace + "\x00" + string(statement)
	count := c[key]
	if count == nil {
		count = &ddlCount{shards: map[*stream.Shard]int{}}
		c[key] = count
	}
	if count.shards[s]++; count.shards[s] <= count.printed {
		return false
	}
	count.printed++
	return true
}

// appendDDL appends a DDL statement, a comment where another shard has told it.
func (s *sqlLines) appendDDL(dst []byte, r *stream.Record) []byte {
	statement := bytes.TrimRight(r.Payload, "; \t\r\n")
	end := delimiter(statement)
	switch {
	case !s.ddl.isNew(r.Shard, statement):
		return s.comments.event(append(dst, "-- another shard has told it before: "...), r)
	case s.undo:
		return s.leaveOut(dst, r, "DDL has no opposite")
	case end == "" || !isPipeSafe(statement):
		return s.leaveOut(dst, r, "it has characters that cannot be printed")
	}
	dst = s.head(dst, r)
	if end != ";" {
		dst = append(append(append(dst, "DELIMITER "...), end...), '\n')
	}
	dst = append(dst, statement...)
	if bytes.Contains(statement, []byte("--")) || bytes.IndexByte(statement, '#') >= 0 {
		dst = append(dst, '\n') // a comment may end it
	}
	dst = append(append(dst, end...), '\n')
	if end != ";" {
		dst = append(dst, "DELIMITER ;\n"...)
	}
	return dst
}

// delimiter gives what ends a statement and does not stand in it, "" where none
// of the usual ones does.
func delimiter(statement []byte) string {
	for _, end := range []string{";", ";;", "$$", "//"} {
		if !bytes.Contains(statement, []byte(end)) {
			return end
		}
	}
	return ""
}
