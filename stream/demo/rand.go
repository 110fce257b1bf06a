package demo

import (
	"encoding/hex"
	"math/bits"
)

// mix is the finalizer of splitmix64: every bit of x changes every bit of the result.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

// hash2 and hash3 derive a value from a seed and what it is for.
func hash2(seed, a uint64) uint64    { return mix(seed ^ mix(a)) }
func hash3(seed, a, b uint64) uint64 { return mix(hash2(seed, a) ^ mix(b+0x632be59bd9b4e019)) }

// hashString derives a value from a seed and a name.
func hashString(seed uint64, s string) uint64 {
	h := mix(seed)
	for i := range len(s) {
		h = mix(h ^ uint64(s[i]))
	}
	return h
}

// pick returns a value in [0, n), as even as h is.
func pick(h uint64, n int) int {
	if n <= 0 {
		return 0
	}
	hi, _ := bits.Mul64(h, uint64(n))
	return int(hi)
}

// uuidOf makes a version-1-like UUID, as MySQL's server_uuid is.
func uuidOf(h uint64) string {
	var b [16]byte
	x := h
	for i := range b {
		if i%8 == 0 {
			x = mix(x)
		}
		b[i] = byte(x >> (8 * (i % 8)))
	}
	b[6], b[7] = 0x11, b[7]|0xe0
	b[8] = b[8]&0x3f | 0x80
	s := hex.EncodeToString(b[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// permutation walks [0, size) in an order that looks random and can be
// inverted: position i holds (i*step+offset) mod size.
type permutation struct {
	size, step, offset, inverse int64
}

func newPermutation(seed uint64, size int64) permutation {
	p := permutation{size: size}
	if size <= 0 {
		return p
	}
	p.offset = int64(hash2(seed, 1) % uint64(size))
	p.step = 1
	if size > 2 {
		// Near the golden ratio of size neighbours in time are far apart.
		for p.step = size*618/1000 + 1; ; p.step++ {
			if inv, ok := inverseMod(p.step%size, size); ok {
				p.step, p.inverse = p.step%size, inv
				return p
			}
		}
	}
	p.inverse = 1
	return p
}

// at is the element at position i, which may be any number of rounds on.
func (p permutation) at(i int64) int64 {
	hi, lo := bits.Mul64(uint64(i%p.size), uint64(p.step))
	_, rem := bits.Div64(hi%uint64(p.size), lo, uint64(p.size))
	return (int64(rem) + p.offset) % p.size
}

// position is where in a round element e stands.
func (p permutation) position(e int64) int64 {
	d := (e - p.offset + p.size) % p.size
	hi, lo := bits.Mul64(uint64(d), uint64(p.inverse))
	_, rem := bits.Div64(hi%uint64(p.size), lo, uint64(p.size))
	return int64(rem)
}

// visits is how often element e is among the first count positions.
func (p permutation) visits(count, e int64) int64 {
	if p.size == 0 || count <= 0 {
		return 0
	}
	v := count / p.size
	if p.position(e) < count%p.size {
		v++
	}
	return v
}

// inverseMod is the multiplicative inverse of a modulo m, if they are coprime.
func inverseMod(a, m int64) (int64, bool) {
	r0, r1, t0, t1 := m, a, int64(0), int64(1)
	for r1 != 0 {
		q := r0 / r1
		r0, r1 = r1, r0-q*r1
		t0, t1 = t1, t0-q*t1
	}
	if r0 != 1 {
		return 0, false
	}
	return (t0 + m) % m, true
}
