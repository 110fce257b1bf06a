package demo

import (
	"strconv"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protowire"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// phase is what a stream does with a shard at the moment.
type phase int

const (
	opening phase = iota
	copying
	replicating
	unreachable // the position is purged: silence, then an error
	awaiting    // the journal has come; the other participants' has not
	finished    // nothing more comes from this shard
)

// cursor is one stream's place in one shard.
type cursor struct {
	stream *stream
	shard  *shard
	index  int
	asked  *binlogdatapb.ShardGtid

	phase phase
	gtid  string // as the VGTID has it: "", "current" or a set
	set   gtidSet
	pks   []*binlogdatapb.TableLastPK

	reader  reader
	copy    copier
	opened  time.Time // when the position turned out to be unreachable
	journal *binlogdatapb.Journal
	since   time.Time // when the journal came
	beat    time.Time // when the next keyspace heartbeat is due
	beaten  bool      // the heartbeat table has been described
}

// encode renews the cursor's part of the VGTID.
func (c *cursor) encode() {
	b := c.stream.encoded[c.index][:0]
	b = appendString(b, 1, c.shard.keyspace)
	b = appendString(b, 2, c.shard.name)
	b = appendString(b, 3, c.gtid)
	for _, pk := range c.pks {
		if raw, err := pk.MarshalVT(); err == nil {
			b = protowire.AppendTag(b, 4, protowire.BytesType)
			b = protowire.AppendBytes(b, raw)
		}
	}
	c.stream.encoded[c.index] = b
}

// moveTo makes set the cursor's position.
func (c *cursor) moveTo(number int64) {
	c.set.add(number)
	c.rename()
	c.encode()
}

func (c *cursor) rename() {
	if len(c.set.own) == 1 && len(c.set.others) == 0 && c.set.own[0].last > c.set.own[0].first {
		iv := c.set.own[0]
		b := make([]byte, 0, 80)
		b = append(append(append(b, flavor...), c.set.uuid...), ':')
		b = append(strconv.AppendInt(b, iv.first, 10), '-')
		c.gtid = string(strconv.AppendInt(b, iv.last, 10))
		return
	}
	c.gtid = flavor + c.set.String()
}

// advance does one piece of work and says whether there was any.
func (c *cursor) advance() (bool, error) {
	switch c.phase {
	case opening:
		return true, c.open()
	case copying:
		return c.copyStep()
	case replicating:
		return c.replicate()
	case unreachable:
		return false, c.starve()
	case awaiting:
		return c.migrate()
	}
	return false, nil
}

// open decides what the requested position means.
func (c *cursor) open() error {
	st := c.stream
	if c.gtid == "current" {
		return c.openCurrent()
	}
	if c.gtid != "" {
		set, err := parseGTIDSet(c.gtid, c.shard.uuid)
		if err != nil {
			return codedf(codes.Internal, "could not decode position: %v", err)
		}
		c.set = set
		c.rename()
		c.encode()
	}
	if c.gtid == "" || len(c.pks) > 0 {
		if err := c.planCopy(); err != nil {
			return err
		}
	}
	c.phase = replicating
	if len(c.copy.tables) > 0 {
		c.phase = copying
	} else if c.gtid == "" {
		return codedf(codes.Unknown, "stream needs a position or a table to copy")
	}
	if now := c.shard.position(); c.phase == copying && (c.set.last() > now.last() || len(c.set.others) > 0) {
		return codedf(codes.InvalidArgument, "GTIDSet Mismatch: requested source position:%v, current target vrep position: %v", c.gtid, flavor+now.String())
	}
	if c.gtid != "" && len(c.set.others) == 0 && c.set.firstMissing() <= st.server.purgedAt(c.shard) {
		c.phase, c.opened = unreachable, time.Now()
	}
	return nil
}

// openCurrent starts at the end of the binary log and says where that is.
func (c *cursor) openCurrent() error {
	c.set = c.shard.position()
	c.rename()
	c.encode()
	c.phase = replicating
	st := c.stream
	st.vgtid(c)
	st.enc.simple(binlogdatapb.VEventType_OTHER, &meta{keyspace: c.shard.keyspace, shard: c.shard.name})
	return st.flush(c.shard.keyspace, c.shard.name)
}

// starve waits for a tablet that still has the logs, as VTGate does, and gives up.
func (c *cursor) starve() error {
	st := c.stream
	limit := c.opened.Add(st.server.options.PickTimeout)
	if time.Now().Before(limit) {
		st.wakeAt(limit)
		return nil
	}
	return status.Errorf(codes.Canceled, "error starting stream from shard GTID %+v: failed to find a %s tablet for VStream in %s/%s within the zone1 cell(s): context has expired",
		c.asked, upper(st.tabletType()), c.shard.keyspace, c.shard.name)
}

func upper(s string) string {
	b := []byte(s)
	for i, x := range b {
		if x >= 'a' && x <= 'z' {
			b[i] = x - 'a' + 'A'
		}
	}
	return string(b)
}

func (s *Server) purgedAt(sh *shard) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sh.purged
}
