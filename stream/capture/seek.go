package capture

import (
	"time"

	"vtscope/stream"
)

// Times gives when the first and the last record came. It reports false where the
// capture has no index to tell.
func (r *Reader) Times() (first, last time.Time, known bool) {
	if r.index == nil {
		return first, last, false
	}
	var all counts
	for i := range r.index.blocks {
		all.add(&r.index.blocks[i].counts)
	}
	return time.Unix(0, all.first), time.Unix(0, all.last), all.first != 0
}

// Rows is how many row changes the capture holds, 0 where it has no index to tell.
func (r *Reader) Rows() (rows uint64) {
	if r.index != nil {
		for i := range r.index.blocks {
			rows += r.index.blocks[i].rows
		}
	}
	return rows
}

// A TableName names a table of a shard.
type TableName struct{ Keyspace, Shard, Table string }

// Tables are those of which the capture has told the columns, which come before the first
// row; nil where it has no index to tell.
func (r *Reader) Tables() (tables []TableName) {
	if r.index == nil {
		return nil
	}
	seen := map[shardTable]bool{}
	for _, u := range r.index.columns.uses {
		if !seen[u.of] {
			seen[u.of] = true
			tables = append(tables, TableName{u.of.keyspace, u.of.shard, u.of.table})
		}
	}
	return tables
}

// Answers are the last to each question that was asked beside the stream, nil where the
// capture has no index to tell.
func (r *Reader) Answers() []*Answer {
	if r.index == nil {
		return nil
	}
	return r.index.answers
}

// Marks are those that the rows had at the end, nil where the capture has no index to tell.
func (r *Reader) Marks() []stream.Mark {
	if r.index == nil {
		return nil
	}
	return r.index.marks
}

// Between has the reader give what came in a span of time alone, and the columns that
// the tables had when it begins. A zero time is no bound. It is called before Next.
func (r *Reader) Between(since, to time.Time) {
	r.to = to
	if since.IsZero() {
		return
	}
	r.from = newPassage(since)
	if r.index == nil {
		return
	}
	at, block := int64(0), 0
	for ; block < len(r.index.blocks)-1 && r.index.blocks[block].last < since.UnixNano(); block++ {
		at += r.index.blocks[block].packed
	}
	for _, u := range r.index.columns.uses {
		if u.block < block {
			r.from.columns.take(columns{of: u.of, event: r.index.columns.events[u.event]}, 0)
		}
	}
	r.in = false
	r.frames.seek(at)
}

// A passage passes over what came before a time, and keeps the columns that it tells of.
type passage struct {
	to      time.Time
	columns definitions
	decoder *stream.Decoder
	status  *stream.StatusChange // the last that was passed over

	told []columns // the same columns, as they came
	rows uint64
}

func newPassage(to time.Time) *passage {
	p := &passage{to: to}
	p.decoder = stream.NewDecoder(p, nil)
	return p
}

// pass passes over something that was recorded.
func (p *passage) pass(r *stream.Recorded) {
	if r.Status != nil {
		p.status = r.Status
	}
	if r.Frame != nil {
		_ = p.decoder.Decode(stream.Frame{Arrived: r.At, Bytes: r.Frame}) // the sink gives no error
	}
}

// Append and Flush make the passage a sink of its decoder.
func (p *passage) Append(r *stream.Record) error {
	switch {
	case r.Kind == stream.Columns:
		p.columns.take(columnsOf(r), 0)
		p.told = append(p.told, columnsOf(r))
	case r.Kind.IsRow():
		p.rows++
	}
	return nil
}

func (p *passage) Flush() error { return nil }
