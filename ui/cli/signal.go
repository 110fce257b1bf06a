package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// An askedEnd ends a run as it was asked to.
type askedEnd string

func (e askedEnd) Error() string { return string(e) }

// AskedEnd makes it a stream.AskedEnd.
func (askedEnd) AskedEnd() {}

// errTimeUp ends a run whose time, --for, is up.
const errTimeUp = askedEnd("the time is up")

// signalError ends a run that a signal asks to end.
type signalError struct{ signal syscall.Signal }

// AskedEnd makes it a stream.AskedEnd.
func (signalError) AskedEnd() {}

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
