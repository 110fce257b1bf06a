package headless

import (
	"bytes"
	"io"
	"time"

	"vtscope/filter"
	"vtscope/stream"
)

// Format is how events print.
type Format uint8

// The formats.
const (
	// JSON prints one object a line.
	JSON Format = iota
	// Text prints one line an event, for people.
	Text
)

// Options say what is printed and how.
type Options struct {
	Format Format
	// Events are the events to print; the zero value stands for DefaultEvents.
	Events Events
	// Filter chooses among the row changes; nil takes all. Other events are
	// chosen by Events alone.
	Filter *filter.Filter
	// Limit ends the run after so many printed events; 0 is no limit.
	Limit uint64
	// Problem takes what the stream could not use, in words for people; the
	// shard is nil where none is known. It may be nil.
	Problem func(shard *stream.Shard, text string)
}

// A Printer prints the records of a stream by whole transactions. It is a
// stream.Sink.
type Printer struct {
	options Options
	lines   lines
	matcher *filter.Matcher // nil without a filter
	arrived int64           // when the matcher's record arrived: its NOW()
	out     output
	printed uint64
	done    bool

	open    []*transaction
	free    []*transaction
	scratch []byte // the line of what belongs to no transaction
}

// lines turns records into lines.
type lines interface {
	// row appends the line of a row change, event that of any other record;
	// both end with a line break and hold no other.
	row(dst []byte, r *stream.Record) []byte
	event(dst []byte, r *stream.Record) []byte
}

// transaction holds the lines of a transaction whose COMMIT is to come.
type transaction struct {
	number uint64
	begun  bool
	events uint64
	lines  []byte
}

// keptCapacity is the largest buffer of a transaction that is used again.
const keptCapacity = 4 << 20

// New makes a printer that writes to w.
func New(w io.Writer, o Options) *Printer {
	if o.Events == 0 {
		o.Events = DefaultEvents
	}
	p := &Printer{options: o, out: output{w: w}}
	if o.Filter != nil {
		p.matcher = o.Filter.Matcher()
	}
	if o.Format == Text {
		p.lines = newTextLines()
	} else {
		p.lines = newJSONLines()
	}
	return p
}

// Printed counts the events printed so far.
func (p *Printer) Printed() uint64 { return p.printed }

// Failures counts the row changes for which the filter could not be evaluated,
// and gives the first reason. They are not printed.
func (p *Printer) Failures() (n uint64, first error) {
	if p.matcher == nil {
		return 0, nil
	}
	return p.matcher.Failures()
}

// Append takes one record. It returns ErrDone where the limit cuts a
// transaction short, and ErrClosed where the reader has gone away.
func (p *Printer) Append(r *stream.Record) error {
	if p.out.err != nil {
		return p.out.err
	}
	if p.done {
		return ErrDone
	}
	switch r.Kind {
	case stream.Problem:
		if p.options.Problem != nil {
			p.options.Problem(r.Shard, string(r.Payload))
		}
		return nil
	case stream.Abandoned:
		p.drop(r.Txn)
		return nil
	}
	if r.Txn == 0 {
		return p.single(r)
	}
	if p.takes(r) {
		p.collect(p.transaction(r.Txn), r)
	}
	if r.Kind == stream.Commit {
		return p.commit(r.Txn)
	}
	return nil
}

// Flush writes what is printed. It returns ErrDone where whole transactions
// have reached the limit.
func (p *Printer) Flush() error {
	if err := p.out.flush(); err != nil {
		return err
	}
	if p.done {
		return ErrDone
	}
	return nil
}

// takes reports whether a record is to be printed.
func (p *Printer) takes(r *stream.Record) bool {
	if !p.options.Events.Has(r.Kind) {
		return false
	}
	if p.matcher == nil || !r.Kind.IsRow() {
		return true
	}
	if r.Arrived != p.arrived {
		p.arrived = r.Arrived
		p.matcher.SetTime(time.Unix(0, r.Arrived))
	}
	return p.matcher.Match(r)
}

// collect adds a record's line to its transaction.
func (p *Printer) collect(t *transaction, r *stream.Record) {
	if r.Kind == stream.Begin {
		if t.begun {
			return
		}
		t.begun = true
	}
	t.lines = p.append(t.lines, r)
	t.events++
}

func (p *Printer) append(dst []byte, r *stream.Record) []byte {
	if r.Kind.IsRow() {
		return p.lines.row(dst, r)
	}
	return p.lines.event(dst, r)
}

// single prints a record that belongs to no transaction.
func (p *Printer) single(r *stream.Record) error {
	if !p.takes(r) {
		return nil
	}
	p.scratch = p.append(p.scratch[:0], r)
	return p.print(p.scratch, 1)
}

// commit prints a transaction and forgets it.
func (p *Printer) commit(number uint64) error {
	at := p.find(number)
	if at < 0 {
		return nil
	}
	t := p.open[at]
	err := p.print(t.lines, t.events)
	p.release(at)
	return err
}

// print hands whole lines to the output, as many as the limit allows.
func (p *Printer) print(lines []byte, events uint64) error {
	left := p.options.Limit - p.printed
	if p.options.Limit == 0 || events < left {
		p.printed += events
		return p.out.add(lines)
	}
	p.done = true
	p.printed += left
	if err := p.out.add(firstLines(lines, left)); err != nil {
		return err
	}
	if events == left {
		return nil // Flush ends the run: the transaction is printed whole
	}
	if err := p.out.flush(); err != nil {
		return err
	}
	return ErrDone
}

// firstLines cuts lines after the nth.
func firstLines(lines []byte, n uint64) []byte {
	end := 0
	for ; n > 0; n-- {
		end += bytes.IndexByte(lines[end:], '\n') + 1
	}
	return lines[:end]
}

// transaction finds an open transaction or opens it.
func (p *Printer) transaction(number uint64) *transaction {
	if at := p.find(number); at >= 0 {
		return p.open[at]
	}
	t := &transaction{}
	if n := len(p.free); n > 0 {
		t, p.free = p.free[n-1], p.free[:n-1]
	}
	t.number, t.begun, t.events, t.lines = number, false, 0, t.lines[:0]
	p.open = append(p.open, t)
	return t
}

// find looks from the newest, which is nearly always the one asked for.
func (p *Printer) find(number uint64) int {
	for i := len(p.open) - 1; i >= 0; i-- {
		if p.open[i].number == number {
			return i
		}
	}
	return -1
}

func (p *Printer) drop(number uint64) {
	if at := p.find(number); at >= 0 {
		p.release(at)
	}
}

// release closes an open transaction and keeps its buffer for the next.
func (p *Printer) release(at int) {
	t := p.open[at]
	p.open = append(p.open[:at], p.open[at+1:]...)
	if cap(t.lines) <= keptCapacity {
		p.free = append(p.free, t)
	}
}
