package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/headless"
)

// Shells for which --completion prints a script.
const (
	bash = "bash"
	zsh  = "zsh"
	fish = "fish"
)

var shells = []string{bash, zsh, fish}

// A completed is what a shell has to know of a flag.
type completed struct {
	name, short, usage string
	words              []string // that its value can be
	value              bool     // it takes one
	file, table        bool     // which is a file, or a table
}

// flagWords are the words that flags take.
func flagWords() map[string][]string {
	return map[string][]string{
		"output": outputs(), "events": headless.EventNames(), "theme": draw.ThemeNames(), "completion": shells,
		"from": {stream.Current, "copy"}, "until": {untilCopied, untilCaughtUp}, "cell-preference": {"preferlocalwithalias", "onlyspecified"},
	}
}

// completedFlags are all flags but those that only the scripts use.
func completedFlags(f *flags) (list []completed) {
	words := flagWords()
	for _, group := range f.sets {
		group.set.VisitAll(func(flag *pflag.Flag) {
			if flag.Hidden {
				return
			}
			value, usage := pflag.UnquoteUsage(flag)
			list = append(list, completed{
				name: flag.Name, short: flag.Shorthand, usage: usage, words: words[flag.Name],
				value: flag.Value.Type() != "bool", file: value == "FILE", table: flag.Name == "table",
			})
		})
	}
	return list
}

// printCompletion prints the script for a shell. Targets and tables are those of the
// VTGate that the words before name; vtscope prints them for the script.
func printCompletion(w io.Writer, f *flags) error {
	list := completedFlags(f)
	switch f.completion {
	case bash:
		printBash(w, list)
	case zsh:
		printZsh(w, list)
	case fish:
		printFish(w, list)
	default:
		return usagef("--completion %s: there are scripts for %s", f.completion, strings.Join(shells, ", "))
	}
	return nil
}

// pattern is a flag as it is typed, for a case of a shell.
func (c *completed) pattern() string {
	if c.short != "" {
		return "-" + c.short + "|--" + c.name
	}
	return "--" + c.name
}

const bashScript = `# bash completion for vtscope: source <(vtscope --completion bash)
_vtscope() {
    local line=${COMP_LINE:0:COMP_POINT} cur prev words i
    local -a all before
    read -ra all <<< "$line"
    cur=
    [[ $line == *[[:space:]] ]] || { cur=${all[-1]}; unset 'all[-1]'; }
    before=("${all[@]:1}")
    prev=${all[-1]}
    if [[ $cur == --*=* ]]; then prev=${cur%%%%=*}; cur=${cur#*=}; fi
    case $prev in
%s    *)
        if [[ $cur == -* ]]; then
            words='%s'
        else
            words=$(vtscope "${before[@]}" --complete-target "$cur" 2> /dev/null)
        fi ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    # The shell has already what stands before a character at which it breaks words.
    local have=${cur%%"${cur##*[:@=]}"}
    for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=${COMPREPLY[i]#"$have"}; done
}
complete -F _vtscope vtscope
`

func printBash(w io.Writer, list []completed) {
	var cases strings.Builder
	var names []string
	for i := range list {
		c := &list[i]
		names = append(names, "--"+c.name)
		action := ""
		switch {
		case !c.value:
			continue
		case c.file:
			action = `compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return`
		case c.table:
			action = `words=$(vtscope "${before[@]:0:${#before[@]}-1}" --complete-table "$cur" 2> /dev/null)`
		case c.words != nil:
			action = "words='" + strings.Join(c.words, " ") + "'"
		default:
			action = "return"
		}
		fmt.Fprintf(&cases, "    %s) %s ;;\n", c.pattern(), action)
	}
	fmt.Fprintf(w, bashScript, cases.String(), strings.Join(names, " "))
}

const zshScript = `#compdef vtscope
# zsh completion for vtscope: vtscope --completion zsh > a file called _vtscope in your $fpath
_vtscope() {
    local cur=${words[CURRENT]} prev=${words[CURRENT-1]}
    local -a before found flags
    before=(${words[2,CURRENT-1]})
    case $prev in
%s    *)
        if [[ $cur == -* ]]; then
            flags=(
%s            )
            _describe flag flags
        else
            found=(${(f)"$(vtscope $before --complete-target "$cur" 2> /dev/null)"})
            compadd -a found
        fi ;;
    esac
}
# Loaded from $fpath, the file is the function itself.
if [[ $funcstack[1] == _vtscope ]]; then _vtscope "$@"; else compdef _vtscope vtscope; fi
`

func printZsh(w io.Writer, list []completed) {
	var cases, flags strings.Builder
	for i := range list {
		c := &list[i]
		about := strings.NewReplacer("'", "", `\`, "", ":", `\:`).Replace(c.usage)
		fmt.Fprintf(&flags, "                '--%s:%s'\n", c.name, about)
		action := ""
		switch {
		case !c.value:
			continue
		case c.file:
			action = "_files"
		case c.table:
			action = `found=(${(f)"$(vtscope ${before[1,-2]} --complete-table "$cur" 2> /dev/null)"}); compadd -a found`
		case c.words != nil:
			action = "compadd " + strings.Join(c.words, " ")
		default:
			action = "return"
		}
		fmt.Fprintf(&cases, "    %s) %s ;;\n", c.pattern(), action)
	}
	fmt.Fprintf(w, zshScript, cases.String(), flags.String())
}

const fishScript = `# fish completion for vtscope: vtscope --completion fish > ~/.config/fish/completions/vtscope.fish
function __vtscope_ask
    set -l before (commandline -opc)[2..-1]
    if test $argv[1] = --complete-table
        set -e before[-1]
    end
    vtscope $before $argv[1] (commandline -ct) 2> /dev/null
end
complete -c vtscope -f -a '(__vtscope_ask --complete-target)'
`

func printFish(w io.Writer, list []completed) {
	fmt.Fprint(w, fishScript)
	for i := range list {
		c := &list[i]
		line := "complete -c vtscope -l " + c.name
		if c.short != "" {
			line += " -s " + c.short
		}
		switch {
		case c.file:
			line += " -r -F"
		case c.table:
			line += " -x -a '(__vtscope_ask --complete-table)'"
		case c.value:
			line += " -x -a '" + strings.Join(c.words, " ") + "'"
		}
		fmt.Fprintf(w, "%s -d '%s'\n", line, strings.NewReplacer("'", "", `\`, "").Replace(c.usage))
	}
}
