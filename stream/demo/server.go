package demo

import (
	"fmt"
	"net"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"

	vtgateservicepb "vitess.io/vitess/go/vt/proto/vtgateservice"
)

// Server is a running demo VTGate. Its methods may be called from any goroutine.
type Server struct {
	vtgateservicepb.UnimplementedVitessServer

	options Options
	stop    chan struct{} // closed by Close
	stopped sync.Once
	running sync.WaitGroup // the load

	serving sync.Mutex   // held while going up or down; handlers never take it
	grpc    *grpc.Server // nil while down
	served  sync.WaitGroup

	mu        sync.Mutex
	addr      string
	listener  *listener
	wake      chan struct{} // closed and replaced whenever a stream may have something to do
	keyspaces []*keyspace   // by name
	chosen    int64         // transactions whose shard the load has chosen so far
	faults    faults
	streams   map[*stream]struct{}
	opened    int
}

// Start listens and serves.
func Start(options Options) (*Server, error) {
	options = options.withDefaults()
	if options.Shards > MaxShards {
		return nil, fmt.Errorf("%d shards: at most %d", options.Shards, MaxShards)
	}
	s := &Server{
		options: options, addr: options.Address, stop: make(chan struct{}),
		wake: make(chan struct{}), streams: map[*stream]struct{}{},
	}
	if options.Catalog {
		s.keyspaces = append(s.keyspaces, newKeyspace(options.Seed, "catalog", 1, max(options.Rows/20, min(options.Rows, 1))))
		s.keyspaces[0].shards[0].name = "0"
	}
	s.keyspaces = append(s.keyspaces, newKeyspace(options.Seed, Keyspace, options.Shards, options.Rows))
	if err := s.Up(); err != nil {
		return nil, err
	}
	if options.Rate > 0 {
		s.running.Go(s.guarded(s.generate))
	}
	return s, nil
}

// serverOptions are the caller's after our own, so that the caller's win.
// leastPing is how often a client may ping, as in VTGate
// (--grpc-server-keepalive-enforcement-policy-min-time).
const leastPing = 10 * time.Second

func (s *Server) serverOptions() []grpc.ServerOption {
	own := []grpc.ServerOption{
		grpc.ForceServerCodecV2(newCodec()), grpc.WaitForHandlers(true),
		grpc.ChainUnaryInterceptor(s.guardUnary), grpc.ChainStreamInterceptor(s.guardStream),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: leastPing}),
	}
	if len(s.options.Users) > 0 {
		own = append(own, grpc.ChainUnaryInterceptor(s.authenticateUnary), grpc.ChainStreamInterceptor(s.authenticateStream))
	}
	return append(own, s.options.ServerOptions...)
}

// Up listens and serves again after Down, on the same address. The shards have lived on meanwhile.
func (s *Server) Up() error {
	s.serving.Lock()
	defer s.serving.Unlock()
	if s.grpc != nil {
		return nil
	}
	inner, err := net.Listen("tcp", s.Addr())
	if err != nil {
		return fmt.Errorf("listening on %s: %w", s.Addr(), err)
	}
	l := newListener(inner)
	s.mu.Lock()
	s.addr, s.listener = inner.Addr().String(), l
	s.mu.Unlock()
	s.grpc = grpc.NewServer(s.serverOptions()...)
	vtgateservicepb.RegisterVitessServer(s.grpc, s)
	server := s.grpc
	s.served.Go(func() {
		// Serve returns because of Down, or because the listener broke: then
		// clients are refused, which says as much as an error here would.
		_ = server.Serve(l)
	})
	return nil
}

// Down ends every stream and connection and refuses new ones, as a VTGate that
// is restarted. It returns when all calls have ended.
func (s *Server) Down() {
	s.serving.Lock()
	defer s.serving.Unlock()
	if s.grpc == nil {
		return
	}
	s.accepting().stall(false)
	s.grpc.Stop()
	s.served.Wait()
	s.grpc = nil
}

// Addr is the address to dial.
func (s *Server) Addr() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addr
}

// accepting is the listener in use.
func (s *Server) accepting() *listener {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listener
}

// Close ends every stream and connection and returns when all goroutines have ended.
func (s *Server) Close() {
	s.stopped.Do(func() { close(s.stop) })
	s.Down()
	s.running.Wait()
}

// Stop is Close.
func (s *Server) Stop() { s.Close() }

// broadcast wakes the streams. Call with mu held.
func (s *Server) broadcast() {
	close(s.wake)
	s.wake = make(chan struct{})
}

// keyspace finds a keyspace by name. Call with mu held.
func (s *Server) keyspace(name string) *keyspace {
	for _, k := range s.keyspaces {
		if k.name == name {
			return k
		}
	}
	return nil
}

// shard finds "keyspace/shard", or a shard of shop by its name alone. Call with mu held.
func (s *Server) shard(name string) (*shard, error) {
	for _, k := range s.keyspaces {
		for _, sh := range k.shards {
			if k.name+"/"+sh.name == name || k.name == Keyspace && sh.name == name {
				return sh, nil
			}
		}
	}
	return nil, fmt.Errorf("no serving shard %q", name)
}
