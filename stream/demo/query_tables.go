package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	querypb "vitess.io/vitess/go/vt/proto/query"
	vtrpcpb "vitess.io/vitess/go/vt/proto/vtrpc"
)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// present is the state that a shard's rows are in now.
func (s *shard) present() state { return s.work.at(s.stepAt(s.head.Load())) }

// version is a table as it stands in a state.
func (s *shard) version(t int, st *state) *table {
	if t == customer && s.work.ddls(st.n)%2 == 1 {
		return loyaltyTable
	}
	return shopTables[t]
}

// find looks a table up in the keyspace of the query; shard is where its rows are looked at.
func (q *question) find(keyspace, name string) (t int, sh *shard, err error) {
	k, err := q.in(keyspace)
	if err != nil {
		return 0, nil, err
	}
	sh = k.shards[0]
	if q.shard != nil {
		sh = q.shard
	}
	for t, tbl := range shopTables {
		if tbl.name == name {
			return t, sh, nil
		}
	}
	if q.shard == nil {
		return 0, nil, queryErrorf(vtrpcpb.Code_NOT_FOUND, "table %s not found", name)
	}
	return 0, nil, q.tabletError(vtrpcpb.Code_NOT_FOUND, "Table '%s.%s' doesn't exist (errno 1146) (sqlstate 42S02)", sh.database(), name)
}

func showTables(q *question, m []string) (*querypb.QueryResult, error) {
	k, err := q.in(m[2])
	if err != nil {
		return nil, err
	}
	database := k.name
	if q.shard != nil {
		database = "vt_" + database
	}
	names := []string{"Tables_in_" + database}
	if m[3] != "" {
		names[0] += " (" + m[3] + ")"
	}
	if m[1] != "" {
		names = append(names, "Table_type")
	}
	var rows [][]string
	for _, t := range shopTables {
		if matchesLike(t.name, m[3]) {
			rows = append(rows, []string{t.name, "BASE TABLE"}[:len(names)])
		}
	}
	return newResult(names, rows), nil
}

func showColumns(q *question, m []string) (*querypb.QueryResult, error) {
	from := m[2]
	if from == "" {
		from = m[4]
	}
	t, sh, err := q.find(from, m[3])
	if err != nil {
		return nil, err
	}
	now := sh.present()
	full := m[1] != ""
	var rows [][]string
	for _, c := range sh.version(t, &now).columns {
		if len(m) > 5 && !matchesLike(c.name, m[5]) {
			continue
		}
		rows = append(rows, c.describe(full))
	}
	names := []string{"Field", "Type", "Null", "Key", "Default", "Extra"}
	if full {
		names = []string{"Field", "Type", "Collation", "Null", "Key", "Default", "Extra", "Privileges", "Comment"}
	}
	return newResult(names, rows), nil
}

// describe is the column's row in SHOW COLUMNS.
func (c column) describe(full bool) []string {
	nullable, key, value, extra, collation := "YES", "", null, "", null
	if c.notNull {
		nullable = "NO"
	}
	if c.primary {
		key = "PRI"
	} else if c.index {
		key = "MUL"
	}
	if c.value != "" {
		value = c.value
		if clock, update, ok := strings.Cut(c.value, " on update "); ok {
			value, extra = clock, "DEFAULT_GENERATED on update "+update
		}
	}
	if f := c.field("", ""); f.Charset != binaryCharset {
		collation = collationNames[f.Charset]
	}
	if full {
		return []string{c.name, c.ctype, collation, nullable, key, value, extra, "select,insert,update,references", ""}
	}
	return []string{c.name, c.ctype, nullable, key, value, extra}
}

