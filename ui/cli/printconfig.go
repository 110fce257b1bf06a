package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"vtscope/ui"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/pane/changes"
)

// printConfig prints a file with settings that says what each is for. All are those that
// vtscope has without it, and commented out.
func printConfig(w io.Writer, f *flags) {
	fmt.Fprint(w, "# vtscope's settings, in TOML. What is commented out is what vtscope has without this file.\n")
	fmt.Fprint(w, "# A flag on the command line, or $"+vtgateVariable+", counts before its setting here.\n")
	for _, group := range f.sets {
		heading := "\n# " + group.heading + "\n"
		group.set.VisitAll(func(flag *pflag.Flag) {
			if flag.Annotations[inFile] == nil {
				return
			}
			_, usage := pflag.UnquoteUsage(flag)
			fmt.Fprint(w, heading)
			heading = ""
			fmt.Fprintf(w, "\n# %s\n# %s = %s\n", strings.Join(draw.Wrap(usage, 98), "\n# "), flag.Name, tomlDefault(flag))
		})
	}
	fmt.Fprintf(w, columnsSettings, columnsTable, changes.TimeNames[0], strings.Join(changes.TimeNames[1:], ", "))
	table, typing := ui.Bindings()
	fmt.Fprint(w, "\n# Keys: a character, or a name such as space, pgup, f5, ctrl-u, alt-b. [] leaves an action without a key;\n# the palette still finds it.\n")
	printKeys(w, keysTable, table)
	fmt.Fprint(w, "\n# Keys in the line where a filter or a search is typed.\n")
	printKeys(w, typingTable, typing)
}

// columnsSettings are those of the log.
const columnsSettings = `
# The change log. What is hidden or narrowed on the screen is remembered, and counts before this.

[%s]
# hidden = []                 # columns to hide: "updated_at" in every table, or "keyspace.table.column"
# time = "%s"             # what the first column shows: or %s
`

// tomlDefault is a flag's default as TOML.
func tomlDefault(flag *pflag.Flag) string {
	if _, is := flag.Value.(pflag.SliceValue); is {
		return "[]"
	}
	if flag.Value.Type() == "bool" {
		return flag.DefValue
	}
	return tomlWord(flag.DefValue)
}

// tomlWord quotes a word that needs no escapes.
func tomlWord(word string) string {
	if strings.ContainsAny(word, `"\`) {
		return "'" + word + "'"
	}
	return `"` + word + `"`
}

func printKeys(w io.Writer, name string, table []pane.Binding) {
	fmt.Fprintf(w, "\n[%s]\n", name)
	for _, b := range table {
		var keys []string
		for _, key := range b.Keys {
			keys = append(keys, tomlWord(keyWord(key)))
		}
		help := b.Help
		if help == "" {
			help = strings.ReplaceAll(string(b.Action), "-", " ")
		}
		fmt.Fprintf(w, "# %-44s # %s\n", string(b.Action)+" = ["+strings.Join(keys, ", ")+"]", help)
	}
}

// keyWord is a keystroke as people write it.
func keyWord(key string) string {
	if modifier, rest, found := strings.Cut(key, "+"); found && rest != "" {
		return modifier + "-" + keyWord(rest)
	}
	return key
}
