package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vtscope/ui/draw"
	"vtscope/ui/headless"
)

// leftOut are the flags that a command line which is offered does not repeat: they are
// of the screen, or said anew.
var leftOut = []string{"output", "where", "from", "buffer", "theme", "no-mouse", "config", "completion", "save-position", "limit", "for", "until", "events"}

// A commandLine gives the command that prints what the screen shows, filtered by an
// expression and from a position, both "" for none. The values of headers are secrets,
// and left out.
type commandLine func(where, from string) string

// commandLineOf remembers what was typed.
func commandLineOf(f *flags) commandLine {
	words := []string{"vtscope"}
	for _, group := range f.sets {
		group.set.VisitAll(func(p *pflag.Flag) {
			if !p.Changed || slices.Contains(leftOut, p.Name) {
				return
			}
			for _, value := range valuesOf(p) {
				words = append(words, flagWord(p, value))
			}
		})
	}
	for _, target := range f.stream.Targets {
		words = append(words, word(target))
	}
	start := f.from
	return func(where, from string) string {
		words := slices.Clone(words)
		if from == "" && start != "" {
			from = start
		}
		if from != "" && from != "current" {
			words = append(words, "--from "+word(from))
		}
		if where != "" {
			words = append(words, "--where "+word(where))
		}
		return strings.Join(append(words, "-o "+headless.Text.Name), " ")
	}
}

// valuesOf are what a flag was given, each by itself.
func valuesOf(p *pflag.Flag) []string {
	if list, is := p.Value.(pflag.SliceValue); is && p.Name != "tables-to-copy" {
		return list.GetSlice()
	}
	if list, is := p.Value.(pflag.SliceValue); is {
		return []string{strings.Join(list.GetSlice(), ",")}
	}
	return []string{p.Value.String()}
}

// flagWord is a flag as it is typed.
func flagWord(p *pflag.Flag, value string) string {
	switch {
	case p.Value.Type() == "bool" && value == "true":
		return "--" + p.Name
	case p.Name == "header" && !strings.Contains(value, "=@"):
		name, _, _ := strings.Cut(value, "=")
		value = name + "=***"
	}
	return "--" + p.Name + "=" + word(value)
}

// word quotes what a shell would change.
func word(text string) string {
	if plainPath.MatchString(text) {
		return text
	}
	return draw.ShellQuoted(text)
}
