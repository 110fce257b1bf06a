package demo

import (
	"net"
	"sync"
)

// listener hands out connections that can be found again by the client's
// address, and can be told to accept none.
type listener struct {
	net.Listener

	mu    sync.Mutex
	gate  chan struct{} // closed while connections are accepted
	conns map[string]*conn
}

func newListener(inner net.Listener) *listener {
	open := make(chan struct{})
	close(open)
	return &listener{Listener: inner, gate: open, conns: map[string]*conn{}}
}

// Accept implements net.Listener. While stalled the kernel still completes
// handshakes, so a client connects and hears nothing.
func (l *listener) Accept() (net.Conn, error) {
	inner, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	gate := l.gate
	l.mu.Unlock()
	<-gate
	c := &conn{Conn: inner, listener: l}
	c.written.L = &c.mu
	l.mu.Lock()
	l.conns[inner.RemoteAddr().String()] = c
	l.mu.Unlock()
	return c, nil
}

func (l *listener) stall(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.gate:
		if on {
			l.gate = make(chan struct{})
		}
	default:
		if !on {
			close(l.gate)
		}
	}
}

// find is the connection of a client, nil if it is gone.
func (l *listener) find(remote string) *conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.conns[remote]
}

func (l *listener) all() []*conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]*conn, 0, len(l.conns))
	for _, c := range l.conns {
		all = append(all, c)
	}
	return all
}

// conn counts what has been written, so that a cut can wait until what was
// sent before it is on its way.
type conn struct {
	net.Conn
	listener *listener

	mu      sync.Mutex
	written sync.Cond
	count   int64
	closed  bool
}

// Write implements net.Conn.
func (c *conn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.mu.Lock()
	c.count += int64(n)
	c.mu.Unlock()
	c.written.Broadcast()
	return n, err
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.written.Broadcast()
	c.listener.mu.Lock()
	delete(c.listener.conns, c.RemoteAddr().String())
	c.listener.mu.Unlock()
	return c.Conn.Close()
}

func (c *conn) total() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count
}

// waitFor returns when total bytes have been written or the connection is closed.
func (c *conn) waitFor(total int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.count < total && !c.closed {
		c.written.Wait()
	}
}

// cut ends the connection. What has been written is still delivered: the
// write side is closed in order first.
func (c *conn) cut() {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite() // it may be gone already, which is what is wanted
	}
	_ = c.Close()
}
