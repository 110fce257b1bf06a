// Package pane says what a pane of the screen is: what it is drawn from, a Context,
// and what its keys do, an Effect. The panes are packages below it, which import
// neither each other nor package ui.
package pane
