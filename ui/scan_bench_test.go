package ui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/internal/pairs"
	"vtscope/stream"
)

// manyRows is how many row changes are filtered and searched, filterLimit what
// filtering them may cost beside reading their records, in processor time.
const (
	manyRows    = 1_000_000
	filterLimit = 16
)

// A countedSource gives some frames again and again, until there were enough rows.
type countedSource struct {
	frames []stream.Frame
	left   int
	at     int
}

func (c *countedSource) Open(context.Context, stream.Position) (stream.Receiver, error) {
	return c, nil
}

func (c *countedSource) Recv() (stream.Frame, error) {
	if c.left == 0 {
		return stream.Frame{}, io.EOF
	}
	c.left--
	c.at = (c.at + 1) % len(c.frames)
	return c.frames[c.at], nil
}

func (c *countedSource) Close() error { return nil }

func (c *countedSource) Classify(err error) *stream.Failure {
	return &stream.Failure{Cause: err.Error(), Err: err}
}

// fullStore is a store that keeps a million row changes, of customers and orders
// in turn, as they come in a stream.
var fullStore = sync.OnceValue(func() *stream.Store {
	f, c := newFixture(&testing.B{}), &countedSource{}
	for shard := range f.shards {
		events := f.columns(shard, []change{insert(customerTable), insert(orderTable)})
		for _, e := range events {
			f.live(shard, e)
		}
		c.frames = append(c.frames, f.frame(events))
	}
	const batch = 50
	for id := 0; len(c.frames) < 2000; {
		var changes []change
		for range batch / 2 {
			id++
			after := f.customer(id)
			after[3] = "+31 20 555 01 77"
			changes = append(changes, modify(customerTable, f.customer(id), after), insert(orderTable, f.order(id, "paid")...))
		}
		c.frames = append(c.frames, f.frame(f.commit(id%len(f.shards), changes...)))
	}
	c.at, c.left = -1, 0
	c.left = manyRows/batch + manyRows/batch/len(c.frames)*len(f.shards) + len(f.shards)
	store := stream.NewStore(2 << 30)
	stream.Run(context.Background(), stream.Config{Source: c, Sink: store, Progress: stream.NewProgress(stream.Position{})})
	return store
})

// fullModel is a screen over a million row changes that runs commands on
// goroutines, as Bubble Tea does.
type fullModel struct {
	*Model
	messages chan tea.Msg
}

func newFullModel(b *testing.B, scans int) *fullModel {
	store := fullStore()
	m := newModel(Options{Store: store, Progress: stream.NewProgress(stream.Position{}), Target: keyspace, Colour: true, Now: time.Now})
	m.take(tea.WindowSizeMsg{Width: 200, Height: 60})
	m.Sieve.Most = scans
	if n := m.Shown.Len(); n < manyRows {
		b.Fatalf("%d rows are kept", n)
	}
	return &fullModel{m, make(chan tea.Msg, 100)}
}

func (m *fullModel) start(cmd tea.Cmd) {
	if cmd != nil {
		go func() { m.messages <- cmd() }()
	}
}

// handle handles the next message that is no batch.
func (m *fullModel) handle() {
	for !m.take(<-m.messages) {
	}
}

// take handles a message and draws, or starts the commands of a batch.
func (m *fullModel) take(message tea.Msg) bool {
	if batch, ok := message.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			m.start(cmd)
		}
		return false
	}
	_, cmd := m.Update(message)
	m.View()
	m.start(cmd)
	return true
}

