package demo

import "strconv"

// customerGroups is how many groups of columns a customer's changes go round:
// e-mail, tier and points, avatar, tags and settings, address, nickname.
const customerGroups = 6

// customerVersion is how often a customer has been changed in state s.
func (w *workload) customerVersion(c int64, s *state) int64 {
	if c >= w.customers {
		return 0
	}
	return w.customerP.visits(s.steps[changed], c)
}

// groupVersion is how many of versions 1..v changed group g, when the first
// of them is shifted by shift groups.
func groupVersion(v, shift, g int64) int64 {
	upTo := func(y int64) int64 { return (y - g + customerGroups) / customerGroups }
	return upTo(v+shift) - upTo(shift)
}

func (w *workload) customerRow(m *image, c int64, s *state) {
	v := w.customerVersion(c, s)
	h := hash3(w.seed, 40, uint64(c))
	shift := int64(h >> 1 % customerGroups)
	group := func(g int64) int64 { return groupVersion(v, shift, g) }
	where := places[h>>20%uint64(len(places))]
	w.customerName(m, w.id(c), h, group(0))

	if n := group(5); (h>>50+uint64(n))%3 == 0 {
		m.null()
	} else {
		m.text(nicknames[(h>>50+uint64(n))%uint64(len(nicknames))])
	}
	m.text(where.country)
	m.text(where.city)
	w.customerAddress(m, h, group(4), where.street)
	up := group(1)
	m.text(tiers[min(int(h>>32%2)+int(up)/2, 3)])
	w.customerTags(m, h, group(3))
	m.int(int64(h>>34%4000) - 500 + up*75)
	m.decimal(int64(h>>36%50_000) - 10_000 + up*1999)
	w.customerFacts(m, h, where)
	if n := group(2); (h>>44+uint64(n))%2 == 0 {
		m.null()
	} else {
		m.bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', byte(n), byte(h), byte(h>>8), 0xff, 0x00)
	}
	m.uint(h | 1<<63)
	m.datetime(shopEpoch-86400+(v*w.customers+c)*secondsAChange%31_000_000, -1)
	if ddls := w.ddls(s.n); ddls%2 == 1 {
		w.customerLoyalty(m, c, v, w.lastDDL(ddls))
	}
}

// customerName writes id, e-mail address and name.
func (w *workload) customerName(m *image, id int64, h uint64, version int64) {
	var mail, name, sep, last string
	if h>>8%5 == 0 {
		p := wholeNames[h>>12%uint64(len(wholeNames))]
		name, mail = p.name, p.mail
	} else {
		g, f := givenNames[h>>12%uint64(len(givenNames))], familyNames[h>>16%uint64(len(familyNames))]
		name, mail, sep, last = g.name, g.mail+"."+f.mail, " ", f.name
	}
	m.uint(uint64(id))
	start := len(m.values)
	m.values = append(m.values, mail...)
	m.values = strconv.AppendInt(m.values, id, 10)
	if version > 0 {
		m.values = append(m.values, '+')
		m.values = strconv.AppendInt(m.values, version, 10)
	}
	m.values = append(m.values, '@')
	m.values = append(m.values, mailHosts[(h>>24+uint64(version))%uint64(len(mailHosts))]...)
	m.done(start)
	m.text(name, sep, last)
}

func (w *workload) customerAddress(m *image, h uint64, version int64, street string) {
	start := len(m.values)
	number := 1 + int64(h>>28%180) + version*7
	if m.binlog {
		m.values = append(append(m.values, `{"street": "`...), street...)
		m.values = strconv.AppendInt(append(m.values, ' '), number, 10)
		m.values = append(m.values, `", "zip": "`...)
		m.pad(int(h>>26%100_000), 5)
	} else {
		m.values = append(m.values, `{"zip": "`...)
		m.pad(int(h>>26%100_000), 5)
		m.values = append(append(m.values, `", "street": "`...), street...)
		m.values = strconv.AppendInt(append(m.values, ' '), number, 10)
	}
	m.values = append(m.values, `"}`...)
	m.done(start)
}

