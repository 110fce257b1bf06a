package pane

// A Clipping is something that can be copied.
type Clipping struct {
	// Key chooses it in the window, Name says what it is.
	Key, Name string
	// Ext is what the name of a file with it ends in, as "json".
	Ext string
	// Text makes it.
	Text func() (string, error)
}

// A Clipper is a subject of which something can be copied.
type Clipper interface {
	Clippings(c *Context) []Clipping
}

// Called is a subject with a name that is shorter than its title.
type Called interface{ Name(c *Context) string }

// Plainly is a clipping that is known already.
func Plainly(key, name, text string) Clipping {
	return Clipping{Key: key, Name: name, Ext: "txt", Text: func() (string, error) { return text, nil }}
}
