package cli

import (
	"fmt"
	"io"
	"strings"
)

const usage = `vtscope shows live Vitess change streams.

Usage:
  vtscope [flags] [TARGET ...]

A TARGET is KEYSPACE[:SHARD][@TABLET_TYPE]; with no target, vtscope asks on a
terminal, and takes every keyspace in a pipe.

Examples:
  vtscope --demo                            a stream to watch, without a VTGate
  vtscope customer                          every shard of a keyspace, from now on
  vtscope customer:-80 customer:80-         two shards
  vtscope customer@replica                  from replicas
  vtscope customer -t corder --from copy    copy one table, then follow it
  vtscope customer -o json | jq .after      as JSON lines
`

// helpWidth is where the lines of the help break.
const helpWidth = 100

// boolValue is what pflag writes behind the name of a flag that takes no value; it
// tells nobody anything.
const boolValue = "[=true|false]"

// printHelp lists the flags under their headings.
func printHelp(w io.Writer, f *flags) {
	fmt.Fprint(w, usage)
	for _, group := range f.sets {
		usages := group.set.FlagUsagesWrapped(helpWidth)
		usages = strings.ReplaceAll(usages, boolValue, strings.Repeat(" ", len(boolValue)))
		fmt.Fprintf(w, "\n%s:\n%s", group.heading, usages)
	}
	fmt.Fprint(w, "\nExit codes: 0 finished as asked; 1 the stream ended with an error, or a position cannot be used, or a change cannot be\nwritten as SQL; 2 wrong usage; 3 no connection; 129, 130, 143 hung up, interrupted, terminated.\n")
}
