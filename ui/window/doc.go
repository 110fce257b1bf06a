// Package window is what lies over the screen: the help, the palette, the question
// before a copy, what can be copied, columns, what to stream, where to record, a time to go to. The root keeps
// them as a stack, and gives all keys to the uppermost.
package window
