package filter

import "vtscope/stream"

// Signatures lists how the functions of a filter are called.
func Signatures() (signatures []string) {
	for i := range functions {
		signatures = append(signatures, functions[i].signature)
	}
	return signatures
}

// MatchWhole is Match by whole documents. It reports how many parts of the
// expression Match decides by members.
func (m *Matcher) MatchWhole(r *stream.Record) (matches bool, members int) {
	p := m.program(r.Table)
	for i := range p.steps {
		if p.steps[i].member != nil {
			p.steps[i].member = nil
			members++
		}
	}
	return m.Match(r), members
}

// FindMember gives the text of the value at a path, false in plain where the
// path is none that a member can have.
func FindMember(document []byte, path string) (value []byte, known, plain bool) {
	legs := pathOf(path)
	if legs == nil {
		return nil, false, false
	}
	value, known = findMember(document, legs)
	return value, known, true
}
