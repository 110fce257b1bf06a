package headless

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"syscall"
)

// An end is a cause that ends a run as it was asked to.
type end string

func (e end) Error() string { return string(e) }

// AskedEnd makes it a stream.AskedEnd.
func (end) AskedEnd() {}

// ErrDone ends a run that has printed as many events as it was asked for; ErrClosed one
// whose reader has gone away.
const (
	ErrDone   = end("the limit of events is reached")
	ErrClosed = end("the reader of the output has gone away")
)

// outputSize is how much output collects before it is written without waiting
// for the end of a frame.
const outputSize = 64 << 10

// output collects lines and writes them in large pieces.
type output struct {
	w   io.Writer
	buf []byte
	err error // the first error of w; there is no writing after it
}

// add takes whole lines.
func (o *output) add(lines []byte) error {
	if len(lines) >= outputSize {
		if err := o.flush(); err != nil {
			return err
		}
		return o.write(lines)
	}
	o.buf = append(o.buf, lines...)
	if len(o.buf) >= outputSize {
		return o.flush()
	}
	return o.err
}

// end makes output a target: there is nothing to do between two pieces.
func (o *output) end() {}

// flush writes what has collected.
func (o *output) flush() error {
	if len(o.buf) == 0 {
		return o.err
	}
	err := o.write(o.buf)
	o.buf = o.buf[:0]
	return err
}

func (o *output) write(b []byte) error {
	if o.err != nil {
		return o.err
	}
	n, err := o.w.Write(b)
	switch {
	case err == nil && n < len(b):
		o.err = io.ErrShortWrite
	case err == nil:
	case isClosed(err):
		o.err = ErrClosed
	default:
		o.err = fmt.Errorf("writing the output: %w", err)
	}
	return o.err
}

// What Windows says when the other end of a pipe is gone: ERROR_BROKEN_PIPE
// and ERROR_NO_DATA.
const (
	windowsBrokenPipe = syscall.Errno(109)
	windowsNoData     = syscall.Errno(232)
)

func isClosed(err error) bool {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return true
	}
	return runtime.GOOS == "windows" && (errors.Is(err, windowsBrokenPipe) || errors.Is(err, windowsNoData))
}
