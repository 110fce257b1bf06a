package vtgate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

const (
	shardWrap = `error starting stream from shard GTID keyspace:"customer"  shard:"40-80"  gtid:"MySQL56/97257a80-c92c-11f0-9c1d-02420a000001:1-88"  table_p_ks:{table_name:"a: b"  lastpk:{rows:{lengths:1  values:"\"5: }"}}}: `
	onTablet  = `error in vstream for customer/40-80 on tablet zone1-0000000103: `
	givingUp  = `persistent error in vstream for customer/40-80 on tablet zone1-0000000103; giving up: `
	rpcWrap   = `vttablet: rpc error: code = Unknown desc = `
	atSource  = `stream (at source tablet) error @ (including the GTID we failed to process) 97257a80-c92c-11f0-9c1d-02420a000001:1-88,fe50e15a-0213-11ee-bfbe-0a048e8090b5:1-3: `
	purged    = `Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere, or provision a new replica from backup. (errno 1236) (sqlstate HY000)`
	place103  = "customer/40-80 zone1-0000000103"
)

// The texts are those of a real VTGate and of its source.
var classifyTests = []struct {
	code  codes.Code
	text  string
	class string
	retry bool
	where string
	cause string
}{
	{codes.Unknown, shardWrap + givingUp + rpcWrap + atSource + purged, "purged", false, place103, purged},
	{codes.Unknown, "Cannot replicate because the source purged required binary logs. Missing transactions are: 013c5ddc-dd89-11ed-b3a1-125a006436b9:305627275-305627280 (errno 1789) (sqlstate HY000)",
		"purged", false, "", "Cannot replicate"},
	{codes.InvalidArgument, shardWrap + givingUp + "vttablet: rpc error: code = InvalidArgument desc = GTIDSet Mismatch: requested source position:MySQL56/a:1-9, current target vrep position: MySQL56/a:1-5",
		"ahead", true, place103, "GTIDSet Mismatch: requested"},
	{codes.Canceled, shardWrap + "failed to find a REPLICA tablet for VStream in ks/-80 within the zone1 cell(s): context has expired",
		"no tablet", true, "ks/-80", "failed to find a REPLICA tablet"},
	{codes.NotFound, shardWrap + `failed to get tablet connection to zone1-0000000103: tablet: cell:"zone1" uid:103 is either down or nonexistent`,
		"tablet gone", true, place103, `tablet: cell:"zone1"`},
	{codes.Unavailable, shardWrap + givingUp + "error streaming from tablet zone1-0000000103 in customer/40-80: error streaming tablet health from zone1-0000000103: tablet zone1-0000000103 has a replication lag of 45 seconds which is beyond the value provided in --discovery_low_replication_lag of 30s so the tablet is no longer considered healthy, restarting vstream",
		"tablet changed", true, place103, "tablet zone1-0000000103 has a replication lag"},
	{codes.FailedPrecondition, shardWrap + givingUp + "vttablet: rpc error: code = FailedPrecondition desc = wrong tablet type: REPLICA, want: PRIMARY or []",
		"tablet changed", true, place103, "wrong tablet type"},
	{codes.Aborted, shardWrap + onTablet + rpcWrap + atSource + "unexpected server EOF while parsing events", "tablet restart", true, place103, "unexpected server EOF"},
	{codes.Unknown, shardWrap + onTablet + "vttablet: rpc error: code = Unknown desc = EOF", "tablet restart", true, place103, "EOF"},
	{codes.Unknown, shardWrap + givingUp + rpcWrap + "net.Dial(/vt/vt_0000000102/mysql.sock) to local server failed: dial unix /vt/vt_0000000102/mysql.sock: connect: connection refused (errno 2002) (sqlstate HY000)\n\ntarget: customer.80-.primary",
		"tablet restart", true, place103, "net.Dial"},
	{codes.Unknown, shardWrap + givingUp + rpcWrap + atSource + "EOF (errno 2013) (sqlstate HY000)\n\ntarget: customer.80-.primary", "tablet restart", true, place103, "EOF (errno 2013)"},
	{codes.Unavailable, shardWrap + givingUp + "vttablet: rpc error: code = Unavailable desc = error reading from server: read tcp 127.0.0.1:51572->127.0.0.1:28121: read: connection reset by peer\n\ntarget: customer.-80.primary",
		"transport", true, place103, "error reading from server: read tcp"},
	{codes.Unavailable, "error reading from server: EOF", "tablet restart", true, "", "error reading"},
	{codes.Unavailable, "error reading from server: unexpected EOF", "transport", true, "", "error reading"},
	{codes.Unavailable, "error reading from server: read tcp 127.0.0.1:42040->127.0.0.1:40707: read: connection reset by peer", "transport", true, "", "error reading from server: read tcp"},
	{codes.Unavailable, `connection error: desc = "error reading server preface: read tcp 127.0.0.1:36926->127.0.0.1:35909: read: connection reset by peer"`,
		"transport", true, "", "error reading server preface"},
	{codes.Unavailable, `closing transport due to: connection error: desc = "error reading from server: EOF", received prior goaway: code: NO_ERROR, debug data: "graceful_stop"`,
		"tablet restart", true, "", "closing transport"},
	{codes.Unavailable, "transport is closing", "transport", true, "", "transport is closing"},
	{codes.Unavailable, `connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:15991: connect: connection refused"`,
		"transport", true, "", "dial tcp 127.0.0.1:15991: connect: connection refused"},
	{codes.Unavailable, "closing transport due to: connection error: desc = \"error reading from server: EOF\", received prior goaway: code: NO_ERROR", "tablet restart", true, "", "closing transport"},
	{codes.Unavailable, "closing transport due to: connection error, received prior goaway: code: ENHANCE_YOUR_CALM, debug data: \"too_many_pings\"", "keepalive", true, "", "closing transport"},
	{codes.Unavailable, "vstream is fully throttled or otherwise hung: vstream failed liveness checks as there was no activity, including heartbeats, within the last 10m0s",
		"silence", true, "", "vstream failed liveness checks"},
	{codes.Unknown, shardWrap + givingUp + rpcWrap + atSource + "vstreamer has been fully throttled for more than 10m0s, giving up so that we can retry", "throttled", true, place103, "vstreamer has been"},
	{codes.Canceled, shardWrap + onTablet + "timed out while waiting for skew to reduce for stream a from customer/40-80", "skew", true, place103, "timed out"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + atSource + "unknown table corder in schema", "schema drift", false, place103, "unknown table corder"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + atSource + "cannot determine table columns for corder: event has [8 8], schema has [name:\"id\" type:INT64]",
		"schema drift", false, place103, "cannot determine"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + atSource + "failed to build table replication plan for table corder: column nope not found in table corder",
		"filter", false, place103, "failed to build table replication plan"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + atSource + "cannot determine table columns for corder: event has [8 15 15], schema has [name:\"order_id\"] failed to build table replication plan for table corder",
		"schema drift", false, place103, "cannot determine table columns"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + "Query was empty", "filter", false, place103, "Query was empty"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + "unsupported constraint: id like 5", "filter", false, place103, "unsupported constraint"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + "table corde is not present in the database", "absent table", false, place103, "table corde"},
	{codes.Unknown, `error starting stream from shard GTID keyspace:"commerce" shard:"0": persistent error in vstream for commerce/0 on tablet zone1-0000000103; giving up: target: commerce.0.primary: vttablet: rpc error: code = Unknown desc = stream needs a position or a table to copy`,
		"nothing to copy", false, "commerce/0 zone1-0000000103", "stream needs"},
	{codes.Unknown, "failed to resolve vstream parameters: failed to get shards in keyspace custom: keyspace custom fetch error: node doesn't exist: /keyspaces/custom",
		"unknown keyspace", false, "custom", "keyspace custom fetch error"},
	{codes.InvalidArgument, "failed to resolve vstream parameters: failed to get shards in keyspace c: No partition found for tabletType rdonly in keyspace c",
		"unknown keyspace", false, "c", "No partition found"},
	{codes.FailedPrecondition, `error starting stream from shard GTID keyspace:"customer" shard:"-77" gtid:"current": failed to determine if keyspace customer has been resharded: shard provided in VGTID, -77, not found in the customer keyspace`,
		"unknown shard", false, "customer/-77", "shard provided in VGTID, -77"},
	{codes.Internal, shardWrap + onTablet + "not all journaling participants are in the stream: journal: a, stream: b", "journal", false, place103, "not all"},
	{codes.Internal, shardWrap + onTablet + "vttablet: rpc error: code = Internal desc = could not decode position: parse error: unknown GTIDSet flavor \"\"",
		"bad position", false, place103, "could not decode"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + "lastpk for table t has no fields defined", "bad position", false, place103, "lastpk"},
	{codes.ResourceExhausted, "grpc: received message larger than max (6000000 vs. 4194304)", "message size", false, "", "grpc: received"},
	{codes.ResourceExhausted, shardWrap + givingUp + "grpc: trying to send message larger than max (20000000 vs. 16777216)", "sending limit", false, place103, "grpc: trying"},
	{codes.Unauthenticated, "username and password must be provided", "credentials", false, "", "username and password"},
	{codes.PermissionDenied, `auth failure: caller "x" provided invalid credentials`, "credentials", false, "", "auth failure"},
	{codes.PermissionDenied, "no", "permission", false, "", "no"},
	{codes.Unimplemented, "unknown service vtgateservice.Vitess", "unimplemented", false, "", "unknown service"},
	{codes.Unknown, shardWrap + givingUp + rpcWrap + "Query execution was interrupted, maximum statement execution time exceeded (errno 3024) (sqlstate HY000)", "copy time", true, place103, "Query execution"},
	{codes.Unknown, shardWrap + onTablet + rpcWrap + "minimal binlog_row_image is not supported by Vitess VReplication", "row image", false, place103, "minimal"},
	{codes.InvalidArgument, "invalid cell preference: x", "invalid", false, "", "invalid cell"},
	{codes.FailedPrecondition, "not yet", "passing", true, "", "not yet"},
	{codes.Canceled, "context canceled", "canceled", true, "", "context canceled"},
	{codes.Unknown, "the moon is full", "unknown", true, "", "the moon is full"},
	{codes.Unknown, "", "unknown", true, "", "no message"},
	{codes.NotFound, "Code: NOT_FOUND\n" + shardWrap + "Code: NOT_FOUND\nx\n", "unknown", true, "customer/40-80", "x"},
}

