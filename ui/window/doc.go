// Package window is what lies over the screen: the help, and the question before a
// copy. The root keeps them as a stack, and gives all keys to the uppermost.
package window
