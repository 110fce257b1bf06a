package filter

import (
	"strings"
	"time"

	"vitess.io/vitess/go/sqltypes"

	"vtscope/stream"
)

// A meta name speaks of the change itself. All are text that compares without
// case, but for _time and _copy.
type metaName struct {
	name   string
	detail string // for people
	typ    sqltypes.Type
	value  func(m *Matcher, r *stream.Record) sqltypes.Value
}

// metaNames are the names that no column has to be asked for. A column of such
// a name is reached as after._table.
var metaNames = []metaName{
	{"_event", "copy, insert, update, delete; also ddl, journal …", sqltypes.VarChar, metaEvent},
	{"_keyspace", "the change's keyspace", sqltypes.VarChar, metaKeyspace},
	{"_shard", "the change's shard", sqltypes.VarChar, metaShard},
	{"_table", "the change's table", sqltypes.VarChar, metaTable},
	{"_time", "the binlog's time in UTC, NULL in the copy", sqltypes.Datetime, metaTime},
	{"_gtid", "the transaction's GTID, as uuid:59", sqltypes.VarChar, metaGTID},
	{"_query", "the statement that made the change, where MySQL logs it", sqltypes.VarChar, metaQuery},
	{"_copy", "whether the row was read by the copy", sqltypes.Int64, metaCopy},
}

// metaByName finds a meta name, without regard to case.
func metaByName(name string) (int, bool) {
	for i := range metaNames {
		if strings.EqualFold(metaNames[i].name, name) {
			return i, true
		}
	}
	return 0, false
}

var kindTexts = func() (texts [256][]byte) {
	for k := range texts {
		texts[k] = []byte(stream.Kind(k).String())
	}
	return texts
}()

func textValue(b []byte) sqltypes.Value { return sqltypes.MakeTrusted(sqltypes.VarChar, b) }

func metaEvent(_ *Matcher, r *stream.Record) sqltypes.Value { return textValue(kindTexts[r.Kind]) }

func metaKeyspace(_ *Matcher, r *stream.Record) sqltypes.Value {
	switch {
	case r.Table != nil:
		return textValue([]byte(r.Table.Keyspace))
	case r.Shard != nil:
		return textValue([]byte(r.Shard.Keyspace))
	}
	return sqltypes.NULL
}

func metaShard(m *Matcher, r *stream.Record) sqltypes.Value {
	if r.Shard == nil {
		return sqltypes.NULL
	}
	if r.Shard != m.shard {
		m.shard, m.shardName = r.Shard, []byte(r.Shard.Name)
	}
	return textValue(m.shardName)
}

func metaTable(_ *Matcher, r *stream.Record) sqltypes.Value {
	if r.Table == nil {
		return sqltypes.NULL
	}
	return textValue([]byte(r.Table.Name))
}

func metaTime(m *Matcher, r *stream.Record) sqltypes.Value {
	if r.Time == 0 {
		return sqltypes.NULL
	}
	m.time = time.Unix(r.Time, 0).UTC().AppendFormat(m.time[:0], time.DateTime)
	return sqltypes.MakeTrusted(sqltypes.Datetime, m.time)
}

func metaGTID(m *Matcher, r *stream.Record) sqltypes.Value {
	if r.GTID.IsZero() {
		return sqltypes.NULL
	}
	m.gtid = r.GTID.AppendTo(m.gtid[:0])
	return textValue(m.gtid)
}

func metaQuery(_ *Matcher, r *stream.Record) sqltypes.Value {
	if len(r.Query) == 0 {
		return sqltypes.NULL
	}
	return textValue(r.Query)
}

func metaCopy(_ *Matcher, r *stream.Record) sqltypes.Value { return truth(r.Kind == stream.Copy) }

// truth is MySQL's TRUE or FALSE.
func truth(is bool) sqltypes.Value {
	if is {
		return one
	}
	return zero
}

var one, zero = sqltypes.NewInt64(1), sqltypes.NewInt64(0)
