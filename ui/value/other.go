package value

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"

	"vitess.io/vitess/go/vt/proto/query"
)

// others are the same value in other words, and how long it is.
func (p *Page) others(c *pane.Context, v *stream.Value, width int) (lines []pane.Line) {
	if v.State != stream.Present {
		return nil
	}
	add := func(name, text string) { lines = append(lines, pane.Named(c, width, name, draw.Safe([]byte(text)))...) }
	add("", "")
	text := p.text(v)
	switch p.column.Class {
	case stream.ClassInteger, stream.ClassBit:
		p.bases(string(text), add)
	case stream.ClassTemporal:
		p.zones(string(text), c.Now, add)
	case stream.ClassText, stream.ClassJSON:
		add("length", draw.Plural(uint64(utf8.RuneCount(text)), "character")+", "+draw.Plural(uint64(len(v.Raw)), "byte"))
	case stream.ClassBinary:
		add("length", draw.Plural(uint64(len(v.Raw)), "byte"))
		identities(v.Raw, add)
	}
	if len(lines) == 1 {
		return nil
	}
	return lines
}

// integerBits are the sizes of MySQL's integers.
var integerBits = map[query.Type]uint{
	query.Type_INT8: 8, query.Type_INT16: 16, query.Type_INT24: 24, query.Type_INT32: 32, query.Type_INT64: 64,
}

// bases are an integer in other bases; of one that is negative, what its bits are.
func (p *Page) bases(text string, add func(name, text string)) {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return
	}
	if n.CmpAbs(big.NewInt(999)) > 0 {
		add("grouped", grouped(n.String()))
	}
	if n.Sign() < 0 {
		bits, is := integerBits[p.column.Type]
		if !is {
			return
		}
		n = new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), bits))
		add("unsigned", n.String())
	}
	add("hex", "0x"+n.Text(16))
	add("octal", "0"+n.Text(8))
	add("binary", "0b"+n.Text(2))
}

// grouped sets thousands apart.
func grouped(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, parts...), ",")
}

// zones are a time in UTC and where the screen is. A TIMESTAMP comes in UTC; a DATETIME
// has no zone, so both are only said of it as a reading.
func (p *Page) zones(text string, now time.Time, add func(name, text string)) {
	at, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil || at.Year() == 0 {
		return
	}
	const form = "2006-01-02 15:04:05.999999 MST"
	reading := ""
	if p.column.Type != query.Type_TIMESTAMP {
		reading = ", if it is UTC; a DATETIME has no zone"
	}
	add("UTC", at.Format(form)+", "+since(now.Sub(at))+reading)
	if local := at.In(now.Location()); local.Location() != time.UTC {
		add("local", local.Format(form)+reading)
	}
	add("Unix", fmt.Sprintf("%d", at.Unix()))
}

// since says how long ago something was, or will be.
func since(d time.Duration) string {
	if d < 0 {
		return "in " + draw.Age(-d)
	}
	return draw.Age(d) + " ago"
}

// identities are what bytes of some lengths often are.
func identities(b []byte, add func(name, text string)) {
	if len(b) == 16 {
		h := hex.EncodeToString(b)
		add("as UUID", h[:8]+"-"+h[8:12]+"-"+h[12:16]+"-"+h[16:20]+"-"+h[20:])
	}
	if address, ok := netip.AddrFromSlice(b); ok {
		add("as IP", address.String())
	}
}
