package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"

	"vtscope/ui/cli"
)

// TestMain makes the test binary the program itself where it is asked to: so a
// test can look at its exit code, its output and its memory.
func TestMain(m *testing.M) {
	if report := os.Getenv("VTSCOPE_TEST_PROGRAM"); report != "" {
		code := cli.Run(os.Args[1:])
		if status, err := os.ReadFile("/proc/self/status"); err == nil {
			_ = os.WriteFile(report, status, 0o600)
		}
		os.Exit(code)
	}
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.TempDir(), "vtscope-has-no-settings-here"))
	os.Exit(m.Run())
}

// The exit codes, as scripts know them.
const (
	exitEnded      = 1
	exitConnection = 3
	exitSignal     = 128 // plus the signal's number
)

// A gate is a VTGate that refuses queries, and streams what a test likes.
type gate struct {
	vtgateservice.UnimplementedVitessServer
	// stream serves the nth stream, from 0.
	stream func(n int, s *served) error
	opened chan int
}

// served is one stream as a gate serves it.
type served struct {
	vtgateservice.Vitess_VStreamServer
}

// send sends one message.
func (s *served) send(events ...*binlogdata.VEvent) error {
	return s.Send(&vtgatepb.VStreamResponse{Events: events})
}

// sendBytes sends what may be no message at all.
func (s *served) sendBytes(b []byte) error { return s.SendMsg(rawBytes(b)) }

// rawBytes are a message as it is on the wire.
type rawBytes []byte

// rawCodec hands rawBytes over as they are, and other messages as usual.
type rawCodec struct{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(v any) ([]byte, error) {
	if b, ok := v.(rawBytes); ok {
		return b, nil
	}
	return v.(interface{ MarshalVT() ([]byte, error) }).MarshalVT()
}

func (rawCodec) Unmarshal(data []byte, v any) error {
	return v.(interface{ UnmarshalVT(data []byte) error }).UnmarshalVT(data)
}

func (g *gate) VStream(_ *vtgatepb.VStreamRequest, s vtgateservice.Vitess_VStreamServer) error {
	n := <-g.opened
	g.opened <- n + 1
	return g.stream(n, &served{s})
}

func (g *gate) Execute(context.Context, *vtgatepb.ExecuteRequest) (*vtgatepb.ExecuteResponse, error) {
	return nil, status.Error(codes.Unimplemented, "no queries here")
}

// serveGate runs a gate on a port of loopback and gives its address.
func serveGate(t *testing.T, stream func(n int, s *served) error) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{stream: stream, opened: make(chan int, 1)}
	g.opened <- 0
	server := grpc.NewServer(grpc.ForceServerCodec(rawCodec{}), grpc.MaxHeaderListSize(64<<20))
	vtgateservice.RegisterVitessServer(server, g)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	t.Cleanup(func() {
		server.Stop()
		<-done
	})
	return listener.Addr().String()
}

// A result is how a run of the program has ended.
type result struct {
	code          int
	out, messages string
	memory        int64 // the most that it held of the machine's, in bytes; 0 where it is not known
}

// patience is how long a run may take before it counts as hung.
const patience = 3 * time.Minute

// program runs the program in a process of its own.
func program(t *testing.T, args ...string) result {
	t.Helper()
	return programReading(t, nil, args...)
}

// programReading does so with something to read; nil is nothing.
func programReading(t *testing.T, in io.Reader, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	report := filepath.Join(t.TempDir(), "status")
	cmd.Env = append(os.Environ(), "VTSCOPE_TEST_PROGRAM="+report, "XDG_STATE_HOME="+t.TempDir())
	var out, messages bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &messages
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("%q hangs; it has printed %d bytes and said\n%s", args, out.Len(), cut(messages.String()))
	}
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), messages.String(), mostMemory(report)}
}

// mostMemory reads Linux's VmHWM, the most memory that a process has held, in
// bytes; 0 where it is not known.
func mostMemory(report string) int64 {
	status, err := os.ReadFile(report)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
			kib, _ := strconv.ParseInt(fields[1], 10, 64)
			return kib << 10
		}
	}
	return 0
}

func cut(text string) string {
	if len(text) > 4000 {
		text = text[:4000] + " …"
	}
	return text
}

// An eventBuilder makes the events of a shard of the keyspace ks.
type eventBuilder string

func (shard eventBuilder) event(kind binlogdata.VEventType) *binlogdata.VEvent {
	return &binlogdata.VEvent{Type: kind, Keyspace: "ks", Shard: string(shard), Timestamp: 1_795_000_000}
}

func (shard eventBuilder) begin() *binlogdata.VEvent {
	return shard.event(binlogdata.VEventType_BEGIN)
}

func (shard eventBuilder) commit() *binlogdata.VEvent {
	return shard.event(binlogdata.VEventType_COMMIT)
}

// vgtid tells the positions of shards, each as shard@gtid.
func (shard eventBuilder) vgtid(positions ...string) *binlogdata.VEvent {
	e := shard.event(binlogdata.VEventType_VGTID)
	e.Vgtid = &binlogdata.VGtid{}
	for _, position := range positions {
		name, gtid, _ := strings.Cut(position, "@")
		if gtid != "" && !strings.Contains(gtid, "/") {
			gtid = "MySQL56/be98ad8c-e67e-11f1-a140-02fc00000001:" + gtid
		}
		e.Vgtid.ShardGtids = append(e.Vgtid.ShardGtids, &binlogdata.ShardGtid{Keyspace: "ks", Shard: name, Gtid: gtid})
	}
	return e
}

// fields tells the columns of a table: an id, and texts.
func (shard eventBuilder) fields(table string, texts ...string) *binlogdata.VEvent {
	e := shard.event(binlogdata.VEventType_FIELD)
	fields := []*query.Field{{Name: "id", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint", Flags: 2}}
	for _, name := range texts {
		fields = append(fields, &query.Field{Name: name, Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(255)"})
	}
	e.FieldEvent = &binlogdata.FieldEvent{TableName: "ks." + table, Keyspace: "ks", Shard: string(shard), Fields: fields}
	return e
}

// insert is a row of a table.
func (shard eventBuilder) insert(table string, values ...string) *binlogdata.VEvent {
	row := &query.Row{}
	for _, value := range values {
		row.Lengths = append(row.Lengths, int64(len(value)))
		row.Values = append(row.Values, value...)
	}
	return shard.rows(table, &binlogdata.RowChange{After: row})
}

func (shard eventBuilder) rows(table string, changes ...*binlogdata.RowChange) *binlogdata.VEvent {
	e := shard.event(binlogdata.VEventType_ROW)
	e.RowEvent = &binlogdata.RowEvent{TableName: "ks." + table, Keyspace: "ks", Shard: string(shard), RowChanges: changes}
	return e
}

// transaction is a whole one, of rows of the table t with the one text a.
func (shard eventBuilder) transaction(number string, id string) []*binlogdata.VEvent {
	return []*binlogdata.VEvent{
		shard.begin(), shard.fields("t", "a"), shard.insert("t", id, "good"), shard.vgtid(string(shard) + "@1-" + number), shard.commit(),
	}
}
