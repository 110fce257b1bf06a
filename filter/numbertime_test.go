package filter_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
	"vtscope/stream"
)

var timesTable = tableOf("times",
	field("id", query.Type_INT64, 63, "int"), field("d", query.Type_DATE, 63, "date"),
	&query.Field{Name: "dt", Type: query.Type_DATETIME, Charset: 63, ColumnType: "datetime"},
	&query.Field{Name: "dt3", Type: query.Type_DATETIME, Charset: 63, ColumnType: "datetime(3)", Decimals: 3},
	field("ts", query.Type_TIMESTAMP, 63, "timestamp"), field("t", query.Type_TIME, 63, "time"),
	&query.Field{Name: "t6", Type: query.Type_TIME, Charset: 63, ColumnType: "time(6)", Decimals: 6},
	field("y", query.Type_YEAR, 63, "year"),
)

var timesRows = [][]any{
	{1, "2026-11-22", "2026-11-22 00:00:00", "2026-11-22 00:00:00.500", "2026-11-22 10:15:00", "10:15:00", "10:15:00.250000", 2026},
	{2, "2026-11-21", "2026-11-21 23:00:00", "2026-11-21 23:00:00.500", "2026-11-21 10:15:00", "-10:15:00", "00:00:05.250000", 2000},
	{3, "2000-01-01", "2000-01-01 00:00:00", "2000-01-01 00:00:00.000", "2000-01-01 00:00:00", "00:00:00", "00:00:00.000000", 1999},
	{4, nil, nil, nil, nil, nil, nil, nil},
}

// TestNumbersAsTimes compares with the rows that MySQL 9.7 selects.
func TestNumbersAsTimes(t *testing.T) {
	checkRows(t, timesTable, timesRows, map[string]string{
		"dt <= 20261122": "1 2 3", "dt = 20261122": "1", "20261122 >= dt": "1 2 3", "dt <= 261122": "1 2 3",
		"dt <= 20261121230000": "2 3", "dt = 20261121230000.5": "", "dt = 20261121225959.7": "2", "dt >= 20261121225959.4": "1 2",
		"dt3 = 20261121230000.5": "2", "dt3 = 20261121230000.4996": "2", "dt3 = 20261121230000.4994": "", "dt3 <= 20261122": "2 3",
		"dt > '2024/2/29'": "1 2", "dt > '24-02-29'": "1 2", "dt > '20240229'": "1 2", "dt > '2024-02-29T12:34:56'": "1 2", "dt > '2024-02-29 12:34'": "1 2", "dt > '261122'": "",
		"d > '2024-02-29 12:34:56'": "1 2", "dt <= 0": "", "dt <> 0": "1 2 3", "dt > 101": "1 2", "dt > 691231": "", "dt > 700101": "1 2 3", "dt > 1000101": "1 2 3",
		"dt > 261122101500": "", "ts > 261121101500": "1", "dt > 99991231235959": "", "dt <= 20261122e0": "1 2 3", "dt <= 20261122.0": "1 2 3",
		"dt = 20261122+0": "1", "dt <= 20261121+1": "1 2 3", "dt = -(-20261122)": "1", "dt = if(1, 20261122, 5)": "1",
		"dt + 0 <= 20261122": "", "dt in (20261122, 20261121230000)": "1 2", "dt in (20261122, '2026-11-21 23:00:00')": "2",
		"dt not in (20261122)": "2 3", "dt in (20261122, null)": "1", "dt in ('2024-02-30', '2026-11-22')": "1", "dt in ('2026-11-21 23:00', 'abc')": "2", "dt in (20261122, 20261121230000e0)": "1 2", "dt in (20261122, id)": "",
		"dt between 20261121 and 20261122": "1 2", "dt between 20261121000000 and '2026-11-22'": "1 2", "dt not between 20261121 and 20261122": "3",
		"dt <=> 20261122": "1", "dt <> 20261122": "2 3", "nullif(dt, 20261122) is null": "1 4", "nullif(20261122, dt) is null": "1",
		"(dt, id) = (20261122, 1)": "1", "(dt, id) <> (20261122, 1)": "2 3 4", "(dt, id) in ((20261122, 1))": "",
		"isnull(dt = 20261122)": "4", "20261122 between dt and dt3": "", "_time >= 20231114": "1 2 3 4", "_time = 20231114221320": "1 2 3 4", "_time > 231115": "",
		"ts >= 20261122": "1", "ts = 20261122101500": "1", "ts in (20261122101500)": "1", "ts > 19700102": "1 2 3", "ts <> 0": "1 2 3", "ts < 20380119031407": "1 2 3",
		"d = 20261122": "1", "d = 20261122101500": "1", "d <= 261122": "1 2 3", "d < 20261121235959": "3", "d >= 20261122.7": "1", "d between 20261121 and 20261121235959": "2",
		"t = 101500": "1", "t <= 10": "2 3", "t = 101500.4": "1", "t6 = 101500.25": "1", "t6 > 5": "1 2", "t6 > 0.25": "1 2", "t < -5": "2", "t = 101500e0": "1",
		"t > 8385959": "", "t < -8385959": "", "t = 20000101101500": "1", "t = 0": "3", "t in (101500, 5)": "1", "t between 0 and 101500": "1 3",
		"y = 26": "1", "y = 2026": "1", "y > 99": "1 2", "y = 0": "", "y in (26)": "1", "y between 0 and 5": "2 3", "y > 300": "1 2 3", "y = 26.0": "1", "y = '26'": "1",
		"y >= 70": "1 2 3", "y between 26 and 27": "1", "y between 99 and 2000": "2 3", "y in (26, 2000)": "2", "y = 126": "", "y <= 69": "1 2 3", "y < 0": "", "y > -1": "1 2 3",
		"y = 2026.4": "1", "y = 25.6": "1", "26 = y": "1", "'26' = y": "1", "y = '0'": "2", "y < 2200": "1 2 3", "y <> 26": "2 3", "y = 1": "", "(y, id) = (26, 1)": "1",
		"y between '20' and '30'": "1", "y > '20'": "1", "y in ('26', '99')": "", "y <> '26'": "2 3", "y = ' 26'": "1", "y = '2026'": "1",
	})
}

