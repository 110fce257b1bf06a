package headless

import (
	"fmt"
	"io"
	"time"

	"vtscope/filter"
	"vtscope/stream"
)

// Options say what is printed and how.
type Options struct {
	// Format is how; nil stands for JSON.
	Format *Format
	// Events are the events to print; the zero value stands for DefaultEvents.
	Events Events
	// Filter chooses among the row changes; nil takes all. Other events are
	// chosen by Events alone.
	Filter *filter.Filter
	// Terminal says that the output is one. In a pipe, CSV has the line breaks of
	// the data as they are.
	Terminal bool
	// Qualified says that statements name the keyspace of their table.
	Qualified bool
	// Columns are those of CSV's table, for a header without rows; nil where they
	// are not known.
	Columns []string
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
	held    *pieces // what End prints, nil where nothing waits for it
	began   bool    // something is printed
	printed uint64
	done    bool

	transactions transactions
	current      *transaction // whose event is being printed
	spillErr     error        // why a large value could not go to a file
	leftOut      []byte       // how SQL's comment in place of a statement begins
	scratch      []byte       // the header of CSV
}

// lines turns records into whole lines.
type lines interface {
	// row appends what prints of a row change, event of any other record.
	row(dst []byte, r *stream.Record) []byte
	event(dst []byte, r *stream.Record) []byte
}

// tabular is the format that begins with the columns of its table.
type tabular interface {
	// columns takes a table version and appends the header before the first.
	// It refuses a version that does not fit the header.
	columns(dst []byte, t *stream.Table) ([]byte, error)
}

// framed is the format of which more prints than the lines of its events.
type framed interface {
	// prelude appends what stands before everything.
	prelude(dst []byte) []byte
	// head appends what stands before the transaction of a row change.
	head(dst []byte, r *stream.Record) []byte
	// frame hands over the first events of a transaction, as they print.
	frame(t *transaction, events int, to target) error
}

// target takes what prints, in parts; end says that a piece is whole.
type target interface {
	add(part []byte) error
	end()
}

// stating is the format of statements, in place of which a comment may stand.
type stating interface {
	// unstated is how such a comment begins.
	unstated() string
	// failures counts those that are printed, and gives the first's reason.
	failures() (n uint64, first error)
}

// sparing is the format that prints large values by segments.
type sparing interface{ spare(*overflow) }

// schematic is the format whose lines rely on what each shard's tables are.
type schematic interface {
	// follow takes the shards of the stream.
	follow([]*stream.Shard)
	// tableChanged takes a table version and appends what is to be said of it.
	tableChanged(dst []byte, r *stream.Record) []byte
}

// ending is the format of which something may be left to print at the end.
type ending interface {
	// unfinished appends what waits for more of the stream.
	unfinished(dst []byte) []byte
}

