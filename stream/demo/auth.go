package demo

import (
	"context"
	"crypto/subtle"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// authenticate checks user name and password as Vitess's static plugin does, with its words.
func (s *Server) authenticate(ctx context.Context) error {
	md, _ := metadata.FromIncomingContext(ctx)
	if len(md["username"]) == 0 || len(md["password"]) == 0 {
		return status.Error(codes.Unauthenticated, "username and password must be provided")
	}
	user, password := md["username"][0], md["password"][0]
	want, known := s.options.Users[user]
	if known && subtle.ConstantTimeCompare([]byte(password), []byte(want)) == 1 {
		return nil
	}
	return status.Errorf(codes.PermissionDenied, "auth failure: caller %q provided invalid credentials", user)
}

func (s *Server) authenticateUnary(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	if err := s.authenticate(ctx); err != nil {
		return nil, err
	}
	return handler(ctx, req)
}

func (s *Server) authenticateStream(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	if err := s.authenticate(ss.Context()); err != nil {
		return err
	}
	return handler(srv, ss)
}
