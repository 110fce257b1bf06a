package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// ErrInterrupted says that the user left with ctrl-c.
var ErrInterrupted = errors.New("interrupted")

// errDefect ends a screen after a panic; Bubble Tea has given the terminal back
// and printed the stack.
var errDefect = errors.New("a defect of vtscope, please report it with what is above")

// framesPerSecond bounds how often a frame is taken of the stream; writesPerSecond,
// how often the terminal is written to, keys' echo among it. Bubble Tea's
// ticker runs at that rate even when nothing moves, so it is low.
const (
	framesPerSecond = 20
	writesPerSecond = 30
)

// askSynchronised asks the terminal at the other end of SSH whether it can hold a frame
// back until it is whole: Bubble Tea asks only one that is near, and takes the answer of
// either.
func askSynchronised(environment func(string) string) tea.Cmd {
	if environment("SSH_TTY") == "" {
		return nil
	}
	return tea.Raw(ansi.RequestModeSynchronizedOutput)
}

func programOptions(ctx context.Context, o Options) []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithFPS(writesPerSecond), tea.WithoutSignalHandler(),
	}
	if !o.Colour {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	if o.Output != nil {
		options = append(options, tea.WithOutput(withoutRepaints(o.Output)))
	}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	if o.Environment != nil {
		options = append(options, tea.WithEnvironment(o.Environment))
	}
	return options
}
