package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"vtscope/ui/pane"
	"vtscope/ui/prompt"
)

// The manual's key table stands between these lines.
const (
	keysPage   = "../docs/keys.md"
	keysFrom   = "<!-- keys: from ui/keys.go, by go test ./ui -update -->\n"
	keysTo     = "<!-- end of keys -->\n"
	keysDiffer = "docs/keys.md has other keys than keys.go; go test ./ui -update writes them"
)

// TestManualListsTheKeys compares the manual's table with the key table, and writes
// it with -update.
func TestManualListsTheKeys(t *testing.T) {
	content, err := os.ReadFile(keysPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(content), keysFrom)
	table, after, ends := strings.Cut(rest, keysTo)
	if !begins || !ends {
		t.Fatalf("docs/keys.md lacks the line %q or %q", keysFrom, keysTo)
	}
	want := markdownKeys()
	if table == want {
		return
	}
	if !*update {
		t.Fatalf("%s. It should be:\n%s", keysDiffer, want)
	}
	if err := os.WriteFile(keysPage, []byte(before+keysFrom+want+keysTo+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// markdownKeys is both key tables as Markdown, a group's name beside its first key.
func markdownKeys() string {
	var b strings.Builder
	b.WriteString("\n| | key | what it does |\n|---|---|---|\n")
	group := ""
	for _, k := range explained(pane.NewKeys(bindings, nil), pane.NewKeys(prompt.Bindings, nil), "", nil) {
		heading := ""
		if k.Group != group {
			group, heading = k.Group, "**"+k.Group+"**"
		}
		var keys []string
		for key := range strings.FieldsSeq(k.Show) {
			keys = append(keys, "`"+key+"`")
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", heading, strings.Join(keys, " "), strings.ReplaceAll(k.Help, "|", `\|`))
	}
	b.WriteString("\n")
	return b.String()
}
