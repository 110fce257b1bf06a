package value

import (
	"github.com/charmbracelet/x/ansi"
)

// Texts are compared character by character where what lies between their common
// beginning and end is no longer than this on either side; else all of that is marked.
const comparedLength = 1000

// leastCommon is how many characters have to be the same between two changes: fewer
// are the same by chance, and only make it harder to read.
const leastCommon = 3

// differ says which characters two texts do not have in common.
func differ(before, after []byte) (old, now []span) {
	a, b := characters(before), characters(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	same := commonOf(a[head:len(a)-tail], b[head:len(b)-tail])
	inA, inB := make([]bool, len(a)), make([]bool, len(b))
	for i := range head {
		inA[i], inB[i] = true, true
	}
	for i := range tail {
		inA[len(a)-1-i], inB[len(b)-1-i] = true, true
	}
	for _, pair := range same {
		inA[head+pair[0]], inB[head+pair[1]] = true, true
	}
	return spans(a, inA), spans(b, inB)
}

// characters takes text apart, as people see it.
func characters(text []byte) (list []string) {
	rest := string(text)
	for rest != "" {
		n := 1
		if rest[0] >= 0x80 || len(rest) > 1 && rest[1] >= 0x80 {
			cluster, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
			n = max(len(cluster), 1)
		}
		list, rest = append(list, rest[:n]), rest[n:]
	}
	return list
}

// spans puts characters together by whether they are common.
func spans(list []string, common []bool) (out []span) {
	for i, c := range list {
		if n := len(out); n == 0 || out[n-1].marked == common[i] {
			out = append(out, span{marked: !common[i]})
		}
		last := &out[len(out)-1]
		last.text = append(last.text, c...)
	}
	return out
}

// commonOf gives the pairs of places of a longest common subsequence, without the runs
// that are too short.
func commonOf(a, b []string) (pairs [][2]int) {
	if len(a) == 0 || len(b) == 0 || len(a) > comparedLength || len(b) > comparedLength {
		return nil
	}
	// lengths[i][j] is that of the subsequence of a[i:] and b[j:].
	lengths := make([][]int16, len(a)+1)
	for i := range lengths {
		lengths[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	run := [][2]int{}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			run = append(run, [2]int{i, j})
			i, j = i+1, j+1
			continue
		case lengths[i+1][j] >= lengths[i][j+1]:
			i++
		default:
			j++
		}
		if len(run) >= leastCommon {
			pairs = append(pairs, run...)
		}
		run = run[:0]
	}
	if len(run) >= leastCommon {
		pairs = append(pairs, run...)
	}
	return pairs
}
