package cli

import (
	"fmt"
	"strings"
	"testing"
)

// TestProblemsAreCounted: a kind is told a few times, whatever numbers are in it,
// and another kind beside it is told.
func TestProblemsAreCounted(t *testing.T) {
	p := problems{}
	got := stderrOf(t, func() {
		stop := startMessages()
		for i := range 1234 {
			p.say(nil, fmt.Sprintf("%d bytes are left out", i))
		}
		p.say(nil, "no bytes are left out")
		stop()
	})
	want := `vtscope: problem: 0 bytes are left out
vtscope: problem: 1 bytes are left out
vtscope: problem: 2 bytes are left out
vtscope: problem: 3 bytes are left out
vtscope: problem: 4 bytes are left out; further ones of this kind are only counted
vtscope: problem: 9 bytes are left out; 10 problems of this kind so far
vtscope: problem: 99 bytes are left out; 100 problems of this kind so far
vtscope: problem: 999 bytes are left out; 1,000 problems of this kind so far
vtscope: problem: no bytes are left out
`
	if got != want {
		t.Errorf("says\n%s", got)
	}
	for i := range 10 * problemsKinds {
		p.say(nil, strings.Repeat("x", i%(2*problemsKinds)+1))
	}
	if len(p) > problemsKinds+1 {
		t.Errorf("%d kinds are kept", len(p))
	}
}
