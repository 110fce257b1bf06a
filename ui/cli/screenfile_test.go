package cli

import (
	"os"
	"testing"
)

// TestScreenThatHasGoneAway is told by the first write that fails.
func TestScreenThatHasGoneAway(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	lost := 0
	screen := &screenFile{writer, func() { lost++ }}
	if _, err := screen.Write([]byte("x")); err != nil || lost != 0 {
		t.Errorf("lost %d times, %v", lost, err)
	}
	reader.Close()
	if _, err := screen.Write([]byte("x")); err == nil || lost != 1 {
		t.Errorf("lost %d times, %v", lost, err)
	}
}
