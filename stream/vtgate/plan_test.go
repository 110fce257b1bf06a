package vtgate_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/topodata"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// A shop is a VTGate with two keyspaces; view has no replicas.
func shop(target, sql string) ([][]string, *vtrpc.RPCError) {
	column := func(names ...string) (rows [][]string, _ *vtrpc.RPCError) {
		for _, name := range names {
			rows = append(rows, []string{name})
		}
		return rows, nil
	}
	primary := target == "@primary"
	switch {
	case sql == "show keyspaces":
		return column("commerce", "customer", "my_view")
	case sql == "show vitess_shards" && primary:
		return column("commerce/0", "customer/-80", "customer/80-", "my_view/0")
	case sql == "show vitess_shards":
		return column("commerce/0", "customer/-80", "customer/80-")
	case sql == "show vitess_shards like 'customer/%'":
		return column("customer/-80", "customer/80-")
	case sql == "show vitess_shards like 'commerce/%'":
		return column("commerce/0")
	case sql == `show vitess_shards like 'my\\_view/%'` && primary:
		return column("my_view/0", "myxview/0")
	case sql == "show vitess_shards like 'empty/%'":
		return column("empty/0")
	case strings.HasPrefix(sql, "show vitess_shards like"):
		return nil, nil
	case sql == "show vitess_tablets":
		return [][]string{
			{"zone1", "commerce", "0", "REPLICA", "SERVING", "zone1-1"}, {"zone1", "customer", "-80", "REPLICA", "NOT_SERVING", "zone1-2"},
			{"zone1", "customer", "80-", "REPLICA", "SERVING", "zone1-3"}, {"zone1", "customer", "-80", "PRIMARY", "SERVING", "zone1-4"},
		}, nil
	case strings.HasPrefix(sql, "select @@global.gtid_executed") && target == "customer:-80@primary":
		return [][]string{{setA, "", "90a3e2d2-e67e-11f1-a140-02fc00000001"}}, nil
	case strings.HasPrefix(sql, "select @@global.gtid_executed") && target == "customer:80-@primary":
		return [][]string{{setB, "", "97257a80-e67e-11f1-a140-02fc00000002"}}, nil
	case sql == "show tables from `empty`":
		return nil, nil
	case sql == "show tables from `customer`":
		return column("corder", "customer")
	case sql == "show tables from `commerce`":
		return column("product")
	case sql == "show tables from `my_view`":
		return nil, &vtrpc.RPCError{Code: vtrpc.Code_PERMISSION_DENIED, Message: "Select command denied to user 'u'"}
	}
	return nil, &vtrpc.RPCError{Code: vtrpc.Code_INVALID_ARGUMENT, Message: "syntax error: " + sql}
}

func refuse(string, string) ([][]string, *vtrpc.RPCError) {
	return nil, &vtrpc.RPCError{Code: vtrpc.Code_PERMISSION_DENIED, Message: "queries are not for you"}
}

func entry(keyspace, shard, gtid string) *binlogdata.ShardGtid {
	return &binlogdata.ShardGtid{Keyspace: keyspace, Shard: shard, Gtid: gtid}
}

// brief prints a position as "keyspace/shard=gtid ...".
func brief(p stream.Position) string {
	var parts []string
	for _, s := range p.Shards {
		parts = append(parts, fmt.Sprintf("%s/%s=%s", s.Keyspace, s.Shard, s.Gtid))
	}
	return strings.Join(parts, " ")
}

// What the shards of customer have executed, of which nothing is purged.
const (
	setA = "90a3e2d2-e67e-11f1-a140-02fc00000001:1-5"
	setB = "97257a80-e67e-11f1-a140-02fc00000002:1-5"
)

var given = stream.Position{Shards: []*binlogdata.ShardGtid{
	entry("customer", "-80", "MySQL56/"+setA), entry("customer", "80-", "MySQL56/"+setB), entry("commerce", "", "current"),
}}

