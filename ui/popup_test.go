package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"vtscope/ui/prompt"
)

// reverseCode turns reverse on, however it is written.
var reverseCode = regexp.MustCompile(`\x1b\[([0-9]+;)*7[;m]`)

// proposed gives the lines of the list of proposals, and which of them is
// chosen, counted from 1.
func (s *screen) proposed() (lines []string, chosen int) {
	s.t.Helper()
	if n, _ := s.fits().model.prompt.Proposals(); n == 0 {
		return nil, 0
	}
	y := s.model.View().Cursor.Y
	view := strings.Split(s.view(), "\n")
	for i, line := range s.lines()[y+1:] {
		if strings.Contains(line, "╰") {
			break
		}
		// The log behind may have bars of its own, but not so near.
		_, line, _ = strings.Cut(line, "│ ")
		line, _, _ = strings.Cut(line, " │")
		lines = append(lines, strings.Join(strings.Fields(line), " "))
		if parts := strings.Split(view[y+1+i], "│"); reverseCode.MatchString(parts[1]) {
			chosen = len(lines)
		}
	}
	return lines, chosen
}

// proposes fails where the proposals begin otherwise, or another is chosen.
func (s *screen) proposes(chosen int, want ...string) *screen {
	s.t.Helper()
	lines, got := s.proposed()
	if len(lines) < len(want) || strings.Join(lines[:len(want)], "|") != strings.Join(want, "|") {
		s.t.Errorf("proposes %q, not %q\n%s", lines, want, s.text())
	}
	if got != chosen {
		s.t.Errorf("%d is chosen, not %d\n%s", got, chosen, s.text())
	}
	return s
}

// proposesNothing fails where the list is open.
func (s *screen) proposesNothing() *screen {
	s.t.Helper()
	if lines, _ := s.proposed(); len(lines) > 0 {
		s.t.Errorf("proposes %q\n%s", lines, s.text())
	}
	return s
}

func TestCompletion(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("/").proposesNothing().types("e").types("m").proposes(0, "email varchar(128)")
	s.types("ai").proposes(0, "email varchar(128)").press("tab").typed("email").proposesNothing() // the only one is taken
	s.types(" = 'x' AND c").proposes(0, "customer_id bigint")
	s.press("esc").typed("email = 'x' AND c").proposesNothing().press("tab").proposes(0, "customer_id bigint")
	s.press("esc", "esc").press("/").typed("")
	// Tab opens the list by itself, and goes through it.
	s.press("tab").proposes(0, "order_id bigint unsigned", "customer_id bigint", "status varchar(16)")
	s.press("tab").typed("order_id").proposes(1).press("tab", "tab").typed("status").proposes(3)
	s.press("shift+tab").typed("customer_id").proposes(2).press("up", "up").typed("").proposes(0, "order_id bigint unsigned").press("down").typed("order_id")
	// What is chosen is taken by enter, by going on, and not by esc.
	s.press("enter").typed("order_id").proposesNothing().filtered("")
	s.press("ctrl+u", "tab", "tab", "tab").types(" = 4").typed("customer_id = 4").press("enter").filtered("customer_id = 4")
	s.press("/", "ctrl+u").types("c").press("tab", "tab", "esc").proposesNothing().typed("c")
}

func TestCompletionStartsOver(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("/").types("c").press("tab").typed("customer_id").press("esc").typed("c").proposesNothing()
	s.types("u").proposes(0, "customer_id bigint").press("backspace").proposes(0, "customer_id bigint").press("left").proposesNothing()
	s.press("end", "tab", "down", "up", "up").proposes(8).hides(" more")
	s.press("esc").typed("c").press("tab").pastes("xyz").typed("cxyz").proposesNothing()
	s.press("ctrl+u").types("emai").press("left", "tab").typed("email").press("ctrl+a").types("not ").typed("not email")
	// A complete word is left alone, and so is text that is gone back over.
	s.press("end", "ctrl+u").types("email").proposesNothing().press("ctrl+w").proposesNothing()
}

