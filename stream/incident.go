package stream

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
