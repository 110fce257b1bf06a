package headless

import (
	"bytes"
	"strconv"

	"vtscope/stream"
)

// appendDDL appends a DDL statement where it has its place among what all shards
// of the keyspace tell, and a comment in the other places.
func (s *sqlLines) appendDDL(dst []byte, r *stream.Record) []byte {
	text := bytes.TrimRight(r.Payload, "; \t\r\n")
	t := s.schema.tell(r, text)
	switch {
	case s.undo && t.first:
		return s.leaveOut(dst, r, "DDL has no opposite")
	case t.first:
		return s.firstTold(dst, r, t, text)
	case t.late != "":
		return s.leaveOut(dst, r, t.late)
	}
	start := len(dst)
	for _, w := range t.due {
		if w.met {
			dst = s.leaveOut(dst, r, w.refusal())
		} else {
			dst = s.statementOf(dst, r, w.ddl, w.part.text)
		}
	}
	if len(dst) > start {
		return dst
	}
	return s.comments.event(append(dst, "-- another shard has told it before: "...), r)
}

// firstTold appends the parts of a statement that stand where the first shard
// has it, which are all where there is no other.
func (s *sqlLines) firstTold(dst []byte, r *stream.Record, t telling, text []byte) []byte {
	d := parseDDL(text, func(table string) (*stream.Table, bool) { return s.schema.table(r.Shard, table) })
	if d.refused != "" {
		if d.swaps {
			s.schema.swap(keyspaceOf(r), d.tables)
		}
		return s.leaveOut(dst, r, d.refused)
	}
	s.schema.define(keyspaceOf(r), d)
	s.layouts.forget()
	if d.fills {
		t.occurrence.filled = r.Time
	}
	start := len(dst)
	for _, part := range d.parts {
		if !t.last && !s.schema.standsFirst(r, d, &part) {
			s.schema.wait(r, t, d, part)
			continue
		}
		dst = s.statementOf(dst, r, d, part.text)
	}
	if len(dst) > start {
		return dst
	}
	return s.comments.event(append(dst, "-- placed where the last shard ran it: "...), r)
}

// statementOf appends a statement with what has to go before and after it. What
// stands before the transaction is the frame's.
func (s *sqlLines) statementOf(dst []byte, r *stream.Record, d *ddl, statement []byte) []byte {
	end := delimiter(statement)
	if end == "" {
		return s.leaveOut(dst, r, "no delimiter can end it")
	}
	if d.clock && r.Time == 0 {
		return s.leaveOut(dst, r, "when it ran is not known")
	}
	if s.qualified {
		dst = append(appendName(append(dst, "USE "...), keyspaceOf(r)), ";\n"...)
	}
	if d.clock {
		dst = append(strconv.AppendInt(append(dst, "SET TIMESTAMP = "...), r.Time, 10), ";\n"...)
	}
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
	if d.clock {
		dst = append(dst, "SET TIMESTAMP = DEFAULT;\n"...)
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

func keyspaceOf(r *stream.Record) string {
	if r.Shard == nil {
		return ""
	}
	return r.Shard.Keyspace
}

// follow takes the shards of the stream: a statement's last is the last of these.
func (s *sqlLines) follow(shards []*stream.Shard) { s.schema.follow(shards) }

// tableChanged appends what a table has become that a schema change has put in
// another's place, whose own DDL was left out.
func (s *sqlLines) tableChanged(dst []byte, r *stream.Record) []byte {
	t := r.Table
	before := s.schema.learn(r.Shard, t)
	if s.undo || before == nil {
		return dst
	}
	dst = stream.AppendSafe(append(dst, "-- "...), []byte(t.Keyspace+"."+t.Name+" was exchanged: "+differences(before, t)))
	return append(dst, '\n')
}

// unfinished appends the statements for whose last shard the run did not wait.
func (s *sqlLines) unfinished(dst []byte) []byte {
	for _, w := range s.schema.waiting {
		start := len(dst)
		dst = s.leaveOut(dst, &w.record, "not all shards have told it by the end")
		s.count(1, reasonIn(dst[start:], []byte(s.leftOut)))
	}
	s.schema.waiting = nil
	return dst
}
