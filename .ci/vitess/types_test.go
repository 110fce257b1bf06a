//go:build cluster

package cluster

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"vitess.io/vitess/go/sqltypes"
)

// table knows how to select the columns of a table such that SELECT prints
// what vtscope has to print, and how to compare the two.
type table struct {
	keyspace, name string
	columns        []column
}

type column struct {
	name string
	expr string
	same func(printed json.RawMessage, selected []byte) bool
}

func describe(t *testing.T, keyspace, name string) table {
	t.Helper()
	described := table{keyspace: keyspace, name: name}
	for _, row := range execute(t, keyspace, "show full columns from "+name) {
		c := column{name: row[0].ToString(), expr: row[0].ToString()}
		kind, _, _ := strings.Cut(strings.Fields(row[1].ToString())[0], "(")
		switch kind {
		case "tinyint", "smallint", "mediumint", "int", "bigint", "year":
			c.same = sameInteger
		case "bit":
			c.expr = "cast(" + c.name + " as unsigned)"
			c.same = sameInteger
		case "float", "double":
			c.same = sameFloat
		case "decimal", "date", "time", "datetime", "timestamp":
			c.same = sameText
		case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set":
			c.expr = "convert(" + c.name + " using utf8mb4)"
			c.same = sameText
		case "json":
			c.same = func(printed json.RawMessage, selected []byte) bool { return sameJSON(printed, selected) }
		case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "point", "geometry", "vector":
			c.same = sameBytes
		default:
			t.Fatalf("column %s: no rule for the type %s", c.name, kind)
		}
		described.columns = append(described.columns, c)
	}
	return described
}

// selected reads all rows, by the value of their first column, from every shard.
func (d table) selected(t *testing.T) map[string][]sqltypes.Value {
	t.Helper()
	exprs := make([]string, len(d.columns))
	for i, c := range d.columns {
		exprs[i] = c.expr
	}
	rows := map[string][]sqltypes.Value{}
	for _, shard := range shards {
		for _, row := range execute(t, d.keyspace+":"+shard, "select "+strings.Join(exprs, ", ")+" from "+d.name+" order by id") {
			rows[row[0].ToString()] = row
		}
	}
	return rows
}

// compare expects one image of each event to hold what SELECT has printed.
func (d table) compare(t *testing.T, what string, events map[string]event, image func(event) json.RawMessage, want map[string][]sqltypes.Value) {
	t.Helper()
	if len(events) != len(want) {
		t.Errorf("%s: %d rows, want %d", what, len(events), len(want))
	}
	for id, row := range want {
		printed := columns(t, image(events[id]))
		if names := columnNames(image(events[id])); len(names) != len(d.columns) {
			t.Errorf("%s of row %s: the columns are %v", what, id, names)
			continue
		}
		for i, c := range d.columns {
			value := printed[c.name]
			if row[i].IsNull() && string(value) == "null" {
				continue
			}
			if row[i].IsNull() || string(value) == "null" && c.name != "t_json" || !c.same(value, row[i].Raw()) {
				t.Errorf("%s of row %s: %s is printed %s where SELECT prints %q", what, id, c.name, value, row[i].Raw())
			}
		}
	}
}

// columnNames reads a row's columns in the order in which they are printed.
func columnNames(row json.RawMessage) []string {
	var names []string
	decoder := json.NewDecoder(bytes.NewReader(row))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		token, err := decoder.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || decoder.Decode(&value) != nil {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// sameInteger compares digits; SELECT pads ZEROFILL columns, JSON cannot.
func sameInteger(printed json.RawMessage, selected []byte) bool {
	want, ok := new(big.Int).SetString(string(selected), 10)
	return ok && want.String() == string(printed)
}

// sameFloat compares values, since JSON and MySQL differ in how they write exponents.
func sameFloat(printed json.RawMessage, selected []byte) bool {
	got, err := strconv.ParseFloat(string(printed), 64)
	if err != nil {
		return false
	}
	want, err := strconv.ParseFloat(string(selected), 64)
	return err == nil && got == want
}

func sameText(printed json.RawMessage, selected []byte) bool {
	var got string
	return json.Unmarshal(printed, &got) == nil && got == string(selected)
}

func sameBytes(printed json.RawMessage, selected []byte) bool {
	var got string
	return json.Unmarshal(printed, &got) == nil && got == base64.StdEncoding.EncodeToString(selected)
}

// sameJSON compares documents: objects have no order, numbers are compared by
// value, since MySQL prints 1.0 where others print 1.
func sameJSON(printed, selected []byte) bool {
	got, ok := parseJSON(printed)
	if !ok {
		return false
	}
	want, ok := parseJSON(selected)
	return ok && reflect.DeepEqual(normal(got), normal(want))
}

func parseJSON(text []byte) (any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err == nil
}

// normal replaces the numbers inside a document by their exact values.
func normal(value any) any {
	switch v := value.(type) {
	case json.Number:
		exact, ok := new(big.Rat).SetString(v.String())
		if !ok {
			return v
		}
		return exact.String()
	case []any:
		for i := range v {
			v[i] = normal(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = normal(v[key])
		}
	}
	return value
}
