package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	querypb "vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	vtgateservicepb "vitess.io/vitess/go/vt/proto/vtgateservice"
)

type (
	event    = binlogdatapb.VEvent
	shardPos = binlogdatapb.ShardGtid
)

const patience = time.Minute

func start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func dial(t testing.TB, s *Server, opts ...grpc.DialOption) vtgateservicepb.VitessClient {
	t.Helper()
	opts = append([]grpc.DialOption{
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(64 << 20)),
	}, opts...)
	conn, err := grpc.NewClient(s.Addr(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return vtgateservicepb.NewVitessClient(conn)
}

// client is one VStream call.
type client struct {
	t  testing.TB
	rx vtgateservicepb.Vitess_VStreamClient
}

func open(t testing.TB, s *Server, req *vtgatepb.VStreamRequest) *client {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	rx, err := dial(t, s).VStream(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t, rx}
}

func request(pos ...*shardPos) *vtgatepb.VStreamRequest {
	return &vtgatepb.VStreamRequest{Vgtid: &binlogdatapb.VGtid{ShardGtids: pos}, Flags: &vtgatepb.VStreamFlags{}}
}

func at(gtid string) *shardPos { return &shardPos{Keyspace: "shop", Gtid: gtid} }

// next is the next response's events.
func (c *client) next() []*event {
	c.t.Helper()
	r, err := c.rx.Recv()
	if err != nil {
		c.t.Fatalf("receiving: %v", err)
	}
	return r.Events
}

// end receives until the stream ends and returns its error, nil for a clean end.
func (c *client) end() ([]*event, error) {
	c.t.Helper()
	var all []*event
	for {
		r, err := c.rx.Recv()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, r.Events...)
	}
}

// until receives events up to and including the one for which stop is true.
func (c *client) until(stop func(*event) bool) []*event {
	c.t.Helper()
	var all []*event
	for {
		for _, ev := range c.next() {
			all = append(all, ev)
			if stop(ev) {
				return all
			}
		}
	}
}

// commits receives n COMMIT, DDL or OTHER events with a GTID.
func (c *client) commits(n int) []*event {
	c.t.Helper()
	return c.until(func(ev *event) bool {
		switch ev.Type {
		case binlogdatapb.VEventType_COMMIT, binlogdatapb.VEventType_DDL, binlogdatapb.VEventType_OTHER:
			if ev.EventGtid != "" {
				n--
			}
		}
		return n == 0
	})
}

func copyDone(ev *event) bool {
	return ev.Type == binlogdatapb.VEventType_COPY_COMPLETED && ev.Keyspace == ""
}

// shape is a response in short: "BEGIN FIELD(shop.corder)".
func shape(events []*event) string {
	var out []string
	for _, ev := range events {
		s := ev.Type.String()
		switch {
		case ev.RowEvent != nil:
			s += "(" + ev.RowEvent.TableName + ")"
			if n := len(out); n > 0 && ev.Timestamp == 0 && out[n-1] == s {
				continue // rows of a copy
			}
		case ev.FieldEvent != nil:
			s += "(" + ev.FieldEvent.TableName + ")"
		case ev.Vgtid != nil:
			for _, sg := range ev.Vgtid.ShardGtids {
				for _, pk := range sg.TablePKs {
					s += "+" + pk.TableName
				}
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// tables folds a stream into what the tables hold. Every before image must
// equal what is held, every insert must be new, every delete of something.
type tables struct {
	t      testing.TB
	fields map[string][]*querypb.Field // by keyspace/shard/table
	rows   map[string]map[string]string
	count  int
}

func newTables(t testing.TB) *tables {
	return &tables{t: t, fields: map[string][]*querypb.Field{}, rows: map[string]map[string]string{}}
}

func (f *tables) apply(events []*event) {
	f.t.Helper()
	for _, ev := range events {
		if fe := ev.FieldEvent; fe != nil {
			f.fields[fe.Keyspace+"/"+fe.Shard+"/"+fe.TableName] = fe.Fields
		}
		if ev.Type == binlogdatapb.VEventType_DDL {
			f.alter(ev)
		}
		re := ev.RowEvent
		if re == nil {
			continue
		}
		name := re.Keyspace + "/" + re.Shard + "/" + re.TableName
		if f.fields[name] == nil {
			f.t.Fatalf("%s: a row without fields", name)
		}
		if f.rows[name] == nil {
			f.rows[name] = map[string]string{}
		}
		for _, ch := range re.RowChanges {
			f.change(name, ch)
		}
	}
}

func (f *tables) change(name string, ch *binlogdatapb.RowChange) {
	f.t.Helper()
	f.count++
	held := f.rows[name]
	if ch.Before != nil {
		key, row := f.decode(name, ch.Before)
		was, ok := held[key]
		if !ok {
			f.t.Fatalf("%s: %s changed but not there", name, key)
		}
		if was != row {
			f.t.Fatalf("%s: before image differs\nheld   %s\nbefore %s", name, was, row)
		}
		delete(held, key)
	}
	if ch.After != nil {
		key, row := f.decode(name, ch.After)
		if _, ok := held[key]; ok {
			f.t.Fatalf("%s: %s inserted twice", name, key)
		}
		held[key] = row
	}
}

// alter adds the customer table's extra column with its default, or drops it.
func (f *tables) alter(ev *event) {
	for name, rows := range f.rows {
		if !strings.HasPrefix(name, ev.Keyspace+"/"+ev.Shard+"/") || !strings.HasSuffix(name, "customer") {
			continue
		}
		for key, row := range rows {
			row, _, _ = strings.Cut(row, "loyalty=")
			if ev.Statement == addLoyalty {
				row += "loyalty=0;"
			}
			rows[key] = row
		}
	}
}

// decode prints a row with its floating point and JSON in one form, whichever phase they come from.
func (f *tables) decode(name string, row *querypb.Row) (key, text string) {
	f.t.Helper()
	fields := f.fields[name]
	if len(fields) != len(row.Lengths) {
		f.t.Fatalf("%s: %d values for %d fields", name, len(row.Lengths), len(fields))
	}
	var b strings.Builder
	pos := int64(0)
	for i, n := range row.Lengths {
		v := "NULL"
		if n >= 0 {
			v = string(row.Values[pos : pos+n])
			pos += n
			v = normal(fields[i].Type, v)
		}
		fmt.Fprintf(&b, "%s=%s;", fields[i].Name, v)
		if fields[i].Flags&flagPrimary != 0 {
			key += v + ","
		}
	}
	if pos != int64(len(row.Values)) {
		f.t.Fatalf("%s: lengths take %d of %d bytes", name, pos, len(row.Values))
	}
	return key, b.String()
}