func (w *workload) customerTags(m *image, h uint64, version int64) {
	start := len(m.values)
	bitmap := (h>>30 + uint64(version)) % 16
	for i, name := range tagNames {
		if bitmap>>i&1 == 0 {
			continue
		}
		if len(m.values) > start {
			m.values = append(m.values, ',')
		}
		m.values = append(m.values, name...)
	}
	m.done(start)
	m.bytes(byte(bitmap&3), byte(h>>38)^byte(version))
}

func (w *workload) customerFacts(m *image, h uint64, where place) {
	m.uint(2009 + h>>40%17)
	if h>>42%6 == 0 {
		m.null()
	} else {
		m.date(int(h>>43%18_000) - 7000)
	}
	if h>>46%10 == 0 {
		m.null()
		m.null()
		return
	}
	m.double(where.lat + float64(h>>48%1000)/131072)
	m.double(where.lon + float64(h>>52%1000)/131072)
}

// customerLoyalty writes the column that comes and goes: its default until the
// customer is changed after the ALTER that added it.
func (w *workload) customerLoyalty(m *image, c, version, added int64) {
	if version > 0 {
		last := (version-1)*w.customers + w.customerP.position(c)
		if w.changeNumber(last) > added {
			m.uint(100 + hash3(w.seed, uint64(41+c), uint64(version))%5000)
			return
		}
	}
	m.uint(0)
}

// listPrice is a product's price in cents before it is priced anew.
func (w *workload) listPrice(p int64) int64 {
	return 199 + int64(hash3(w.seed, 50, uint64(p))%400)*25
}

func (w *workload) productRow(m *image, p int64, s *state) {
	h := hash3(w.seed, 51, uint64(p))
	sales, pricings := w.soldP.visits(s.steps[sold], p), w.pricedP.visits(s.steps[priced], p)
	id := w.id(p)
	m.uint(uint64(id))
	start := len(m.values)
	m.values = append(m.values, goodsNouns[h>>8%10][0], goodsAdjectives[h>>12%10][0], '-')
	m.pad(int(id%1_000_000_000), 9)
	m.done(start)
	if h>>16%6 == 0 {
		m.text(goodsForeign[h>>20%6])
	} else {
		m.text(goodsAdjectives[h>>12%10], " ", goodsNouns[h>>8%10])
	}
	m.decimal(w.listPrice(p) + pricings%9*50)
	m.int(25 + (int64(h>>24%475)+(475-sales%475)*3)%475)
	m.uint(50 + h>>28%20_000)
	if h>>32%3 == 0 {
		m.int(int64(h>>34%45) - 25)
	} else {
		m.null()
	}
	m.float(float32(10+(h>>36+uint64(pricings))%41) / 10)
	m.double(float64(1+h>>38%4000) / 1024)
	if h>>40%5 == 0 {
		m.int(-int64(h >> 8))
	} else {
		m.int(int64(h>>41%900) + 100)
	}
	m.text(`{"color": "`, colors[h>>42%6], `", "fragile": `, []string{"true", "false"}[h>>45%2], `, "weights": [1, 2.5]}`)
	if h>>46%4 == 0 {
		m.text("Ü 18 — ", goodsForeign[h>>48%6], "\n☃ bulky")
	} else {
		m.null()
	}
	w.productTime(m, p, sales+pricings, int(h>>50%1000))
}

// productTime writes updated_at, a TIMESTAMP(3).
func (w *workload) productTime(m *image, p, version int64, milli int) {
	start := len(m.values)
	at := shopEpoch - 43200 + (version*w.products+p)*secondsAnOrd%31_000_000
	m.appendDay(int(at / 86400))
	m.values = append(m.values, ' ')
	m.appendClock(int(at%86400), -1)
	m.values = append(m.values, '.')
	m.pad(milli, 3)
	m.done(start)
}
