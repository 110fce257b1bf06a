package cli

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// flagInText finds flags as people write them.
var flagInText = regexp.MustCompile("(?m)(?:^|[ `(])--([a-z][a-z0-9-]+)")

// TestReadmeNamesFlagsThatExist compares the flags in the README with those
// that the program takes.
func TestReadmeNamesFlagsThatExist(t *testing.T) {
	f, err := parseFlags(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range flagInText.FindAllStringSubmatch(readmeText(t), -1) {
		exists := slices.ContainsFunc(f.sets, func(g flagGroup) bool { return g.set.Lookup(found[1]) != nil })
		if !exists {
			t.Errorf("the README names --%s, which does not exist", found[1])
		}
	}
}

// TestReadmeShowsJSONLines reads its JSON examples.
func TestReadmeShowsJSONLines(t *testing.T) {
	_, rest, found := strings.Cut(readmeText(t), "```json\n")
	block, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("the README has no example of a JSON line")
	}
	for line := range strings.Lines(block) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

func readmeText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
