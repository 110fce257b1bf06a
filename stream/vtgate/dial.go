package vtgate

import (
	"context"
	"net"
	"net/url"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"vitess.io/vitess/go/vt/proto/vtgateservice"
)

const (
	// A server closes the connection of a client that pings too often; Vitess's
	// default is once in 10 s (go/vt/servenv/grpc_server.go), others allow less.
	keepaliveTime    = 30 * time.Second
	keepaliveTimeout = 20 * time.Second

	// The transport reconnects at this pace at the slowest; the run loop's own
	// back-off decides how often a stream is opened.
	reconnectDelay = time.Second
	// reconnectWait is how long Open waits for a lost connection: at least one of
	// the transport's attempts.
	reconnectWait = 3 * reconnectDelay / 2
)

// A Client is a connection to one VTGate. Its methods may be called from
// several goroutines.
type Client struct {
	options  Options
	conn     *grpc.ClientConn
	vitess   vtgateservice.VitessClient
	metadata metadata.MD
	dialer   *dialer
}

// Dial connects to a VTGate and returns when the connection is up: TCP, TLS
// where asked for, and the server's HTTP/2 settings have come, so that a port
// that accepts and says nothing is no connection. A *UsageError is a mistake
// in the options, a *ConnectError says why there is no connection, within
// ConnectTimeout; the end of ctx returns its cause.
func Dial(ctx context.Context, options Options) (*Client, error) {
	if err := options.Check(); err != nil {
		return nil, err
	}
	options = options.withDefaults()
	transport, err := options.transport()
	if err != nil {
		return nil, err
	}
	md, err := options.metadata()
	if err != nil {
		return nil, err
	}
	c := &Client{options: options, metadata: md, dialer: &dialer{}}
	// passthrough leaves the name to the dialer, which tries every address it
	// stands for, IPv6 and IPv4, each time it connects.
	c.conn, err = grpc.NewClient("passthrough:///"+url.PathEscape(options.Address), append(c.secrets().options(),
		grpc.WithTransportCredentials(transport),
		grpc.WithContextDialer(c.dialer.dial),
		// A proxy of the environment is for the web, not for a database's port.
		grpc.WithNoProxy(),
		grpc.WithUserAgent("vtscope"),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(options.MaxMessageSize)),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: keepaliveTime, Timeout: keepaliveTimeout}),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: reconnectDelay},
			// Longer than the timeout, so that a silent server is always told by it.
			MinConnectTimeout: options.ConnectTimeout + time.Second,
		}))...)
	if err != nil {
		return nil, usagef("--vtgate %s: %w", options.Address, err)
	}
	if err := c.connect(ctx); err != nil {
		_ = c.conn.Close()
		return nil, err
	}
	c.vitess = vtgateservice.NewVitessClient(c.conn)
	return c, nil
}

// Close ends the connection and every stream on it.
func (c *Client) Close() error { return c.conn.Close() }

// Address is the HOST:PORT that the client is connected to.
func (c *Client) Address() string { return c.options.Address }

// connect waits for the first connection. The first failure ends it: a wrong
// address is better told at once than after the timeout.
func (c *Client) connect(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, c.options.ConnectTimeout)
	defer cancel()
	for {
		c.conn.Connect()
		state := c.conn.GetState()
		switch state {
		case connectivity.Ready:
			return nil
		case connectivity.TransientFailure:
			if err := c.transportError(ctx); err != nil {
				return connectError(c.options, err)
			}
		}
		if !c.conn.WaitForStateChange(ctx, state) {
			if parent.Err() != nil {
				return context.Cause(parent)
			}
			return silenceError(c.options, c.dialer.accepted.Load())
		}
	}
}

// reconnect waits a little for a connection that was lost. It does not say
// why there is none: the call that follows fails with the transport's error.
func (c *Client) reconnect(ctx context.Context) {
	if c.conn.GetState() == connectivity.Ready {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, min(reconnectWait, c.options.ConnectTimeout))
	defer cancel()
	c.conn.ResetConnectBackoff()
	for {
		c.conn.Connect()
		state := c.conn.GetState()
		if state == connectivity.Ready || !c.conn.WaitForStateChange(ctx, state) {
			return
		}
	}
}

// transportError gives the connection's last error, which gRPC only tells to
// a call that fails by it. The call names no method that exists, so that a
// connection that comes up meanwhile is not asked for anything.
func (c *Client) transportError(ctx context.Context) error {
	err := c.conn.Invoke(ctx, "/vtscope.Probe/LastError", &emptypb.Empty{}, &emptypb.Empty{})
	if status.Code(err) == codes.Unavailable {
		return err
	}
	return nil
}

// outgoing adds the client's metadata to a call.
func (c *Client) outgoing(ctx context.Context) context.Context {
	return metadata.NewOutgoingContext(ctx, c.metadata)
}

// A dialer opens TCP connections and remembers whether one was accepted, which
// tells a silent server from an address that nobody answers.
type dialer struct {
	accepted atomic.Bool
}

func (d *dialer) dial(ctx context.Context, address string) (net.Conn, error) {
	var nd net.Dialer
	conn, err := nd.DialContext(ctx, "tcp", address)
	if err == nil {
		d.accepted.Store(true)
	}
	return conn, err
}
