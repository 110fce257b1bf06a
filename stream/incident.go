package stream

import (
	"slices"
	"strings"
)

// IsIncident reports whether the record is something that whoever looks for the cause of
// trouble wants to see: a problem, a break of the stream or its end for a reason, a
// statement that changed a table, a journal.
func (r *Record) IsIncident() bool {
	switch r.Kind {
	case Problem, DDL, Journal:
		return true
	case Status:
		return len(r.Payload) > 0
	}
	return false
}

// An Incident is a record of that kind, remembered also when the store has dropped it.
type Incident struct {
	// Seq is the record's sequence number, of the last where it came several times in a
	// row; First, of the first.
	Seq   uint64
	First uint64
	Kind  Kind
	State State  // of a Status
	Shard *Shard // nil for one of the stream as a whole
	// Time is the binlog event's timestamp in Unix seconds, 0 where there is none;
	// Arrived, in Unix nanoseconds, when it came.
	Time, Arrived int64
	Text          string // at most incidentText bytes of it
	Cut           bool   // there was more
	Times         uint64 // how often it came in a row
}

// Bounds of the incidents kept, in number and each text in bytes.
const (
	incidentsKept = 1024
	incidentText  = 4 << 10
)

// Incidents are the newest, the oldest of them first, and how many there were.
type Incidents struct {
	List  []Incident
	Total uint64
}

// note remembers a record that was appended last, to be published with it.
func (s *Store) note(r *Record) {
	text := string(r.Payload[:min(len(r.Payload), incidentText+1)])
	if r.Kind == Journal {
		text = JournalText(r.Payload)
	}
	i := Incident{
		Seq: s.next - 1, First: s.next - 1, Kind: r.Kind, State: r.State, Shard: r.Shard, Time: r.Time, Arrived: r.Arrived, Times: 1,
		Text: strings.Clone(text[:min(len(text), incidentText)]), Cut: len(text) > incidentText,
	}
	if n := len(s.fresh); n > 0 && s.fresh[n-1].repeats(&i) {
		i.Times, i.First = i.Times+s.fresh[n-1].Times, s.fresh[n-1].First
		s.fresh[n-1] = i
		return
	}
	s.fresh = append(s.fresh, i)
}

// repeats reports whether an incident says the same as the one before.
func (i *Incident) repeats(next *Incident) bool {
	return i.Kind == next.Kind && i.State == next.State && i.Shard == next.Shard && i.Text == next.Text && i.Kind != DDL
}

// take takes over incidents that are published.
func (l *Incidents) take(fresh []Incident) {
	for _, i := range fresh {
		l.Total += i.Times
		if n := len(l.List); n > 0 && l.List[n-1].repeats(&i) {
			i.Times, i.First = i.Times+l.List[n-1].Times, l.List[n-1].First
			l.List[n-1] = i
			continue
		}
		l.List = append(l.List, i)
	}
	if n := len(l.List) - incidentsKept; n > incidentsKept/4 {
		l.List = slices.Delete(l.List, 0, n)
	}
}

// Incidents gives the newest, writing over dst where it has room.
func (s *Store) Incidents(dst *Incidents) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.incidents.List
	list = list[max(len(list)-incidentsKept, 0):]
	dst.List, dst.Total = append(dst.List[:0], list...), s.incidents.Total
}
