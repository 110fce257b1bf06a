// Package hostile has inputs that would harm a terminal, and tells which output must
// never reach one. It is for tests.
package hostile
