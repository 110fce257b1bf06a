package ui

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	"": {
		theme:  draw.DarkTheme,
		ground: "#15181e", edge: "#2d323c", title: "#8b93a3", text: "#d5dae3", faint: "#858d9c", shade: "0.1",
		colours: [8]string{"#3b4252", "#f2777a", "#98c379", "#e5c07b", "#6cb0f5", "#c792ea", "#56c8d8", "#d5dae3"},
	},
	"-light": {
		theme:  draw.LightTheme,
		ground: "#fdfdfc", edge: "#d9dce1", title: "#6a7280", text: "#262b33", faint: "#7d8593", shade: "0.06",
		colours: [8]string{"#262b33", "#c42b3d", "#2f7d32", "#8f6200", "#1f5fbf", "#8334b8", "#0b7285", "#5c6370"},
	},
}

// pictures are those of the README and the manual, in docs/pictures: each in dark and light.
var pictures = []struct {
	name          string
	width, height int
	stage         func(t testing.TB) *fixture
	act           func(s *screen)
}{
	{"screen", 112, 34, liveShop, func(s *screen) { s.press("enter").upTo("update shop.customer") }},
	{"value", 104, 26, liveShop, func(s *screen) {
		s.press("enter").upTo("update shop.customer").press("tab", "g", "down", "enter")
	}},
	{"shards", 104, 26, func(t testing.TB) *fixture { return manyShards(t, 256) }, func(s *screen) { s.press("2") }},
	{"tables", 104, 26, liveShop, func(s *screen) { s.press("3") }},
	{"transactions", 104, 26, liveShop, func(s *screen) { s.press("4", "o") }},
	{"problems", 104, 26, func(t testing.TB) *fixture { return troubledShop(newFixture(t)) }, func(s *screen) { s.press("5", "down", "down", "down") }},
	{"graph", 104, 26, liveShop, func(s *screen) { s.press("6") }},
	{"summary", 118, 36, liveShop, func(s *screen) { s.press("7") }},
	{"filter", 104, 26, liveShop, func(s *screen) { s.press("/").types("status <> before.").press("tab", "tab", "tab") }},
}

// Measures of the picture in pixels: a character cell, and what is around the
// screen.
const (
	cellWidth, cellHeight = 8.4, 18.0
	fontSize              = 14
	marginX, marginY      = 24.0, 24.0
	paddingX, barHeight   = 14.0, 38.0
)

// TestPictures compares the pictures with what the screen is, or draws them.
func TestPictures(t *testing.T) {
	for _, picture := range pictures {
		for suffix, p := range palettes {
			s := picture.stage(t).themed(picture.width, picture.height, p.theme)
			picture.act(s)
			s.fits()
			drawing(t, picture.name+suffix, p.picture(s.model.View().WindowTitle, picture.width, picture.height, []string{s.view()}))
		}
	}
	for suffix, p := range palettes {
		width, height, frames := 92, 24, tour(t, p.theme)
		drawing(t, "tour"+suffix, p.picture("vtscope shop", width, height, frames))
	}
}

// tour is what somebody sees who looks for a change and for what else its transaction did.
func tour(t testing.TB, theme string) (frames []string) {
	f := liveShop(t)
	s := f.themed(92, 24, theme)
	show := func() { frames = append(frames, s.fits().view()) }
	for range 3 {
		show()
		f.pass(time.Second)
		s.sales(2)
	}
	s.press("/")
	for _, part := range []string{"_table = 'cor", "der' and _event", " = 'insert'"} {
		s.types(part)
		show()
	}
	s.press("enter")
	show()
	s.press("k", "k", "enter")
	show()
	s.press("T")
	show()
	s.press("esc", "esc", "4", "o")
	show()
	return frames
}

// drawing compares a picture with its file in docs, or writes it.
func drawing(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("..", "docs", "pictures", name+".svg")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != got {
		t.Errorf("docs/pictures/%s.svg is another; go test ./ui -update draws it: %v", name, err)
	}
}

// frameSeconds is how long each frame of an animated picture stays.
const frameSeconds = 2

// picture draws screens as an SVG: text as text, each word at its column so that it stands
// right in any font, lines and bars as shapes. Several come one after the other, again and
// again.
func (p palette) picture(title string, width, height int, views []string) string {
	var b strings.Builder
	innerX, innerY := float64(width)*cellWidth+2*paddingX, float64(height)*cellHeight+barHeight+paddingX
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="ui-monospace,'SF Mono','JetBrains Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d">`+"\n",
		innerX+2*marginX, innerY+2*marginY, fontSize)
	fmt.Fprintf(&b, `<title>%s</title>`+"\n", html.EscapeString(title))
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
		marginX+innerX/2, marginY+23.5, p.title, html.EscapeString(title))
	if n := len(views); n > 1 {
		share := 100 / float64(n)
		fmt.Fprintf(&b, "<style>.f{opacity:0}.f:first-of-type{opacity:1}.f{animation:f %ds step-end infinite}@keyframes f{0%%{opacity:1}%.4f%%{opacity:0}}</style>\n", n*frameSeconds, share)
	}
	for i, view := range views {
		class := ""
		if len(views) > 1 {
			class = fmt.Sprintf(` class="f" style="animation-delay:%ds"`, i*frameSeconds)
		}
		fmt.Fprintf(&b, `<g transform="translate(%g %g)"%s>`+"\n", marginX+paddingX, marginY+barHeight, class)
		e := vt.NewEmulator(width, height)
		e.WriteString("\x1b[?7l" + strings.ReplaceAll(view, "\n", "\r\n"))
		for y := range height {
			p.line(&b, e, y)
		}
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
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
