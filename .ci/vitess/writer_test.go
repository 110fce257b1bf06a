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
// Each of its statements changes one row and writes a text that no other writes.
type writer struct {
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu     sync.Mutex
	acked  map[string]bool // texts whose statement VTGate has confirmed
	failed int
}

const (
	writers   = 4
	tableSize = 50 // rows per session that are updated over and over
)

// startWriter begins to write rows with ids from first on.
func startWriter(t *testing.T, first int) *writer {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w := &writer{cancel: cancel, acked: map[string]bool{}}
	for i := range writers {
		w.wg.Go(func() { w.run(ctx, first+i*1_000_000) })
	}
	t.Cleanup(w.stop)
	return w
}

// run alternates inserts with updates of the first rows. A statement that fails
// may have been carried out all the same: its text is not among the acked.
// Stopping lets the last statement end, so that none is carried out afterwards.
func (w *writer) run(ctx context.Context, first int) {
	session := conn.Session("customer")
	for i := 0; ctx.Err() == nil; i++ {
		id, text := first+i/2, fmt.Sprintf("%d-%d", first, i)
		statement := fmt.Sprintf("insert into corder(order_id, customer_id, sku, price) values (%d, %d, '%s', 1)", id, id, text)
		if i%2 == 1 {
			id = first + (i/2)%tableSize
			statement = fmt.Sprintf("update corder set sku = '%s' where order_id = %d and customer_id = %d", text, id, id)
		}
		one, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		result, err := session.Execute(one, statement)
		cancel()
		w.mu.Lock()
		switch {
		case err != nil:
			w.failed++
		case result.RowsAffected == 1:
			w.acked[text] = true
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

// written is how many statements VTGate has confirmed so far.
func (w *writer) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acked)
}

// failures is how many statements have failed so far.
func (w *writer) failures() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failed
}