func TestClassify(t *testing.T) {
	for _, test := range classifyTests {
		err := status.Error(test.code, test.text)
		f := Classify(err)
		if c := classOf(err); c.name != test.class {
			t.Errorf("%s\nis of class %q, want %q", test.text, c.name, test.class)
		}
		if f.Retry != test.retry || f.Where() != test.where || !strings.HasPrefix(f.Cause, test.cause) {
			t.Errorf("%s\nretry %v, where %q, cause %q,\nwant %v, %q, %q", test.text, f.Retry, f.Where(), f.Cause, test.retry, test.where, test.cause)
		}
		if f.Code != test.code.String() || !errors.Is(f, err) {
			t.Errorf("%s\ncode %s, error %v", test.text, f.Code, f.Err)
		}
		if !f.Retry && f.Hint == "" {
			t.Errorf("%s\nis final and has no hint", test.text)
		}
	}
}

// Every class has a text of the real world that leads to it.
func TestClassesAreReached(t *testing.T) {
	reached := map[string]bool{}
	for _, test := range classifyTests {
		reached[test.class] = true
	}
	for _, c := range classes {
		if !reached[c.name] {
			t.Errorf("no test for class %q", c.name)
		}
	}
}

func TestClassifyWithoutStatus(t *testing.T) {
	tests := []struct {
		err   error
		retry bool
		cause string
	}{
		{fmt.Errorf("reading: %w", io.EOF), true, "reading: EOF"},
		{errEnded, true, "VTGate ended the stream"},
		{context.Canceled, false, "context canceled"},
		{fmt.Errorf("for 5s: %w", context.DeadlineExceeded), false, "for 5s"},
		{usagef("unknown keyspace x"), false, "unknown keyspace x"},
		{&ConnectError{Address: "a:1", Cause: "nobody answered", Hint: "h"}, true, "nobody answered"},
		{errors.New("something\x1b[31m\nelse"), true, "something [31m else"},
		{fmt.Errorf("wrapped: %w", status.Error(codes.Unauthenticated, "who?")), false, ""},
	}
	for _, test := range tests {
		f := Classify(test.err)
		if f.Retry != test.retry || !strings.HasPrefix(f.Cause, test.cause) || !errors.Is(f, test.err) {
			t.Errorf("%v: retry %v, cause %q", test.err, f.Retry, f.Cause)
		}
	}
	if Classify(nil) != nil || Classify(io.EOF) != nil {
		t.Error("an end as asked is a failure")
	}
}

