package ui

import (
	"fmt"
	"html"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"vtscope/ui/draw"
)

// A palette is the colours of a terminal in the picture.
type palette struct {
	theme                                   string
	ground, edge, title, text, faint, shade string
	colours                                 [8]string // by ansi.BasicColor
}

var palettes = map[string]palette{
	"screen.svg": {
		theme:  draw.DarkTheme,
		ground: "#15181e", edge: "#2d323c", title: "#8b93a3", text: "#d5dae3", faint: "#858d9c", shade: "0.1",
		colours: [8]string{"#3b4252", "#f2777a", "#98c379", "#e5c07b", "#6cb0f5", "#c792ea", "#56c8d8", "#d5dae3"},
	},
	"screen-light.svg": {
		theme:  draw.LightTheme,
		ground: "#fdfdfc", edge: "#d9dce1", title: "#6a7280", text: "#262b33", faint: "#7d8593", shade: "0.06",
		colours: [8]string{"#262b33", "#c42b3d", "#2f7d32", "#8f6200", "#1f5fbf", "#8334b8", "#0b7285", "#5c6370"},
	},
}

// Measures of the picture in pixels: a character cell, and what is around the
// screen.
const (
	cellWidth, cellHeight = 8.4, 18.0
	fontSize              = 14
	marginX, marginY      = 24.0, 24.0
	paddingX, barHeight   = 14.0, 38.0
)

// TestPicture compares the README's pictures of the screen with what the screen
// is, or draws them.
func TestPicture(t *testing.T) {
	f := liveShop(t)
	for name, p := range palettes {
		s := f.themed(112, 34, p.theme).press("enter").upTo("update shop.customer").fits()
		golden(t, name, p.picture(s))
	}
}

// picture draws the screen as an SVG: text as text, each word at its column so
// that it stands right in any font, lines and bars as shapes.
func (p palette) picture(s *screen) string {
	width, height := s.model.width, s.model.height
	e := vt.NewEmulator(width, height)
	e.WriteString("\x1b[?7l" + strings.ReplaceAll(s.view(), "\n", "\r\n"))
	var b strings.Builder
	innerX, innerY := float64(width)*cellWidth+2*paddingX, float64(height)*cellHeight+barHeight+paddingX
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="ui-monospace,'SF Mono','JetBrains Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d">`+"\n",
		innerX+2*marginX, innerY+2*marginY, fontSize)
	fmt.Fprintf(&b, `<title>vtscope %s</title>`+"\n", html.EscapeString(s.model.options.Target))
	for i := range 4 { // a shadow without a filter, which not every viewer knows
		grow := float64(2 * i)
		fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" rx="%g" fill-opacity="%s"/>`+"\n",
			marginX-grow, marginY-grow+6, innerX+2*grow, innerY+2*grow, 10+grow, p.shade)
	}
	fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" rx="10" fill="%s" stroke="%s"/>`+"\n",
		marginX, marginY, innerX, innerY, p.ground, p.edge)
	for i, colour := range []string{"#ff5f57", "#febc2e", "#28c840"} {
		fmt.Fprintf(&b, `<circle cx="%g" cy="%g" r="6" fill="%s"/>`+"\n", marginX+20+20*float64(i), marginY+19, colour)
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle" fill="%s" font-size="13">%s</text>`+"\n",
		marginX+innerX/2, marginY+23.5, p.title, html.EscapeString(s.model.View().WindowTitle))
	fmt.Fprintf(&b, `<g transform="translate(%g %g)">`+"\n", marginX+paddingX, marginY+barHeight)
	for y := range height {
		p.line(&b, e, y)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// line draws one line of the terminal: grounds and shapes, then words.
func (p palette) line(b *strings.Builder, e *vt.Emulator, y int) {
	top := float64(y) * cellHeight
	words := ""
	for x := 0; x < e.Width(); {
		cell := e.CellAt(x, y)
		style, start := cell.Style, x
		var text strings.Builder
		for x < e.Width() {
			next := e.CellAt(x, y)
			if next.Style != style {
				break
			}
			text.WriteString(orSpace(next.Content))
			x += max(next.Width, 1)
		}
		if style.Attrs&uv.AttrReverse != 0 {
			fmt.Fprintf(b, `<rect x="%.1f" y="%g" width="%.1f" height="%g" fill="%s"/>`+"\n",
				float64(start)*cellWidth, top, float64(x-start)*cellWidth, cellHeight, p.text)
		}
		words += p.run(b, text.String(), start, top, style)
	}
	if words != "" {
		fmt.Fprintf(b, `<text y="%g">%s</text>`+"\n", top+13.5, words)
	}
}

func orSpace(content string) string {
	if content == "" {
		return " "
	}
	return content
}

// run draws what is a shape in text of one style and returns its words.
func (p palette) run(b *strings.Builder, text string, x int, top float64, style uv.Style) (words string) {
	paint := p.paint(style)
	var word strings.Builder
	from := x
	end := func() {
		if word.Len() > 0 {
			words += fmt.Sprintf(`<tspan x="%.1f" textLength="%.1f" %s>%s</tspan>`,
				float64(from)*cellWidth, float64(x-from)*cellWidth, paint, html.EscapeString(word.String()))
			word.Reset()
		}
	}
	for text != "" {
		cluster, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(cluster):]
		shape := drawn(cluster, float64(x)*cellWidth, top)
		switch {
		case shape != "":
			end()
			stroke := `fill="none" stroke-width="1.2" ` + strings.Replace(paint, "fill=", "stroke=", 1)
			b.WriteString(strings.NewReplacer("PAINT", paint, "STROKE", stroke).Replace(shape) + "\n")
		case cluster == " ":
			end()
		default:
			if word.Len() == 0 {
				from = x
			}
			word.WriteString(cluster)
			if width > 1 {
				x += width
				end()
				continue
			}
		}
		x += width
	}
	end()
	return words
}

