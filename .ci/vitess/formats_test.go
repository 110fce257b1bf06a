//go:build cluster

package cluster

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/sqltypes"
)

// csvMeta is how many columns of CSV are about the change and not of the table.
const csvMeta = 5

// TestCSV expects of a copy as CSV, and of the same rows as they were inserted,
// what MySQL's SELECT prints.
func TestCSV(t *testing.T) {
	ready(t)
	from := position(t, "customer")
	fillEveryType(t, 1)
	table := describe(t, "customer", "every_type")
	want := table.selected(t)
	for _, args := range [][]string{{"--from", "copy", "--until", "copied"}, {"--from", from, "--until", "caught-up"}} {
		text := printed(t, append(args, "customer", "-t", "every_type", "-o", "csv")...)
		if lines := strings.SplitAfter(text, "\r\n"); lines[len(lines)-1] != "" {
			t.Errorf("the last record does not end: %q", lines[len(lines)-1])
		}
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range table.columns {
			if records[0][csvMeta+i] != c.name {
				t.Errorf("the header has %s for %s", records[0][csvMeta+i], c.name)
			}
		}
		if len(records) != 1+len(want) {
			t.Errorf("%d rows, want %d", len(records)-1, len(want))
		}
		for _, record := range records[1:] {
			table.compareCSV(t, record, want[record[csvMeta]])
		}
	}
}

// shownControls writes the control characters of the tests' values as CSV has them.
var shownControls = strings.NewReplacer("\x00", `\x00`, "\b", `\x08`, "\r", `\r`, "\x1a", `\x1a`)

// compareCSV expects a record to hold what SELECT has printed.
func (d table) compareCSV(t *testing.T, record []string, want []sqltypes.Value) {
	t.Helper()
	for i, c := range d.columns {
		field := record[csvMeta+i]
		if want[i].IsNull() {
			if field != "" {
				t.Errorf("%s of row %s: %q where SELECT prints NULL", c.name, record[csvMeta], field)
			}
			continue
		}
		if field == shownControls.Replace(want[i].ToString()) {
			continue
		}
		if !slices.ContainsFunc(asJSON(t, field), func(value json.RawMessage) bool { return c.same(value, want[i].Raw()) }) {
			t.Errorf("%s of row %s: %q where SELECT prints %q", c.name, record[csvMeta], field, want[i].Raw())
		}
	}
}

// asJSON writes a field as the JSON lines could have it: as text, a number or a
// document, bytes.
func asJSON(t *testing.T, field string) []json.RawMessage {
	t.Helper()
	text, err := json.Marshal(field)
	if err != nil {
		t.Fatal(err)
	}
	values := []json.RawMessage{text, json.RawMessage(field)}
	if digits, ok := strings.CutPrefix(field, "0x"); ok {
		if raw, err := hex.DecodeString(digits); err == nil {
			values = append(values, json.RawMessage(`"`+base64.StdEncoding.EncodeToString(raw)+`"`))
		}
	}
	return values
}

// TestWhereOfEveryFormat expects the rows that MySQL's SELECT ... WHERE has, in
// each format.
func TestWhereOfEveryFormat(t *testing.T) {
	ready(t)
	const where = "t_bigint > 0 or t_enum = 'größe' or t_json is not null"
	tables := []string{"every_type"}
	w := changed(t, "customer", tables, func() { fillEveryType(t, 1) })
	var want, others []string
	for _, target := range primaries(t, "customer") {
		for _, row := range execute(t, target, "select id, coalesce("+where+", false) from every_type") {
			if row[1].ToString() == "1" {
				want = append(want, row[0].ToString())
			} else {
				others = append(others, row[0].ToString())
			}
		}
	}
	if len(want) == 0 || len(others) == 0 {
		t.Fatalf("the filter takes %d rows and leaves %d", len(want), len(others))
	}
	ids := regexp.MustCompile(`(?m)^[^ ]+ [^ ]+ insert every_type id=(\d+) |^\{"event":"insert".*?"key":\{"id":(\d+)\}|^insert,(?:[^,]*,){4}(\d+),`)
	for _, format := range []string{"text", "json", "csv"} {
		var got []string
		for _, match := range ids.FindAllStringSubmatch(w.print(t, "-o", format, "--where", where), -1) {
			got = append(got, strings.Join(match[1:], ""))
		}
		sameIDs(t, format, got, want)
	}
	s := newScratch(t, "customer", tables)
	s.mysql("scratch", w.print(t, "-o", "sql", "--where", where))
	sameIDs(t, "sql", strings.Fields(s.mysql("scratch", "select id from every_type")), want)
	s.mysql("scratch", "delete from every_type; "+w.print(t, "-o", "sql"))
	s.mysql("scratch", w.print(t, "-o", "undo-sql", "--where", where))
	sameIDs(t, "undo-sql", strings.Fields(s.mysql("scratch", "select id from every_type")), others)
}

func sameIDs(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: the rows %v, want %v", what, got, want)
	}
}
