package filter

import (
	"reflect"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/vt/vtgate/evalengine"
)

// preferColumns lets a column's collation win over a literal's, as in MySQL:
// Vitess ranks both alike, and two collations of the same rank compare by bytes.
// Only reflection reaches the columns in a translated expression.
func preferColumns(translated evalengine.IR) {
	walkColumns(reflect.ValueOf(translated), func(c *evalengine.Column) {
		if c.Collation.Coercibility == collations.CoerceCoercible {
			c.Collation.Coercibility = collations.CoerceImplicit
		}
	})
}

var (
	columnPointer = reflect.TypeFor[*evalengine.Column]()
	enginePackage = columnPointer.Elem().PkgPath()
)

// walkColumns visits the columns in a tree of the engine's types.
func walkColumns(v reflect.Value, visit func(*evalengine.Column)) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.Type() == columnPointer {
			visit((*evalengine.Column)(v.UnsafePointer()))
		} else if !v.IsNil() {
			walkColumns(v.Elem(), visit)
		}
	case reflect.Interface:
		if !v.IsNil() {
			walkColumns(v.Elem(), visit)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == enginePackage {
			for i := range v.NumField() {
				walkColumns(v.Field(i), visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkColumns(v.Index(i), visit)
		}
	}
}