// paint gives the attributes of a style.
func (p palette) paint(style uv.Style) string {
	colour := p.text
	switch fg := style.Fg.(type) {
	case nil:
	case ansi.BasicColor:
		colour = p.colours[fg%8]
	default:
		r, g, b, _ := fg.RGBA()
		colour = fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	}
	switch {
	case style.Attrs&uv.AttrReverse != 0:
		colour = p.ground
	case style.Attrs&uv.AttrFaint != 0 && style.Fg == nil:
		colour = p.faint
	}
	paint := `fill="` + colour + `"`
	if style.Attrs&uv.AttrBold != 0 {
		paint += ` font-weight="600"`
	}
	return paint
}

// frameLines are the characters of frames, as paths: X, C and R are the left,
// the middle and the right of the cell, T, M and B its top, middle and bottom.
var frameLines = map[string]string{
	"─": "MX MHR", "│": "MC TVB", "╭": "MR MQC M C B", "╮": "MX MQC M C B", "╰": "MR MQC M C T", "╯": "MX MQC M C T",
}

// drawn gives a character as a shape, "" where it is text. Fonts leave gaps
// between such characters.
func drawn(cluster string, x, top float64) string {
	if path, found := frameLines[cluster]; found {
		at := func(v float64) string { return fmt.Sprintf("%.1f", v) }
		first, rest := path[:1], path[1:]
		return `<path d="` + first + strings.NewReplacer(
			"X", at(x-.2), "C", at(x+cellWidth/2), "R", at(x+cellWidth+.2),
			"T", at(top), "M", at(top+cellHeight/2), "B", at(top+cellHeight),
		).Replace(rest) + `" STROKE/>`
	}
	r := []rune(cluster)[0]
	switch {
	case r >= '▁' && r <= '█': // from the bottom, by eighths
		h := cellHeight * float64(r-'▁'+1) / 8
		return fmt.Sprintf(`<rect x="%.1f" y="%.2f" width="%.1f" height="%.2f" PAINT/>`, x, top+cellHeight-h, cellWidth-.6, h)
	case r >= '▉' && r <= '▏': // from the left, by eighths
		w := cellWidth * float64('▏'-r+1) / 8
		return fmt.Sprintf(`<rect x="%.1f" y="%.2f" width="%.2f" height="%g" PAINT/>`, x, top, w, cellHeight)
	}
	return ""
}
