package tables

import (
	"strings"
	"testing"

	"vtscope/stream"
)

// tableOf makes a version from columns written "name type", the key with an asterisk.
func tableOf(columns ...string) *stream.Table {
	t := &stream.Table{Keyspace: "shop", Name: "t"}
	for _, text := range columns {
		name, sqlType, _ := strings.Cut(text, " ")
		c := stream.Column{Name: name, SQLType: strings.TrimSuffix(sqlType, "*")}
		if c.SQLType != sqlType {
			c.Flags = 3 // NOT NULL, PRIMARY KEY
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

func TestDifferences(t *testing.T) {
	before := tableOf("id int*", "name text", "price int")
	for want, after := range map[string]*stream.Table{
		"": tableOf("id int*", "name text", "price int"),
		"+ note text, after name; + last int, after price": tableOf("id int*", "name text", "note text", "price int", "last int"),
		"+ zero int, first":                                    tableOf("zero int", "id int*", "name text", "price int"),
		"price: int → bigint":                                  tableOf("id int*", "name text", "price bigint"),
		"id: int not null, key → int":                          tableOf("id int", "name text", "price int"),
		"− name text":                                          tableOf("id int*", "price int"),
		"+ title text, after id; − name text":                  tableOf("id int*", "title text", "price int"),
		"the columns are in another order":                     tableOf("id int*", "price int", "name text"),
		"name: text → int; the columns are in another order":   tableOf("name int", "id int*", "price int"),
		"+ a\\x1bb text, after price":                          tableOf("id int*", "name text", "price int", "a\x1bb text"),
		"− id int not null, key; − name text; − price int":     tableOf(),
		"+ Name text, after id; − name text":                   tableOf("id int*", "Name text", "price int"),
		"price: int → varchar(3); + price2 int, after price":   tableOf("id int*", "name text", "price varchar(3)", "price2 int"),
		"name: text → text not null, key; price: int → bigint": tableOf("id int*", "name text*", "price bigint"),
	} {
		if got := strings.Join(differences(before, after), "; "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
