package filter_test

import (
	"fmt"
	"strings"

	"vtscope/filter"
)

// A generator writes expressions of the grammar as bytes decide.
type generator struct {
	choices []byte
	b       strings.Builder
}

// generate writes an expression.
func generate(choices []byte) string {
	g := generator{choices: choices}
	g.condition(4)
	return g.b.String()
}

// pick gives a number below n; when the choices are used up, 0.
func (g *generator) pick(n int) int {
	if len(g.choices) == 0 {
		return 0
	}
	c := int(g.choices[0])
	g.choices = g.choices[1:]
	if n > 256 && len(g.choices) > 0 {
		c, g.choices = c<<8|int(g.choices[0]), g.choices[1:]
	}
	return c % n
}

func (g *generator) of(words ...string) string { return words[g.pick(len(words))] }

// write writes a pattern in which C stands for a condition, O for an operand
// and L for a literal.
func (g *generator) write(pattern string, depth int) {
	for _, r := range pattern {
		switch r {
		case 'C':
			g.condition(depth - 1)
		case 'O':
			g.operand(depth - 1)
		case 'L':
			g.literal()
		default:
			g.b.WriteRune(r)
		}
	}
}

var conditions = []string{
	"O = O", "O", "O <> O", "O < O", "O <=> O", "O >= O", "O in (O, O, L)", "O not in (L, O)", "O between O and O", "O not between L and L",
	"O like L", "O not like L", "O like O", "O regexp 'a+b'", "O is null", "O is not true", "not C", "(C and C)", "(C or C)", "(C xor C)",
	"(O, O) = (O, L)", "(O, O) in ((L, L), (O, O))", "(O, O) < (O, L)", "! O", "O like L escape '|'", "O collate utf8mb4_bin = O", "binary O = O",
}

func (g *generator) condition(depth int) {
	if depth <= 0 {
		g.write(g.of("O = L", "O", "O is null"), 0)
		return
	}
	g.write(g.of(conditions...), depth)
}

var operators = []string{
	"(O + O)", "(O - O)", "(O * O)", "(O / O)", "(O div O)", "(O mod O)", "(O & O)", "(O | O)", "(O ^ O)", "(O << O)", "(O >> O)", "-O", "~O",
	"case when C then O else O end", "case O when L then O when O then O end", "cast(O as char)", "cast(O as char(3))", "cast(O as binary(5))",
	"cast(O as signed)", "cast(O as unsigned)", "cast(O as decimal(10,2))", "cast(O as double)", "cast(O as date)", "cast(O as datetime(3))",
	"cast(O as time)", "cast(O as json)", "convert(O using latin1)", "convert(O using utf8mb4)", "O + interval O day", "O - interval L month",
	"O + interval L day_second", "j->'$.a'", "j->>'$.a'", "json_extract(O, '$**.a')", "json_keys(O, '$.a')", "json_contains_path(O, 'all', '$.a')",
	"json_remove(O, '$.a')", "trim(leading from O)", "char(O using utf8mb4)", "weight_string(O as char(3))", "position(O in O)",
	"regexp_instr(O, 'a', 1, 2)", "regexp_substr(O, 'a.')", "repeat(O, 3)", "lpad(O, 5, O)", "rpad(O, 5, O)", "space(3)",
}

func (g *generator) operand(depth int) {
	switch choice := g.pick(8); {
	case depth <= 0 && choice < 3, choice == 0:
		g.literal()
	case depth <= 0, choice < 3:
		g.b.WriteString(wide.fields[g.pick(len(wide.fields))].Name)
	case choice < 6:
		g.call(depth)
	default:
		g.write(g.of(operators...), depth)
	}
}

// call calls a function as its signature says.
func (g *generator) call(depth int) {
	signatures := filter.Signatures()
	name, list, _ := strings.Cut(strings.TrimSuffix(signatures[g.pick(len(signatures))], ")"), "(")
	g.b.WriteString(name + "(")
	for i, arg := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '[' || r == ']' }) {
		arg = strings.TrimSpace(arg)
		if arg == "" || g.pick(16) == 15 {
			continue
		}
		if i > 0 {
			g.b.WriteString(", ")
		}
		switch {
		case arg == "column":
			g.b.WriteString("s")
		case arg == "pattern":
			g.b.WriteString("'a|b'")
		case arg == "path":
			g.b.WriteString("'$.a'")
		case strings.Contains(arg, "INTERVAL"):
			g.write("interval O "+g.of("day", "second", "year_month", "hour_microsecond"), depth)
		case strings.HasPrefix(arg, "'"), strings.HasPrefix(arg, "unit"):
			g.b.WriteString(arg[:min(len(arg), 5)])
		default:
			g.operand(depth - 1)
		}
	}
	g.b.WriteString(")")
}

func (g *generator) literal() {
	g.b.WriteString(g.of("1", "'a'", "null", "0", "-1", "1.5", "1e10", "x'ff41'", "b'101'", "''", "'%a_'", "date'2026-01-31'", "time'10:11:12'",
		"timestamp'2026-01-31 10:11:12.5'", "true", "'2026-01-31'", "'10:11:12'", "9223372036854775807", "-9223372036854775808",
		"18446744073709551615", "99999999999999999999999999999999999999.99", "'1e400'", "1e-300", "'{\"a\": [1, null]}'", "'[]'", "_latin1 x'e4'", "N'ä'",
		"0x00", "'\\xff'", "'0000-00-00'", "'ä😀'", fmt.Sprint(g.pick(65536))))
}