// planStarts are TARGETs and --from, with the position that they mean.
var planStarts = []struct {
	name    string
	targets []string
	from    vtgate.Start
	want    string
	warning string
	err     string
}{
	{name: "everything", want: "/=current"},
	{name: "everything copied", from: vtgate.Start{Copy: true}, want: "commerce/0= customer/-80= customer/80-= my_view/0=", warning: "names of tables are not checked in my_view"},
	{name: "everything of replicas copied", targets: []string{"@replica"}, from: vtgate.Start{Copy: true}, want: "commerce/0= customer/-80= customer/80-=",
		warning: "VTGate knows no replica tablet that serves customer/-80: the stream waits for one"},
	{name: "an empty keyspace", targets: []string{"empty", "commerce"}, from: vtgate.Start{Copy: true}, want: "commerce/0=",
		warning: "without a table to copy, and left out: empty"},
	{name: "nothing to copy", targets: []string{"empty"}, from: vtgate.Start{Copy: true}, want: "empty/0=current",
		warning: "there is no table to copy: the stream starts at current"},
	{name: "keyspace", targets: []string{"customer"}, want: "customer/-80=current customer/80-=current"},
	{name: "shards", targets: []string{"commerce", "customer:80-"}, from: vtgate.Start{Copy: true}, want: "commerce/0= customer/80-="},
	{name: "underscore", targets: []string{"my_view"}, want: "my_view/0=current"},
	{name: "unknown keyspace", targets: []string{"custmer"}, err: "unknown keyspace custmer on 127.0.0.1"},
	{name: "its nearest", targets: []string{"custmer"}, err: "did you mean customer?"},
	{name: "none near", targets: []string{"zebra"}, err: "there are commerce, customer, my_view"},
	{name: "unknown shard", targets: []string{"customer:-77"}, err: "unknown shard -77 of keyspace customer with primary tablets: did you mean -80?"},
	{name: "no replicas", targets: []string{"my_view@replica"}, err: "no replica tablets that serve"},
	{name: "position", from: vtgate.Start{Position: given}, want: brief(given)},
	{name: "position's part", targets: []string{"customer:80-"}, from: vtgate.Start{Position: given}, want: "customer/80-=MySQL56/" + setB},
	{name: "position's keyspace", targets: []string{"customer"}, from: vtgate.Start{Position: given}, want: "customer/-80=MySQL56/" + setA + " customer/80-=MySQL56/" + setB},
	{name: "position of all shards", targets: []string{"commerce:0"}, from: vtgate.Start{Position: given}, want: "commerce/0=current"},
	{name: "not in the position", targets: []string{"my_view"}, from: vtgate.Start{Position: given}, err: "no entry for my_view"},
	{name: "position's unknown keyspace", from: vtgate.Start{Position: stream.Position{Shards: []*binlogdata.ShardGtid{entry("custmer", "0", "MySQL56/"+setA)}}},
		err: "unknown keyspace custmer in the position of --from: did you mean customer?"},
	{name: "VTGate's form", from: vtgate.Start{Position: stream.Position{Shards: []*binlogdata.ShardGtid{entry("/cust/", "", "current")}}}, want: "/cust//=current",
		warning: "the position of /cust// is not checked: VTGate chooses the keyspaces"},
}

