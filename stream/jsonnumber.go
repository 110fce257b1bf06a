package stream

import (
	"bytes"
	"slices"
	"strconv"
)

// isMySQLNumber reports whether a JSON number has the form that MySQL gives
// it. One with an exponent may have another, and one without a digit before the
// point: VTTablet writes an exponent for some doubles that MySQL writes without.
func isMySQLNumber(number []byte) bool {
	plain := number[0] != '.' && !bytes.HasPrefix(number, []byte("-.")) && !bytes.ContainsAny(number, "eE")
	return plain || bytes.Equal(mysqlNumber(number), number)
}

// mysqlNumber gives a JSON number the form that MySQL gives it. VTTablet writes
// decimals below 1 without the digit before the point (go/mysql/binlog_event_rbr.go).
func mysqlNumber(number []byte) []byte {
	if at := bytes.IndexByte(number, '.'); at >= 0 && (at == 0 || number[at-1] == '-') {
		number = slices.Insert(bytes.Clone(number), at, '0')
	}
	if !bytes.ContainsAny(number, "eE") {
		return number
	}
	value, err := strconv.ParseFloat(string(number), 64)
	if err != nil {
		return number
	}
	var scratch [32]byte
	printed := appendGeneral(nil, strconv.AppendFloat(scratch[:0], value, 'e', -1, 64))
	if !bytes.ContainsAny(printed, ".e") {
		printed = append(printed, ".0"...) // MySQL tells a double from an integer
	}
	return printed
}

// numberLength is that of the number at the start of b, 0 where none is: one of
// JSON, or one that begins with its point.
func numberLength(b []byte) int {
	i := 0
	if i < len(b) && b[i] == '-' {
		i++
	}
	whole := countDigits(b[i:])
	if whole == 0 && (i == len(b) || b[i] != '.') || whole > 1 && b[i] == '0' {
		return 0
	}
	i += whole
	if i < len(b) && b[i] == '.' {
		n := countDigits(b[i+1:])
		if n == 0 {
			return 0
		}
		i += 1 + n
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		n := countDigits(b[i:])
		if n == 0 {
			return 0
		}
		i += n
	}
	return i
}

func countDigits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}
