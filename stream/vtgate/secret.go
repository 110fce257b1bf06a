package vtgate

import (
	"fmt"
	"io"
)

const hidden = "***"

// A Secret is a text that is never printed: every verb of fmt, and the JSON
// and text encoders, show "***". The zero value is the empty text.
type Secret struct {
	// A pointer, because fmt calls no methods on unexported fields: a struct
	// around a Secret then prints an address, not the text.
	text *string
}

// NewSecret hides text.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Reveal gives the text itself, for the one place that sends it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// String gives "***".
func (s Secret) String() string { return hidden }

// GoString gives "***".
func (s Secret) GoString() string { return hidden }

// Format writes "***" for every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalText gives "***".
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
