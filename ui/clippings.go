package ui

import (
	"fmt"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"vtscope/internal/files"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// clippings are what can be copied now: of what is under the cursor, and of the run.
func clippings(c *pane.Context, p *panes, o *Options) (list []pane.Clipping) {
	subject := p.of(p.focus).Subject(c)
	if p.focus == paneDetails {
		list = p.details.Clippings(c)
	} else if clipper, is := subject.(pane.Clipper); is {
		list = clipper.Clippings(c)
	}
	position := o.Progress.Position()
	if position.IsResumable() {
		list = append(list, pane.Plainly("P", "the position of all shards", position.String()))
	}
	if o.Command == nil {
		return list
	}
	where := ""
	if c.Sieve.Filter != nil && !c.Sieve.Off {
		where = c.Sieve.Filter.String()
	}
	list = append(list, pane.Plainly("c", "the command that prints the same from now on", o.Command(where, "")))
	if position.IsResumable() {
		list = append(list, pane.Plainly("r", "the command that goes on from where the stream is", o.Command(where, position.String())))
	}
	return list
}

// clipboardLimit is what every terminal that takes a clipboard takes, in bytes.
const clipboardLimit = 74_994

// A doneMsg says what has come of something that was done beside the event loop.
type doneMsg string

// toClipboard sends text to the terminal, which may put it into the clipboard; whether
// it does, nobody tells. Within tmux or screen it is sent to the terminal around it, too.
func toClipboard(text, name string, environment func(string) string) (tea.Cmd, string) {
	sequence := ansi.SetSystemClipboard(text)
	commands := []tea.Cmd{tea.Raw(sequence)}
	switch {
	case environment("TMUX") != "":
		commands = append(commands, tea.Raw(ansi.TmuxPassthrough(sequence)))
	case environment("STY") != "":
		commands = append(commands, tea.Raw(ansi.ScreenPassthrough(sequence, 768)))
	}
	message := name + ", " + draw.Plural(uint64(len(text)), "byte") + ", sent to the terminal"
	if len(text) > clipboardLimit {
		message += "; many take no more than 73 KiB: tab in the window writes a file"
	}
	return tea.Batch(commands...), message
}

// toFile writes text to a new file in the present folder.
func toFile(text string, clipping *pane.Clipping, now time.Time) tea.Cmd {
	return func() tea.Msg {
		path := fmt.Sprintf("vtscope-%s-%s.%s", strings.ReplaceAll(lastWord(clipping.Name), " ", "-"), now.UTC().Format("20060102T150405.000"), clipping.Ext)
		if _, err := os.Lstat(path); err == nil {
			return doneMsg(path + " is there already; nothing was written")
		}
		if err := files.Write(path, []byte(text)); err != nil {
			return doneMsg("not written: " + draw.Safe([]byte(err.Error())))
		}
		return doneMsg(draw.Plural(uint64(len(text)), "byte") + " written to " + path)
	}
}

// lastWord names a file after what is in it.
func lastWord(name string) string {
	words := strings.Fields(strings.TrimPrefix(name, "the "))
	return strings.Trim(words[0], ",")
}

// copiedOf says what the clippings are of, "" where they are of the run alone.
func copiedOf(c *pane.Context, p *panes) string {
	switch subject := p.of(p.focus).Subject(c).(type) {
	case nil:
		return ""
	case pane.Called:
		return subject.Name(c)
	default:
		return subject.Title(c)
	}
}
