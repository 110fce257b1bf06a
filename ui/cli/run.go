package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// Run is the whole program; it gives the exit code.
func Run(args []string) int {
	// A reader that goes away shows as an error of the write, not as a signal.
	signal.Ignore(syscall.SIGPIPE)
	defer startMessages()()
	f, err := parseFlags(args)
	if err != nil {
		return fail(err)
	}
	switch {
	case f.help:
		printHelp(os.Stdout, f)
		return exitOK
	case f.version:
		fmt.Println("vtscope", version())
		return exitOK
	}
	if err := f.check(terminalOf(os.Stdout)); err != nil {
		return fail(err)
	}
	ctx, stop := untilSignal(context.Background())
	defer stop()
	return fail(session(ctx, f))
}
