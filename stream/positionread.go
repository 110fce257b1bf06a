package stream

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// The JSON that Debezium stores: a list of shards.
type (
	jsonShard struct {
		Keyspace string          `json:"keyspace"`
		Shard    string          `json:"shard"`
		GTID     *string         `json:"gtid"`
		TablePKs []jsonTableLast `json:"table_p_ks"`
	}
	jsonTableLast struct {
		Table  string     `json:"table_name"`
		LastPK jsonLastPK `json:"lastpk"`
	}
	jsonLastPK struct {
		Fields []jsonField `json:"fields"`
		Rows   []jsonRow   `json:"rows"`
	}
	jsonField struct {
		Name    string `json:"name"`
		Type    string `json:"type"`
		Charset uint32 `json:"charset"`
		Flags   uint32 `json:"flags"`
	}
	jsonRow struct {
		Lengths []json.RawMessage `json:"lengths"`
		Values  string            `json:"values"`
	}
)

// parseJSONPosition reads a list of shards, the protobuf JSON form, or a
// string that holds either. The text is not empty.
func parseJSONPosition(text string) (Position, error) {
	switch text[0] {
	case '"':
		var inner string
		if err := decodeStrictly(text, &inner); err != nil {
			return Position{}, err
		}
		if inner = strings.TrimSpace(inner); inner == "" || inner[0] != '[' && inner[0] != '{' {
			return Position{}, errors.New("the position is a JSON string that holds no position")
		}
		return parseJSONPosition(inner)
	case '{':
		return parseObjectPosition(text)
	}
	if text[0] != '[' {
		return Position{}, fmt.Errorf("the position is %s, no list of shards", shorten(text))
	}
	var shards []*jsonShard
	if err := decodeStrictly(text, &shards); err != nil {
		return Position{}, err
	}
	var p Position
	for i, s := range shards {
		if s == nil {
			return p, fmt.Errorf("entry %d of the position is null", i+1)
		}
		shard, err := s.read()
		if err != nil {
			return p, fmt.Errorf("entry %d of the position (%s/%s): %w", i+1, s.Keyspace, s.Shard, err)
		}
		p.Shards = append(p.Shards, shard)
	}
	return p, nil
}

// parseObjectPosition reads {"shardGtids":[…]}, or the "vgtid" of an object
// that has one: a line of vtscope's own output, an offset of Debezium's.
func parseObjectPosition(text string) (Position, error) {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &object) == nil && len(object["vgtid"]) > 0 && object["vgtid"][0] != '{' {
		return parseJSONPosition(string(object["vgtid"]))
	}
	var vgtid binlogdata.VGtid
	if err := protojson.Unmarshal([]byte(text), &vgtid); err != nil {
		var syntax *json.SyntaxError
		if plain := json.Unmarshal([]byte(text), &struct{}{}); errors.As(plain, &syntax) {
			return Position{}, fmt.Errorf("the position is not valid JSON at byte %d: %w", syntax.Offset, syntax)
		}
		// protojson varies the space after its prefix on purpose.
		_, reason, _ := strings.Cut(strings.ReplaceAll(err.Error(), "\u00a0", " "), "proto: ")
		return Position{}, fmt.Errorf("the position is no VGTID in JSON: %s", reason)
	}
	return Position{Shards: vgtid.ShardGtids}, nil
}

// decodeStrictly reads one JSON value. A key that it does not know is an error:
// a misspelled gtid would else mean a copy of everything.
func decodeStrictly(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var (
		syntax *json.SyntaxError
		typed  *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("the position is not valid JSON at byte %d: %w", syntax.Offset, err)
	case errors.As(err, &typed):
		return fmt.Errorf("the position holds a %s at byte %d where %q needs another type", typed.Value, typed.Offset, typed.Field)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("the position ends in the middle, at byte %d", len(text))
	case err != nil:
		return fmt.Errorf("the position, before byte %d: %s", d.InputOffset(), strings.TrimPrefix(err.Error(), "json: "))
	}
	if rest := bytes.TrimSpace([]byte(text[d.InputOffset():])); len(rest) > 0 {
		return fmt.Errorf("the position ends at byte %d, but more follows", d.InputOffset())
	}
	return nil
}

func (s *jsonShard) read() (*binlogdata.ShardGtid, error) {
	if s.GTID == nil {
		return nil, errors.New(`it has no "gtid"; an empty one asks for a copy from the start`)
	}
	shard := &binlogdata.ShardGtid{Keyspace: s.Keyspace, Shard: s.Shard, Gtid: *s.GTID}
	for _, table := range s.TablePKs {
		last := &query.QueryResult{}
		for _, f := range table.LastPK.Fields {
			typ, ok := query.Type_value[f.Type]
			if !ok {
				return nil, fmt.Errorf("the lastpk of table %q has a field of the unknown type %q", table.Table, f.Type)
			}
			last.Fields = append(last.Fields, &query.Field{
				Name: f.Name, Type: query.Type(typ), Charset: f.Charset, Flags: f.Flags,
			})
		}
		for _, r := range table.LastPK.Rows {
			row, err := r.read()
			if err != nil {
				return nil, fmt.Errorf("the lastpk of table %q: %w", table.Table, err)
			}
			last.Rows = append(last.Rows, row)
		}
		shard.TablePKs = append(shard.TablePKs, &binlogdata.TableLastPK{TableName: table.Table, Lastpk: last})
	}
	return shard, nil
}

// read takes values as the text they are, or as base64 where only that fits the
// lengths: entries cut out of the protobuf JSON form look the same.
func (r *jsonRow) read() (*query.Row, error) {
	row := &query.Row{Values: []byte(r.Values)}
	for _, length := range r.Lengths {
		n, err := strconv.ParseInt(string(bytes.Trim(length, `"`)), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("the length %s is no number", length)
		}
		row.Lengths = append(row.Lengths, n)
	}
	total, _ := sumLengths(row.Lengths)
	if total != int64(len(r.Values)) {
		if decoded, err := base64.StdEncoding.DecodeString(r.Values); err == nil && total == int64(len(decoded)) {
			row.Values = decoded
		}
	}
	return row, nil
}
