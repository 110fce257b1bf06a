package stream

import (
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// TestLongVarint compares with protowire at every length and border.
func TestLongVarint(t *testing.T) {
	for shift := range 64 {
		for _, v := range []uint64{1 << shift, 1<<shift - 1, 1<<shift | 1, 0x5555555555555555 >> shift} {
			if v < 0x80 {
				continue // one byte, which field reads itself
			}
			for _, tail := range []string{"", "x", "\xff\xff", "followed by more"} {
				b := append(protowire.AppendVarint(nil, v), tail...)
				if got, n := longVarint(b); got != v || n != protowire.SizeVarint(v) {
					t.Errorf("longVarint(%x) = %d, %d bytes; want %d", b, got, n, v)
				}
			}
		}
	}
	for n := range 12 {
		b := make([]byte, n)
		for i := range b {
			b[i] = 0xff
		}
		if _, got := longVarint(b); n > 1 && got >= 0 {
			t.Errorf("%d bytes without an end are read as %d", n, got)
		}
	}
}
