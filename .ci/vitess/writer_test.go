//go:build cluster

package cluster

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"
)

// writer changes the table corder from several sessions until it is stopped.
// Each of its statements is a transaction of its own and writes texts that no
// other writes.
type writer struct {
	statement statement
	cancel    context.CancelFunc
	wg        sync.WaitGroup

	mu        sync.Mutex
	acked     map[string]bool // texts whose statement VTGate has confirmed
	confirmed int             // statements
	failed    int
}

// statement makes the i-th statement of the session that writes ids from first
// on, and the texts that it writes: one for each row that it changes, but for
// rows that it deletes.
type statement func(first, i int) (sql string, texts []string)

const (
	writers   = 4
	tableSize = 50 // rows per session that are updated over and over
	idsEach   = 1_000_000
)

// startWriter begins to write rows with ids from first on, ever more of them.
func startWriter(t *testing.T, first int) *writer {
	return startSessions(t, writers, first, insertAndUpdate)
}

func startSessions(t *testing.T, sessions, first int, statement statement) *writer {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w := &writer{statement: statement, cancel: cancel, acked: map[string]bool{}}
	for i := range sessions {
		w.wg.Go(func() { w.run(ctx, first+i*idsEach) })
	}
	t.Cleanup(w.stop)
	return w
}

// insertAndUpdate alternates inserts with updates of the first rows.
func insertAndUpdate(first, i int) (string, []string) {
	id, text := first+i/2, fmt.Sprintf("%d-%d", first, i)
	if i%2 == 1 {
		id = first + (i/2)%tableSize
		return fmt.Sprintf("update corder set sku = '%s' where order_id = %d and customer_id = %d", text, id, id), []string{text}
	}
	return fmt.Sprintf("insert into corder(order_id, customer_id, sku, price) values (%d, %d, '%s', 1)", id, id, text), []string{text}
}

// run writes one statement after another. One that fails may have been carried
// out all the same: its texts are not among the acked. Stopping lets the last
// statement end, so that none is carried out afterwards.
func (w *writer) run(ctx context.Context, first int) {
	session := conn.Session("customer")
	for i := 0; ctx.Err() == nil; i++ {
		sql, texts := w.statement(first, i)
		one, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		result, err := session.Execute(one, sql)
		cancel()
		w.mu.Lock()
		switch {
		case err != nil:
			w.failed++
		case result.RowsAffected > 0:
			w.confirmed++
			for _, text := range texts {
				w.acked[text] = true
			}
		}
		w.mu.Unlock()
		if err != nil {
			session = conn.Session("customer")
			pause(ctx)
		}
	}
}

// pause keeps a writer from spinning while there is no primary.
func pause(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	<-ctx.Done()
}

func (w *writer) stop() {
	w.cancel()
	w.wg.Wait()
}

// written is how many statements that change something VTGate has confirmed so far.
func (w *writer) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.confirmed
}

// failures is how many statements have failed so far.
func (w *writer) failures() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failed
}
