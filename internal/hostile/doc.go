// Package hostile is what comes from outside to reach a terminal, and what must not
// reach it. It is for tests.
package hostile
