package changes

import "vtscope/stream"

// brackets hold the rows of a transaction together that stand beside each other on
// screen. Rows of a copy are of none: what commits there is a message.
func (m *drawing) brackets() []string {
	txns := make([]uint64, 0, len(m.rows)+2)
	txns = append(txns, m.txnBeside(-1))
	for _, seq := range m.rows {
		txns = append(txns, m.txnOf(seq))
	}
	txns = append(txns, m.txnBeside(len(m.rows)))
	brackets := make([]string, len(m.rows))
	for i := range brackets {
		above, own, below := txns[i], txns[i+1], txns[i+2]
		switch {
		case own != 0 && own == above && own == below:
			brackets[i] = "│"
		case own != 0 && own == above:
			brackets[i] = "└"
		case own != 0 && own == below:
			brackets[i] = "┌"
		default:
			brackets[i] = " "
		}
	}
	return brackets
}

// txnBeside is the transaction of the row that stands so many lines below the first on
// screen, also above it and below the last; 0 for none.
func (m *drawing) txnBeside(line int) uint64 {
	matches := m.Sieve.Matches
	if len(m.rows) == 0 {
		return 0
	}
	at := matches.Index(m.rows[0]) + line
	if at < 0 || at >= matches.Len() {
		return 0
	}
	return m.txnOf(matches.Row(at))
}

func (m *drawing) txnOf(seq uint64) uint64 {
	var r stream.Record
	if !m.Shown.At(seq, &r) || r.Kind == stream.Copy {
		return 0
	}
	return r.Txn
}
