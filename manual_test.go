package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// maxReadmeLines keeps the README a page about the program: the manual is in docs.
const maxReadmeLines = 150

// markdownLink finds what a link points to.
var markdownLink = regexp.MustCompile(`\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"`)

// notInAnchors is what GitHub leaves out where it makes an anchor of a heading.
var notInAnchors = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

func TestReadmeIsShort(t *testing.T) {
	if n := strings.Count(readPage(t, "README.md"), "\n"); n > maxReadmeLines {
		t.Errorf("README.md has %d lines, and may have %d: the manual is in docs", n, maxReadmeLines)
	}
}

// TestLinksLeadSomewhere follows the links within the repository.
func TestLinksLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]bool{}
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".ci/vitess/README.md") {
		for _, m := range markdownLink.FindAllStringSubmatch(readPage(t, page), -1) {
			target := m[1] + m[2]
			if strings.Contains(target, "://") {
				continue
			}
			name, anchor, _ := strings.Cut(target, "#")
			file := page
			if name != "" {
				file = path.Join(path.Dir(page), name)
			}
			if page == "README.md" {
				linked[file] = true
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s links to %s, which does not exist", page, target)
			} else if anchor != "" && !hasHeading(readPage(t, file), anchor) {
				t.Errorf("%s links to %s, which has no such heading", page, target)
			}
		}
	}
	for _, page := range pages {
		if !linked[page] {
			t.Errorf("README.md does not link to %s", page)
		}
	}
}

// goFile finds names of Go files, also with a * in them.
var goFile = regexp.MustCompile(`[.A-Za-z0-9_/*]+\.go\b`)

// TestFilesThatAreNamedExist looks for the files that CONTRIBUTING.md and the file maps
// of the packages name: by their path, or by their name in the same folder.
func TestFilesThatAreNamedExist(t *testing.T) {
	exists := map[string]bool{} // by path and by name
	eachSourceFile(t, func(f *sourceFile) {
		for name := f.name; name != ""; _, name, _ = strings.Cut(name, "/") {
			exists[name] = true
		}
	})
	check := func(page, text, dir string) {
		for _, name := range goFile.FindAllString(text, -1) {
			matches, _ := filepath.Glob(path.Join(dir, name))
			anywhere, _ := filepath.Glob(name)
			if len(matches)+len(anywhere) == 0 && (dir != "" || !exists[name] && !matchesAny(exists, name)) {
				t.Errorf("%s names %s, which does not exist", page, name)
			}
		}
	}
	check("CONTRIBUTING.md", readPage(t, "CONTRIBUTING.md"), "")
	eachSourceFile(t, func(f *sourceFile) {
		if path.Base(f.name) == "doc.go" && f.Doc != nil {
			check(f.name, f.Doc.Text(), f.dir())
		}
	})
}

// matchesAny reports whether a pattern is that of a name.
func matchesAny(names map[string]bool, pattern string) bool {
	for name := range names {
		if is, _ := path.Match(pattern, name); is {
			return true
		}
	}
	return false
}

// hasHeading reports whether a page has a heading of an anchor.
func hasHeading(text, anchor string) bool {
	for line := range strings.Lines(text) {
		heading, is := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if !is || !strings.HasPrefix(line, "#") {
			continue
		}
		heading = notInAnchors.ReplaceAllString(strings.ToLower(strings.TrimSpace(heading)), "")
		if strings.ReplaceAll(heading, " ", "-") == anchor {
			return true
		}
	}
	return false
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