func showCreate(q *question, m []string) (*querypb.QueryResult, error) {
	from := m[1]
	if from == "" {
		from = m[3]
	}
	t, sh, err := q.find(from, m[2])
	if err != nil {
		return nil, err
	}
	now := sh.present()
	tbl := sh.version(t, &now)
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE `%s` (\n", tbl.name)
	var keys, indexes []string
	for _, c := range tbl.columns {
		b.WriteString("  " + c.definition() + ",\n")
		if c.primary {
			keys = append(keys, "`"+c.name+"`")
		} else if c.index {
			indexes = append(indexes, fmt.Sprintf("  KEY `%s` (`%s`)", c.name, c.name))
		}
	}
	indexes = append([]string{"  PRIMARY KEY (" + strings.Join(keys, ",") + ")"}, indexes...)
	b.WriteString(strings.Join(indexes, ",\n") + "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci")
	return newResult([]string{"Table", "Create Table"}, [][]string{{tbl.name, b.String()}}), nil
}

// definition is the column's line in CREATE TABLE.
func (c column) definition() string {
	d := "`" + c.name + "` " + c.ctype
	switch c.collation {
	case latin1Swedish:
		d += " CHARACTER SET latin1 COLLATE latin1_swedish_ci"
	case utf8mb4Bin:
		d += " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
	}
	if c.notNull {
		d += " NOT NULL"
	}
	switch {
	case strings.HasPrefix(c.value, "CURRENT_TIMESTAMP") || strings.HasPrefix(c.value, "b'"):
		d += " DEFAULT " + strings.Replace(c.value, "on update", "ON UPDATE", 1)
	case c.value != "":
		d += " DEFAULT '" + c.value + "'"
	case !c.notNull && c.ctype != "text" && c.ctype != "blob" && c.ctype != "json":
		d += " DEFAULT NULL"
	}
	return d
}

// estimate is the number of rows as InnoDB's statistics have it: near, not exact.
func (s *shard) estimate(t int, now *state) int64 {
	first, end := s.work.orderRange(now)
	orders := end - first
	n := orders
	switch t {
	case customer:
		n = s.work.customers + now.steps[joined]
	case orderItem:
		n = orders * 2
	case payment:
		n = orders * 11 / 12
	case product:
		n = s.work.products
	case session:
		first, end := s.work.sessionRange(now)
		n = end - first
	}
	return n - n/50
}

func showStatus(q *question, m []string) (*querypb.QueryResult, error) {
	k, err := q.in(m[1])
	if err != nil {
		return nil, err
	}
	sh := k.shards[0]
	if q.shard != nil {
		sh = q.shard
	}
	now := sh.present()
	var rows [][]string
	for t, tbl := range shopTables {
		if !matchesLike(tbl.name, m[2]) {
			continue
		}
		n := sh.estimate(t, &now)
		rows = append(rows, []string{
			tbl.name, "InnoDB", "10", "Dynamic", formatInt(n), "180", formatInt(n * 180), "0", "0", "0", null,
			"2026-01-01 00:00:00", "2026-01-01 00:00:00", null, "utf8mb4_0900_ai_ci", null, "", "",
		})
	}
	return newResult([]string{
		"Name", "Engine", "Version", "Row_format", "Rows", "Avg_row_length", "Data_length", "Max_data_length", "Index_length", "Data_free",
		"Auto_increment", "Create_time", "Update_time", "Check_time", "Collation", "Checksum", "Create_options", "Comment",
	}, rows, "Version", "Rows", "Avg_row_length", "Data_length", "Max_data_length", "Index_length", "Data_free", "Auto_increment"), nil
}

// selectTables answers from information_schema.tables for the database in use.
func selectTables(q *question, m []string) (*querypb.QueryResult, error) {
	if _, err := q.in(""); err != nil {
		return nil, err
	}
	sh := q.anyShard()
	now := sh.present()
	var names []string
	for name := range strings.SplitSeq(m[1], ",") {
		names = append(names, strings.ToUpper(strings.TrimSpace(name)))
	}
	var rows [][]string
	for t, tbl := range shopTables {
		if strings.Contains(m[2], "table_name") && !strings.Contains(m[2], "'"+tbl.name+"'") {
			continue
		}
		n := sh.estimate(t, &now)
		known := map[string]string{
			"TABLE_SCHEMA": sh.database(), "TABLE_NAME": tbl.name, "TABLE_TYPE": "BASE TABLE", "ENGINE": "InnoDB",
			"TABLE_ROWS": formatInt(n), "DATA_LENGTH": formatInt(n * 180), "AVG_ROW_LENGTH": "180", "INDEX_LENGTH": "0",
		}
		row := make([]string, len(names))
		for i, name := range names {
			v, ok := known[name]
			if !ok {
				return nil, q.tabletError(vtrpcpb.Code_UNKNOWN, "Unknown column '%s' in 'field list' (errno 1054) (sqlstate 42S22)", strings.ToLower(name))
			}
			row[i] = v
		}
		rows = append(rows, row)
	}
	return newResult(names, rows, "TABLE_ROWS", "DATA_LENGTH", "AVG_ROW_LENGTH", "INDEX_LENGTH"), nil
}

// selectStatistics answers from InnoDB's statistics of the database in use.
func selectStatistics(q *question, _ []string) (*querypb.QueryResult, error) {
	if _, err := q.in(""); err != nil {
		return nil, err
	}
	sh := q.anyShard()
	now := sh.present()
	var rows [][]string
	for t, tbl := range shopTables {
		n := sh.estimate(t, &now)
		rows = append(rows, []string{tbl.name, formatInt(n), formatInt(n * 180)})
	}
	return newResult([]string{"table_name", "n_rows", "clustered_index_size * @@innodb_page_size"}, rows, "n_rows", "clustered_index_size * @@innodb_page_size"), nil
}

// selectOddColumns answers for the columns that are generated or in a character
// set that Vitess has no number for: the shop has none.
func selectOddColumns(q *question, m []string) (*querypb.QueryResult, error) {
	if _, err := q.in(""); err != nil {
		return nil, err
	}
	return newResult(strings.Split(m[1], ", "), nil), nil
}

// selectTableColumns names the columns of one table in their order.
func selectTableColumns(q *question, m []string) (*querypb.QueryResult, error) {
	columns, err := q.columns()
	var rows [][]string
	for _, c := range columns {
		if c[0] == m[2] {
			rows = append(rows, c[1:])
		}
	}
	return newResult([]string{"COLUMN_NAME"}, rows), err
}

// selectColumns names the columns of every table of the database in use.
func selectColumns(q *question, _ []string) (*querypb.QueryResult, error) {
	columns, err := q.columns()
	return newResult([]string{"TABLE_NAME", "COLUMN_NAME"}, columns), err
}

// columns are those of the database in use, each with its table before it.
func (q *question) columns() (columns [][]string, err error) {
	if _, err := q.in(""); err != nil {
		return nil, err
	}
	sh := q.anyShard()
	now := sh.present()
	for t := range shopTables {
		table := sh.version(t, &now)
		for _, c := range table.columns {
			columns = append(columns, []string{table.name, c.name})
		}
	}
	return columns, nil
}

func selectCount(q *question, m []string) (*querypb.QueryResult, error) {
	t, sh, err := q.find(m[1], m[2])
	if err != nil {
		return nil, err
	}
	n := 0
	shards := []*shard{sh}
	if q.shard == nil {
		k, err := q.in(m[1])
		if err != nil {
			return nil, err
		}
		shards = k.shards
	}
	for _, sh := range shards {
		now := sh.present()
		it := sh.work.iterate(t, &now)
		for _, ok := it.next(); ok; _, ok = it.next() {
			n++
		}
	}
	return newResult([]string{"count(*)"}, [][]string{{formatInt(int64(n))}}, "count(*)"), nil
}

// selectRange answers the least and the greatest first column of a primary key.
func selectRange(q *question, m []string) (*querypb.QueryResult, error) {
	t, sh, err := q.find(m[3], m[4])
	if err != nil {
		return nil, err
	}
	now := sh.present()
	tbl := sh.version(t, &now)
	if m[1] != m[2] || tbl.find(m[1]) != tbl.keys()[0] {
		return nil, q.tabletError(vtrpcpb.Code_UNKNOWN, "Unknown column '%s' in 'field list' (errno 1054) (sqlstate 42S22)", m[1])
	}
	least, greatest := null, null
	var key image
	it := sh.work.iterate(t, &now)
	for r, ok := it.next(); ok; r, ok = it.next() {
		sh.work.key(&key, r)
		v, _ := key.value(0)
		if least == null {
			least = string(v)
			it.a = max(it.a, it.end-100) // only the last rows matter from here on
		}
		greatest = string(v)
	}
	r := newResult([]string{"min(" + m[1] + ")", "max(" + m[1] + ")"}, [][]string{{least, greatest}})
	f := tbl.columns[tbl.keys()[0]].field(tbl.name, "")
	for _, to := range r.Fields {
		to.Type, to.Charset, to.ColumnLength, to.Flags = f.Type, f.Charset, f.ColumnLength, flagBinary
	}
	return r, nil
}
