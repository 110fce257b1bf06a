package cli

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"vtscope/ui/headless"
)

var update = flag.Bool("update", false, "write docs/flags.md")

// flagInText finds flags as people write them.
var flagInText = regexp.MustCompile("(?m)(?:^|[ `(|])--([a-z][a-z0-9-]+)")

// manual gives the README and the pages in docs, by their names.
func manual(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(names) == 0 {
		t.Fatal("there is no manual", err)
	}
	pages := map[string]string{}
	for _, name := range append(names, "../../README.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(name)] = string(text)
	}
	return pages
}

// TestManualNamesFlagsThatExist compares the flags in the manual with those that the
// program takes.
func TestManualNamesFlagsThatExist(t *testing.T) {
	f, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	for page, text := range manual(t) {
		for _, found := range flagInText.FindAllStringSubmatch(text, -1) {
			exists := slices.ContainsFunc(f.sets, func(g flagGroup) bool { return g.set.Lookup(found[1]) != nil })
			if !exists {
				t.Errorf("%s names --%s, which does not exist", page, found[1])
			}
		}
	}
}

// The table of flags stands between these lines of docs/flags.md.
const (
	flagsFrom = "<!-- flags: from ui/cli/flags.go, by go test ./ui/cli -update -->\n"
	flagsTo   = "<!-- end of flags -->\n"
)

// TestManualListsTheFlags compares docs/flags.md with the flags, and writes it with
// -update.
func TestManualListsTheFlags(t *testing.T) {
	t.Setenv(vtgateVariable, "")
	f, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	page := manual(t)["flags.md"]
	before, rest, begins := strings.Cut(page, flagsFrom)
	list, after, ends := strings.Cut(rest, flagsTo)
	if !begins || !ends {
		t.Fatalf("docs/flags.md lacks the line %q or %q", flagsFrom, flagsTo)
	}
	want := markdownFlags(f)
	if list == want {
		return
	}
	if !*update {
		t.Fatalf("docs/flags.md has other flags than flags.go; go test ./ui/cli -update writes them. It should be:\n%s", want)
	}
	if err := os.WriteFile("../../docs/flags.md", []byte(before+flagsFrom+want+flagsTo+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// markdownFlags is the help's list of flags as tables.
func markdownFlags(f *flags) string {
	var b strings.Builder
	for _, group := range f.sets {
		fmt.Fprintf(&b, "\n## %s\n\n| flag | meaning (default) |\n|---|---|\n", group.heading)
		group.set.VisitAll(func(p *pflag.Flag) {
			if p.Hidden {
				return
			}
			name, usage := pflag.UnquoteUsage(p)
			text := "--" + p.Name
			if p.Shorthand != "" {
				text = "-" + p.Shorthand + ", " + text
			}
			if name != "" {
				text += " " + name
			}
			if p.DefValue != "" && !slices.Contains([]string{"false", "0", "0s", "[]"}, p.DefValue) {
				usage += " (" + p.DefValue + ")"
			}
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(text, "|", `\|`), strings.ReplaceAll(usage, "|", `\|`))
		})
	}
	b.WriteString("\n")
	return b.String()
}

// TestManualDescribesOutput wants every format and every event on its page.
func TestManualDescribesOutput(t *testing.T) {
	page := manual(t)["output.md"]
	for _, format := range headless.Formats() {
		if !strings.Contains(page, "`-o "+format.Name+"` ") {
			t.Errorf("docs/output.md does not say what `-o %s` prints", format)
		}
	}
	for _, event := range headless.EventNames() {
		if !strings.Contains(page, "`"+event+"`") {
			t.Errorf("docs/output.md does not say what the event `%s` is", event)
		}
	}
}

// TestManualShowsJSONLines reads its JSON examples.
func TestManualShowsJSONLines(t *testing.T) {
	_, rest, found := strings.Cut(manual(t)["output.md"], "```json\n")
	block, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("docs/output.md has no example of a JSON line")
	}
	for line := range strings.Lines(block) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

// TestManualListsTheJSONKeys compares the table of the keys with those that the
// sources of the format write.
func TestManualListsTheJSONKeys(t *testing.T) {
	_, rest, found := strings.Cut(manual(t)["output.md"], "<!-- json keys -->")
	table, _, closed := strings.Cut(rest, "<!-- end of json keys -->")
	if !found || !closed {
		t.Fatal("docs/output.md has no table of the JSON keys")
	}
	listed := map[string]bool{}
	for line := range strings.Lines(table) {
		names, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), "|")
		for _, m := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(names, -1) {
			listed[m[1]] = true
		}
	}
	written := map[string]bool{}
	for _, name := range []string{"json.go", "jsonrow.go", "journal.go"} {
		source, err := os.ReadFile("../headless/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`[,{]"([a-z]+)":`).FindAllSubmatch(source, -1) {
			written[string(m[1])] = true
		}
	}
	if len(written) < 15 {
		t.Errorf("the sources write %v", written)
	}
	for key := range written {
		if !listed[key] {
			t.Errorf("docs/output.md does not list the key %q", key)
		}
	}
	for key := range listed {
		if !written[key] {
			t.Errorf("docs/output.md lists the key %q, which nothing writes", key)
		}
	}
}
