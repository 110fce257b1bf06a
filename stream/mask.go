package stream

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// maskText stands for a value that is left out.
const maskText = "***"

// A Masker takes values out of frames, before anything else sees these. It belongs to
// one goroutine.
type Masker struct {
	masks  *Masks
	secret []byte
	tables map[maskedTable]*maskedColumns
	used   map[string]bool // rules that have matched a column
	// lostPosition says that positions of a copy were left out: they hold keys.
	lostPosition bool
}

type maskedTable struct{ keyspace, shard, table string }

// maskedColumns are what becomes of the columns of a table.
type maskedColumns struct {
	columns []masking
	json    []bool // by the table's JSON columns, whether it is masked
}

// any reports whether some value is to be masked.
func (c *maskedColumns) any() bool {
	for _, m := range c.columns {
		if m != unmasked {
			return true
		}
	}
	return false
}

// NewMasker makes a masker; equal keys have equal tokens in its run alone. It is nil for
// no masks.
func NewMasker(m *Masks) *Masker {
	if m == nil {
		return nil
	}
	secret := make([]byte, sha256.Size)
	_, _ = rand.Read(secret) // it never fails
	return &Masker{masks: m, secret: secret, tables: map[maskedTable]*maskedColumns{}, used: map[string]bool{}}
}

// Unused are the rules that no column has matched so far; none for nil.
func (m *Masker) Unused() (rules []string) {
	if m == nil {
		return nil
	}
	for _, r := range m.masks.rules {
		if !m.used[r.text] {
			rules = append(rules, r.text)
		}
	}
	return rules
}

// lostCopy reports whether a copy that breaks cannot go on.
func (m *Masker) lostCopy() bool { return m != nil && m.lostPosition }

// errUnmasked is a frame whose values cannot be found, and so not masked either.
var errUnmasked = errors.New("a message cannot be read, so that nothing in it can be masked; it is left out")

// Frame gives a frame without what the masks take out. The frame is a new one; on an error
// nothing of the old one may be used.
func (m *Masker) Frame(f Frame) (Frame, error) {
	var response vtgate.VStreamResponse
	if response.UnmarshalVT(f.Bytes) != nil {
		return Frame{}, errUnmasked
	}
	response.ProtoReflect().SetUnknown(nil)
	for _, event := range response.Events {
		m.event(event)
	}
	encoded, err := response.MarshalVT()
	if err != nil {
		return Frame{}, errUnmasked
	}
	return Frame{Arrived: f.Arrived, Bytes: encoded}, nil
}

// event masks one event. What this Vitess does not know of it may hold values, and goes.
func (m *Masker) event(e *binlogdata.VEvent) {
	e.ProtoReflect().SetUnknown(nil)
	e.Statement = withoutLiterals(e.Statement)
	e.Dml = withoutLiterals(e.Dml)
	switch {
	case e.FieldEvent != nil:
		m.fields(e)
	case e.RowEvent != nil:
		m.rows(e)
	}
	if e.Vgtid != nil {
		for _, at := range e.Vgtid.ShardGtids {
			if m.holdsMasked(at.TablePKs) {
				at.TablePKs, m.lostPosition = nil, true
			}
		}
	}
	e.LastPKEvent = nil // nobody reads it, and it holds keys
}

// tableOf names the table of an event.
func tableOf(e *binlogdata.VEvent, keyspace, shard, table string) maskedTable {
	t := maskedTable{e.Keyspace, e.Shard, table}
	if t.keyspace == "" && t.shard == "" {
		t.keyspace, t.shard = keyspace, shard
	}
	t.table = strings.TrimPrefix(table, t.keyspace+".")
	return t
}

// fields makes masked columns text: what stands for their values is.
func (m *Masker) fields(e *binlogdata.VEvent) {
	f := e.FieldEvent
	t, columns := tableOf(e, f.Keyspace, f.Shard, f.TableName), &maskedColumns{}
	for _, field := range f.Fields {
		own := m.masks.of(t.table, field.Name, field.Flags&flagPrimaryKey != 0)
		columns.columns = append(columns.columns, own)
		m.masks.note(m.used, t.table, field.Name)
		if field.Type == query.Type_JSON {
			columns.json = append(columns.json, own != unmasked)
		}
		if own != unmasked {
			field.Type, field.ColumnType, field.Charset = query.Type_VARCHAR, "varchar(64)", maskCollation
			field.Flags &= flagNotNull | flagPrimaryKey
		}
	}
	m.tables[t] = columns
}

// maskCollation is utf8mb4_0900_ai_ci.
const maskCollation = 255

// rows masks the values of row changes. Those of a table whose columns are not known go.
func (m *Masker) rows(e *binlogdata.VEvent) {
	r := e.RowEvent
	r.ProtoReflect().SetUnknown(nil)
	columns := m.tables[tableOf(e, r.Keyspace, r.Shard, r.TableName)]
	if columns == nil {
		r.RowChanges = nil
		return
	}
	if !columns.any() {
		return
	}
	kept := r.RowChanges[:0]
	for _, change := range r.RowChanges {
		change.ProtoReflect().SetUnknown(nil)
		if m.row(change.Before, columns) && m.row(change.After, columns) {
			change.JsonPartialValues = columns.withoutJSON(change.JsonPartialValues)
			kept = append(kept, change)
		}
	}
	r.RowChanges = kept
}

// row masks the values of an image. It reports false where that does not fit its columns.
func (m *Masker) row(row *query.Row, columns *maskedColumns) bool {
	if row == nil {
		return true
	}
	row.ProtoReflect().SetUnknown(nil)
	if len(row.Lengths) != len(columns.columns) {
		return false
	}
	var values []byte
	at := 0
	for i, length := range row.Lengths {
		if length < 0 {
			continue // NULL, or not in the image
		}
		end := at + int(length)
		if end > len(row.Values) || end < at {
			return false
		}
		value := row.Values[at:end]
		at = end
		switch columns.columns[i] {
		case starred:
			value = []byte(maskText)
		case tokened:
			value = m.token(value)
		}
		values, row.Lengths[i] = append(values, value...), int64(len(value))
	}
	row.Values = values
	return true
}

// token stands for a key: equal keys have equal tokens, from which nobody finds the key.
func (m *Masker) token(value []byte) []byte {
	mac := hmac.New(sha256.New, m.secret)
	mac.Write(value)
	return []byte("key_" + hex.EncodeToString(mac.Sum(nil)[:6]))
}

// withoutJSON takes the masked columns out of a bitmap of the JSON columns, whose values
// are parts of documents where a bit is set.
func (c *maskedColumns) withoutJSON(bits *binlogdata.RowChange_Bitmap) *binlogdata.RowChange_Bitmap {
	if bits == nil {
		return nil
	}
	if len(c.json) == 0 {
		return nil
	}
	left := &binlogdata.RowChange_Bitmap{Cols: make([]byte, len(bits.Cols))}
	for i, masked := range c.json {
		if masked {
			continue
		}
		if i/8 < len(bits.Cols) && bits.Cols[i/8]>>(i%8)&1 == 1 {
			left.Cols[left.Count/8] |= 1 << (left.Count % 8)
		}
		left.Count++
	}
	return left
}

// holdsMasked reports whether the position of a copy holds a key that is masked.
func (m *Masker) holdsMasked(tables []*binlogdata.TableLastPK) bool {
	for _, t := range tables {
		for _, field := range t.Lastpk.GetFields() {
			if m.masks.of(t.TableName, field.Name, true) != unmasked {
				return true
			}
		}
	}
	return false
}
