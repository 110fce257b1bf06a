package cli

import (
	"path/filepath"
	"slices"
	"testing"

	"vtscope/ui/window"
)

// TestAsksWhat: the screen asks where nothing on the command line says what to stream.
func TestAsksWhat(t *testing.T) {
	for _, test := range []struct {
		args []string
		asks bool
	}{
		{nil, true}, {[]string{"--vtgate", "a:1"}, true}, {[]string{"--where", "id = 1"}, true},
		{[]string{"customer"}, false}, {[]string{"-t", "customer"}, false}, {[]string{"--from", "copy"}, false},
		{[]string{"--demo"}, false}, {[]string{"--no-queries"}, false}, {[]string{"-o", "json"}, false},
	} {
		f, err := parseFlags(test.args)
		if err != nil {
			t.Fatal(err)
		}
		j, err := newJob(f, fullTerminal)
		if err != nil {
			t.Fatal(err)
		}
		if j.asksWhat() != test.asks {
			t.Errorf("%v: asks %v", test.args, j.asksWhat())
		}
	}
}

// TestChoice: what is chosen takes the place of what was typed about that, and of no more;
// the command line says the same.
func TestChoice(t *testing.T) {
	f, err := parseFlags([]string{"--vtgate", "a:1", "old", "-t", "x", "--rule", "y=select * from y", "--from", "copy", "--tables-to-copy", "z", "--save-position", filepath.Join(t.TempDir(), "p"), "--until", "copied", "--where", "id = 2", "--header", "token=secret"})
	if err != nil {
		t.Fatal(err)
	}
	j, err := newJob(f, fullTerminal)
	if err != nil {
		t.Fatal(err)
	}
	s := window.Selection{Targets: []string{"shop:-80", "accounts"}, Tables: []string{"corder", "it's"}}
	if got, want := f.commandOf(&s, ""), "vtscope --vtgate=a:1 --header='token=***' shop:-80 accounts -t corder -t 'it'\\''s'"; got != want {
		t.Errorf("%s\nnot\n%s", got, want)
	}
	next, err := j.next(&choice{Selection: s})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(next.stream.Targets, s.Targets) || !slices.Equal(next.stream.Tables, s.Tables) || len(next.stream.Rules)+len(next.stream.TablesToCopy) > 0 ||
		next.save != "" || next.until.word != "" || next.stream.From.Copy || next.gate.Address != "a:1" || len(next.gate.Headers) != 1 {
		t.Errorf("%+v", next.stream)
	}
	if next, err = next.next(&choice{Selection: window.Selection{Targets: []string{"shop"}, From: "copy"}}); err != nil || !next.stream.From.Copy || len(next.stream.Tables) > 0 {
		t.Errorf("%+v %v", next, err)
	}
	if got, want := f.commandOf(&window.Selection{Targets: []string{"shop"}, From: "@a file"}, "id = 1"), "vtscope --vtgate=a:1 --header='token=***' shop --from '@a file' --where 'id = 1'"; got != want {
		t.Errorf("%s\nnot\n%s", got, want)
	}
	if _, err := next.next(&choice{Selection: window.Selection{Targets: []string{"shop"}, From: "@/nowhere"}}); exitCode(err) != exitUsage {
		t.Errorf("a position that is not there: %v", err)
	}
}
