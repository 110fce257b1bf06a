package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// startTime is where a fixture's clock stands at first.
var startTime = time.Date(2026, 11, 22, 12, 3, 44, 0, time.UTC)

// A fixture is a store and a progress fed by the real run loop from hand-made
// frames. The loop is a coroutine: it runs only while a frame is delivered, so
// everything is done when deliver returns, and nothing is concurrent.
type fixture struct {
	t        testing.TB
	store    *stream.Store
	digest   *stream.Digest
	progress *stream.Progress
	clock    time.Time
	lag      time.Duration
	shards   []string
	numbers  []int // the last transaction of each shard
	fielded  map[string]bool

	queue  []any // stream.Frame or error
	resume func() (struct{}, bool)
	yield  func(struct{}) bool
	hold   bool // stop at the wait before the next attempt
	dice   uint32
}

const defaultBuffer = 64 << 20

func newFixture(t testing.TB, shards ...string) *fixture {
	return newFixtureOf(t, defaultBuffer, shards...)
}

// newFixtureOf makes a fixture whose store keeps so many bytes.
func newFixtureOf(t testing.TB, buffer int, shards ...string) *fixture {
	t.Helper()
	if len(shards) == 0 {
		shards = shardNames(4)
	}
	f := &fixture{
		t: t, store: stream.NewStore(buffer), progress: stream.NewProgress(stream.Position{}), clock: startTime,
		lag: 400 * time.Millisecond, shards: shards, numbers: make([]int, len(shards)), fielded: map[string]bool{},
	}
	for i := range f.numbers {
		f.numbers[i] = 5900 + 37*i
	}
	f.digest = stream.NewDigest(f.store)
	var stop func()
	f.resume, stop = iter.Pull(f.run)
	t.Cleanup(stop)
	return f
}

func (f *fixture) now() time.Time { return f.clock }

func (f *fixture) run(yield func(struct{}) bool) {
	f.yield = yield
	config := stream.Config{
		Source: f, Sink: fixtureSink{f.digest, f}, Progress: f.progress,
		Backoff: stream.Backoff{Min: time.Nanosecond, Max: time.Nanosecond},
	}
	stream.Run(context.Background(), config)
}

// deliver lets the run loop read what is given, each a frame's events or an
// error.
func (f *fixture) deliver(parts ...any) *fixture {
	f.t.Helper()
	for _, part := range parts {
		switch part := part.(type) {
		case []*binlogdata.VEvent:
			f.queue = append(f.queue, f.frame(part))
		default:
			f.queue = append(f.queue, part)
		}
	}
	f.resume()
	return f
}

func (f *fixture) frame(events []*binlogdata.VEvent) stream.Frame {
	b, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		f.t.Fatal(err)
	}
	return stream.Frame{Arrived: f.clock, Bytes: b}
}

// pass moves the clock.
func (f *fixture) pass(d time.Duration) *fixture {
	f.clock = f.clock.Add(d)
	return f
}

// executed has the shards say that they have executed so many transactions more
// than the stream has brought, none where that is not given.
func (f *fixture) executed(more ...int) *fixture {
	var answers []stream.Executed
	for i, name := range f.shards {
		set := func(more int) string { return fmt.Sprintf("%s:1-%d", server(i), f.numbers[i]+more) }
		e := stream.Executed{Keyspace: keyspace, Shard: name, GTID: set(0), Before: set(0), At: f.clock}
		if i < len(more) {
			e.GTID = set(more[i])
		}
		answers = append(answers, e)
	}
	f.progress.Compare(answers)
	return f
}

// Open, Recv, Close and Classify make the fixture a stream.Source and its
// Receiver.
func (f *fixture) Open(context.Context, stream.Position) (stream.Receiver, error) {
	clear(f.fielded)
	return f, nil
}

func (f *fixture) Recv() (stream.Frame, error) {
	for len(f.queue) == 0 {
		if !f.yield(struct{}{}) {
			return stream.Frame{}, io.EOF
		}
	}
	part := f.queue[0]
	f.queue = f.queue[1:]
	if err, ok := part.(error); ok {
		return stream.Frame{}, err
	}
	return part.(stream.Frame), nil
}

func (f *fixture) Close() error { return nil }

func (f *fixture) Classify(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{
		Retry: errors.Is(err, errCut), Keyspace: keyspace, Shard: f.shards[0], Cause: err.Error(), Err: err,
	}
}

// away is for how long a stream was away, at the start of what is told of that.
var away = regexp.MustCompile(`^after [0-9.]+[mµn]?s `)

// fixtureSink gives the run loop's own records the fixture's time.
type fixtureSink struct {
	stream.Sink
	f *fixture
}