// TestPromptSeesNewTables: a table may come while its column is typed.
func TestPromptSeesNewTables(t *testing.T) {
	f := newFixture(t)
	s := f.screen(100, 30).show(f.hello(), f.commit(0, insert(orderTable, f.order(7, "paid")...)))
	s.press("/").types("em").proposesNothing().show(f.commit(0, insert(customerTable, f.customer(7)...)))
	s.proposes(0, "email varchar(128)").press("esc").proposesNothing().show(f.commit(0, insert(productTable, f.product(7, 1)...))).proposesNothing()
	// One that was chosen stays chosen, one that esc closed stays closed.
	f = newFixture(t)
	s = f.screen(100, 30).show(f.hello(), f.commit(0, insert(orderTable, f.order(7, "paid")...)))
	s.press("/", "tab", "tab").typed("order_id").show(f.commit(0, insert(customerTable, f.customer(7)...))).typed("order_id").proposes(1)
	s.press("ctrl+u").types("stock = 5").press("enter").shows("no table").show(f.commit(0, insert(productTable, f.product(7, 1)...))).hides("no table")
}

// TestCompletionOfValues: they come from the newest rows.
func TestCompletionOfValues(t *testing.T) {
	f := liveShop(t)
	f.deliver(f.commit(0, insert(orderTable, 77, 12, "shipped", "5.00", nil)))
	f.deliver(f.commit(0, remove(orderTable, 78, 12, "it's\nlost", "5.00", nil)))
	s := f.screen(100, 30).press("/").types("status = ").proposesNothing().press("tab").harmless()
	s.proposes(0, `'it\'s\nlost' recent`, "'shipped' recent")
	s.press("tab", "down").typed("status = 'shipped'").press("enter", "enter").filtered("status = 'shipped'").shows("1 of ")
	s.press("/", "ctrl+u").types("_shard = ").press("tab").proposes(0, "'-40' shard of shop", "'40-80' shard of shop")
	s.press("ctrl+u").types("_table = 'cu").proposes(0, "'customer' table").press("tab").typed("_table = 'customer'")
}

func TestRecentValuesAreBounded(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello(), f.commit(0, insert(orderTable, 1, 1, "oldest", "5.00", nil)))
	var changes []change
	for i := range 2000 {
		changes = append(changes, insert(orderTable, i, i%100, "new", "5.00", strings.Repeat("x", 257)))
	}
	m := f.screen(80, 24).show(f.commit(0, changes...)).model
	for column, want := range map[string]int{"customer_id": 20, "status": 1, "note": 0, "nowhere": 0} {
		if got := prompt.Recent(&m.Context, column); len(got) != want {
			t.Errorf("%s has the recent values %q, not %d", column, got, want)
		}
	}
	if got := prompt.Recent(&newFixture(t).screen(80, 24).model.Context, "status"); len(got) != 0 {
		t.Errorf("without rows, %q are recent", got)
	}
}

// TestPopupStaysOnTheScreen in any size, at any place of the caret.
func TestPopupStaysOnTheScreen(t *testing.T) {
	f := hostileShop(t)
	for _, size := range [][2]int{{40, 8}, {41, 9}, {60, 10}, {80, 24}} {
		s := f.screen(size[0], size[1]).press("/")
		for i := range 10 {
			s.press("tab").harmless()
			if n, _ := s.model.prompt.Proposals(); n == 0 {
				t.Fatalf("%v: no proposals for %q", size, s.text())
			}
			for range 2 * i {
				s.press("down").harmless()
			}
			if i%4 == 0 {
				s.press("up", "up").harmless()
			}
			if i > 0 {
				lines, chosen := s.proposed()
				if _, want := s.model.prompt.Proposals(); want > 0 && chosen == 0 {
					t.Fatalf("%v: the chosen proposal is not among %q", size, lines)
				}
			}
			s.press("enter").types(" = 1 and ").press("esc").harmless()
			if !s.model.prompt.IsOpen() {
				s.press("/").types(strings.Repeat("x = 1 and ", i))
			}
		}
	}
}

func TestPopupSaysHowManyMore(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("/", "tab")
	n, _ := s.model.prompt.Proposals()
	if lines, _ := s.proposed(); len(lines) != 8 {
		t.Errorf("%d proposals show", len(lines))
	}
	s.shows(fmt.Sprintf("… %d more", n-8)).press("up").hides(" more")
}

// BenchmarkTyping types a character and draws the screen with its proposals.
func BenchmarkTyping(b *testing.B) {
	for _, text := range []string{"email = 'x' AND ", "email = ", "nowhere = "} {
		b.Run(text, func(b *testing.B) {
			s := liveShop(b).screen(200, 60).sales(2000).press("/").types(text)
			for b.Loop() {
				s.types("e").press("backspace")
			}
		})
	}
}
