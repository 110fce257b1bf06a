package headless_test

import (
	"io"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const rowsAFrame = 1000

// wideFields are a table of the usual width.
func wideFields() []*query.Field {
	return []*query.Field{
		id, name,
		{Name: "balance", Type: query.Type_DECIMAL, Charset: 63, Decimals: 2, ColumnLength: 12, ColumnType: "decimal(10,2)"},
		{Name: "score", Type: query.Type_FLOAT64, Charset: 63, Decimals: 31, ColumnLength: 22, ColumnType: "double"},
		{Name: "doc", Type: query.Type_JSON, Charset: 63, Flags: 144, ColumnType: "json"},
		{Name: "created", Type: query.Type_DATETIME, Charset: 63, ColumnLength: 19, ColumnType: "datetime"},
	}
}

// wideFrame is one transaction of updates.
func wideFrame(t testing.TB) stream.Frame {
	var changes []*binlogdata.RowChange
	for i := range rowsAFrame {
		changes = append(changes, &binlogdata.RowChange{
			Before: row(i, "Grüße von Ünal", "1234.50", "1.5E+00", `{"a": 1, "b": [1, 2, "x"]}`, "2026-11-22 12:03:43"),
			After:  row(i, "user@example.com", "1234.51", "2.25E+00", `{"a": 2, "b": [1, 2, "x"]}`, "2026-11-22 12:03:43"),
		})
	}
	return frame(t, begin("-80", 59), fields("-80", 59, wideFields()...), rows("-80", 59, changes...), position("-80", 59), commit("-80", 59))
}

// BenchmarkPrint prints updates with both images, decoding included.
func BenchmarkPrint(b *testing.B) {
	for _, format := range headless.Formats() {
		b.Run(format.String(), func(b *testing.B) {
			printer := headless.New(io.Discard, headless.Options{Format: format})
			decoder, f := stream.NewDecoder(printer, nil), wideFrame(b)
			defer func() { _ = printer.End() }()
			b.ReportAllocs()
			for b.Loop() {
				if err := decoder.Decode(f); err != nil || printer.Flush() != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(rowsAFrame*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// A row is printed without allocating: what a frame allocates is the decoding
// of its FIELD event.
func TestRowsAreNotAllocated(t *testing.T) {
	for _, format := range headless.Formats() {
		printer := headless.New(io.Discard, headless.Options{Format: format})
		decoder, f := stream.NewDecoder(printer, nil), wideFrame(t)
		allocated := testing.AllocsPerRun(5, func() {
			if err := decoder.Decode(f); err != nil || printer.Flush() != nil {
				t.Fatal(err)
			}
		})
		if err := printer.End(); err != nil {
			t.Fatal(err)
		}
		if allocated > rowsAFrame/10 {
			t.Errorf("%s: %v allocations for %d rows", format, allocated, rowsAFrame)
		}
	}
}
