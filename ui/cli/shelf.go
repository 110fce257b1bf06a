package cli

import (
	"os"

	"vtscope/stream"
)

// shelve has the store of a replay keep in a temporary file what is too much for its memory,
// so that all of a large capture can be looked at. What it gives lets go of the file.
func (r *run) shelve(store *stream.Store) func() {
	if r.replayed == nil {
		return func() {}
	}
	file, err := os.CreateTemp("", "vtscope-*")
	if err != nil {
		say("warning: no temporary file for what is too much for --buffer, and so the oldest rows are dropped: %v", err)
		return func() {}
	}
	_ = os.Remove(file.Name()) // where that can be done to an open file, nothing is left behind
	store.Shelve(file)
	return func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
}
