package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"vtscope/ui"
	"vtscope/ui/pane"
)

// configured reads a command line with a file of settings.
func configured(t *testing.T, content string, args ...string) (*flags, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return parseFlags(append([]string{"--config", path}, args...))
}

func TestSettings(t *testing.T) {
	t.Setenv(vtgateVariable, "")
	f, err := configured(t, `
		theme = "light"
		buffer = '1GiB'
		no-mouse = true
		vtgate = "vtgate.example:443"
		connect-timeout = "3s"
		header = ["a=b", "c=d"]
		[columns]
		time = "delta"
		hidden = ["updated_at", "shop.customer.note"]
		[keys]
		pause = ["P", "ctrl-p", "f5", "alt-A"]
		follow = "shift-f"
		previous-match = []
		[typing]
		complete = "ctrl-n"
		newer = "down"
	`, "customer")
	if err != nil {
		t.Fatal(err)
	}
	if f.theme != "light" || f.buffer != 1<<30 || !f.noMouse || f.gate.Address != "vtgate.example:443" || f.gate.ConnectTimeout.String() != "3s" ||
		f.times != "delta" || !reflect.DeepEqual(f.hidden, []string{"updated_at", "shop.customer.note"}) ||
		!reflect.DeepEqual(f.headers, []string{"a=b", "c=d"}) {
		t.Errorf("%+v", f)
	}
	if want := map[pane.Action][]string{"pause": {"P", "ctrl+p", "f5", "alt+shift+a"}, "follow": {"F"}, "previous-match": {}}; !reflect.DeepEqual(f.keys, want) {
		t.Errorf("keys %v, not %v", f.keys, want)
	}
	if want := map[pane.Action][]string{"complete": {"ctrl+n"}, "newer": {"down"}}; !reflect.DeepEqual(f.typing, want) {
		t.Errorf("keys of typing %v, not %v", f.typing, want)
	}
}

// TestSettingsGiveWay: what is typed, and the environment, come first; the demo has a
// VTGate of its own.
func TestSettingsGiveWay(t *testing.T) {
	const content = "theme = 'dark'\nvtgate = 'a:1'\ntls = true"
	t.Setenv(vtgateVariable, "")
	if f, err := configured(t, content, "--theme", "mono", "--vtgate", "b:2", "--tls=false"); err != nil || f.theme != "mono" || f.gate.Address != "b:2" || f.gate.TLS {
		t.Errorf("%+v %v", f, err)
	}
	if f, err := configured(t, content, "--demo"); err != nil || f.theme != "dark" || f.gate.TLS {
		t.Errorf("%+v %v", f, err)
	}
	t.Setenv(vtgateVariable, "c:3")
	if f, err := configured(t, content); err != nil || f.gate.Address != "c:3" {
		t.Errorf("%+v %v", f, err)
	}
}

// TestBadSettings are told with their places, all at once.
func TestBadSettings(t *testing.T) {
	for content, want := range map[string]string{
		"theme = 'dark'\ntheme = 'light'":                 "2:",
		"\n  them = 'dark'":                               ":2:3: there is no setting them; did you mean theme?",
		"where = 'a = 1'":                                 ":1:1: there is no setting where",
		"buffer = 'much'":                                 `:1:1: buffer = "much": write a size`,
		"theme = ['dark']":                                ":1:1: theme takes one value, no list",
		"theme = {a = 1}":                                 ":1:1: theme: a word, a number",
		"[colours]\na = 1":                                ":2:1: there is no table [colours]; there are [columns], [keys] and [typing]",
		"[columns]\ntime = 'noon'":                        ":2:1: time is one of commit, arrival, relative, delta",
		"[columns]\nhidden = ['a.b']":                     `:2:1: hidden: "a.b": write a column, or keyspace.table.column`,
		"[columns]\nwidth = 3":                            ":2:1: there is no setting width; there are hidden and time",
		"[keys]\npaus = 'p'":                              ":2:1: there is no action paus; did you mean pause?",
		"[keys]\npause = 'hyper-p'":                       `:2:1: pause: "hyper-p" is no key: write a character`,
		"[keys]\npause = 'ctrl-i'":                        `:2:1: pause: "ctrl-i" cannot be told from tab`,
		"[keys]\n\n search = '/'":                         ":3:2: / is the key of both filter and search; give one of them another, or none: search = []",
		"[keys]\npause = 'p'\nzoom = 'p'":                 "p is the key of both pause and zoom",
		"[keys]\npause = 'ctrl-s'":                        `"ctrl-s" stops and starts many terminals`,
		"[keys]\npause = 'ctrl-h'":                        `"ctrl-h" cannot be told from backspace`,
		"[typing]\nleave = []":                            ":2:1: leave needs a key",
		"vtgate = ''":                                     ":1:1: vtgate: the value is empty",
		"theme = 'lite'":                                  ":1:1: theme = \"lite\": theme lite: there is no such theme",
		"[keys]\nquit = []":                               ":2:1: quit needs a key",
		"[typing]\ncomplete = 'c'":                        `:2:1: complete: "c" types something`,
		"them = 1\n[keys]\npaus = 'p'\npause = 'nothing'": "did you mean theme?; 3:1: there is no action paus; did you mean pause?; 4:1: pause: \"nothing\" is no key",
		"theme = 'dark":                                   ":1:",
		"theme = 'dar\x1b[31mk'":                          ":1:",
	} {
		_, err := configured(t, content)
		if err == nil || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%q: %v\nlacks %q", content, err, want)
		}
	}
	if _, err := parseFlags([]string{"--config", filepath.Join(t.TempDir(), "none.toml")}); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a file that is named and is not there: %v", err)
	}
	if _, err := parseFlags([]string{"--config", t.TempDir()}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if code, _, message := vtscope(t, "--config", t.TempDir()); code != exitUsage || strings.Count(message, "\n") != 1 {
		t.Errorf("%d %q", code, message)
	}
}

