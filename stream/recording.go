package stream

import "time"

// A Recording is a run that was kept: what came in, in its order. It is for one
// goroutine.
type Recording interface {
	// Next gives the next thing, valid until the call after. It returns io.EOF at
	// the end, and another error where the recording cannot be read on.
	Next() (Recorded, error)
}

// Recorded is one thing of a recording. One of Frame, Status, Fact and Problem is set.
type Recorded struct {
	// At is when it came, by the clock of the run that was recorded.
	At time.Time
	// Frame is an encoded vtgatepb.VStreamResponse.
	Frame []byte
	// Status is a new state of the stream.
	Status *StatusChange
	// Fact is what the run learnt beside its stream.
	Fact *Fact
	// Problem is what of the recording cannot be read, for people.
	Problem string
}

// A StatusChange is a new state of a stream, with the text of its record: the error,
// or what a break has cost.
type StatusChange struct {
	State State
	Text  string
}

// A Fact is what a run has learnt beside its stream. Executed, Mark or Damage is set, or
// Keyspace and what is said of it.
type Fact struct {
	// Executed is what shards have executed, and Pace what was found of the stream's
	// pace by then.
	Executed []Executed
	Pace     Pace

	// Keyspace, and Shard where Why is said of it: why the shard is stalled. Remark
	// is said of the whole keyspace, "" for nothing any more.
	Keyspace, Shard string
	Why, Remark     string

	// Mark is what was marked, or has lost its mark.
	Mark *Mark

	// Damage is what of the recording that is replayed could not be read.
	Damage string
}

// Listen has a function told of each fact that the progress takes. It is called from
// the goroutines that bring them, and is set before any does.
func (p *Progress) Listen(told func(*Fact)) { p.told = told }

// tell tells of a fact, while no lock is held.
func (p *Progress) tell(f *Fact) {
	if p.told != nil {
		p.told(f)
	}
}

// learn takes a fact of a recording.
func (p *Progress) learn(f *Fact) {
	switch {
	case f.Executed != nil:
		p.setPace(f.Pace)
		p.compareAll(f.Executed)
	case f.Mark != nil:
		p.Mark(*f.Mark)
	case f.Damage != "":
		p.tell(f)
	case f.Shard != "":
		p.Explain(f.Keyspace, f.Shard, f.Why)
	default:
		p.Remark(f.Keyspace, f.Remark)
	}
}
