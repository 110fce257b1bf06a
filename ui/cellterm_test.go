package ui

import (
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"
)

// chosen is the line that is chosen in the details.
func (s *screen) chosen() string {
	s.t.Helper()
	if s.model.focus != paneDetails {
		s.t.Fatalf("the details do not have the keys:\n%s", s.text())
	}
	mark := string(s.model.Theme.Reverse)
	view := strings.Split(s.fits().view(), "\n")
	for y := len(view) - 1; y >= 0; y-- {
		if strings.Contains(view[y], mark) && strings.Contains(view[y], "│") {
			return strings.Join(strings.Fields(strings.Trim(s.lines()[y], "│")), " ")
		}
	}
	s.t.Fatalf("no line is chosen:\n%s", s.text())
	return ""
}

// chooses moves down until a line begins so.
func (s *screen) chooses(prefix string) *screen {
	s.t.Helper()
	s.press("g")
	for range 40 {
		if strings.HasPrefix(s.chosen(), prefix) {
			return s
		}
		s.press("j")
	}
	s.t.Fatalf("no line begins with %q:\n%s", prefix, s.text())
	return s
}

func TestPlusAndMinus(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer").press("esc", "+")
	s.filtered("").shows("choose a column with ↓ ↑, then + or -", "update shop.customer")
	if got := s.chosen(); got != "● phone varchar(32) NULL → '+31 20 555 01 77'" {
		t.Errorf("%q is chosen first", got)
	}
	s.press("+").filtered("phone = '+31 20 555 01 77'").shows("filter  phone = '+31 20 555 01 77'")
	s.press("+").filtered("phone = '+31 20 555 01 77'").chooses("▸ 3 unchanged email, name, updated_at").press("enter").chooses("email").press("+")
	twice := s.model.Sieve.Filter.String()
	s.press("+", "+").filtered(twice).press("/", "ctrl+u").types("phone = '+31 20 555 01 77'").press("enter")
	s.chooses("name").press("-")
	if text := s.model.Sieve.Filter.String(); !strings.HasPrefix(text, "phone = '+31 20 555 01 77' and (_table = 'customer' and name = '") {
		t.Errorf("the filter is %q", text)
	}
	// Each is in the history.
	s.press("/").press("up").typed("phone = '+31 20 555 01 77'").press("esc")
}

// TestPlusTakesTheRightImage: the one after the change, or before a delete.
func TestPlusTakesTheRightImage(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello(), f.commit(0, insert(orderTable, 1, 2, "pending", "5.00", nil)))
	f.deliver(f.commit(0, modify(orderTable, []any{1, 2, "pending", "5.00", nil}, []any{1, 2, "paid", "5.00", nil})))
	s := f.deliver(f.commit(0, remove(orderTable, 1, 2, "gone", "5.00", nil))).screen(120, 40)
	s.press("+").chooses("status").press("+").filtered("status = 'gone'").shows("1 of 5")
	s.press("esc", "/", "ctrl+u", "enter").filtered("").press("-").chooses("note").press("+").filtered("note is null")
	s.press("-").filtered("note is null and (_table = 'corder' and note is null) is not true").shows("no row of 5 matches").fits()
	s.press("+", "-").fits() // on no row
	s.press("/", "ctrl+u", "enter").press("esc", "G", "k").press("+")
	if got := s.chosen(); !strings.HasPrefix(got, "● status") {
		t.Errorf("%q is chosen, not what the update changed", got)
	}
	s.press("+").filtered("status = 'paid'")
}

func TestPlusOnMetaNames(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer").hides("_event")
	s.press("+").chooses("_event 'update'").press("+").filtered("_event = 'update'")
	s.chooses("_table").press("+").filtered("_event = 'update' and _table = 'customer'").chooses("_shard").press("-").fits()
	s.press("/", "ctrl+u").types("_event = 'ddl'").press("enter").shows("ALTER TABLE").press("esc", "esc")
	s.press("/", "ctrl+u").types("_event = 'ddl'").press("enter", "+")
	if got := s.press("g").chosen(); !strings.HasPrefix(got, "ALTER TABLE") {
		t.Errorf("%q is chosen", got)
	}
	s.press("+").filtered("_event = 'ddl'").shows("this line has no value").chooses("_gtid").press("+")
	if text := s.model.Sieve.Filter.String(); !strings.HasPrefix(text, "_event = 'ddl' and _gtid = '") {
		t.Errorf("the filter is %q", text)
	}
}

func TestPlusSwitchesTheFilterOn(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("/").types("total > 1 or total < 0").press("enter", "!").filtered("")
	s.press("+").press("G", "g").press("+")
	if text := s.model.Sieve.Filter.String(); s.model.Sieve.Off || !strings.HasPrefix(text, "(total > 1 or total < 0) and order_id = ") {
		t.Errorf("the filter is %q, off: %v", text, s.model.Sieve.Off)
	}
}

// TestPlusRefuses says why a value cannot be filtered by.
func TestPlusRefuses(t *testing.T) {
	f := newFixture(t)
	notes := tableSpec{"notes", []*query.Field{keyed(column("id", query.Type_INT64, "bigint")), column("body", query.Type_TEXT, "text")}}
	f.deliver(f.hello(), f.commit(0, insert(notes, 1, strings.Repeat("x", 5000))))
	s := f.screen(120, 40).press("+").chooses("body").press("+").filtered("").shows("the value of body is too long for a filter: 4.9 KiB")
	absent := insert(notes, 2, nil)
	absent.after.Lengths[1] = -1
	s.fits()
	newFixture(t).screen(80, 24).press("+", "-", "j", "+").fits()
}

// TestPlusOnTheWholeScreen says there what the filter is.
func TestPlusOnTheWholeScreen(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer").press("enter").hides("TIME")
	s.chooses("customer_id").press("+").hides("TIME").shows(" filter  customer_id = ").fits()
}

func TestHostileValuesInTheFilter(t *testing.T) {
	f := hostileShop(t)
	for _, size := range [][2]int{{40, 8}, {100, 30}} {
		s := f.screen(size[0], size[1])
		for range 30 {
			s.press("k", "+").harmless()
			for range 8 {
				s.press("j", "-").harmless()
			}
			s.press("/").harmless().press("tab").harmless().press("esc", "esc").harmless().press("esc", "esc", "esc").harmless()
		}
	}
}
