package ui

import (
	"fmt"
	"time"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// roll gives a made-up number below n, the same in every run.
func (f *fixture) roll(n int) int {
	f.dice = f.dice*1664525 + 1013904223
	return int(uint64(f.dice) * uint64(n) >> 32)
}

// shopNames, shopGoods and shopNotes hold what terminals find hard: accents,
// CJK, emoji, also joined ones.
var (
	shopNames = []string{"Ada Lindqvist", "Noor de Vries", "山田 花子", "José Ibáñez", "Chloé Dubois", "Mehmet Öz", "Zoë 🦊 Fox"}
	shopGoods = []string{"Espresso cup", "緑茶 100g", "Desk lamp", "🧦 Wool socks", "Carnet à spirale", "Kerzenständer"}
	shopNotes = []any{nil, "leave at the door", "gift 🎁", "second floor,\nring twice", "急ぎ"}
)

func (f *fixture) customer(id int) []any {
	return []any{
		id, fmt.Sprintf("user%d@example.com", id), shopNames[id%len(shopNames)], nil,
		`{"lang": "en", "news": true}`, "2026-11-22 12:03:40.125",
	}
}

func (f *fixture) order(id int, status string) []any {
	return []any{id, id%977 + 1, status, fmt.Sprintf("%d.%02d", 12+id%180, id%100), shopNotes[id%len(shopNotes)]}
}

func (f *fixture) product(id, stock int) []any {
	digest := fmt.Sprintf("\x00%c\xff\x1b%c\x9d\x07%c", id%250, id%251, id%249)
	return []any{fmt.Sprintf("SKU-%04d", id), shopGoods[id%len(shopGoods)], fmt.Sprintf("%d.95", id%80), digest, stock}
}

// sale makes up a transaction of a shard.
func (f *fixture) sale(shard int) []*binlogdata.VEvent {
	id := 14000 + f.roll(900)
	switch f.roll(6) {
	case 0:
		return f.commit(shard, insert(customerTable, f.customer(id)...))
	case 1:
		after := f.customer(id)
		after[3], after[4] = "+31 20 555 01 77", `{"lang": "nl", "news": false}`
		return f.commit(shard, modify(customerTable, f.customer(id), after))
	case 2:
		return f.commit(shard, remove(orderTable, f.order(id, "cancelled")...))
	case 3:
		return f.commit(shard, modify(orderTable, f.order(id, "pending"), f.order(id, "paid")))
	}
	return f.commit(shard,
		insert(orderTable, f.order(id, "pending")...),
		modify(productTable, f.product(id, 40+id%30), f.product(id, 39+id%30)))
}

// traffic lets some seconds of sales go by, more on some shards than on others.
func (f *fixture) traffic(seconds int) *fixture {
	for range seconds {
		for slice := range 4 {
			for shard := range f.shards {
				f.lag = time.Duration(150+170*shard) * time.Millisecond
				if busy := 1 + (shard*5+2)%7; f.roll(12) < busy && slice%(1+shard%3) == 0 {
					f.deliver(f.sale(shard))
				}
			}
			f.pass(250 * time.Millisecond)
		}
	}
	return f
}

// shop is a stream that has gone on for a while, with everything in it that can
// happen: a break, a problem, a transaction that came twice, a DDL.
func shop(f *fixture) *fixture {
	f.deliver(f.hello()).traffic(52)
	f.deliver(f.open(1, insert(customerTable, f.customer(14901)...)))
	f.deliver(errCut).pass(250 * time.Millisecond).deliver(f.hello())
	f.numbers[1]--
	f.deliver(f.commit(1, insert(customerTable, f.customer(14901)...))).traffic(2)
	f.deliver(f.ddl(0, "ALTER TABLE corder ADD COLUMN coupon varchar(16) AFTER total"))
	f.deliver([]*binlogdata.VEvent{f.live(2, change{table: tableSpec{name: "audit"}, after: row(1)}.event())})
	return f.traffic(4).executed()
}

// troubledShop is a shop of which one shard has stalled, one is behind and one
// has nothing to do.
func troubledShop(f *fixture) *fixture {
	shop(f).executed(0, 1204, 340)
	for range 4 * 32 {
		f.pass(250*time.Millisecond).deliver(f.sale(0), f.sale(2))
	}
	f.executed(0, 1204, 512)
	f.progress.Explain(keyspace, f.shards[1], "replica zone1-0000000301 lags 42 s, its throttler says THRESHOLD_EXCEEDED")
	return f
}

// copyingShop is a stream in the copy: one shard done, one not begun.
func copyingShop(f *fixture) *fixture {
	f.deliver([]*binlogdata.VEvent{f.position(0)})
	for second := range 12 {
		for shard := range len(f.shards) - 1 {
			var rows []change
			for i := range 400 + 150*shard + f.roll(200) {
				rows = append(rows, insert(customerTable, f.customer(second*1000+i)...))
			}
			f.deliver(f.copying(shard, rows...))
		}
		f.pass(time.Second)
	}
	done := &binlogdata.VEvent{Type: binlogdata.VEventType_COPY_COMPLETED, Keyspace: keyspace, Shard: f.shards[0]}
	return f.deliver([]*binlogdata.VEvent{done})
}
