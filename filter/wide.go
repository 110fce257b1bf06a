package filter

import (
	"encoding/hex"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/charset"
	"vitess.io/vitess/go/mysql/collations/colldata"
	"vitess.io/vitess/go/vt/sqlparser"
)

// wideSets are the character sets in which ASCII takes more than a byte.
var wideSets = map[string]bool{"utf16": true, "utf16le": true, "ucs2": true, "utf32": true}

// joining are the calls of which the arguments meet in one text, or are compared
// as such.
var joining = map[string]bool{
	"coalesce": true, "concat": true, "concat_ws": true, "elt": true, "field": true, "greatest": true, "if": true, "ifnull": true,
	"instr": true, "least": true, "lpad": true, "nullif": true, "replace": true, "rpad": true, "strcmp": true, "substring_index": true,
}

// widen gives the literals beside text of a wide character set its encoding, as
// MySQL does. The engine puts the bytes of both together as they are.
func (p *program) widen(node sqlparser.SQLNode) {
	texts := textsOf(node)
	var set charset.Charset
	for _, text := range texts {
		if set = p.wideSet(*text); set != nil {
			break
		}
	}
	if set == nil {
		return
	}
	for _, text := range texts {
		literal, ok := (*text).(*sqlparser.Literal)
		if !ok {
			continue
		}
		switch literal.Type {
		case sqlparser.StrVal, sqlparser.IntVal, sqlparser.DecimalVal:
			if wide, err := charset.Convert(nil, set, []byte(literal.Val), charset.Charset_utf8mb4{}); err == nil {
				*text = &sqlparser.IntroducerExpr{CharacterSet: "_" + set.Name(), Expr: sqlparser.NewHexLiteral(hex.EncodeToString(wide))}
			}
		}
	}
}

// wideSet gives the character set of an expression's text where it is a wide
// one, nil for all others.
func (p *program) wideSet(expr sqlparser.Expr) charset.Charset {
	if c := p.columnOf(expr); c != nil {
		collation := colldata.Lookup(collations.ID(c.Collation))
		if collation != nil && wideSets[collation.Charset().Name()] && c.Members() == nil {
			return collation.Charset()
		}
		return nil
	}
	for _, text := range textsOf(expr) {
		if set := p.wideSet(*text); set != nil {
			return set
		}
	}
	return nil
}

// textsOf gives the arguments of a call that meet in one text, none for other
// nodes.
func textsOf(node sqlparser.SQLNode) (texts []*sqlparser.Expr) {
	switch node := node.(type) {
	case *sqlparser.FuncExpr:
		for i := range node.Exprs {
			texts = append(texts, &node.Exprs[i])
		}
		switch name := node.Name.Lowered(); {
		case !joining[name]:
			return nil
		case (name == "if" || name == "elt") && len(texts) > 0:
			return texts[1:]
		case (name == "lpad" || name == "rpad") && len(texts) == 3:
			return []*sqlparser.Expr{texts[0], texts[2]}
		}
	case *sqlparser.CaseExpr:
		for _, when := range node.Whens {
			texts = append(texts, &when.Val)
		}
		texts = append(texts, &node.Else)
	case *sqlparser.LocateExpr:
		texts = append(texts, &node.SubStr, &node.Str)
	case *sqlparser.InsertExpr:
		texts = append(texts, &node.Str, &node.NewStr)
	}
	return texts
}
