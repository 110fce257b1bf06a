package filter

import (
	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// Why MySQL's functions have no place in a filter.
const (
	notItsRow   = "a filter looks at one change at a time"
	notSame     = "a filter has to give the same answer twice"
	noSession   = "a filter has no session"
	noEffects   = "a filter changes nothing and waits for nothing"
	isWrong     = "Vitess's evaluation engine gets it wrong"
	notInEngine = "Vitess's evaluation engine does not have it"
)

// A refusal is a function of MySQL's that a filter does not have, for a reason
// or with something to write instead.
type refusal struct{ reason, hint string }

var refusals = map[string]refusal{
	"sleep": {noEffects, ""}, "benchmark": {noEffects, ""}, "load_file": {noEffects, ""}, "get_lock": {noEffects, ""},
	"release_lock": {noEffects, ""}, "release_all_locks": {noEffects, ""}, "is_free_lock": {noEffects, ""}, "is_used_lock": {noEffects, ""},

	"user": {noSession, ""}, "current_user": {noSession, ""}, "session_user": {noSession, ""}, "system_user": {noSession, ""},
	"current_role": {noSession, ""}, "connection_id": {noSession, ""}, "last_insert_id": {noSession, ""}, "row_count": {noSession, ""},
	"found_rows": {noSession, ""}, "version": {noSession, ""},
	"database": {noSession, "the keyspace of a change is _keyspace"}, "schema": {noSession, "the keyspace of a change is _keyspace"},

	"rand": {notSame, ""}, "uuid": {notSame, ""}, "uuid_short": {notSame, ""}, "random_bytes": {notSame, ""}, "sysdate": {notSame, "use now()"},

	"row_number": {notItsRow, ""}, "rank": {notItsRow, ""}, "dense_rank": {notItsRow, ""}, "percent_rank": {notItsRow, ""},
	"cume_dist": {notItsRow, ""}, "ntile": {notItsRow, ""}, "lag": {notItsRow, "the row before the change is before.c"}, "lead": {notItsRow, ""},
	"first_value": {notItsRow, ""}, "last_value": {notItsRow, ""}, "nth_value": {notItsRow, ""}, "grouping": {notItsRow, ""},
	"values": {notItsRow, "a changed value is after.c"}, "match": {notItsRow, "use LIKE or REGEXP"}, "any_value": {notItsRow, ""},
	"default": {notInEngine, ""},

	"addtime":         {notInEngine, "write t + INTERVAL 90 SECOND"},
	"dayname":         {notInEngine, "write date_format(d, '%W')"},
	"extract":         {notInEngine, "write year(d), month(d), hour(d) …"},
	"find_in_set":     {notInEngine, "write concat(',', list, ',') LIKE '%,a,%'"},
	"format":          {notInEngine, "write round(n, 2)"},
	"json_contains":   {notInEngine, "compare what is at a path: doc->>'$.a' = 'x'"},
	"json_overlaps":   {notInEngine, "compare what is at a path: doc->>'$.a' = 'x'"},
	"json_search":     {notInEngine, "compare what is at a path: doc->>'$.a' = 'x'"},
	"json_type":       {notInEngine, "compare what is at a path: doc->>'$.a' = 'x'"},
	"json_value":      {notInEngine, "write doc->>'$.a'"},
	"member of":       {notInEngine, "compare what is at a path: doc->>'$[0]' = 'x'"},
	"regexp_replace":  {isWrong, "write REGEXP, or regexp_substr(text, pattern)"},
	"str_to_date":     {notInEngine, "write cast(d AS DATETIME)"},
	"substring_index": {notInEngine, "write LIKE '%@example.com', or regexp_substr(text, '[^@]+$')"},
	"subtime":         {notInEngine, "write t - INTERVAL 90 SECOND"},
	"time_format":     {notInEngine, "write date_format(t, '%H:%i')"},
	"timediff":        {notInEngine, "write to_seconds(b) - to_seconds(a)"},
	"timestamp":       {notInEngine, "write cast(d AS DATETIME)"},
	"timestampdiff":   {notInEngine, "write to_seconds(b) - to_seconds(a), or datediff(b, a)"},
}

// refuseFunction says why a function is not to be had.
func (c *checker) refuseFunction(call *call) {
	r, known := refusals[call.name]
	if _, aggregates := call.node.(sqlparser.AggrFunc); aggregates && !known {
		r, known = refusal{reason: notItsRow}, true
	}
	if known {
		hint := r.reason
		if r.hint != "" {
			hint += "; " + r.hint
		}
		c.refuse(call.at, call.name+" cannot be used in a filter", hint)
		return
	}
	hint := ""
	if near := stream.Nearest(call.name, functionNames()); near != "" {
		hint = "did you mean " + near + "?"
	}
	c.refuse(call.at, "a filter has no function "+call.name, hint)
}
