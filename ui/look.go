package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/draw"
)

// look is how the screen looks, and what is known of the terminal's background.
type look struct {
	asked string // the theme that was asked for
	mono  bool   // no colour is wanted, whatever the theme
	light bool   // the background is
	told  bool   // the terminal has told its background
	due   bool   // it has had its time
}

// backgroundLimit is how long the terminal has to tell its background. tmux and SSH
// often swallow the answer.
const backgroundLimit = 2 * time.Second

// backgroundDueMsg comes when the terminal should have told its background.
type backgroundDueMsg struct{}

func newLook(o *Options) look {
	l := look{asked: o.Theme, mono: !o.Colour}
	if l.asked == "" {
		l.asked = draw.AutoTheme
	}
	return l
}

// theme is what the screen is drawn with.
func (l *look) theme() *draw.Theme {
	if l.mono {
		return draw.NewTheme(draw.MonoTheme, false)
	}
	return draw.NewTheme(l.asked, l.light)
}

// asks reports whether the theme depends on the terminal's background.
func (l *look) asks() bool {
	return !l.mono && (l.asked == draw.AutoTheme || l.asked == draw.HighContrastTheme)
}

// ask asks the terminal for its background, where the theme depends on it.
func (l *look) ask() tea.Cmd {
	if !l.asks() || l.told || l.due {
		return nil
	}
	due := tea.Tick(backgroundLimit, func(time.Time) tea.Msg { return backgroundDueMsg{} })
	return tea.Batch(tea.RequestBackgroundColor, due)
}

// tell takes the terminal's answer.
func (l *look) tell(message tea.BackgroundColorMsg) { l.told, l.light = true, !message.IsDark() }

// untold is what is said where the terminal has not answered in time.
func (l *look) untold(key string) string {
	l.due = true
	if l.told || !l.asks() {
		return ""
	}
	return "background not known, taken to be dark; " + key + " or --theme light changes it"
}

// next goes to the next theme, and says which it is.
func (l *look) next() string {
	if l.mono {
		return "NO_COLOR is set: no theme has colours"
	}
	names := draw.ThemeNames()
	l.asked = names[(slices.Index(names, l.asked)+1)%len(names)]
	text := "theme " + l.asked
	if l.asks() {
		background := "dark"
		if l.light {
			background = "light"
		}
		text += ", for a " + background + " background"
	}
	return text + "; to start with it: --theme " + l.asked
}
