// Command vtscope looks at live Vitess change streams: on a screen, and as
// lines for pipes. What it does is in ui/cli.
package main

import (
	"os"

	"vtscope/ui/cli"
)

func main() {
	os.Exit(cli.Run(os.Args[1:]))
}
