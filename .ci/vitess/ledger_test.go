//go:build cluster

package cluster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"strings"
	"sync"
	"testing"
)

// ledger books what vtscope prints, by transaction, while faults happen. One
// goroutine books; others look at it.
type ledger struct {
	t *testing.T

	mu      sync.Mutex
	history *history
	booked  map[string]map[string]*transaction // by shard and GTID
	goOn    map[string]string                  // where the journals say that their shards begin
	errors  []string                           // those that vtscope said it goes on after
}

// transaction is what is printed, or logged, under one GTID.
type transaction struct {
	ends int // commit, ddl, other
	rows int
	sum  uint64 // of the changes, in their order
}

func (tx *transaction) add(change string) {
	tx.rows++
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", tx.sum, change)
	tx.sum = h.Sum64()
}

// keepBooks begins to take all that a vtscope prints.
func keepBooks(t *testing.T, s *scope) *ledger {
	t.Helper()
	l := &ledger{t: t, history: newHistory(t), booked: map[string]map[string]*transaction{}, goOn: map[string]string{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e := range s.events {
			l.book(&e)
		}
	}()
	t.Cleanup(func() {
		s.signal(os.Kill)
		<-done
	})
	return l
}

func (l *ledger) book(e *event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e.Event {
	case "insert", "update", "delete":
		if e.Table == "corder" {
			l.history.add(*e)
		}
		l.transaction(e).add(changeOf(e))
	case "commit", "ddl", "other":
		l.transaction(e).ends++
	case "journal":
		for _, target := range e.Targets {
			l.goOn[target.Shard] = target.GTID
		}
	case "status":
		if e.Error != "" {
			l.errors = append(l.errors, e.State+": "+e.Error)
		}
	}
}

func (l *ledger) transaction(e *event) *transaction {
	shard := l.booked[e.Shard]
	if shard == nil {
		shard = map[string]*transaction{}
		l.booked[e.Shard] = shard
	}
	tx := shard[e.GTID]
	if tx == nil {
		tx = &transaction{}
		shard[e.GTID] = tx
	}
	return tx
}

// changeOf writes a printed change as logParser writes one of the binary log.
func changeOf(e *event) string {
	var b strings.Builder
	b.WriteString(e.Event + " " + e.Table)
	for _, image := range []json.RawMessage{e.Before, e.After} {
		if image != nil {
			b.WriteString(" (")
			b.WriteString(strings.Join(valuesOf(image), " "))
			b.WriteString(")")
		}
	}
	return b.String()
}

// valuesOf are the values of a row in the table's order.
func valuesOf(image json.RawMessage) []string {
	decoder := json.NewDecoder(bytes.NewReader(image))
	decoder.UseNumber()
	var values []string
	for i := 0; ; i++ {
		token, err := decoder.Token()
		switch {
		case err != nil:
			return values
		case token == json.Delim('{') || token == json.Delim('}'):
		case i%2 == 1: // a name; the opening brace was token 0
		case token == nil:
			values = append(values, "NULL")
		default:
			values = append(values, fmt.Sprint(token))
		}
	}
}

// missing is how many transactions of a shard are not booked as ended.
func (l *ledger) missing(shard string, gtids []string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, gtid := range gtids {
		if tx := l.booked[shard][gtid]; tx == nil || tx.ends == 0 {
			n++
		}
	}
	return n
}

// targets are the shards that the journals since the last time name, with their positions.
func (l *ledger) targets() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	targets := l.goOn
	l.goOn = map[string]string{}
	return targets
}