// BenchmarkFilter filters a million row changes, on one core and on two, with
// the screen drawn at every message. It reports the processor time beside that
// of reading them, the time until there is something on screen, and the messages
// that it took.
func BenchmarkFilter(b *testing.B) {
	for _, text := range []string{
		"customer_id = 42", "email like '%user42@%'", "_table = 'nothing'", "changed(phone) and before.phone is null", "settings->>'$.lang' = 'nl'",
	} {
		f := mustFilter(b, text)
		for scans := 1; scans <= 2; scans++ {
			b.Run(fmt.Sprintf("%s, %d at a time", text, scans), func(b *testing.B) {
				m := newFullModel(b, scans)
				var first time.Duration
				messages, times := 0, 0
				filter := func() {
					start := time.Now()
					m.start(m.after(m.setFilter(f)))
					for m.handle(); m.Sieve.IsPending(); {
						m.handle()
					}
					first += time.Since(start)
					messages++
					for ; m.Sieve.Matches.Looking(); messages++ {
						m.handle()
					}
					times++
				}
				var ratio pairs.Ratio
				for b.Loop() {
					ratio = pairs.Compare(5, filter, func() { m.read() })
				}
				ratio.AtMost(b, filterLimit, "reading")
				b.ReportMetric(first.Seconds()*1000/float64(times), "ms/first")
				b.ReportMetric(float64(messages)/float64(times), "messages")
				b.ReportMetric(float64(m.Sieve.Matches.Len()), "matches")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// read reads every record, the least that filtering can cost.
func (m *fullModel) read() (rows int) {
	reader := m.Shown.Reader()
	var r stream.Record
	for seq := m.Shown.First(); reader.At(seq, &r); seq++ {
		rows++
	}
	return rows
}

// BenchmarkSearch looks through a million row changes for what none has.
func BenchmarkSearch(b *testing.B) {
	m := newFullModel(b, 1)
	for b.Loop() {
		for m.start(m.startSearch("not there")); m.hunt != nil; {
			m.handle()
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(m.Shown.Len()), "ns/row")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkRead reads a million records.
func BenchmarkRead(b *testing.B) {
	m := newFullModel(b, 1)
	rows := 0
	for b.Loop() {
		rows += m.read()
	}
	b.ReportMetric(float64(b.Elapsed())/float64(rows), "ns/row")
	b.ReportMetric(0, "ns/op")
}

// keyLimit is how long most keys may wait for their effect on screen, as a
// share of the time that all the looking takes.
const keyLimit = 0.2

// A keyMsg is a key and when it was pressed.
type keyMsg struct {
	tea.KeyPressMsg
	at time.Time
}

// BenchmarkKeyWhileLooking presses keys while a slow filter looks at a million
// row changes, and while they are searched, and reports how long nine of ten have
// waited until the screen was drawn, and the longest.
func BenchmarkKeyWhileLooking(b *testing.B) {
	slow := mustFilter(b, "settings->>'$**.lang' = 'nl'") // every document is parsed
	for _, c := range []struct {
		name string
		key  string
		work func(m *fullModel) tea.Cmd
		done func(m *fullModel) bool
	}{
		{"filter", "k", func(m *fullModel) tea.Cmd { return m.after(m.setFilter(slow)) },
			func(m *fullModel) bool { return !m.Sieve.IsPending() && !m.Sieve.Matches.Looking() }},
		{"search", "W", func(m *fullModel) tea.Cmd { return m.startSearch("not there") }, func(m *fullModel) bool { return m.hunt == nil }},
	} {
		b.Run(c.name, func(b *testing.B) {
			m := newFullModel(b, 2)
			key, err := keyPress(c.key)
			if err != nil {
				b.Fatal(err)
			}
			var waits []time.Duration
			for b.Loop() {
				stop, stopped := make(chan struct{}), make(chan struct{})
				go m.typist(key, stop, stopped)
				for m.start(c.work(m)); !c.done(m); {
					message := <-m.messages
					press, isKey := message.(keyMsg)
					if isKey {
						message = press.KeyPressMsg
					}
					m.take(message)
					if isKey {
						waits = append(waits, time.Since(press.at))
					}
				}
				close(stop)
				<-stopped
			}
			slices.Sort(waits)
			most := waits[len(waits)*9/10]
			share := float64(most) / (float64(b.Elapsed()) / float64(b.N))
			b.ReportMetric(most.Seconds()*1000, "ms/most")
			b.ReportMetric(waits[len(waits)-1].Seconds()*1000, "ms/longest")
			b.ReportMetric(100*share, "%most")
			b.ReportMetric(float64(len(waits))/float64(b.N), "keys")
			b.ReportMetric(0, "ns/op")
			if share > keyLimit {
				b.Errorf("one key of ten has waited for %v, %.0f%% of the looking, more than %.0f%%", most, 100*share, 100*keyLimit)
			}
		})
	}
}

// typist presses a key a hundred times a second.
func (m *fullModel) typist(key tea.KeyPressMsg, stop, stopped chan struct{}) {
	defer close(stopped)
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
			m.messages <- keyMsg{key, time.Now()}
		}
	}
}
