package demo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/grpc/status"

	querypb "vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	vtrpcpb "vitess.io/vitess/go/vt/proto/vtrpc"
)

// question is one query with the place it is asked of.
type question struct {
	server   *Server
	sql      string // as sent
	text     string // trimmed, spaces made single, without comments and semicolon
	keyspace *keyspace
	shard    *shard // nil: VTGate itself answers or picks one
	tablet   string // primary, replica, rdonly
}

// handler answers the queries that its pattern matches. raw says whether MySQL
// itself knows the query: with a shard in the target VTGate passes everything on.
type handler struct {
	pattern *regexp.Regexp
	raw     bool
	answer  func(q *question, m []string) (*querypb.QueryResult, error)
}

func pattern(text string) *regexp.Regexp { return regexp.MustCompile(`(?is)^` + text + `$`) }

// handlers are tried in order.
func handlers() []handler {
	const like = `(?: like '([^']*)')?`
	const table = "`?(?:([a-z0-9_]+)`?\\.`?)?([a-z0-9_]+)`?(?: (?:from|in) `?([a-z0-9_]+)`?)?"
	return []handler{
		{pattern(`show (?:vitess_)?(?:keyspaces|databases|schemas)` + like), false, showKeyspaces},
		{pattern(`show vschema keyspaces`), false, showVSchemaKeyspaces},
		{pattern(`show vitess_shards` + like), false, showShards},
		{pattern(`show vitess_tablets` + like), false, showTablets},
		{pattern(`show vitess_replication_status` + like), false, showReplication},
		{pattern("show global (gtid_executed|vgtid_executed)(?: (?:from|in) `?([a-z0-9_]+)`?)?"), false, showExecuted},
		{pattern("vexplain plan select 1 from " + table + "(?: limit 1)?"), false, explainPlan},
		{pattern(`show (?:global |session )?variables` + like), true, showVariables},
		{pattern("show (full )?tables(?: (?:from|in) `?([a-z0-9_]+)`?)?" + like), true, showTables},
		{pattern("show (full )?(?:columns|fields) (?:from|in) " + table + like), true, showColumns},
		{pattern("(?:describe|desc) ()" + table), true, showColumns},
		{pattern("show create table " + table), true, showCreate},
		{pattern("show table status(?: (?:from|in) `?([a-z0-9_]+)`?)?" + like), true, showStatus},
		{pattern(`select ([a-z_, ]+) from information_schema\.tables(?: where (.*))?`), true, selectTables},
		{pattern(`select table_name, n_rows, clustered_index_size \* @@innodb_page_size from mysql\.innodb_table_stats where database_name = database\(\)`), true, selectStatistics},
		{pattern(`select table_name, column_name from information_schema\.columns where table_schema = database\(\)`), true, selectColumns},
		{pattern(`select (table_name, column_name, .+) from information_schema\.columns where .+ or generation_expression <> '' or .+\)`), true, selectOddColumns},
		{pattern(`select (column_name) from information_schema\.columns where table_schema = database\(\) and table_name = '([a-z0-9_]+)' order by ordinal_position`), true, selectTableColumns},
		{pattern("select min\\(`?([a-z0-9_]+)`?\\), ?max\\(`?([a-z0-9_]+)`?\\) from `?(?:([a-z0-9_]+)`?\\.`?)?([a-z0-9_]+)`?"), true, selectRange},
		{pattern("select count\\(\\*\\) from `?(?:([a-z0-9_]+)`?\\.`?)?([a-z0-9_]+)`?"), true, selectCount},
		{pattern(`select ((?:@@[a-z0-9_.]+(?: (?:as )?[a-z0-9_]+)?(?:, ?)?)+)`), true, selectVariables},
		{pattern(`select (1|database\(\))`), true, selectConstant},
	}
}

var allHandlers = handlers()