// New makes a printer that writes to w.
func New(w io.Writer, o Options) *Printer {
	if o.Events == 0 {
		o.Events = DefaultEvents
	}
	if o.Format == nil {
		o.Format = JSON
	}
	o.Events &= o.Format.Events
	p := &Printer{options: o, out: output{w: w}, lines: o.Format.lines(&o)}
	if s, ok := p.lines.(sparing); ok {
		s.spare(&overflow{flush: p.flushLarge})
	}
	if s, ok := p.lines.(stating); ok {
		p.leftOut = []byte(s.unstated())
	}
	if o.Filter != nil {
		p.matcher = o.Filter.Matcher()
	}
	if o.Format.AtEnd {
		p.held = &pieces{}
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

// Unwritten counts the changes that could not be written as a statement, and
// gives the first reason. They stand as comments in the output.
func (p *Printer) Unwritten() (n uint64, first error) {
	if s, ok := p.lines.(stating); ok {
		return s.failures()
	}
	return 0, nil
}

// Append takes one record. It returns ErrDone where the limit cuts a
// transaction short, ErrClosed where the reader has gone away, and another
// error where a table no longer fits the header of CSV.
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
	case stream.Columns:
		return p.columns(r)
	case stream.VGTID:
		if s, ok := p.lines.(schematic); ok && r.Shards != nil {
			s.follow(r.Shards)
		}
	case stream.Abandoned:
		p.transactions.done(p.transactions.take(r.Txn))
		return nil
	}
	if p.takes(r) {
		if err := p.collect(p.transactions.open(r.Txn), r); err != nil {
			return err
		}
	}
	if r.Txn == 0 || r.Kind == stream.Commit {
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

// End prints what waits for the end of the run, and lets go of everything.
func (p *Printer) End() error {
	defer p.transactions.close()
	if p.held != nil {
		return p.endHeld()
	}
	if s, ok := p.lines.(ending); ok && p.out.err == nil {
		if err := p.out.add(s.unfinished(nil)); err != nil {
			return err
		}
		return p.out.flush()
	}
	return nil
}

// endHeld prints what was held back.
func (p *Printer) endHeld() error {
	defer p.held.reset()
	if p.held.count > 0 {
		if err := p.begin(); err != nil {
			return err
		}
		if err := p.held.newestFirst(p.out.add); err != nil {
			return err
		}
	}
	return p.out.flush()
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

// columns takes a new table version.
func (p *Printer) columns(r *stream.Record) error {
	t := r.Table
	if t.Internal {
		return nil
	}
	var err error
	if s, ok := p.lines.(schematic); ok {
		return p.out.add(s.tableChanged(nil, r))
	}
	table, ok := p.lines.(tabular)
	if !ok {
		return nil
	}
	if p.scratch, err = table.columns(p.scratch[:0], t); err != nil {
		return err
	}
	return p.out.add(p.scratch)
}

// collect adds a record's lines to its transaction.
func (p *Printer) collect(t *transaction, r *stream.Record) error {
	if r.Kind == stream.Begin && t.begun {
		return nil
	}
	before := t.lines.size()
	p.current, t.start = t, len(t.lines.bytes)
	switch {
	case r.Kind == stream.Begin:
		t.begun = true
		t.lines.bytes = p.lines.event(t.lines.bytes, r)
	case r.Kind.IsRow():
		p.head(t, r)
		if t.rows == 0 {
			t.firstRow, t.copied = t.lines.count, r.Kind == stream.Copy
		}
		t.rows++
		t.lines.bytes = p.lines.row(t.lines.bytes, r)
	default:
		if r.Kind == stream.DDL {
			p.head(t, r)
		}
		t.lines.bytes = p.lines.event(t.lines.bytes, r)
	}
	if t.rows == 0 {
		t.firstRow = t.lines.count + 1
	}
	t.look(p.leftOut)
	t.lines.end()
	if p.spillErr != nil {
		return spilling(p.spillErr)
	}
	return p.transactions.grown(t, int(t.lines.size()-before))
}

// flushLarge moves what is printed of the current transaction to a file, and
// gives the buffer to go on with. What it moves is counted when the event is
// whole.
func (p *Printer) flushLarge(dst []byte) []byte {
	if len(dst) < largeValue {
		return dst
	}
	t := p.current
	t.lines.bytes = dst
	t.look(p.leftOut)
	p.transactions.size -= len(dst)
	if err := t.lines.spill(); err != nil && p.spillErr == nil {
		p.spillErr = err
	}
	return t.lines.bytes[:0]
}

// head appends what stands before a transaction, once.
func (p *Printer) head(t *transaction, r *stream.Record) {
	if f, ok := p.lines.(framed); ok && len(t.head) == 0 {
		t.head = f.head(t.head, r)
	}
}

// commit prints a transaction, as many of its events as the limit allows, and
// forgets it.
func (p *Printer) commit(number uint64) error {
	t := p.transactions.take(number)
	if t == nil {
		return nil
	}
	defer p.transactions.done(t)
	events := t.lines.count
	if left := p.options.Limit - p.printed; p.options.Limit > 0 && uint64(events) >= left {
		p.done, events = true, int(left)
	}
	p.printed += uint64(events)
	if err := p.print(t, events); err != nil || events == t.lines.count {
		return err // Flush ends the run where the transaction is printed whole
	}
	if err := p.out.flush(); err != nil {
		return err
	}
	return ErrDone
}

// print hands the first events of a transaction to the output.
func (p *Printer) print(t *transaction, events int) error {
	if events == 0 {
		return nil
	}
	f, ok := p.lines.(framed)
	switch {
	case !ok && t.lines.file == nil && events == t.lines.count:
		return p.out.add(t.lines.bytes)
	case !ok:
		return t.lines.between(0, events, p.out.add)
	case p.held != nil:
		return p.hold(f, t, events)
	}
	if err := p.begin(); err != nil {
		return err
	}
	return f.frame(t, events, &p.out)
}

// hold keeps what prints of a transaction for the end.
func (p *Printer) hold(f framed, t *transaction, events int) error {
	if err := f.frame(t, events, p.held); err != nil {
		return err
	}
	if len(p.held.bytes) < spilledMemory {
		return nil
	}
	if err := p.held.spill(); err != nil {
		return fmt.Errorf("what is printed at the end is kept in a temporary file ($TMPDIR): %w", err)
	}
	return nil
}

// begin prints what stands before everything, once.
func (p *Printer) begin() error {
	f, ok := p.lines.(framed)
	if !ok || p.began {
		return nil
	}
	p.began = true
	return p.out.add(f.prelude(nil))
}