func TestPlanStart(t *testing.T) {
	c := dial(t, vtgate.Options{Address: serve(t, &fakeGate{execute: shop})})
	for _, test := range planStarts {
		t.Run(test.name, func(t *testing.T) {
			request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: test.targets, From: test.from})
			if err != nil {
				t.Fatal(err)
			}
			p, err := c.Plan(t.Context(), request)
			if test.err != "" {
				wantText(t, err, test.err)
				var usage *vtgate.UsageError
				if !errors.As(err, &usage) {
					t.Errorf("%T is no usage error", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(p.Start); got != test.want {
				t.Errorf("starts at %s, want %s", got, test.want)
			}
			wantWarning(t, p, test.warning)
		})
	}
}

// wantWarning checks the plan's only warning, "" for none.
func wantWarning(t *testing.T, p *vtgate.Plan, part string) {
	t.Helper()
	if got := strings.Join(p.Warnings, "\n"); (part == "") != (got == "") || !strings.Contains(got, part) {
		t.Errorf("warnings %q, want %q", got, part)
	}
}

func TestPlanTables(t *testing.T) {
	tests := []struct {
		name    string
		options vtgate.StreamOptions
		warning string
		err     string
	}{
		{name: "all", options: vtgate.StreamOptions{Targets: []string{"customer"}}},
		{name: "known", options: vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{"corder"}}},
		{name: "unknown", options: vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{"order"}}, err: "-t: unknown table order in customer: did you mean corder?"},
		{name: "with its keyspace", options: vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{"customer.corder"}}, err: "did you mean corder? The keyspace is a TARGET"},
		{name: "in another keyspace", options: vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{"product"}}, err: "unknown table product"},
		{name: "in one of two", options: vtgate.StreamOptions{Targets: []string{"customer", "commerce"}, Tables: []string{"product"}}},
		{name: "copy of one of two", options: vtgate.StreamOptions{Targets: []string{"customer", "commerce"}, Tables: []string{"product"}, From: vtgate.Start{Copy: true}},
			warning: "without a table to copy, and left out: customer"},
		{name: "in none of two", options: vtgate.StreamOptions{Targets: []string{"customer", "commerce"}, Tables: []string{"produkt"}}, err: "in commerce, customer: did you mean product?"},
		{name: "rule", options: vtgate.StreamOptions{Targets: []string{"customer"}, Rules: []string{"order=select * from order"}}, err: "--rule: unknown table order"},
		{name: "to copy", options: vtgate.StreamOptions{Targets: []string{"customer"}, TablesToCopy: []string{"order"}}, err: "--tables-to-copy: unknown table order"},
		{name: "to copy, and no copy", options: vtgate.StreamOptions{Targets: []string{"customer"}, TablesToCopy: []string{"corder"}}, warning: "--tables-to-copy does nothing"},
		{name: "pattern", options: vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{"/^c/"}}},
		{name: "pattern without a table", options: vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{"/^z/"}}, warning: "-t /^z/ matches no table yet"},
		{name: "refused", options: vtgate.StreamOptions{Targets: []string{"my_view"}, Tables: []string{"zebra"}}, warning: "Select command denied"},
		{name: "all keyspaces, one refused", options: vtgate.StreamOptions{Tables: []string{"zebra"}}, warning: "names of tables are not checked in my_view"},
	}
	c := dial(t, vtgate.Options{Address: serve(t, &fakeGate{execute: shop})})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request, err := vtgate.NewRequest(test.options)
			if err != nil {
				t.Fatal(err)
			}
			p, err := c.Plan(t.Context(), request)
			if test.err != "" {
				wantText(t, err, test.err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			wantWarning(t, p, test.warning)
		})
	}
}

// A VTGate that refuses every query still streams, by the forms that need none.
func TestPlanWithoutQueries(t *testing.T) {
	address := serve(t, &fakeGate{execute: refuse})
	for _, noQueries := range []bool{false, true} {
		c := dial(t, vtgate.Options{Address: address, NoQueries: noQueries})
		for _, test := range []struct {
			options vtgate.StreamOptions
			want    string
		}{
			{vtgate.StreamOptions{}, "/=current"},
			{vtgate.StreamOptions{From: vtgate.Start{Copy: true}}, "/.*//="},
			{vtgate.StreamOptions{Targets: []string{"customer", "commerce:0"}, Tables: []string{"zebra"}}, "customer/=current commerce/0=current"},
		} {
			p := plan(t, c, test.options)
			if got := brief(p.Start); got != test.want {
				t.Errorf("starts at %s, want %s", got, test.want)
			}
			if noQueries != (len(p.Warnings) == 0) {
				t.Errorf("queries off %v, warnings %q", noQueries, p.Warnings)
			}
			for _, w := range p.Warnings {
				if !strings.Contains(w, "queries are not for you") {
					t.Errorf("warning %q does not say why", w)
				}
			}
		}
	}
}

func TestPlanWithoutCredentials(t *testing.T) {
	g := &fakeGate{execute: shop, auth: func(metadata.MD) error {
		return status.Error(codes.Unauthenticated, "username and password must be provided")
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g)})
	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{"customer"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Plan(t.Context(), request)
	wantText(t, err, "username and password must be provided", "--grpc-auth-static-client-creds")
	var f *stream.Failure
	if !errors.As(err, &f) || f.Retry {
		t.Errorf("%T, want a final failure", err)
	}
}

