package demo

import (
	"bytes"
	"fmt"
	"strconv"

	"vitess.io/vitess/go/sqltypes"
	querypb "vitess.io/vitess/go/vt/proto/query"
)

// rowIterator walks a table's rows in the order of the primary key, as they
// stand in one state.
type rowIterator struct {
	work  *workload
	table int
	state *state
	a     int64 // the next row, or the order whose line is next
	end   int64
	line  int64
	last  ref // the last row handed out that a caller has noted
}

func (w *workload) iterate(table int, s *state) rowIterator {
	it := rowIterator{work: w, table: table, state: s}
	switch table {
	case corder, orderItem, payment:
		it.a, it.end = w.orderRange(s)
	case customer:
		it.end = w.customers + s.steps[joined]
	case product:
		it.end = w.products
	case session:
		it.a, it.end = w.sessionRange(s)
	}
	return it
}

func (it *rowIterator) next() (ref, bool) {
	for it.a < it.end {
		switch it.table {
		case orderItem:
			if it.line < it.work.itemLines(it.a) {
				it.line++
				return ref{orderItem, it.a, it.line}, true
			}
			it.a, it.line = it.a+1, 0
		case payment:
			it.a++
			if it.work.hasPayment(it.a-1, it.state) {
				return ref{payment, it.a - 1, 0}, true
			}
		default:
			it.a++
			return ref{it.table, it.a - 1, 0}, true
		}
	}
	return ref{}, false
}

// skip passes over the rows up to and including lastpk.
func (it *rowIterator) skip(t *table, lastpk *querypb.QueryResult) error {
	if len(lastpk.Rows) != 1 {
		return nil
	}
	want := sqltypes.MakeRowTrusted(lastpk.Fields, lastpk.Rows[0])
	if keys := t.keys(); len(want) != len(keys) {
		return fmt.Errorf("cannot build a row streamer plan for the %s table as a lastpk value was provided and the number of primary key values within it (%v) does not match the number of primary key columns in the table (%d)",
			t.name, want, keys)
	}
	var key image
	for {
		before := *it
		r, ok := it.next()
		if !ok {
			return nil
		}
		it.work.key(&key, r)
		if compareKeys(&key, want, r.table != session) > 0 {
			*it = before
			return nil
		}
	}
}

// compareKeys compares a row's key with given values, as numbers or as bytes.
func compareKeys(key *image, want []sqltypes.Value, numeric bool) int {
	for i, v := range want {
		have, _ := key.value(i)
		if !numeric {
			if d := bytes.Compare(have, v.Raw()); d != 0 {
				return d
			}
			continue
		}
		a, _ := strconv.ParseInt(string(have), 10, 64)
		b, err := strconv.ParseInt(v.ToString(), 10, 64)
		switch {
		case err != nil || a > b:
			return 1
		case a < b:
			return -1
		}
	}
	return 0
}
