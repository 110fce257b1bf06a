package cli

import "testing"

func TestCommandLine(t *testing.T) {
	for _, test := range []struct {
		args        []string
		where, from string
		want        string
	}{
		{nil, "", "", "vtscope -o text"},
		{[]string{"customer:-80@replica", "-o", "tui", "--buffer", "1GiB", "--no-queries"}, "", "", "vtscope --no-queries 'customer:-80@replica' -o text"},
		{[]string{"--vtgate", "h:1", "-t", "a", "-t", "/^b c/", "--from", "copy"}, "name = 'x'", "", `vtscope --vtgate=h:1 --table=a --table='/^b c/' --from copy --where 'name = '\''x'\''' -o text`},
		{[]string{"--from", "copy", "--where", "a = 1"}, "", `[{"keyspace":"k"}]`, `vtscope --from '[{"keyspace":"k"}]' -o text`},
		{[]string{"--header", "authorization=Bearer x", "--header", "b=@file"}, "", "", "vtscope --header='authorization=***' --header='b=@file' -o text"},
		{[]string{"--tables-to-copy", "a,b", "--heartbeat-interval", "5s"}, "", "", "vtscope --tables-to-copy=a,b --heartbeat-interval=5s -o text"},
	} {
		f, err := parseFlags(test.args)
		if err != nil {
			t.Fatal(err)
		}
		if got := commandLineOf(f)(test.where, test.from); got != test.want {
			t.Errorf("%q:\n%s\nwant\n%s", test.args, got, test.want)
		}
	}
}