// checkRows fails where a filter does not match the rows with these ids.
func checkRows(t *testing.T, table *fixture, rows [][]any, want map[string]string) {
	t.Helper()
	for text, want := range want {
		m := matcher(t, text)
		var got []string
		for _, row := range rows {
			if m.Match(table.change(t, nil, row)) {
				got = append(got, fmt.Sprint(row[0]))
			}
		}
		if _, reason := m.Failures(); reason != nil {
			t.Errorf("%s: %v", text, reason)
		} else if got := strings.Join(got, " "); got != want {
			t.Errorf("%s matches %q, not %q", text, got, want)
		}
	}
}

// TestNumbersThatAreNoTime are refused at their place, with the form to write.
func TestNumbersThatAreNoTime(t *testing.T) {
	table := timesTable.change(t, nil, timesRows[0]).Table
	for text, want := range map[string]string{
		"dt <= 5": "5 is no datetime", "dt > 20261399": "20261399 is no datetime", "dt > -5": "-5 is no datetime", "dt <= 2e7": "2e7 is no datetime",
		"dt = true": "true is no datetime", "dt <= 20261121235960": "20261121235960 is no datetime", "dt > 691232": "691232 is no datetime",
		"dt > 99999999999999999": "99999999999999999 is no datetime", "dt between 20261121 and 5": "5 is no datetime", "id = 1 and dt in (20261122, 5)": "5 is no datetime",
		"dt >= 20261100": "20261100 is no datetime", "d > 5": "5 is no date", "t = 61": "61 is no time", "t > 9999999": "9999999 is no time", "dt > 'yesterday'": "'yesterday' is no datetime", "d between '2024-02-30' and 20261122": "'2024-02-30' is no date",
		"dt in ('2024')": "'2024' is no datetime", "t < 'noon'": "'noon' is no time", "ts > 1": "1 is no timestamp", "ts >= 19700101": "19700101 is no timestamp", "ts < 20390101": "20390101 is no timestamp",
	} {
		var e *filter.Error
		if err := mustParse(t, text).Check([]*stream.Table{table}); !errors.As(err, &e) {
			t.Errorf("%s: %v", text, err)
		} else if e.Problem != want || !strings.HasPrefix(e.Hint, "write it as ") || strings.HasPrefix(text, "id = 1") && text[e.Start:e.End] != "5" {
			t.Errorf("%s is refused at %q: %s; %s", text, text[e.Start:e.End], e.Problem, e.Hint)
		}
	}
	for _, text := range []string{"_time <= 5", "_time > 'yesterday'", "id = 1 or _time > 'yesterday'"} {
		f, err := filter.Parse(text)
		if err == nil {
			err = f.Check([]*stream.Table{table})
		}
		if err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

// TestWideText compares literals with text of which a character takes two bytes
// or four, with the rows that MySQL 9.7 selects.
func TestWideText(t *testing.T) {
	encode := func(text string, width int) string {
		var b strings.Builder
		for _, r := range text {
			b.WriteString(strings.Repeat("\x00", width-1))
			b.WriteRune(r)
		}
		return b.String()
	}
	for _, set := range []struct {
		name      string
		width     int
		collation uint32
	}{{"utf16", 2, 54}, {"ucs2", 2, 35}, {"utf32", 4, 60}} {
		table := tableOf("wide", field("id", query.Type_INT64, 63, "int"), field("w", query.Type_VARCHAR, set.collation, "varchar(20)"))
		checkRows(t, table, [][]any{{1, encode("a", set.width)}, {2, encode("B", set.width)}, {3, nil}, {4, ""}}, map[string]string{
			"ifnull(w, 'n') = 'n'": "3", "ifnull(w, 'n') = 'A'": "1", "coalesce(w, null, 'n') = 'n'": "3", "if(id = 1, w, 'x') = 'x'": "2 3 4",
			"case id when 1 then w else 'n' end = 'n'": "2 3 4", "case when id = 2 then 'b' end = w": "2", "concat(w, '-', 'x') = 'a-x'": "1", "concat(w, 5) = 'a5'": "1",
			"concat_ws(',', w, 'x') = 'b,x'": "2", "least(w, 'aa') = 'a'": "1", "greatest(w, 'aa') = 'b'": "2", "nullif(w, 'a') is null": "1 3",
			"concat(ifnull(w, 'n'), 'm') = 'nm'": "3", "length(concat(w, 'xy')) = " + fmt.Sprint(3*set.width): "1 2",
			"replace(w, 'a', 'c') = 'c'": "1", "lpad(w, 3, 'x') = 'xxa'": "1", "strcmp(w, 'a') = 0": "1", "field(w, 'z', 'b') = 2": "2",
			"elt(1, w, 'x') = 'a'": "1", "instr(w, 'b') = 1": "2", "locate('b', w) = 1": "2", "insert(w, 1, 1, 'q') = 'q'": "1 2",
		})
	}
}

func mustParse(t *testing.T, text string) *filter.Filter {
	t.Helper()
	f, err := filter.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}
