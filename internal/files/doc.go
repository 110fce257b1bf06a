// Package files reads the files that a user names and writes the program's own,
// both in one way: what is read is bounded, what is written is whole at any
// moment.
package files
