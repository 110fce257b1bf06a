package demo

import "strconv"

// image is one row image being written: values in column order, in the wire's
// own form. It is reused from row to row.
type image struct {
	values  []byte
	lengths []int64 // -1 is NULL
	binlog  bool    // floating point and JSON as replication prints them, not as a SELECT does
}

func (m *image) reset() { m.values, m.lengths = m.values[:0], m.lengths[:0] }

// value returns column i and whether it is not NULL. It scans the lengths:
// only filters ask, and for few columns.
func (m *image) value(i int) ([]byte, bool) {
	at := int64(0)
	for j, n := range m.lengths {
		if j == i {
			if n < 0 {
				return nil, false
			}
			return m.values[at : at+n], true
		}
		at += max(n, 0)
	}
	return nil, false
}

// done closes the value that began at start.
func (m *image) done(start int) { m.lengths = append(m.lengths, int64(len(m.values)-start)) }

func (m *image) null() { m.lengths = append(m.lengths, -1) }

func (m *image) text(parts ...string) {
	start := len(m.values)
	for _, p := range parts {
		m.values = append(m.values, p...)
	}
	m.done(start)
}

func (m *image) bytes(b ...byte) {
	start := len(m.values)
	m.values = append(m.values, b...)
	m.done(start)
}

func (m *image) uint(v uint64) {
	start := len(m.values)
	m.values = strconv.AppendUint(m.values, v, 10)
	m.done(start)
}

func (m *image) int(v int64) {
	start := len(m.values)
	m.values = strconv.AppendInt(m.values, v, 10)
	m.done(start)
}

// decimal writes v with two places: 1234 is 12.34.
func (m *image) decimal(v int64) {
	start := len(m.values)
	m.values = appendDecimal(m.values, v)
	m.done(start)
}

func appendDecimal(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	b = strconv.AppendInt(b, v/100, 10)
	return append(b, '.', byte('0'+v/10%10), byte('0'+v%10))
}

// float writes a FLOAT. MySQL prints six significant digits, so callers keep to values that have no more.
func (m *image) float(v float32) { m.floating(float64(v), 32) }

// double writes a DOUBLE.
func (m *image) double(v float64) { m.floating(v, 64) }

func (m *image) floating(v float64, bits int) {
	start := len(m.values)
	format := byte('f')
	if m.binlog {
		format = 'E'
	}
	m.values = strconv.AppendFloat(m.values, v, format, -1, bits)
	m.done(start)
}

// pad appends v with at least width digits.
func (m *image) pad(v, width int) { m.values = appendPadded(m.values, v, width) }

func appendPadded(b []byte, v, width int) []byte {
	for limit := pow10(width - 1); limit > 1 && v < limit; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(v), 10)
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// date writes a DATE of the given day since 1970.
func (m *image) date(day int) {
	start := len(m.values)
	m.appendDay(day)
	m.done(start)
}

// datetime writes seconds since 1970 as a DATETIME or TIMESTAMP, with
// microseconds where micro is not negative.
func (m *image) datetime(unix int64, micro int) {
	start := len(m.values)
	m.appendDay(int(unix / 86400))
	m.values = append(m.values, ' ')
	m.appendClock(int(unix%86400), micro)
	m.done(start)
}

// clock writes a TIME(6); it may be negative or more than a day.
func (m *image) clock(seconds, micro int) {
	start := len(m.values)
	if seconds < 0 {
		m.values = append(m.values, '-')
		seconds = -seconds
	}
	m.appendClock(seconds, micro)
	m.done(start)
}

func (m *image) appendClock(seconds, micro int) {
	m.pad(seconds/3600, 2)
	m.values = append(m.values, ':')
	m.pad(seconds/60%60, 2)
	m.values = append(m.values, ':')
	m.pad(seconds%60, 2)
	if micro >= 0 {
		m.values = append(m.values, '.')
		m.pad(micro, 6)
	}
}

// appendDay writes a civil date from days since 1970, in the proleptic Gregorian calendar.
func (m *image) appendDay(day int) {
	z := day + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d, mon, y := doy-(153*mp+2)/5+1, mp+3, yoe+era*400
	if mon > 12 {
		mon, y = mon-12, y+1
	}
	m.pad(y, 4)
	m.values = append(m.values, '-')
	m.pad(mon, 2)
	m.values = append(m.values, '-')
	m.pad(d, 2)
}
