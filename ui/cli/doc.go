// Package cli is the command line: it reads the flags, puts source, store and
// screen or printer together, starts the one goroutine that reads the stream and
// waits for it, and turns errors into exit codes. It is the only package that
// knows concrete sources.
package cli
