package filter

// fit says how a name fits the word that is being typed.
type fit uint8

const (
	fitsNot    fit = iota
	fitsWithin     // the name holds the word
	fitsStart      // the name begins with the word
)

// fits compares without regard to the case of ASCII letters. One letter alone
// is not looked for within names: it is in too many.
func fits(name, word string) fit {
	if len(word) > len(name) {
		return fitsNot
	}
	if hasFold(name, word) {
		return fitsStart
	}
	if len(word) > 1 {
		first := toLower(word[0])
		for i := 1; i <= len(name)-len(word); i++ {
			if toLower(name[i]) == first && hasFold(name[i:], word) {
				return fitsWithin
			}
		}
	}
	return fitsNot
}

// hasFold reports whether s, which is no shorter, begins with a prefix.
func hasFold(s, prefix string) bool {
	for i := range len(prefix) {
		if toLower(s[i]) != toLower(prefix[i]) {
			return false
		}
	}
	return true
}

func toLower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
