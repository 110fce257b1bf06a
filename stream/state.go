package stream

// State is the state of the stream as a whole.
type State uint8

// The states of a stream, in the words of the status event.
const (
	Connecting State = iota
	Streaming
	Retrying
	Ended
)

// String gives the word that JSON lines use.
func (s State) String() string {
	return [...]string{"connecting", "streaming", "retrying", "ended"}[s]
}
