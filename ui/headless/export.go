package headless

import (
	"errors"
	"io"

	"vtscope/stream"
)

// Exported says what Export has written.
type Exported struct {
	// Events counts those printed, LeftOut the rows of transactions that have not
	// committed: they may never do, or come again.
	Events, LeftOut uint64
	// DDLs counts the statements that changed tables and were left out: between rows
	// that are chosen, nobody knows where the tables stand.
	DDLs uint64
	// Unstated counts what no statement can say, Reason is why the first cannot be.
	Unstated uint64
	Reason   error
}

// errManyTables says why rows of several tables are no CSV.
var errManyTables = errors.New("CSV is of one table: filter first, as in _table = 'customer'")

// exportFlush is after how many records what was printed goes to the writer.
const exportFlush = 1024

// Export prints records that were kept as the format prints a stream of them: rows that
// stand together in a transaction stay so. The format has to be set. Next gives the
// records in the order in which they came, and reports false after the last.
func Export(w io.Writer, o Options, next func(*stream.Record) bool) (Exported, error) {
	x := exporter{printer: New(w, o), format: o.Format, open: map[*stream.Shard]stream.Record{}, tables: map[*stream.Shard]*stream.Table{}}
	var r stream.Record
	for n := 1; next(&r); n++ {
		if err := x.take(&r); err != nil {
			return x.done, err
		}
		if n%exportFlush == 0 {
			if err := x.printer.Flush(); err != nil {
				return x.done, err
			}
		}
	}
	for shard := range x.open {
		if err := x.commit(shard); err != nil {
			return x.done, err
		}
	}
	err := x.printer.Flush()
	if err == nil {
		err = x.printer.End()
	}
	x.done.Events = x.printer.Printed()
	if s, ok := x.printer.lines.(stating); ok {
		x.done.Unstated, x.done.Reason = s.failures()
	}
	return x.done, err
}

// exporter is an export under way.
type exporter struct {
	printer *Printer
	format  *Format
	table   *stream.Table                   // of CSV
	open    map[*stream.Shard]stream.Record // the end of each shard's transaction
	tables  map[*stream.Shard]*stream.Table // the version that each shard has told of last
	done    Exported
}

func (x *exporter) take(r *stream.Record) error {
	if !r.Kind.IsRow() {
		if x.format.WholeRows || x.format.OneTable { // statements and tables are of rows alone
			if r.Kind == stream.DDL {
				x.done.DDLs++
			}
			return nil
		}
		return x.printer.Append(r)
	}
	if r.Open || r.Abandoned {
		x.done.LeftOut++
		return nil
	}
	if x.format.OneTable && x.table != nil && (x.table.Keyspace != r.Table.Keyspace || x.table.Name != r.Table.Name) {
		return errManyTables
	}
	x.table = r.Table
	if end, is := x.open[r.Shard]; is && end.Txn != r.Txn {
		if err := x.commit(r.Shard); err != nil {
			return err
		}
	}
	if x.tables[r.Shard] != r.Table {
		x.tables[r.Shard] = r.Table
		columns := stream.Record{Kind: stream.Columns, Shard: r.Shard, Table: r.Table, Arrived: r.Arrived}
		if err := x.printer.Append(&columns); err != nil {
			return err
		}
	}
	x.open[r.Shard] = stream.Record{Kind: stream.Commit, Shard: r.Shard, Txn: r.Txn, GTID: r.GTID, Time: r.Time, Arrived: r.Arrived}
	return x.printer.Append(r)
}

// commit ends a shard's transaction: all that is shown of it has come.
func (x *exporter) commit(shard *stream.Shard) error {
	end := x.open[shard]
	delete(x.open, shard)
	return x.printer.Append(&end)
}
