//go:build cluster

package cluster

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestCopyThenTail(t *testing.T) {
	ready(t)
	fillShop(t)
	s := start(t, "customer", "-t", "customer", "-t", "corder", "--from", "copy")
	checkShopCopy(t, s.until(2*patience, wholeCopyCompleted))

	execute(t, "customer", "insert into customer(customer_id, email) values (101,'a'),(102,'b'),(103,null),(104,'')")
	execute(t, "customer", "update customer set email = concat(email, '!') where customer_id in (101, 102)")
	execute(t, "customer", "begin",
		"insert into customer(customer_id, email) values (105, 'c')",
		"insert into corder(order_id, customer_id, sku, price) values (1005, 105, 'SKU', 1.5)",
		"update corder set price = price + 1, sku = null where order_id = 1005",
		"commit")
	execute(t, "customer", "begin", "insert into customer(customer_id, email) values (106, 'never')", "rollback")
	execute(t, "customer", "update customer set email = email where customer_id = 101")
	home := homes(t, "customer", "customer_id")
	execute(t, "customer", "delete from customer where customer_id in (103, 104)")
	checkTail(t, s.until(patience, countdown(11)), home)
	checkNothingElse(t, s)
}

// fillShop writes the rows that the copy finds.
func fillShop(t *testing.T) {
	t.Helper()
	var customers, orders []string
	for id := 1; id <= 40; id++ {
		customers = append(customers, fmt.Sprintf("(%d, '%d@example.com')", id, id))
		orders = append(orders, fmt.Sprintf("(%d, %d, 'SKU-%d', %d.50)", id, id, id%7, id))
	}
	execute(t, "customer",
		"insert into customer(customer_id, email) values "+strings.Join(customers, ", "),
		"insert into corder(order_id, customer_id, sku, price) values "+strings.Join(orders, ", "))
}

