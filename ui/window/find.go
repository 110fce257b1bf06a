package window

import (
	"strings"

	"github.com/sahilm/fuzzy"
)

// find gives the places of the texts that a query finds, all without one: first those that
// have it as it stands, then those that have its letters in that order, the best first.
func find(query string, texts []string) []int {
	var whole, letters []int
	if query == "" {
		for i := range texts {
			whole = append(whole, i)
		}
		return whole
	}
	for _, m := range fuzzy.Find(query, texts) {
		if strings.Contains(strings.ToLower(m.Str), strings.ToLower(query)) {
			whole = append(whole, m.Index)
		} else {
			letters = append(letters, m.Index)
		}
	}
	return append(whole, letters...)
}
