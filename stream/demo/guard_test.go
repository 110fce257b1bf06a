package demo

import (
	"context"
	"testing"

	"google.golang.org/grpc"
)

// TestPanicsAreHandedOn: each goroutine of the demo hands its own to the program.
func TestPanicsAreHandedOn(t *testing.T) {
	var reasons []any
	s := &Server{options: Options{Broken: func(reason any) { reasons = append(reasons, reason) }}}
	s.guarded(func() { panic(1) })()
	_, _ = s.guardUnary(t.Context(), nil, nil, func(context.Context, any) (any, error) { panic(2) })
	_ = s.guardStream(nil, nil, nil, func(any, grpc.ServerStream) error { panic(3) })
	if len(reasons) != 3 || reasons[0] != 1 || reasons[1] != 2 || reasons[2] != 3 {
		t.Errorf("handed on: %v", reasons)
	}
	defer func() {
		if recover() != 4 {
			t.Error("without anybody to take it, a panic is swallowed")
		}
	}()
	(&Server{}).guarded(func() { panic(4) })()
}