// checkShopCopy compares the copy with what each shard holds.
func checkShopCopy(t *testing.T, events []event) {
	t.Helper()
	var got, want []string
	completed := map[string]int{}
	for _, e := range events {
		switch e.Event {
		case "copy":
			got = append(got, fmt.Sprintln(e.Keyspace, e.Shard, e.Table, compact(e.Key), compact(e.After)))
			if e.Time != "" || e.GTID != "" || e.Before != nil || e.Changed != nil {
				t.Errorf("a row of the copy has a time, a GTID, a before image or changes: %+v", e)
			}
			if completed[e.Shard] > 0 {
				t.Errorf("a row of %s after its copy_completed", e.Shard)
			}
		case "copy_completed":
			completed[e.Shard]++
		default:
			t.Errorf("unexpected in the copy: %+v", e)
		}
	}
	for _, shard := range shards {
		for _, r := range execute(t, "customer:"+shard, "select customer_id, email from customer") {
			want = append(want, fmt.Sprintf("customer %s customer {\"customer_id\":%[2]s} {\"customer_id\":%[2]s,\"email\":%[3]q}\n",
				shard, r[0].ToString(), r[1].ToString()))
		}
		for _, r := range execute(t, "customer:"+shard, "select order_id, customer_id, sku, price from corder") {
			want = append(want, fmt.Sprintf("customer %s corder {\"order_id\":%[2]s} {\"order_id\":%[2]s,\"customer_id\":%[3]s,\"sku\":%[4]q,\"price\":%[5]q}\n",
				shard, r[0].ToString(), r[1].ToString(), r[2].ToString(), r[3].ToString()))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the copy has\n%vwhere SELECT has\n%v", got, want)
	}
	if len(want) != 80 || completed["-80"] != 1 || completed["80-"] != 1 || completed[""] != 1 {
		t.Errorf("copied %d rows; copy_completed: %v", len(want), completed)
	}
}

// checkTail expects the changes of TestCopyThenTail, in order where one shard
// holds them, since shards interleave freely.
func checkTail(t *testing.T, events []event, home map[string]string) {
	t.Helper()
	want := [][2]string{
		{"101", `insert customer {"customer_id":101}  {"customer_id":101,"email":"a"} []`},
		{"102", `insert customer {"customer_id":102}  {"customer_id":102,"email":"b"} []`},
		{"103", `insert customer {"customer_id":103}  {"customer_id":103,"email":null} []`},
		{"104", `insert customer {"customer_id":104}  {"customer_id":104,"email":""} []`},
		{"101", `update customer {"customer_id":101} {"customer_id":101,"email":"a"} {"customer_id":101,"email":"a!"} [email]`},
		{"102", `update customer {"customer_id":102} {"customer_id":102,"email":"b"} {"customer_id":102,"email":"b!"} [email]`},
		{"105", `insert customer {"customer_id":105}  {"customer_id":105,"email":"c"} []`},
		{"105", `insert corder {"order_id":1005}  {"order_id":1005,"customer_id":105,"sku":"SKU","price":"1.50"} []`},
		{"105", `update corder {"order_id":1005} {"order_id":1005,"customer_id":105,"sku":"SKU","price":"1.50"} {"order_id":1005,"customer_id":105,"sku":null,"price":"2.50"} [sku price]`},
		{"103", `delete customer {"customer_id":103} {"customer_id":103,"email":null}  []`},
		{"104", `delete customer {"customer_id":104} {"customer_id":104,"email":""}  []`},
	}
	for _, shard := range shards {
		var wantHere, gotHere []string
		for _, w := range want {
			if home[w[0]] == shard {
				wantHere = append(wantHere, w[1])
			}
		}
		for _, e := range events {
			if e.Shard == shard {
				gotHere = append(gotHere, fmt.Sprintf("%s %s %s %s %s %v", e.Event, e.Table, compact(e.Key), compact(e.Before), compact(e.After), e.Changed))
			}
		}
		if !slices.Equal(gotHere, wantHere) {
			t.Errorf("shard %s\n got  %s\n want %s", shard, strings.Join(gotHere, "\n      "), strings.Join(wantHere, "\n      "))
		}
	}
	checkGTIDs(t, events)
}

// checkGTIDs expects each shard's own server and transactions that only go forward.
func checkGTIDs(t *testing.T, events []event) {
	t.Helper()
	form := regexp.MustCompile(`^([0-9a-f-]{36}):([0-9]+)$`)
	uuid, last := map[string]string{}, map[string]int{}
	for _, shard := range shards {
		uuid[shard] = serverUUID(t, "customer", shard)
	}
	transactions := map[string]bool{}
	for _, e := range events {
		match := form.FindStringSubmatch(e.GTID)
		if match == nil || match[1] != uuid[e.Shard] {
			t.Errorf("the GTID %q is none of shard %s, whose server is %s", e.GTID, e.Shard, uuid[e.Shard])
			continue
		}
		number, err := strconv.Atoi(match[2])
		if err != nil || number < last[e.Shard] {
			t.Errorf("shard %s: transaction %s after number %d", e.Shard, e.GTID, last[e.Shard])
		}
		last[e.Shard] = number
		if e.Table == "corder" {
			transactions[e.GTID] = true
		}
		if !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`).MatchString(e.Time) {
			t.Errorf("time %q", e.Time)
		}
	}
	if len(transactions) != 1 {
		t.Errorf("the rows of one transaction have the GTIDs %v", transactions)
	}
}

// countdown holds for the n-th event.
func countdown(n int) func(event) bool {
	return func(event) bool {
		n--
		return n == 0
	}
}

// checkNothingElse expects that nothing but a marker follows, on either shard.
func checkNothingElse(t *testing.T, s *scope) {
	t.Helper()
	execute(t, "customer", "delete from customer", "insert into customer(customer_id) values (9001),(9002),(9003),(9004),(9005),(9006),(9007),(9008),(9009)")
	seen := map[string]bool{}
	for _, e := range s.until(patience, func(e event) bool {
		if e.Event == "insert" && strings.HasPrefix(compact(e.Key), `{"customer_id":900`) {
			seen[e.Shard] = true
		}
		return len(seen) == 2
	}) {
		if e.Event != "delete" && !strings.HasPrefix(compact(e.Key), `{"customer_id":900`) {
			t.Errorf("an event that nothing caused: %+v", e)
		}
	}
}
