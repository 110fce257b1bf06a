// Package details is the pane that shows one thing in full: whatever Subject it is
// given. It knows lines and which of them is chosen, not what they say.
package details
