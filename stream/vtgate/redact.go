package vtgate

import (
	"context"
	"strconv"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/status"
)

// redacted is what stands in place of a secret.
const redacted = "***"

// shortestSecret is what is looked for in texts, in bytes: less stands anywhere.
const shortestSecret = 4

// secrets are the values of the caller's own that no text shows, in whatever a
// server sends back.
type secrets []string

// secrets gives the values of the headers and of the credentials.
func (c *Client) secrets() secrets {
	var all secrets
	for _, values := range c.metadata {
		for _, value := range values {
			all = append(all, value)
			if quoted := strconv.Quote(value); quoted != `"`+value+`"` {
				all = append(all, quoted[1:len(quoted)-1])
			}
			// "Bearer TOKEN" is also known without its first word.
			if _, token, found := strings.Cut(value, " "); found {
				all = append(all, token)
			}
		}
	}
	return all
}

// hide replaces the secrets in a text.
func (s secrets) hide(text string) string {
	for _, secret := range s {
		if len(secret) >= shortestSecret {
			text = strings.ReplaceAll(text, secret, redacted)
		}
	}
	return text
}

// hideIn replaces the secrets in an error of a call.
func (s secrets) hideIn(err error) error {
	if err == nil {
		return nil
	}
	of, ok := status.FromError(err)
	if !ok {
		return err
	}
	if clean := s.hide(of.Message()); clean != of.Message() {
		return status.Error(of.Code(), clean)
	}
	return err
}

// options hide the secrets in the errors of every call, where they come in.
func (s secrets) options() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithUnaryInterceptor(func(ctx context.Context, method string, request, reply any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, options ...grpc.CallOption) error {
			return s.hideIn(invoke(ctx, method, request, reply, conn, options...))
		}),
		grpc.WithStreamInterceptor(func(ctx context.Context, desc *grpc.StreamDesc, conn *grpc.ClientConn, method string, open grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
			opened, err := open(ctx, desc, conn, method, options...)
			if err != nil {
				return nil, s.hideIn(err)
			}
			return &discreetStream{opened, s}, nil
		}),
	}
}

// A discreetStream hides secrets in its errors.
type discreetStream struct {
	grpc.ClientStream
	secrets secrets
}

func (d *discreetStream) RecvMsg(m any) error { return d.secrets.hideIn(d.ClientStream.RecvMsg(m)) }
func (d *discreetStream) SendMsg(m any) error { return d.secrets.hideIn(d.ClientStream.SendMsg(m)) }
