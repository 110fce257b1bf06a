package demo

import (
	"time"

	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	vtgateservicepb "vitess.io/vitess/go/vt/proto/vtgateservice"
)

// stream is one VStream call. Its own goroutine, the call's handler, visits the
// shards in turn and does all the work, so a client that does not read holds
// up nobody else. Only queue and end are shared, guarded by Server.mu.
type stream struct {
	server  *Server
	rpc     vtgateservicepb.Vitess_VStreamServer
	number  int
	remote  string
	request *vtgatepb.VStreamRequest
	rules   rules

	cursors []*cursor
	encoded [][]byte // the ShardGtid of each cursor, as bytes
	copied  map[string]bool

	enc       encoder
	pre, post image
	pending   []transaction
	changes   []change

	lastSent time.Time
	copyNext time.Time // not before this may the copy go on
	deadline time.Time // when the loop has to look again; zero: only when woken

	queue [][]byte // to be sent between transactions
	end   *ending
}

// ending is an order to end the stream; a nil err is a clean end.
type ending struct{ err error }

// VStream implements vtgateservice.VitessServer.
func (s *Server) VStream(req *vtgatepb.VStreamRequest, rpc vtgateservicepb.Vitess_VStreamServer) error {
	st, err := s.open(req, rpc)
	if err != nil {
		return err
	}
	defer s.closed(st)
	err = st.run()
	if gone := rpc.Context().Err(); gone != nil && err != nil {
		return status.FromContextError(gone).Err()
	}
	return err
}

func (s *Server) open(req *vtgatepb.VStreamRequest, rpc vtgateservicepb.Vitess_VStreamServer) (*stream, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.faults.refusal(req); err != nil {
		return nil, err
	}
	sgs, err := s.resolve(req)
	if err != nil {
		return nil, err
	}
	if req.Filter == nil {
		req.Filter = &binlogdatapb.Filter{Rules: []*binlogdatapb.Rule{{Match: "/.*"}}}
	}
	s.opened++
	st := &stream{
		server: s, rpc: rpc, number: s.opened, request: req,
		copied: map[string]bool{}, lastSent: time.Now(),
	}
	if p, ok := peer.FromContext(rpc.Context()); ok {
		st.remote = p.Addr.String()
	}
	if st.rules, err = newRules(req.Filter); err != nil {
		return nil, streamError(sgs[0], 2, err.Error())
	}
	if err := s.newCursors(st, sgs); err != nil {
		return nil, err
	}
	s.streams[st] = struct{}{}
	s.broadcast()
	return st, nil
}

func (s *Server) closed(st *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.streams, st)
	s.broadcast()
}

// add appends a cursor and its place in the VGTID.
func (st *stream) add(c *cursor) {
	c.index = len(st.cursors)
	c.set = gtidSet{uuid: c.shard.uuid}
	st.cursors = append(st.cursors, c)
	st.encoded = append(st.encoded, nil)
	c.encode()
}

// run visits the shards until the stream ends.
func (st *stream) run() error {
	for {
		wake, queue, end, silent := st.orders()
		for _, raw := range queue {
			if err := st.deliver(&Response{Bytes: raw}); err != nil {
				return err
			}
		}
		if end != nil {
			return end.err
		}
		moved, active, err := false, false, error(nil)
		st.deadline = time.Time{}
		if silent {
			active = true
		} else if moved, active, err = st.visit(); err != nil {
			return err
		}
		switch {
		case moved:
			if err := st.rpc.Context().Err(); err != nil {
				return err
			}
			continue
		case !active:
			return nil
		}
		if err := st.wait(wake, silent); err != nil {
			return err
		}
	}
}

// orders takes what others want of the stream.
func (st *stream) orders() (wake <-chan struct{}, queue [][]byte, end *ending, silent bool) {
	s := st.server
	s.mu.Lock()
	defer s.mu.Unlock()
	queue, st.queue = st.queue, nil
	return s.wake, queue, st.end, s.faults.silent
}

// visit lets every shard do one piece of work.
func (st *stream) visit() (moved, active bool, err error) {
	for _, c := range st.cursors { // the list as it is now: a reshard makes a new one
		if c.phase == finished {
			continue
		}
		did, err := c.advance()
		if err != nil {
			return false, false, c.fail(err)
		}
		moved = moved || did
		active = active || c.phase != finished
	}
	return moved, active, nil
}

// wait sleeps until there may be something to do, and sends heartbeats.
func (st *stream) wait(wake <-chan struct{}, silent bool) error {
	beat := time.Duration(st.request.GetFlags().GetHeartbeatInterval()) * time.Second
	until := st.deadline
	if beat > 0 && !silent {
		if next := st.lastSent.Add(beat); until.IsZero() || next.Before(until) {
			until = next
		}
	}
	var timer <-chan time.Time
	if !until.IsZero() {
		t := time.NewTimer(time.Until(until))
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-st.rpc.Context().Done():
		return st.rpc.Context().Err()
	case <-wake:
		return nil
	case <-timer:
	}
	if beat > 0 && !silent && time.Since(st.lastSent) >= beat {
		now := st.server.options.Now()
		st.enc.start(binlogdatapb.VEventType_HEARTBEAT, now.Unix())
		st.enc.end(&meta{currentTime: now.UnixNano()})
		return st.flush("", "")
	}
	return nil
}

// wakeAt makes the loop look again at t at the latest.
func (st *stream) wakeAt(t time.Time) {
	if st.deadline.IsZero() || t.Before(st.deadline) {
		st.deadline = t
	}
}

// flush sends the encoder's events as one response.
func (st *stream) flush(keyspace, shard string) error {
	return st.deliver(&Response{Keyspace: keyspace, Shard: shard, Bytes: st.enc.take()})
}

// vgtid adds a VGTID event of the stream's present position.
func (st *stream) vgtid(c *cursor) { st.enc.vgtid(st.encoded, c.shard.keyspace, c.shard.name) }

// tableName is a table as the stream's client wants it named.
func (st *stream) tableName(keyspace, table string) string {
	if st.request.GetFlags().GetExcludeKeyspaceFromTableName() {
		return table
	}
	return keyspace + "." + table
}