// TestBrokenSettingsAndHelp: whoever asks what is right gets an answer.
func TestBrokenSettingsAndHelp(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", folder)
	path := filepath.Join(folder, "vtscope", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--help", "--version", "--print-config"} {
		if code, out, message := vtscope(t, flag); code != exitOK || out == "" || message != "" {
			t.Errorf("%s: %d %q", flag, code, message)
		}
	}
	if code, _, message := vtscope(t, "customer", "-o", "json"); code != exitUsage || !strings.Contains(message, path+":1:") {
		t.Errorf("%d %q", code, message)
	}
}

// TestPrintedConfig: what is printed is read, changes nothing, and names everything that
// there is.
func TestPrintedConfig(t *testing.T) {
	t.Setenv(vtgateVariable, "")
	var out bytes.Buffer
	plain, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	printConfig(&out, plain)
	taken := regexp.MustCompile(`(?m)^# ([a-z-]+ = )`).ReplaceAllString(out.String(), "$1")
	f, err := configured(t, taken)
	if err != nil {
		t.Fatal(err)
	}
	table, typing := ui.Bindings()
	for _, part := range []struct {
		table []pane.Binding
		keys  map[pane.Action][]string
	}{{table, f.keys}, {typing, f.typing}} {
		for _, b := range part.table {
			if fmt.Sprint(part.keys[b.Action]) != fmt.Sprint(b.Keys) {
				t.Errorf("%s = %v, not %v", b.Action, part.keys[b.Action], b.Keys)
			}
		}
	}
	f.keys, f.typing, plain.keys, plain.typing, f.sets, plain.sets, f.config = nil, nil, nil, nil, nil, nil, ""
	f.headers, f.stream.Targets, f.hidden, f.times = nil, plain.stream.Targets, nil, ""
	if !reflect.DeepEqual(f, plain) {
		t.Errorf("with what is printed %+v\nwithout %+v", f, plain)
	}
}

// The printed file stands between these lines of docs/config.md.
const (
	configFrom = "<!-- config: from the flags and the key table, by go test ./ui/cli -update -->\n"
	configTo   = "<!-- end of config -->\n"
)

// TestManualShowsTheSettings compares docs/config.md with what --print-config prints, and
// writes it with -update.
func TestManualShowsTheSettings(t *testing.T) {
	t.Setenv(vtgateVariable, "")
	f, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	printConfig(&out, f)
	page := manual(t)["config.md"]
	before, rest, begins := strings.Cut(page, configFrom)
	list, after, ends := strings.Cut(rest, configTo)
	if !begins || !ends {
		t.Fatalf("docs/config.md lacks the line %q or %q", configFrom, configTo)
	}
	want := "\n```toml\n" + out.String() + "```\n\n"
	if list == want {
		return
	}
	if !*update {
		t.Fatalf("docs/config.md has other settings; go test ./ui/cli -update writes them. It should be:\n%s", want)
	}
	if err := os.WriteFile("../../docs/config.md", []byte(before+configFrom+want+configTo+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