func TestNewRequestUsage(t *testing.T) {
	for want, o := range map[string]vtgate.StreamOptions{
		"whole seconds":              {Heartbeat: 500 * time.Millisecond},
		"whole seconds, such as":     {Heartbeat: 1500 * time.Millisecond},
		"-1s":                        {Heartbeat: -time.Second},
		"too long":                   {Heartbeat: (1 << 32) * time.Second},
		"preferlocalwithalias or on": {CellPreference: "nearest"},
		"no table's name":            {TablesToCopy: []string{""}},
		"unknown tablet type":        {Targets: []string{"customer@x"}},
		"two slashes":                {Tables: []string{"/x"}},
		"TABLE=SELECT":               {Rules: []string{"x"}},
	} {
		_, err := vtgate.NewRequest(o)
		wantText(t, err, want)
	}
}

func TestSideQueries(t *testing.T) {
	g := &fakeGate{execute: func(target, sql string) ([][]string, *vtrpc.RPCError) {
		switch {
		case target == "customer:80-@replica" && strings.Contains(sql, "mysql.innodb_table_stats"):
			return [][]string{{"corder#P#p0", "5", "800"}, {"corder#p#p1", "6", "900"}}, nil
		case target == "customer:-80@replica" && strings.Contains(sql, "table_rows"):
			return [][]string{{"corder", "5", "800"}, {"view", "NULL", "NULL"}, {"odd", "many", "1"}}, nil
		case target == "customer:-80@replica" && sql == "select min(`a``b`), max(`a``b`) from `corder`":
			return [][]string{{"-3", "9"}}, nil
		case sql == "select @@version_comment":
			return [][]string{{"MySQL Community Server"}}, nil
		}
		return shop(target, sql)
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g)})
	sizes, err := c.Sizes(t.Context(), "customer", "-80", topodata.TabletType_REPLICA)
	if want := (stream.TableSize{Rows: 5, Bytes: 800}); err != nil || len(sizes) != 1 || sizes["corder"] != want {
		t.Errorf("sizes %v, %v", sizes, err)
	}
	sizes, err = c.Sizes(t.Context(), "customer", "80-", topodata.TabletType_REPLICA)
	if want := (stream.TableSize{Rows: 11, Bytes: 1700}); err != nil || len(sizes) != 1 || sizes["corder"] != want {
		t.Errorf("sizes of partitions %v, %v", sizes, err)
	}
	if least, greatest, err := c.KeyRange(t.Context(), "customer", "-80", "corder", "a`b", topodata.TabletType_REPLICA); least != "-3" || greatest != "9" {
		t.Errorf("from %s to %s, %v", least, greatest, err)
	}
	if v, err := c.Version(t.Context()); v != "" || err != nil {
		t.Errorf("version %q, %v", v, err)
	}
	if keyspaces, err := c.Keyspaces(t.Context()); err != nil || !slices.Equal(keyspaces, []string{"commerce", "customer", "my_view"}) {
		t.Errorf("keyspaces %v, %v", keyspaces, err)
	}
	_, err = c.Tables(t.Context(), "my_view")
	wantText(t, err, "show tables from `my_view`", "Select command denied")
	var q *vtgate.QueryError
	if !errors.As(err, &q) || q.Code != codes.PermissionDenied {
		t.Errorf("%T of code %v", err, q.Code)
	}
}

// A VTGate that does not answer queries costs their time limit, not the run.
func TestSideQueryTimeout(t *testing.T) {
	release := make(chan struct{})
	g := &fakeGate{execute: func(string, string) ([][]string, *vtrpc.RPCError) {
		<-release
		return nil, nil
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g), QueryTimeout: shortly})
	defer close(release)
	_, err := c.Keyspaces(t.Context())
	wantText(t, err, "no answer within "+shortly.String())
}

func TestNoQueries(t *testing.T) {
	g := &fakeGate{execute: shop}
	c := dial(t, vtgate.Options{Address: serve(t, g), NoQueries: true})
	_, err1 := c.Keyspaces(t.Context())
	_, err2 := c.Shards(t.Context(), "customer", topodata.TabletType_PRIMARY)
	_, err3 := c.Tables(t.Context(), "customer")
	_, err4 := c.Sizes(t.Context(), "customer", "-80", topodata.TabletType_PRIMARY)
	_, err5 := c.Version(t.Context())
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if !errors.Is(err, vtgate.ErrNoQueries) {
			t.Errorf("error %v", err)
		}
	}
	if asked := g.statements(); len(asked) != 0 {
		t.Errorf("asked %q", asked)
	}
}
