package demo

import (
	"context"

	"google.golang.org/grpc"
)

// guarded hands a panic of the demo's own goroutines to Options.Broken: the
// program has a terminal to give back.
func (s *Server) guarded(work func()) func() {
	return func() {
		defer s.recovered()
		work()
	}
}

// recovered is deferred. Where nobody takes a panic, it goes on.
func (s *Server) recovered() {
	if s.options.Broken == nil {
		return
	}
	if reason := recover(); reason != nil {
		s.options.Broken(reason)
	}
}

func (s *Server) guardUnary(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	defer s.recovered()
	return handler(ctx, req)
}

func (s *Server) guardStream(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	defer s.recovered()
	return handler(srv, ss)
}
