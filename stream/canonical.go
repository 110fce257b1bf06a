package stream

// generatedMessage is what vtprotobuf generates.
type generatedMessage interface {
	UnmarshalVT([]byte) error
	MarshalVT() ([]byte, error)
}

// canonical brings an encoded message into the form that the generated code
// writes: every known field once, in its plain form, which the walk understands.
func canonical(b []byte, m generatedMessage) ([]byte, bool) {
	if m.UnmarshalVT(b) != nil {
		return nil, false
	}
	plain, err := m.MarshalVT()
	return plain, err == nil
}
