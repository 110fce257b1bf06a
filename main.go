// Command vtscope looks at live Vitess change streams: on a screen, and as
// lines for pipes.
//
// This package reads the flags, puts source, store and screen together, starts
// the one goroutine that reads the stream and waits for it, and turns errors
// into exit codes. It is the only one that knows concrete sources.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"golang.org/x/term"

	"vtscope/stream/vtgate"
	"vtscope/ui"
	"vtscope/ui/headless"
)

func main() {
	os.Exit(run(os.Args[1:]))
}

// run is the whole program; it gives the exit code.
func run(args []string) int {
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

// A terminal says what can be shown on it.
type terminal int

const (
	noTerminal   terminal = iota // a pipe or a file
	dumbTerminal                 // lines, but no screen
	fullTerminal
)

// terminalOf looks at what output goes to. A screen needs a terminal that says
// what it is.
func terminalOf(out *os.File) terminal {
	switch name := os.Getenv("TERM"); {
	case !term.IsTerminal(int(out.Fd())):
		return noTerminal
	case runtime.GOOS != "windows" && (name == "" || name == "dumb"):
		return dumbTerminal
	}
	return fullTerminal
}

// Exit codes.
const (
	exitOK         = 0
	exitEnded      = 1 // the stream ended for a reason that trying again cannot mend
	exitUsage      = 2
	exitConnection = 3
	exitSignal     = 128 // plus the signal's number
)

// errTimeUp ends a run whose time, --for, is up.
var errTimeUp = errors.New("the time is up")

// signalError ends a run that a signal asks to end.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string { return "interrupted by " + e.signal.String() }

// untilSignal makes a context that ends with the first signal to leave, which
// is its cause. The second ends the program, should a reader hold it up.
func untilSignal(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		// What was ignored at the start stays ignored: nohup, and background jobs.
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	go guarded(cancel, func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			if number, ok := s.(syscall.Signal); ok {
				cancel(signalError{number})
			}
		case <-ctx.Done():
		}
	})()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// exitCode says how an error ends the program.
func exitCode(err error) int {
	var asked signalError
	var usage *usageError
	var gateUsage *vtgate.UsageError
	var connect *vtgate.ConnectError
	switch {
	case err == nil, errors.Is(err, headless.ErrDone), errors.Is(err, headless.ErrClosed), errors.Is(err, errTimeUp),
		errors.Is(err, errReached):
		return exitOK
	case errors.As(err, &asked):
		return exitSignal + int(asked.signal)
	case errors.Is(err, ui.ErrInterrupted):
		return exitSignal + int(syscall.SIGINT)
	case errors.As(err, &usage), errors.As(err, &gateUsage):
		return exitUsage
	case errors.As(err, &connect):
		return exitConnection
	}
	return exitEnded
}

// fail tells of an error that the user did not ask for, and gives the exit code.
func fail(err error) int {
	code := exitCode(err)
	if code > exitOK && code < exitSignal {
		say("%v", err)
	}
	return code
}
