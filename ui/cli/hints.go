package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"vtscope/stream"
)

// followingHint answers those who look for tail's own words.
const followingHint = "following is the default: name the keyspace alone"

// commandHints are words that other programs take for commands, and this one for
// keyspaces.
var commandHints = map[string]string{
	"version": "the version is --version",
	"help":    "the help is --help",
	"tail":    followingHint,
	"follow":  followingHint,
	"watch":   followingHint,
	"stream":  followingHint,
	"start":   followingHint,
	"demo":    "the demo is --demo",
	"copy":    "a copy is --from copy",
	"check":   "a position is checked with --check-position",
	"json":    "JSON lines are -o json",
	"sql":     "statements are -o sql",
	"csv":     "CSV is -o csv",
}

// hinted adds to the error of a run that did not begin that a word may have been
// meant as a command. There may be a keyspace of that name.
func hinted(j *job, err error) error {
	if len(j.stream.Targets) == 0 {
		return err
	}
	word := j.stream.Targets[0]
	hint := commandHints[strings.ToLower(word)]
	if hint == "" {
		return err
	}
	return fmt.Errorf("%w; %s was taken for a keyspace: there are no commands, %s", err, word, hint)
}

// flagHint says what to do in place of a flag that does not exist.
func flagHint(err error, all *pflag.FlagSet) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	name := unknown.GetSpecifiedName()
	if name == "f" || name == "follow" {
		return " (" + followingHint + ")"
	}
	var names []string
	all.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := stream.Nearest(name, names); near != "" {
		return "; did you mean --" + near + "?"
	}
	return ""
}
