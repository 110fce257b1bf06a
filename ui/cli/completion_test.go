package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vtscope/stream/demo"
)

// TestCompletionScripts: each shell reads its script without a complaint. Those that are
// not there read nothing.
func TestCompletionScripts(t *testing.T) {
	for _, shell := range shells {
		code, script, messages := vtscope(t, "--completion", shell)
		if code != exitOK || messages != "" || !strings.Contains(script, "high-contrast") || !strings.Contains(script, completeTarget) || strings.Contains(script, "%!") {
			t.Errorf("%s: %d %q\n%s", shell, code, messages, script)
		}
		path, err := exec.LookPath(shell)
		if err != nil {
			continue
		}
		file := filepath.Join(t.TempDir(), "script")
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(path, "-n", file).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s -n: %v\n%s", shell, err, out)
		}
	}
	if code, _, messages := vtscope(t, "--completion", "tcsh"); code != exitUsage || !strings.Contains(messages, "bash, zsh, fish") {
		t.Errorf("%d %q", code, messages)
	}
}

// TestCompletedWords: targets and tables are those of the VTGate; where none answers, there
// are none, and nothing is said.
func TestCompletedWords(t *testing.T) {
	server, err := demo.Start(demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for _, test := range []struct{ args, want string }{
		{"--complete-target ", "shop"},
		{"--complete-target sh", "shop"},
		{"--complete-target shop:", "shop:-40 shop:40-80 shop:80-c0 shop:c0-"},
		{"--complete-target shop:8", "shop:80-c0"},
		{"--complete-target shop@r", "shop@replica shop@rdonly"},
		{"--complete-target other", ""},
		{"shop --complete-table c", "corder customer"},
		{"shop:-40@replica --complete-table pro", "product"},
		{"--complete-table x", ""},
		{"--where 'a = --complete-target s", ""},
		{"--no-such-flag --complete-target s", ""},
	} {
		args := append([]string{"--vtgate", server.Addr()}, strings.Split(test.args, " ")...)
		code, out, messages := vtscope(t, args...)
		got := strings.Fields(out)
		for _, word := range strings.Fields(test.want) {
			if !slices.Contains(got, word) {
				t.Errorf("%s: %v lacks %s", test.args, got, word)
			}
		}
		if code != exitOK || messages != "" || test.want == "" && out != "" || test.args == "--complete-target shop:8" && len(got) != 1 {
			t.Errorf("%s: %d %q %q", test.args, code, out, messages)
		}
	}
	if code, out, messages := vtscope(t, "--vtgate", "localhost:1", "--complete-target", "s"); code != exitOK || out != "" || messages != "" {
		t.Errorf("without a VTGate: %d %q %q", code, out, messages)
	}
	if code, out, _ := vtscope(t, "--demo", "--complete-target", "s"); code != exitOK || !strings.Contains(out, "shop") {
		t.Errorf("of the demo: %d %q", code, out)
	}
}

// TestBashCompletes presses tab, as bash does: what it has before a colon is not repeated.
func TestBashCompletes(t *testing.T) {
	path, err := exec.LookPath(bash)
	if err != nil {
		t.Fatal(err) // CI and .ci's scripts need one, too
	}
	folder := t.TempDir()
	// What vtscope would print of a VTGate's keyspaces, shards and tables.
	printed := "#!/bin/sh\ncase \"$*\" in *--complete-table*) echo customer; echo corder ;; *shop:*) echo shop:-40; echo shop:80- ;; *) echo shop; echo commerce ;; esac\n"
	if err := os.WriteFile(filepath.Join(folder, "vtscope"), []byte(printed), 0o700); err != nil {
		t.Fatal(err)
	}
	_, script, _ := vtscope(t, "--completion", bash)
	for line, want := range map[string]string{
		"vtscope ":                   "shop commerce",
		"vtscope s":                  "shop",
		"vtscope shop:":              "-40 80-",
		"vtscope shop:8":             "80-",
		"vtscope --the":              "--theme",
		"vtscope --theme ":           "auto dark light high-contrast mono",
		"vtscope --theme l":          "light",
		"vtscope shop -t c":          "customer corder",
		"vtscope --theme=l":          "light",
		"vtscope -o j":               "json",
		"vtscope --until cop":        "copied",
		"vtscope --connect-timeout ": "",
		"vtscope --completion ":      "bash zsh fish",
	} {
		run := script + "\nCOMP_LINE=$1; COMP_POINT=${#1}; _vtscope; printf '%s\\n' \"${COMPREPLY[@]}\""
		command := exec.Command(path, "-c", run, "bash", line)
		command.Env = append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"))
		out, err := command.CombinedOutput()
		got := strings.Fields(string(out))
		slices.Sort(got)
		wanted := strings.Fields(want)
		slices.Sort(wanted)
		if err != nil || !slices.Equal(got, wanted) {
			t.Errorf("%q gives %v, not %v: %v", line, got, wanted, err)
		}
	}
}