func TestUnfoldBoundsAndCleans(t *testing.T) {
	long := shardWrap + onTablet + strings.Repeat("é\x00\x1b[2J\u202e", 4000) + " the cause"
	_, cause := unfold(long)
	if len(cause) > maxCause || !utf8.ValidString(cause) || !strings.HasSuffix(cause, "the cause") || !strings.HasPrefix(cause, "…") {
		t.Errorf("cause of %d bytes: %.40q...%.20q", len(cause), cause, cause[max(0, len(cause)-20):])
	}
	if strings.ContainsAny(cause, "\x00\x1b\u202e") {
		t.Errorf("cause %q holds control characters", cause)
	}
	if _, cause := unfold(`connection error: desc = "error reading\n\x1b[2J"`); cause != "error reading [2J" {
		t.Errorf("what was quoted is %q", cause)
	}
	// Vitess cuts the text at 7.5 kB, perhaps within the position.
	cut := (shardWrap + strings.Repeat("x", 9000))[:120] + " [...] [remainder of the error is truncated]"
	if at, cause := unfold(cut); at.keyspace != "customer" || at.shard != "40-80" || !strings.Contains(cause, "truncated") {
		t.Errorf("place %+v, cause %q", at, cause)
	}
}

func FuzzUnfold(f *testing.F) {
	for _, test := range classifyTests {
		f.Add(test.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, cause := unfold(text)
		if len(cause) > maxCause || !utf8.ValidString(cause) || strings.ContainsAny(cause, "\n\r\t\x00\x1b") {
			t.Errorf("%q unfolds to %q", text, cause)
		}
	})
}
