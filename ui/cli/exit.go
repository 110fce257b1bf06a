package cli

import (
	"errors"
	"syscall"

	"vtscope/stream/vtgate"
	"vtscope/ui"
	"vtscope/ui/headless"
)

// Exit codes.
const (
	exitOK         = 0
	exitEnded      = 1 // the stream ended for a reason that trying again cannot mend
	exitUsage      = 2
	exitConnection = 3
	exitSignal     = 128 // plus the signal's number
)

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
