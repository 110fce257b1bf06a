package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
)

// A program is the screen on an emulated terminal, with the demo's VTGate
// behind it.
type program struct {
	*terminal
	server *demo.Server
	cancel context.CancelCauseFunc
	ended  chan error
}

func startProgram(t *testing.T, width, height int) *program {
	t.Helper()
	return startProgramOn(t, demo.Options{Rate: 200, Rows: 400}, defaultBuffer, width, height)
}

// startProgramOn has another demo behind it, and keeps so many bytes.
func startProgramOn(t *testing.T, o demo.Options, buffer, width, height int) *program {
	t.Helper()
	server, err := demo.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	p := connectProgram(t, server.Addr(), buffer, width, height)
	p.server = server
	return p
}

// connectProgram has a VTGate behind it that is there already.
func connectProgram(t *testing.T, address string, buffer, width, height int) *program {
	t.Helper()
	client, err := vtgate.Dial(t.Context(), vtgate.Options{Address: address})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{demo.Keyspace}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := client.Plan(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	p := &program{newTerminal(t, width, height), nil, cancel, make(chan error, 1)}
	store, progress := stream.NewStore(buffer), stream.NewProgress(plan.Start)
	streamed := make(chan struct{})
	go func() {
		defer close(streamed)
		stream.Run(ctx, stream.Config{Source: plan.Source, From: plan.Start, Sink: store, Progress: progress})
	}()
	go func() {
		p.ended <- run(ctx, Options{
			Store: store, Progress: progress, Target: demo.Keyspace, Address: "demo", Colour: true,
			Input: p.terminal, Output: p.terminal,
			Environment: []string{"TERM=xterm-256color"},
		}, tea.WithWindowSize(width, height), tea.WithColorProfile(colorprofile.ANSI))
	}()
	t.Cleanup(func() { cancel(nil); <-streamed })
	return p
}

// end waits for the program's end and looks whether the terminal is as it was.
func (p *program) end() error {
	p.t.Helper()
	select {
	case err := <-p.ended:
		if p.IsAltScreen() || p.hidden.Load() {
			p.t.Errorf("the terminal is not restored: alternate screen %v, cursor hidden %v", p.IsAltScreen(), p.hidden.Load())
		}
		return err
	case <-time.After(patience):
		p.t.Fatalf("the program does not end:\n%s", p.text())
		return nil
	}
}

func TestProgram(t *testing.T) {
	p := startProgram(t, 120, 40)
	p.shows("● LIVE", "▶ follow", "╭ -40", "c0-", "corder", "insert", "update", "q quit")
	if !p.IsAltScreen() || !p.hidden.Load() || p.title.Load() != "vtscope shop" {
		t.Errorf("alternate screen %v, cursor hidden %v, title %q", p.IsAltScreen(), p.hidden.Load(), p.title.Load())
	}
	p.press("space")
	p.shows("PAUSED +", "space resume")
	p.press("G")
	p.shows("▶ follow", "space pause")
	p.press("k", "k", "enter")
	p.shows("G to follow", "╭ ", "  arrived ")
	p.press("enter")
	p.hides("Changes")
	p.press("esc")
	p.shows("Changes")
	p.press("?")
	p.shows("╭ Keys", "half a page up")
	p.press("q")
	p.hides("╭ Keys")
	p.press("q", "q")
	if err := p.end(); err != nil {
		t.Errorf("q ends with %v", err)
	}
	if strings.Contains(p.text(), "Changes") {
		t.Errorf("the screen is left behind:\n%s", p.text())
	}
}

func TestProgramInterrupted(t *testing.T) {
	p := startProgram(t, 80, 24)
	p.shows("● LIVE")
	p.press("ctrl+c")
	if err := p.end(); !errors.Is(err, ErrInterrupted) {
		t.Errorf("ctrl-c ends with %v", err)
	}
}

func TestProgramCancelled(t *testing.T) {
	p := startProgram(t, 80, 24)
	p.shows("● LIVE")
	p.cancel(errors.New("asked to"))
	if err := p.end(); !errors.Is(err, context.Canceled) {
		t.Errorf("the end of the context ends with %v", err)
	}
}

// TestProgramOutlivesABreak: the connection is cut, and the screen goes on.
func TestProgramOutlivesABreak(t *testing.T) {
	p := startProgram(t, 120, 40)
	p.shows("● LIVE", "insert")
	p.server.Close()
	p.shows("● RETRYING")
	p.press("q")
	if err := p.end(); err != nil {
		t.Errorf("q ends with %v", err)
	}
}

// TestSynchronisedOutputOverSSH: the terminal at the other end is asked whether it holds
// frames back until they are whole; one that is near is asked by Bubble Tea.
func TestSynchronisedOutputOverSSH(t *testing.T) {
	if askSynchronised(func(string) string { return "" }) != nil {
		t.Error("a terminal that is near is asked twice")
	}
	ask := askSynchronised(func(name string) string { return map[string]string{"SSH_TTY": "/dev/pts/3"}[name] })
	if got := fmt.Sprint(ask().(tea.RawMsg).Msg); got != "\x1b[?2026$p" {
		t.Errorf("asked with %q", got)
	}
	f := newFixture(t)
	o := Options{Store: f.store, Progress: f.progress, Now: f.now, Environment: []string{"SSH_TTY=/dev/pts/3"}}
	far := len(newModel(o).Init()().(tea.BatchMsg))
	o.Environment = []string{"TERM=xterm"}
	if near := len(newModel(o).Init()().(tea.BatchMsg)); far != near+1 {
		t.Errorf("%d commands at the start over SSH, %d without", far, near)
	}
}
