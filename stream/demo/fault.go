package demo

import (
	"context"
	"fmt"
	"slices"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	querypb "vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
)

// faults is what tests have asked for. Guarded by Server.mu.
type faults struct {
	silent       bool
	refusals     []error // of the next VStream calls
	interceptors []*interceptor
	queries      func(ctx context.Context, target, sql string) error
	requests     []*vtgatepb.VStreamRequest
}

type interceptor struct{ fn func(*Response) error }

// refusal notes a request and returns the error that it is to meet.
func (f *faults) refusal(req *vtgatepb.VStreamRequest) error {
	f.requests = append(f.requests, req.CloneVT())
	if len(f.requests) > 1000 {
		f.requests = slices.Delete(f.requests, 0, 500)
	}
	if len(f.refusals) == 0 {
		return nil
	}
	err := f.refusals[0]
	f.refusals = f.refusals[1:]
	return err
}

// Response is an encoded VStreamResponse on its way to a client.
type Response struct {
	Stream          int    // the stream's number, 1 and up in the order of opening
	Keyspace, Shard string // of the shard that the events come from; empty for heartbeats and injected events
	Bytes           []byte // what is sent; nil sends nothing

	done <-chan struct{}
	cut  bool
}

// Done is closed when the client or the server has ended the stream: an interceptor that waits gives up then.
func (r *Response) Done() <-chan struct{} { return r.done }

// Events decodes the response.
func (r *Response) Events() ([]*binlogdatapb.VEvent, error) {
	var out vtgatepb.VStreamResponse
	if err := out.UnmarshalVT(r.Bytes); err != nil {
		return nil, fmt.Errorf("decoding a response: %w", err)
	}
	return out.Events, nil
}

// SetEvents encodes other events in the response's place.
func (r *Response) SetEvents(events ...*binlogdatapb.VEvent) error {
	b, err := (&vtgatepb.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		return fmt.Errorf("encoding a response: %w", err)
	}
	r.Bytes = b
	return nil
}

// Cut breaks the TCP connection as soon as Bytes have been written to it.
func (r *Response) Cut() { r.cut = true }

// Intercept calls fn with every response before it is sent, on the stream's own
// goroutine. fn may change the response, hold it up, cut the connection after
// it, or end the stream by returning an error (a gRPC status, or io.EOF for a
// clean end). The returned function takes fn out again.
func (s *Server) Intercept(fn func(*Response) error) (remove func()) {
	i := &interceptor{fn}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.interceptors = append(s.faults.interceptors, i)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults.interceptors = slices.DeleteFunc(slices.Clone(s.faults.interceptors), func(other *interceptor) bool { return other == i })
	}
}

// CutMidTransaction cuts the connection of the next stream that sends a live
// transaction with at least one row on the shard (any shard if empty), after
// BEGIN and the first row event.
func (s *Server) CutMidTransaction(shard string) {
	var remove func()
	fired := false // guarded by mu: of several streams only the first is cut
	remove = s.Intercept(func(r *Response) error {
		if shard != "" && r.Shard != shard {
			return nil
		}
		events, err := r.Events()
		if err != nil {
			return nil //nolint:nilerr // bytes that are no events are not the transaction that is waited for
		}
		i := slices.IndexFunc(events, func(e *binlogdatapb.VEvent) bool {
			return e.Type == binlogdatapb.VEventType_ROW && e.Timestamp != 0
		})
		if i < 0 {
			return nil
		}
		s.mu.Lock()
		first := !fired
		fired = true
		s.mu.Unlock()
		if !first {
			return nil
		}
		remove()
		r.Cut()
		return r.SetEvents(events[:i+1]...)
	})
}

// CutConnections breaks every TCP connection.
func (s *Server) CutConnections() {
	for _, c := range s.accepting().all() {
		c.cut()
	}
}

// Silence stops everything that streams send, heartbeats too, until it is called with false.
func (s *Server) Silence(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.silent = on
	s.broadcast()
}

// StallAccept lets new connections wait, connected but unanswered.
func (s *Server) StallAccept(on bool) { s.accepting().stall(on) }

// RefuseNext ends the next n VStream calls with err.
func (s *Server) RefuseNext(n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults.refusals = append(s.faults.refusals, err)
	}
}

// EndStreams ends every open stream with err between two transactions; nil is a clean end.
func (s *Server) EndStreams(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for st := range s.streams {
		st.end = &ending{err}
	}
	s.broadcast()
}

// Purge drops a shard's binary logs up to and including transaction number
// (0: all there are). Positions that lack any of them are unreachable.
func (s *Server) Purge(shard string, number int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh, err := s.shard(shard)
	if err != nil {
		return fmt.Errorf("purging: %w", err)
	}
	if number == 0 {
		number = sh.head.Load()
	}
	sh.purged = max(sh.purged, min(number, sh.head.Load()))
	return nil
}

// Inject sends events, as they are and as one response, to every open stream between two transactions.
func (s *Server) Inject(events ...*binlogdatapb.VEvent) error {
	r := &Response{}
	if err := r.SetEvents(events...); err != nil {
		return err
	}
	s.InjectBytes(r.Bytes)
	return nil
}

// InjectBytes sends bytes as a response to every open stream between two transactions.
func (s *Server) InjectBytes(raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for st := range s.streams {
		st.queue = append(st.queue, raw)
	}
	s.broadcast()
}

// CommitOversized commits a transaction with one order whose note has size
// bytes. It stays in the shard's history: whoever resumes before it meets it again.
func (s *Server) CommitOversized(shard string, size int) (gtid string, err error) {
	t := shopTables[corder]
	row := &querypb.Row{Values: append([]byte("1000000000"), make([]byte, size)...)}
	for i := range t.columns {
		row.Lengths = append(row.Lengths, -1)
		switch t.columns[i].name {
		case "order_id":
			row.Lengths[i] = 10
		case "note":
			row.Lengths[i] = int64(size)
		}
	}
	return s.Commit(shard,
		&binlogdatapb.VEvent{Type: binlogdatapb.VEventType_FIELD, FieldEvent: &binlogdatapb.FieldEvent{
			TableName: t.name, Fields: t.fields("vt_" + Keyspace), EnumSetStringValues: true,
		}},
		&binlogdatapb.VEvent{Type: binlogdatapb.VEventType_ROW, RowEvent: &binlogdatapb.RowEvent{
			TableName: t.name, RowChanges: []*binlogdatapb.RowChange{{After: row}}, Flags: liveRowFlags,
		}})
}

// deliver passes a response through the interceptors and sends it.
func (st *stream) deliver(r *Response) error {
	s := st.server
	r.Stream, r.done = st.number, st.rpc.Context().Done()
	s.mu.Lock()
	interceptors := s.faults.interceptors
	s.mu.Unlock()
	for _, i := range interceptors {
		if err := i.fn(r); err != nil {
			return err
		}
	}
	var c *conn
	sent := int64(0)
	if r.cut {
		if c = s.accepting().find(st.remote); c != nil {
			sent = c.total()
		}
	}
	if r.Bytes != nil {
		if err := st.rpc.SendMsg(&rawResponse{r.Bytes}); err != nil {
			return fmt.Errorf("error sending events: %w", err)
		}
		// The heartbeat's interval counts from here.
		st.sent()
	}
	if c != nil {
		c.waitFor(sent + int64(len(r.Bytes)))
		c.cut()
		<-r.done
		return st.rpc.Context().Err()
	}
	return nil
}
