package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vtscope/internal/hostile"
	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/query"
)

// ofTransaction marks the rows of the transactions in the log, from top to bottom.
func (s *screen) ofTransaction() string {
	var b strings.Builder
	for _, line := range s.lines() {
		for _, event := range []string{" insert ", " update ", " delete "} {
			if strings.Contains(line, event) {
				b.WriteString(string([]rune(line)[1]))
			}
		}
	}
	return b.String()
}

// TestRowsOfATransactionStandTogether: by a bracket, also where the screen cuts them.
func TestRowsOfATransactionStandTogether(t *testing.T) {
	f := newFixture(t)
	order := func(id int) change { return insert(orderTable, f.order(id, "paid")...) }
	f.deliver(f.hello(), f.commit(0, order(1)), f.commit(0, order(2), order(3), order(4)), f.commit(1, order(5), order(6)), f.commit(0, order(7)))
	s := f.screen(100, 30).press("1")
	if got := s.ofTransaction(); got != " ┌│└┌└ " {
		t.Errorf("the rows are marked %q", got)
	}
	s.setFilter("order_id IN (2, 4, 5, 7)")
	if got := s.ofTransaction(); got != "┌└  " {
		t.Errorf("with a filter the rows are marked %q", got)
	}
	s = f.screen(60, 8).press("k", "k", "k").fits()
	if got := s.ofTransaction(); strings.HasPrefix(got, " ") || len([]rune(got)) > 4 {
		t.Errorf("on a small screen the rows are marked %q:\n%s", got, s.text())
	}
	// What commits in a copy is a message.
	c := copyingShop(newFixture(t)).screen(100, 30)
	if got := strings.Trim(c.ofTransaction(), " "); got != "" {
		t.Errorf("rows of a copy are marked %q", got)
	}
}

// TestTransactionOfARow: from a row to the whole of its transaction, and back.
func TestTransactionOfARow(t *testing.T) {
	s := liveShop(t).screen(120, 40).toTable("product")
	at, total := s.model.changes.Cursor, s.model.Sieve.Matches.Len()
	s.press("T").shows("filter  _gtid = '", "2 of ", "only these changes", "insert", "update", "stock").hides("delete").fits()
	s.at(at).press("T").at(at).hides("_gtid = ")
	if got := s.model.Sieve.Matches.Len(); got != total {
		t.Errorf("%d rows after coming back, %d before", got, total)
	}
	// A filter that was set comes back, as it stood.
	s.setFilter("_event <> 'ddl'")
	s.press("T").shows("_gtid").press("esc").filtered("_event <> 'ddl'").press("!", "T").shows("_gtid").press("esc").shows("filter off")
	// One that is set meanwhile stays.
	s.press("T", "/", "ctrl+u").types("total > 5").press("enter").filtered("total > 5").press("T").shows("_gtid").press("T").filtered("total > 5")
	s.press("esc").filtered("").upTo("ALTER TABLE").press("T").fits()
}

// toTable moves up to a row of a table.
func (s *screen) toTable(name string) *screen {
	s.t.Helper()
	for range 60 {
		var r stream.Record
		if s.press("k"); s.model.Shown.At(s.model.changes.Cursor, &r) && r.Table != nil && r.Table.Name == name {
			return s
		}
	}
	s.t.Fatalf("no row of %s:\n%s", name, s.text())
	return s
}

func TestTransactions(t *testing.T) {
	f := newFixture(t)
	large := func(n int) (changes []change) {
		for i := range n {
			changes = append(changes, insert(orderTable, f.order(i+1, "paid")...))
		}
		return changes
	}
	f.deliver(f.hello(), f.commit(0, large(30)...), f.commit(1, large(500)...)).traffic(20)
	s := f.screen(120, 40).press("4").fits().shows("Transactions", "transaction ", "none came", "TIME▾")
	first := s.model.Txns.Total
	s.press("o").fits().shows("transactions by rows", "ROWS▾", "500", "shop.corder: 500 inserted")
	s.press("j").shows("shop.corder: 30 inserted", "30 row changes").press("O").fits().shows("ROWS▴").hides("shop.corder: 500")
	s.press("O").shows("shop.corder: 500 inserted").press("enter").shows("500 of", "filter  _gtid = '").fits().press("esc").hides("_gtid")
	// The cursor stays on its transaction while others come.
	s.press("4", "o", "o", "o").shows("by time").press("j", "j")
	title := s.detailTitle()
	for range 5 {
		s.sales(3)
		if got := s.detailTitle(); got != title {
			t.Fatalf("the details are of %q, and were of %q", got, title)
		}
	}
	if s.model.Txns.Total <= first {
		t.Errorf("%d transactions, and %d before", s.model.Txns.Total, first)
	}
	// A pause freezes them.
	total := s.press("space").model.Txns.Total
	if s.sales(5); s.model.Txns.Total != total {
		t.Error("a pause does not freeze the transactions")
	}
	s.press("space").sales(1).press("g")
	if got := s.detailTitle(); got == title {
		t.Error("g does not go to the newest")
	}
	for _, size := range [][2]int{{40, 8}, {60, 12}, {80, 24}, {300, 100}} {
		s.resize(size[0], size[1]).press("j", "pgdown", "G", "z", "z", "tab", "tab", "k").fits()
	}
	newFixture(t).screen(80, 24).press("4", "j", "enter", "y", "esc").shows("Transactions").fits()
}

// detailTitle is the title of the details.
func (s *screen) detailTitle() string {
	_, title, _ := strings.Cut(s.text(), "╭ transaction ")
	title, _, _ = strings.Cut(title, " ")
	return title
}

// TestTransactionOfManyTables: it says of which tables it was, as far as that is kept.
func TestTransactionOfManyTables(t *testing.T) {
	f := newFixture(t)
	var changes []change
	for i := range 9 {
		table := tableSpec{fmt.Sprintf("t%d", i), []*query.Field{keyed(column("id", query.Type_INT64, "bigint"))}}
		changes = append(changes, insert(table, 1))
	}
	f.deliver(f.hello(), f.commit(0, changes...)).pass(3 * time.Second)
	f.screen(100, 30).press("4").shows("and 5 tables more", "9 row changes").fits()
}

func TestHostileTransactions(t *testing.T) {
	for _, text := range hostile.Texts {
		f := newFixture(t)
		f.deliver(f.hello(), f.commit(0, insert(tableSpec{text, []*query.Field{keyed(column(text, query.Type_INT64, text))}}, 1)))
		f.screen(80, 24).press("4").harmless().fits().press("tab").harmless().fits().press("y").harmless().fits()
	}
}
