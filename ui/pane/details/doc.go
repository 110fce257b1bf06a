// Package details is the pane that shows one thing in full: whatever Subject it is
// given. It knows the lines and which one is chosen, not their meaning.
package details
