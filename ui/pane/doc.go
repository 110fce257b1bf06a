// Package pane says what a pane of the screen is: what it is drawn from, a Context,
// and what its keys do, an Effect. The panes are packages below it, which do not
// know each other or the root.
package pane
