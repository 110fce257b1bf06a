package vtgate

import "google.golang.org/grpc/codes"

// The classes that are not found by a status.
var (
	// A VTGate that shuts down may end its streams without an error; another
	// one, or the same after its start, goes on.
	endedClass = class{name: "ended", retry: true}

	// Giving up on an error that nobody has met would end a run that may well
	// go on, and trying again costs little: the run loop backs off, and shows
	// the error each time.
	unknownClass = class{name: "unknown", retry: true}
)

// classes are tried in order: what is told by its text stands before what is
// told by its code alone, because the layers between MySQL and VTGate lose the
// code of many errors.
var classes = []class{
	// A missing or wrong user name or password does not mend itself. The text is
	// Vitess's (go/vt/servenv/grpc_server_auth_static.go).
	{name: "credentials", codes: []codes.Code{codes.Unauthenticated}, hint: hintCredentials},
	{name: "credentials", codes: []codes.Code{codes.PermissionDenied}, texts: []string{"auth failure", "invalid credentials"}, hint: hintCredentials},
	{name: "permission", codes: []codes.Code{codes.PermissionDenied}, hint: "ask for the right to stream, or log in as somebody else"},

	// The row that was too large comes again at the same position, and a stream
	// cannot skip it. "trying to send" is the server's own limit.
	{name: "sending limit", texts: []string{"trying to send message larger than max"},
		hint: "VTGate refuses to send it: raise its --grpc-max-message-size"},
	{name: "message size", texts: []string{"received message larger than max", "message after decompression larger than max"},
		hint: "raise --grpc-max-message-size"},

	// No tablet has the logs any more; VTGate has tried the others itself.
	{name: "purged", texts: []string{"purged required binary logs", "errno 1236", "errno 1789"}, position: true,
		hint: "the position is gone: start with --from current, or with --from copy"},
	// A lagging replica catches up. A position of another shard, or of a primary
	// that lost transactions in a failover, does not, but looks the same.
	{name: "ahead", texts: []string{"GTIDSet Mismatch"}, retry: true, position: true,
		hint: "the position is ahead of the tablet: it lags, or the position belongs to another shard"},
	{name: "bad position", texts: []string{"could not decode position", "could not decode", "unknown GTIDSet flavor", "parse error: ", "has no fields defined"},
		hint: "the position cannot be read: check --from"},

	// Before the pickers' own text, since an unknown shard fails in there.
	{name: "unknown shard", texts: []string{"shard provided in VGTID"},
		hint: "the shard is gone, perhaps resharded away: start with --from current, or with --from copy"},
	{name: "unknown keyspace", texts: []string{"failed to get shards in keyspace", "No partition found"},
		hint: "check the keyspace, and that it has tablets of this type"},

	// VTGate looks for 90 s and then says CANCELED, also where a restart takes
	// longer. It says the same for a position that no tablet has the logs for.
	{name: "no tablet", texts: []string{"failed to find a"}, retry: true, position: true,
		hint: "no tablet of this type serves the shard, or none has the logs from this position on"},
	// VTGate's health check is a few seconds behind a reshard or a reparent.
	{name: "tablet gone", texts: []string{"is either down or nonexistent", "failed to get tablet connection"}, retry: true},
	{name: "tablet changed", texts: []string{"restarting vstream", "wrong tablet type", "operation not allowed in state"}, retry: true},
	{name: "journal", texts: []string{"not all journaling participants are in the stream"},
		hint: "a reshard merges shards of which the stream has only some: stream the whole keyspace"},

	// Holding the streams for more than 10 minutes ends them; without it they go on.
	{name: "skew", texts: []string{"timed out while waiting for skew"}, retry: true,
		hint: "one shard is far behind the others: leave out --minimize-skew"},
	// A throttler gives way when the load does, so it is worth waiting.
	{name: "throttled", texts: []string{"has been fully throttled"}, retry: true,
		hint: "the tablet's throttler holds the stream back"},
	{name: "silence", texts: []string{"failed liveness checks"}, retry: true,
		hint: "nothing came for 10 minutes, perhaps because a tablet's throttler holds the stream back"},

	// The schema that the tablet knows is not the one that the event was written
	// with, and will not be when it reads the event again.
	{name: "schema drift", texts: []string{"unknown table", "cannot determine table columns"},
		hint: "the table was altered or dropped after this position: start later"},
	// The table or the columns of a filter do not come into being by waiting.
	{name: "nothing to copy", texts: []string{"stream needs a position or a table to copy"},
		hint: "a keyspace has no table to copy: name the others as TARGETs"},
	{name: "absent table", texts: []string{"is not present in the database"}, hint: "check -t and --rule"},
	{name: "filter", texts: []string{
		"unsupported constraint", "comparison operator", "Query was empty", "does not match the table entry name",
		"unsupported: ", "syntax error at position", "not found in table", "failed to build table replication plan",
	}, hint: "VStream cannot apply the filter to this table: check --rule"},
	{name: "row image", texts: []string{"binlog_row_image is not supported"},
		hint: "set binlog_row_image to FULL on the shard's MySQL"},

	// The tablet or its MySQL restarts; another tablet may take over at once.
	{name: "tablet restart", texts: []string{"unexpected server EOF", "desc = EOF", "error reading from server: EOF", "MySQL server has gone away", "errno 2002", "errno 2006", "errno 2013"}, retry: true},
	// A copy's query ran into its hour; VTGate's own retries are used up.
	{name: "copy time", texts: []string{"errno 3024"}, retry: true},
	{name: "keepalive", texts: []string{"too_many_pings"}, retry: true,
		hint: "VTGate, or a proxy before it, allows no ping in 30s"},

	// Not VTGate, or one from before VStream: the same on every try.
	{name: "unimplemented", codes: []codes.Code{codes.Unimplemented},
		hint: "this server has no VStream: check that --vtgate is VTGate's gRPC port and that its --service-map has grpc-vtgateservice"},
	// What VTGate finds wrong with the request itself.
	{name: "invalid", codes: []codes.Code{codes.InvalidArgument}, hint: "VTGate does not accept the request"},

	// The connection is lost: VTGate restarts, a load balancer drains, GOAWAY.
	{name: "transport", codes: []codes.Code{codes.Unavailable}, retry: true, connection: true},
	// States that pass: VTGate retries them itself three times.
	{name: "passing", codes: []codes.Code{codes.FailedPrecondition, codes.Aborted, codes.DeadlineExceeded, codes.ResourceExhausted}, retry: true},
	// A cancel that is not ours comes from a server or a proxy that goes away.
	{name: "canceled", codes: []codes.Code{codes.Canceled}, retry: true},
}

const hintCredentials = "check --grpc-auth-static-client-creds and --header"