// Execute implements vtgateservice.VitessServer. Errors of a query travel
// inside the response, as VTGate's do.
func (s *Server) Execute(ctx context.Context, req *vtgatepb.ExecuteRequest) (*vtgatepb.ExecuteResponse, error) {
	target, sql := req.GetSession().GetTargetString(), req.GetQuery().GetSql()
	s.mu.Lock()
	check := s.faults.queries
	s.mu.Unlock()
	resp := &vtgatepb.ExecuteResponse{Session: req.GetSession()}
	if resp.Session == nil {
		resp.Session = &vtgatepb.Session{Autocommit: true}
	}
	if check != nil {
		if err := check(ctx, target, sql); err != nil {
			st := status.Convert(err)
			resp.Error = &vtrpcpb.RPCError{Code: vtrpcpb.Code(st.Code()), Message: st.Message()}
			return resp, nil
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	result, err := s.answer(target, sql)
	if err != nil {
		qe := &queryError{vtrpcpb.Code_UNKNOWN, err.Error()}
		errors.As(err, &qe)
		resp.Error = &vtrpcpb.RPCError{Code: qe.code, Message: qe.text}
		return resp, nil
	}
	resp.Result = result
	return resp, nil
}

// queryError is an error as it stands in an ExecuteResponse.
type queryError struct {
	code vtrpcpb.Code
	text string
}

func (e *queryError) Error() string { return e.text }

func queryErrorf(code vtrpcpb.Code, format string, args ...any) error {
	return &queryError{code, fmt.Sprintf(format, args...)}
}

var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	spaces   = regexp.MustCompile(`\s+`)
)

// answer finds the handler of a query. Call with mu held.
func (s *Server) answer(target, sql string) (*querypb.QueryResult, error) {
	q := &question{server: s, sql: sql, tablet: "primary"}
	q.text = strings.TrimRight(strings.TrimSpace(spaces.ReplaceAllString(comments.ReplaceAllString(sql, " "), " ")), "; ")
	if err := q.aim(target); err != nil {
		return nil, err
	}
	for _, h := range allHandlers {
		m := h.pattern.FindStringSubmatch(q.text)
		if m == nil {
			continue
		}
		if q.shard != nil && !h.raw {
			return nil, q.syntaxError()
		}
		return h.answer(q, m)
	}
	return nil, q.syntaxError()
}

// syntaxError is what MySQL says to a query that the demo, or MySQL itself, does not know.
func (q *question) syntaxError() error {
	if q.shard == nil {
		word, _, _ := strings.Cut(q.text, " ")
		return queryErrorf(vtrpcpb.Code_INVALID_ARGUMENT, "syntax error at position %d near '%s'", len(word)+1, word)
	}
	return q.tabletError(vtrpcpb.Code_INVALID_ARGUMENT, "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '%s' at line 1 (errno 1064) (sqlstate 42000)", q.text)
}

// tabletError wraps what a tablet says.
func (q *question) tabletError(code vtrpcpb.Code, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	name := strings.ReplaceAll(strings.ToLower(code.String()), "_", "")
	return queryErrorf(code, "target: %s.%s.%s: vttablet: rpc error: code = %s desc = %s (CallerID: demo): Sql: %q, BindVars: {}",
		q.anyShard().keyspace, q.anyShard().name, q.tablet, name, text, q.sql)
}

// aim reads a target: "", "ks", "ks:shard", "ks/shard", each with "@type" and "|alias".
func (q *question) aim(target string) error {
	place, kind, typed := strings.Cut(target, "@")
	if typed {
		kind, _, _ = strings.Cut(kind, "|")
		q.tablet = strings.ToLower(kind)
		switch q.tablet {
		case "primary", "replica", "rdonly":
		default:
			return queryErrorf(vtrpcpb.Code_INVALID_ARGUMENT, "invalid target: %s", target)
		}
	}
	if place == "" {
		return nil
	}
	name, shard, sharded := strings.Cut(strings.Replace(place, "/", ":", 1), ":")
	if q.keyspace = q.server.keyspace(name); q.keyspace == nil {
		return queryErrorf(vtrpcpb.Code_NOT_FOUND, "VT05003: unknown database '%s' in vschema", name)
	}
	if !sharded {
		return nil
	}
	if q.shard = q.keyspace.find(shard); q.shard == nil {
		return queryErrorf(vtrpcpb.Code_UNAVAILABLE, "target: %s.%s.%s: no healthy tablet available for 'keyspace:%q shard:%q tablet_type:%s'",
			name, shard, q.tablet, name, shard, strings.ToUpper(q.tablet))
	}
	return nil
}

// in is the keyspace that a FROM names, or the target's.
func (q *question) in(name string) (*keyspace, error) {
	if name == "" {
		if q.keyspace == nil {
			return nil, queryErrorf(vtrpcpb.Code_INVALID_ARGUMENT, "VT09005: no database selected: use keyspace<:shard><@type> or keyspace<[range]><@type> (<> are optional)")
		}
		return q.keyspace, nil
	}
	if q.shard != nil {
		name = strings.TrimPrefix(name, "vt_")
	}
	k := q.server.keyspace(name)
	if k == nil {
		return nil, queryErrorf(vtrpcpb.Code_NOT_FOUND, "VT05003: unknown database '%s' in vschema", name)
	}
	return k, nil
}

// anyShard is the target's shard, or the first of its keyspace, or of the last keyspace.
func (q *question) anyShard() *shard {
	k := q.keyspace
	if q.shard != nil {
		return q.shard
	}
	if k == nil {
		k = q.server.keyspaces[len(q.server.keyspaces)-1]
	}
	return k.shards[0]
}

// RefuseQueries makes every Execute answer with err; nil lets them be answered again.
func (s *Server) RefuseQueries(err error) {
	if err == nil {
		s.InterceptQueries(nil)
		return
	}
	s.InterceptQueries(func(context.Context, string, string) error { return err })
}

// HangQueries makes every Execute wait until its caller gives up or it is called with false.
func (s *Server) HangQueries(on bool) {
	if !on {
		s.InterceptQueries(nil)
		return
	}
	s.InterceptQueries(func(ctx context.Context, _, _ string) error {
		<-ctx.Done() // the server's end, too, ends every call's context
		return status.FromContextError(context.Canceled).Err()
	})
}

// InterceptQueries calls fn before every Execute is answered; its error becomes the answer.
func (s *Server) InterceptQueries(fn func(ctx context.Context, target, sql string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.queries = fn
}
