package ui

import (
	"testing"

	"vtscope/internal/hostile"
	"vtscope/ui/pane"
	"vtscope/ui/prompt"
)

// fuzzKeys and fuzzPromptKeys are all keys of the tables but those that end the
// program.
var fuzzKeys, fuzzPromptKeys = harmlessKeys(bindings), harmlessKeys(prompt.Bindings)

func harmlessKeys(bindings []pane.Binding) (names []string) {
	for _, b := range bindings {
		if b.Action != pane.ActQuit {
			names = append(names, b.Keys...)
		}
	}
	return names
}

// fuzzTexts are typed into the filter.
var fuzzTexts = append([]string{
	"email", " = ", "'x'", "(", ")", " AND ", "NOT ", "customer_id", " IN (1, 2)", "_event", " <=> ", "changed(", "before.", "3", " LIKE '%", "`",
}, hostile.Texts...)

// drive does what bytes say: resize, press, deliver, draw. Every screen on the
// way has to fit.
func (s *screen) drive(script []byte) {
	s.t.Helper()
	s.t.Chdir(s.t.TempDir()) // some keys write files
	for i := 0; i+2 < len(script); i += 3 {
		what, a, b := script[i], int(script[i+1]), int(script[i+2])
		switch what % 10 {
		case 0:
			s.resize((a*256+b)%301, a*b%101)
		case 1:
			s.resize(40+a%80, 8+b%30)
		case 2, 3, 4, 5:
			s.press(fuzzKeys[(a*256+b)%len(fuzzKeys)])
		case 6:
			s.show(s.sale(a % len(s.shards)))
		case 7:
			text := hostile.Texts[(a*256+b)%len(hostile.Texts)]
			table, values := hostileTable(text)
			s.show(s.commit(a%len(s.shards), insert(table, values...)))
		case 8:
			s.press(fuzzPromptKeys[(a*256+b)%len(fuzzPromptKeys)])
		case 9:
			s.pastes(fuzzTexts[(a*256+b)%len(fuzzTexts)])
		}
		if err := misfit(s.view(), s.model.width, s.model.height); err != nil {
			s.t.Fatalf("after %d steps: %v\n%s", i/3+1, err, s.text())
		}
	}
}

// FuzzScreen tries sizes, keys and data in any order.
func FuzzScreen(f *testing.F) {
	f.Add([]byte{0, 0, 0, 2, 0, 1, 6, 0, 0, 1, 9, 9})
	f.Fuzz(func(t *testing.T, script []byte) {
		fixture := newFixture(t)
		fixture.deliver(fixture.hello())
		fixture.screen(80, 24).drive(script[:min(len(script), 300)])
	})
}

// TestAnySizeAnyKey does as FuzzScreen does, for a while and the same each time.
func TestAnySizeAnyKey(t *testing.T) {
	for _, shards := range []int{1, 4, 32, 512} {
		f := newFixtureOf(t, 128<<10, shardNames(shards)...)
		f.deliver(f.hello()).traffic(2)
		script := make([]byte, 3*120)
		for i := range script {
			script[i] = byte(f.roll(256))
		}
		f.screen(80, 24).drive(script)
	}
}
