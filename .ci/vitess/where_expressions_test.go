//go:build cluster

package cluster

import (
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// template makes expressions: each $name in text stands for the members of a set.
type template struct {
	text  string
	count int // 0 for as many as the largest set has members
}

var (
	setLine     = regexp.MustCompile(`^\$(\w+) = (.*)$`)
	countPrefix = regexp.MustCompile(`^x(\d+) `)
	placeholder = regexp.MustCompile(`\$[a-z]\w*`)
)

// readExpressions makes the expressions of the files in testdata/where; those
// of one file share its sets. The same files give the same expressions.
func readExpressions(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/where/expressions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no expressions: %v", err)
	}
	var all []string
	seen := map[string]bool{}
	for _, file := range files {
		sets, templates := readTemplates(t, file)
		for _, made := range templates {
			for _, expression := range made.expand(sets) {
				if !seen[expression] {
					seen[expression] = true
					all = append(all, expression)
				}
			}
		}
	}
	return all
}

func readTemplates(t *testing.T, file string) (map[string][]string, []template) {
	t.Helper()
	sets := map[string][]string{}
	var templates []template
	for _, line := range dataLines(t, file) {
		if match := setLine.FindStringSubmatch(line); match != nil {
			sets["$"+match[1]] = strings.Split(match[2], " | ")
			continue
		}
		made := template{text: line}
		if match := countPrefix.FindStringSubmatch(line); match != nil {
			made.text = line[len(match[0]):]
			made.count, _ = strconv.Atoi(match[1])
		}
		for _, name := range placeholder.FindAllString(made.text, -1) {
			if len(sets[name]) == 0 {
				t.Fatalf("%s: %s: there is no set %s", file, line, name)
			}
		}
		templates = append(templates, made)
	}
	return sets, templates
}

// expand takes the members of each set in shuffled turns, so that few
// expressions hold each member as often as the others. Its own text seeds the
// shuffling: a changed line changes no other line's expressions.
func (m template) expand(sets map[string][]string) []string {
	names := placeholder.FindAllString(m.text, -1)
	count := max(m.count, 1)
	if m.count == 0 {
		for _, name := range names {
			count = max(count, len(sets[name]))
		}
	}
	hash := fnv.New64a()
	hash.Write([]byte(m.text))
	random := rand.New(rand.NewPCG(hash.Sum64(), 0))
	turns := make([][]int, len(names))
	expressions := make([]string, count)
	for i := range expressions {
		next := 0
		expressions[i] = placeholder.ReplaceAllStringFunc(m.text, func(name string) string {
			set, turn := sets[name], next
			next++
			if len(turns[turn]) == 0 {
				turns[turn] = random.Perm(len(set))
			}
			member := set[turns[turn][0]]
			turns[turn] = turns[turn][1:]
			return member
		})
	}
	return expressions
}

// dataLines reads the lines of a file that are neither empty nor comments.
func dataLines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}
