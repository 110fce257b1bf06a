package cli

import (
	"fmt"
	"os"
	"runtime/debug"
)

// A defectError is a panic, as an error.
type defectError struct{ text string }

func (e *defectError) Error() string { return e.text }

// defect makes an error of a panic; the stack is for those who ask for it.
func defect(reason any) error {
	err := &defectError{fmt.Sprintf("a defect of vtscope, please report it: %v", reason)}
	if os.Getenv("GOTRACEBACK") != "" {
		err.text += "\n" + string(debug.Stack())
	}
	return err
}

// guarded hands a panic on as an error, so that the run ends as any other does:
// with the terminal given back.
func guarded(broken func(error), work func()) func() {
	return func() {
		defer func() {
			if reason := recover(); reason != nil {
				broken(defect(reason))
			}
		}()
		work()
	}
}
