package cli

import (
	"regexp"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// problems tells what the stream could not use. What comes again and again is
// told a few times, and then counted.
type problems map[string]uint64

const (
	problemsTold  = 5    // of each kind
	problemsKinds = 1000 // that are told apart
)

var numbers = regexp.MustCompile(`[0-9]+`)

// say tells of one; the shard is nil where none is known.
func (p problems) say(shard *stream.Shard, text string) {
	kind := numbers.ReplaceAllString(text, "#")
	if _, known := p[kind]; !known && len(p) >= problemsKinds {
		kind = ""
	}
	p[kind]++
	if shard != nil {
		text = shard.String() + ": " + text
	}
	switch n := p[kind]; {
	case n < problemsTold:
		say("problem: %s", text)
	case n == problemsTold:
		say("problem: %s; further ones of this kind are only counted", text)
	case isPowerOfTen(n):
		say("problem: %s; %s of this kind so far", text, draw.Plural(n, "problem"))
	}
}

func isPowerOfTen(n uint64) bool {
	for n >= 10 && n%10 == 0 {
		n /= 10
	}
	return n == 1
}
