package demo

import (
	"strings"

	querypb "vitess.io/vitess/go/vt/proto/query"
)

// The tables of the shop in the order in which a copy visits them.
const (
	corder = iota
	customer
	orderItem
	payment
	product
	session
	tableCount
)

// table is one version of a table.
type table struct {
	name    string
	columns []column
}

// find is the index of a column, -1 if there is none.
func (t *table) find(name string) int {
	for i, c := range t.columns {
		if strings.EqualFold(c.name, name) {
			return i
		}
	}
	return -1
}

// keys are the columns of the primary key.
func (t *table) keys() []int {
	var keys []int
	for i, c := range t.columns {
		if c.primary {
			keys = append(keys, i)
		}
	}
	return keys
}

// hasEnum reports whether the table has an ENUM or SET.
func (t *table) hasEnum() bool {
	for _, c := range t.columns {
		if strings.HasPrefix(c.ctype, "enum") || strings.HasPrefix(c.ctype, "set") {
			return true
		}
	}
	return false
}

// fields are the table's columns as a FIELD event describes them.
func (t *table) fields(database string) []*querypb.Field {
	fields := make([]*querypb.Field, len(t.columns))
	for i, c := range t.columns {
		fields[i] = c.field(t.name, database)
	}
	return fields
}

// shopTables are the tables as created; loyaltyTable is customer between the
// ALTER that adds a column and the one that drops it.
var (
	shopTables = [tableCount]*table{
		corder: {"corder", []column{
			{name: "order_id", ctype: "bigint unsigned", notNull: true, primary: true},
			{name: "customer_id", ctype: "bigint unsigned", notNull: true, index: true},
			{name: "status", ctype: "enum('pending','paid','shipped','delivered','cancelled')", notNull: true, value: "pending"},
			{name: "total", ctype: "decimal(12,2)", notNull: true},
			{name: "currency", ctype: "char(3)", notNull: true, value: "EUR"},
			{name: "gift", ctype: "tinyint(1)", notNull: true, value: "0"},
			{name: "note", ctype: "text", collation: latin1Swedish},
			{name: "placed_at", ctype: "datetime(6)", notNull: true},
			{name: "updated_at", ctype: "timestamp", notNull: true, value: "CURRENT_TIMESTAMP on update CURRENT_TIMESTAMP"},
			{name: "ship_by", ctype: "date"},
			{name: "meta", ctype: "json"},
		}},
		customer: {"customer", []column{
			{name: "customer_id", ctype: "bigint unsigned", notNull: true, primary: true},
			{name: "email", ctype: "varchar(190)", notNull: true, index: true},
			{name: "full_name", ctype: "varchar(120)", notNull: true},
			{name: "nickname", ctype: "varchar(40)", collation: utf8mb4Bin},
			{name: "country", ctype: "char(2)", notNull: true},
			{name: "city", ctype: "varchar(60)", collation: latin1Swedish},
			{name: "address", ctype: "json"},
			{name: "tier", ctype: "enum('bronze','silver','gold','platinum')", notNull: true, value: "bronze"},
			{name: "tags", ctype: "set('newsletter','b2b','beta','vip')", notNull: true, value: "newsletter"},
			{name: "settings", ctype: "bit(10)", notNull: true, value: "b'1'"},
			{name: "points", ctype: "mediumint", notNull: true, value: "0"},
			{name: "balance", ctype: "decimal(10,2)", notNull: true, value: "0.00"},
			{name: "member_since", ctype: "year"},
			{name: "born", ctype: "date"},
			{name: "latitude", ctype: "double"},
			{name: "longitude", ctype: "double"},
			{name: "avatar", ctype: "blob"},
			{name: "public_id", ctype: "bigint unsigned", notNull: true},
			{name: "updated_at", ctype: "timestamp", notNull: true, value: "CURRENT_TIMESTAMP on update CURRENT_TIMESTAMP"},
		}},
		orderItem: {"order_item", []column{
			{name: "order_id", ctype: "bigint unsigned", notNull: true, primary: true},
			{name: "line", ctype: "tinyint unsigned", notNull: true, primary: true},
			{name: "product_id", ctype: "int unsigned", notNull: true, index: true},
			{name: "quantity", ctype: "smallint unsigned", notNull: true, value: "1"},
			{name: "unit_price", ctype: "decimal(10,2)", notNull: true},
			{name: "discount", ctype: "float"},
			{name: "comment", ctype: "varchar(80)"},
		}},
		payment: {"payment", []column{
			{name: "payment_id", ctype: "bigint", notNull: true, primary: true},
			{name: "order_id", ctype: "bigint unsigned", notNull: true, index: true},
			{name: "method", ctype: "enum('card','paypal','invoice','sepa','giftcard')", notNull: true},
			{name: "amount", ctype: "decimal(12,2)", notNull: true},
			{name: "fee", ctype: "float", notNull: true, value: "0"},
			{name: "card_hash", ctype: "varbinary(32)"},
			{name: "auth_code", ctype: "binary(4)"},
			{name: "attempt", ctype: "tinyint unsigned", notNull: true, value: "1"},
			{name: "risk", ctype: "tinyint"},
			{name: "paid_at", ctype: "datetime(6)", notNull: true},
			{name: "response", ctype: "json"},
		}},
		product: {"product", []column{
			{name: "product_id", ctype: "int unsigned", notNull: true, primary: true},
			{name: "sku", ctype: "char(12)", notNull: true, collation: utf8mb4Bin},
			{name: "title", ctype: "varchar(100)", notNull: true},
			{name: "price", ctype: "decimal(10,2)", notNull: true},
			{name: "stock", ctype: "int", notNull: true, value: "0"},
			{name: "weight_g", ctype: "mediumint unsigned"},
			{name: "storage_temp", ctype: "smallint"},
			{name: "rating", ctype: "float"},
			{name: "volume_m3", ctype: "double"},
			{name: "supplier", ctype: "bigint"},
			{name: "attributes", ctype: "json"},
			{name: "label", ctype: "text"},
			{name: "updated_at", ctype: "timestamp(3)", notNull: true, value: "CURRENT_TIMESTAMP(3) on update CURRENT_TIMESTAMP(3)"},
		}},
		session: {"session", []column{
			{name: "token", ctype: "varchar(26)", notNull: true, primary: true, collation: utf8mb4Bin},
			{name: "customer_id", ctype: "bigint unsigned", notNull: true, index: true},
			{name: "ip", ctype: "varbinary(16)", notNull: true},
			{name: "user_agent", ctype: "varchar(255)"},
			{name: "started_at", ctype: "datetime(6)", notNull: true},
			{name: "duration", ctype: "time(6)"},
			{name: "page_views", ctype: "int unsigned", notNull: true, value: "0"},
			{name: "cart", ctype: "json"},
		}},
	}
	loyaltyTable = func() *table {
		t := *shopTables[customer]
		t.columns = append(t.columns[:len(t.columns):len(t.columns)],
			column{name: "loyalty", ctype: "int unsigned", notNull: true, value: "0"})
		return &t
	}()
)

// The DDL that leads from one version of customer to the other.
const (
	addLoyalty  = "alter table customer add column loyalty int unsigned not null default 0"
	dropLoyalty = "alter table customer drop column loyalty"
)
