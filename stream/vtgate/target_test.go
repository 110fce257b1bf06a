package vtgate

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/topodata"

	"vtscope/stream"
)

func TestParseTarget(t *testing.T) {
	tests := []struct {
		text string
		want Target
		err  string
	}{
		{"customer", Target{Keyspace: "customer"}, ""},
		{"customer:-80", Target{Keyspace: "customer", Shard: "-80"}, ""},
		{"customer/-80", Target{Keyspace: "customer", Shard: "-80"}, ""},
		{"customer:0@replica", Target{"customer", "0", topodata.TabletType_REPLICA}, ""},
		{"customer@RDONLY", Target{Keyspace: "customer", Type: topodata.TabletType_RDONLY}, ""},
		{"@primary", Target{Type: topodata.TabletType_PRIMARY}, ""},
		{"", Target{}, "keyspace is empty"},
		{":-80", Target{}, "keyspace is empty"},
		{"customer:", Target{}, "shard is empty"},
		{"customer@", Target{}, "unknown tablet type"},
		{"customer@spare", Target{}, "primary, replica or rdonly"},
		{"customer:-80@replica|zone1-100", Target{}, "zone1-100"},
		{"customer[-80]", Target{}, "key range"},
		{"a:b:c", Target{}, "KEYSPACE[:SHARD]"},
		{"a@b@replica", Target{}, "KEYSPACE[:SHARD]"},
	}
	for _, test := range tests {
		got, err := ParseTarget(test.text)
		if test.err != "" {
			wantUsage(t, err, test.err)
		} else if err != nil || got != test.want {
			t.Errorf("%q: %+v, %v, want %+v", test.text, got, err, test.want)
		} else if again, err := ParseTarget(got.String()); err != nil || again != got {
			t.Errorf("%q prints as %q", test.text, got)
		}
	}
}

func wantUsage(t *testing.T, err error, part string) {
	t.Helper()
	var usage *UsageError
	if !errors.As(err, &usage) || !strings.Contains(err.Error(), part) {
		t.Errorf("error %v (%T), want a usage error with %q", err, err, part)
	}
}

func TestTargetsShareATabletType(t *testing.T) {
	tests := []struct {
		texts    []string
		targets  string
		tabletTy topodata.TabletType
		err      string
	}{
		{nil, "[]", topodata.TabletType_PRIMARY, ""},
		{[]string{"@rdonly"}, "[]", topodata.TabletType_RDONLY, ""},
		{[]string{"c:-80", "c:80-@replica"}, "[c:-80 c:80-@replica]", topodata.TabletType_REPLICA, ""},
		{[]string{"c:-80@replica", "d@primary"}, "", 0, "share one tablet type"},
		{[]string{"c:-80", "c", "c:80-", "d"}, "[c d]", topodata.TabletType_PRIMARY, ""},
		{[]string{"c:-80", "c/-80", "c:-80"}, "[c:-80]", topodata.TabletType_PRIMARY, ""},
		{[]string{"c", "@replica"}, "[]", topodata.TabletType_REPLICA, ""},
	}
	for _, test := range tests {
		targets, tabletType, err := parseTargets(test.texts)
		if test.err != "" {
			wantUsage(t, err, test.err)
		} else if err != nil || fmt.Sprint(targets) != test.targets || tabletType != test.tabletTy {
			t.Errorf("%q: %v of %v, %v", test.texts, targets, tabletType, err)
		}
	}
}

func TestRules(t *testing.T) {
	tests := []struct {
		parse         func(string) (rule, error)
		text          string
		match, filter string
		err           string
	}{
		{parseTable, "corder", "corder", "select * from `corder`", ""},
		{parseTable, "a`b", "a`b", "select * from `a``b`", ""},
		{parseTable, "/^c.*r$/", "/^c.*r$/", "", ""},
		{parseTable, "/a/b/", "/a/b/", "", ""},
		{parseTable, "", "", "", "empty"},
		{parseTable, "/", "", "", "two slashes"},
		{parseTable, "//", "", "", "two slashes"},
		{parseTable, "/a", "", "", "two slashes"},
		{parseTable, "/a(/", "", "", "missing closing"},
		{parseRule, "corder=select id from corder where id = 5", "corder", "select id from corder where id = 5", ""},
		{parseRule, "corder = SELECT * from corder", "corder", "SELECT * from corder", ""},
		{parseRule, "/.*/=-80", "/.*/", "-80", ""},
		{parseRule, "/a=b/=80-c0", "/a=b/", "80-c0", ""},
		{parseRule, "corder", "", "", "TABLE=SELECT"},
		{parseRule, "=select 1", "", "", "TABLE=SELECT"},
		{parseRule, "corder=", "", "", "is a SELECT"},
		{parseRule, "corder=delete from corder", "", "", "is a SELECT"},
		{parseRule, "/.*/", "", "", "TABLE=SELECT"},
		{parseRule, "/.*/=select 1", "", "", "key range only"},
		{parseRule, "/.*/=", "", "", "key range only"},
	}
	for _, test := range tests {
		r, err := test.parse(test.text)
		if test.err != "" {
			wantUsage(t, err, test.err)
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
		} else if w := r.wire(false); w.Match != test.match || w.Filter != test.filter {
			t.Errorf("%q: match %q, filter %q", test.text, w.Match, w.Filter)
		}
	}
	r, _ := parseTable("a.b")
	if w := r.wire(true); w.Match != `/^a\.b$/` || w.Filter != "" {
		t.Errorf("for some keyspaces: match %q, filter %q", w.Match, w.Filter)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"customer", "corder", "product", "-80", "80-"}
	for name, want := range map[string]string{
		"custmer": "customer", "cusotmer": "customer", "CUSTOMER": "customer", "order": "corder", "products": "product",
		"-77": "-80", "-8": "-80", "zebra": "", "": "", "x": "",
	} {
		if got := stream.Nearest(name, names); got != want {
			t.Errorf("nearest to %q is %q, want %q", name, got, want)
		}
	}
	for text, names := range map[string][]string{
		"there is none":  nil,
		"there are a, b": {"b", "a"},
		"there are a, b, c, d, e, f, g, h and others": {"a", "b", "c", "d", "e", "f", "g", "h", "i"},
	} {
		if got := suggest("xyzzy", names); got != text {
			t.Errorf("%q: %q", names, got)
		}
	}
}
