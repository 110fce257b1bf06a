package demo

import (
	"slices"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"

	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
)

// countingCodec counts a response's bytes without decoding it.
type countingCodec struct{ encoding.CodecV2 }

type counted struct {
	bytes int
	small []byte // the response itself, where it is short
}

func (c countingCodec) Unmarshal(data mem.BufferSlice, v any) error {
	if n, ok := v.(*counted); ok {
		n.bytes, n.small = data.Len(), nil
		if n.bytes < 64 {
			n.small = data.Materialize()
		}
		return nil
	}
	return c.CodecV2.Unmarshal(data, v)
}

// BenchmarkTransactions measures how fast a client that decodes nothing is served.
func BenchmarkTransactions(b *testing.B) {
	s := start(b, Options{Rows: 10_000})
	rx, err := dial(b, s).VStream(b.Context(), request(at("current")), grpc.ForceCodecV2(countingCodec{encoding.GetCodecV2(proto.Name)}))
	if err != nil {
		b.Fatal(err)
	}
	var n counted
	for range s.Shards("shop") {
		if err := rx.RecvMsg(&n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	s.Step(b.N)
	for range b.N {
		if err := rx.RecvMsg(&n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "transactions/s")
}

// BenchmarkCopy measures a copy of a million rows.
func BenchmarkCopy(b *testing.B) {
	const rows = 1_000_000
	s := start(b, Options{Rows: rows})
	for range b.N {
		rx, err := dial(b, s).VStream(b.Context(), request(at("")), grpc.ForceCodecV2(countingCodec{encoding.GetCodecV2(proto.Name)}))
		if err != nil {
			b.Fatal(err)
		}
		total := 0
		var n counted
		for done := false; !done; {
			if err := rx.RecvMsg(&n); err != nil {
				b.Fatal(err)
			}
			total += n.bytes
			var r vtgatepb.VStreamResponse
			if err := r.UnmarshalVT(n.small); err != nil {
				b.Fatal(err)
			}
			done = slices.ContainsFunc(r.Events, copyDone)
		}
		b.SetBytes(int64(total))
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
