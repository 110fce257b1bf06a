//go:build cluster

package cluster

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"
)

// proxy passes TCP connections on to VTGate, until it is told to cut them.
type proxy struct {
	listener net.Listener
	wg       sync.WaitGroup

	mu     sync.Mutex
	open   map[*net.TCPConn]bool
	marker []byte        // where to cut, empty for never
	cut    chan struct{} // closed when that has happened
	closed bool
}

func startProxy(t *testing.T) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, open: map[*net.TCPConn]bool{}}
	p.wg.Go(p.accept)
	t.Cleanup(func() {
		_ = listener.Close()
		p.mu.Lock()
		p.closed = true
		p.cutAll()
		p.mu.Unlock()
		p.wg.Wait()
	})
	return p
}

func (p *proxy) address() string { return p.listener.Addr().String() }

// cutAt resets all connections as soon as the marker is on its way to vtscope:
// what comes up to its last byte arrives, what comes after it does not.
func (p *proxy) cutAt(marker string) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.marker, p.cut = []byte(marker), make(chan struct{})
	return p.cut
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", address)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.join(client.(*net.TCPConn), server.(*net.TCPConn))
	}
}

func (p *proxy) join(client, server *net.TCPConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		_, _ = client.Close(), server.Close()
		return
	}
	p.open[client], p.open[server] = true, true
	p.wg.Go(func() { p.pass(server, client, nil) })
	p.wg.Go(func() { p.pass(client, server, p.watch) })
}

// pass copies one direction, and ends both when it ends.
func (p *proxy) pass(to, from *net.TCPConn, watch func(tail, chunk []byte) int) {
	chunk := make([]byte, 1<<15)
	var tail []byte // the end of what has passed, where a marker may begin
	for {
		n, err := from.Read(chunk)
		if watch != nil {
			if end := watch(tail, chunk[:n]); end >= 0 {
				_, _ = to.Write(chunk[:end])
				p.mu.Lock()
				p.cutAll()
				p.mu.Unlock()
				return
			}
			tail = append(tail, chunk[:n]...)
			tail = append([]byte(nil), tail[max(0, len(tail)-64):]...)
		}
		if n > 0 && err == nil {
			_, err = to.Write(chunk[:n])
		}
		if err != nil {
			p.forget(to, from)
			return
		}
	}
}

// watch says where in a chunk the marker ends, and -1 where it is not there.
func (p *proxy) watch(tail, chunk []byte) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.marker) == 0 {
		return -1
	}
	all := append(append([]byte(nil), tail...), chunk...)
	i := bytes.Index(all, p.marker)
	end := i + len(p.marker) - len(tail)
	if i < 0 || end <= 0 {
		return -1
	}
	p.marker = nil
	close(p.cut)
	return end
}

// cutAll resets every connection, which the other side takes for a broken network.
func (p *proxy) cutAll() {
	for conn := range p.open {
		_, _ = conn.SetLinger(0), conn.Close()
	}
	clear(p.open)
}

func (p *proxy) forget(conns ...io.Closer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, conn := range conns {
		_ = conn.Close()
		delete(p.open, conn.(*net.TCPConn))
	}
}