func (s fixtureSink) Append(r *stream.Record) error {
	if r.Kind == stream.Status {
		r.Arrived = s.f.clock.UnixNano()
		if r.State == stream.Streaming && len(r.Payload) > 0 {
			r.Payload = away.ReplaceAll(r.Payload, []byte("after 2.3s "))
		}
	}
	if err := s.Sink.Append(r); err != nil {
		return err
	}
	if s.f.hold && r.Kind == stream.Status && r.State == stream.Retrying {
		s.Flush()
		s.f.yield(struct{}{})
	}
	return nil
}

// vgtid is the positions of all shards.
func (f *fixture) vgtid() *binlogdata.VGtid {
	v := &binlogdata.VGtid{}
	for i, name := range f.shards {
		v.ShardGtids = append(v.ShardGtids, &binlogdata.ShardGtid{
			Keyspace: keyspace, Shard: name, Gtid: fmt.Sprintf("MySQL56/%s:1-%d", server(i), f.numbers[i]),
		})
	}
	return v
}

// live stamps an event of a shard's last transaction as VTGate does.
func (f *fixture) live(shard int, e *binlogdata.VEvent) *binlogdata.VEvent {
	e.Keyspace, e.Shard = keyspace, f.shards[shard]
	e.Timestamp = f.clock.Unix()
	e.CurrentTime = e.Timestamp*int64(time.Second) + int64(f.lag)
	e.EventGtid = fmt.Sprintf("%s:%d", server(shard), f.numbers[shard])
	return e
}

func typed(t binlogdata.VEventType) *binlogdata.VEvent { return &binlogdata.VEvent{Type: t} }

// columns gives the FIELD events of the tables that the shard has not sent yet.
func (f *fixture) columns(shard int, changes []change) (events []*binlogdata.VEvent) {
	for _, c := range changes {
		key := f.shards[shard] + " " + c.table.name
		if !f.fielded[key] {
			f.fielded[key] = true
			events = append(events, c.table.event(f.shards[shard]))
		}
	}
	return events
}

// open makes an open transaction: no COMMIT.
func (f *fixture) open(shard int, changes ...change) []*binlogdata.VEvent {
	f.numbers[shard]++
	events := f.columns(shard, changes)
	for _, e := range events {
		f.live(shard, e)
	}
	events = append(events, f.live(shard, typed(binlogdata.VEventType_BEGIN)))
	for _, c := range changes {
		events = append(events, f.live(shard, c.event()))
	}
	return events
}

// commit makes a transaction. A position comes with it as long as the shards
// are few enough for the test's time.
func (f *fixture) commit(shard int, changes ...change) []*binlogdata.VEvent {
	events := f.open(shard, changes...)
	if len(f.shards) <= 64 {
		events = append(events, f.position(shard))
	}
	return append(events, f.live(shard, typed(binlogdata.VEventType_COMMIT)))
}

func (f *fixture) position(shard int) *binlogdata.VEvent {
	return &binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Keyspace: keyspace, Shard: f.shards[shard], Vgtid: f.vgtid()}
}

// hello is what tells of all shards: a VGTID and the OTHER that makes it count.
func (f *fixture) hello() []*binlogdata.VEvent {
	return []*binlogdata.VEvent{f.position(0), f.live(0, typed(binlogdata.VEventType_OTHER))}
}

func (f *fixture) ddl(shard int, statement string) []*binlogdata.VEvent {
	f.numbers[shard]++
	e := f.live(shard, typed(binlogdata.VEventType_DDL))
	e.Statement = statement
	return []*binlogdata.VEvent{f.position(shard), e}
}

// copying makes a message of a shard's copy: rows, where it is, COMMIT.
func (f *fixture) copying(shard int, changes ...change) []*binlogdata.VEvent {
	name := f.shards[shard]
	stamp := func(e *binlogdata.VEvent) *binlogdata.VEvent {
		e.Keyspace, e.Shard = keyspace, name
		return e
	}
	events := append(f.columns(shard, changes), stamp(typed(binlogdata.VEventType_BEGIN)))
	for _, c := range changes {
		events = append(events, stamp(c.event()))
	}
	last, position := changes[len(changes)-1], f.position(shard)
	position.Vgtid.ShardGtids[shard].TablePKs = []*binlogdata.TableLastPK{{
		TableName: last.table.name,
		Lastpk:    &query.QueryResult{Fields: last.table.fields[:1], Rows: []*query.Row{firstValue(last.after)}},
	}}
	return append(events, position, stamp(typed(binlogdata.VEventType_COMMIT)))
}

// firstValue is a row of a row's first value.
func firstValue(r *query.Row) *query.Row {
	return &query.Row{Lengths: r.Lengths[:1], Values: r.Values[:max(r.Lengths[0], 0)]}
}
