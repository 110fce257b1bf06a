package stream

import "time"

// Phase is what a shard's stream is doing.
type Phase uint8

// The phases of a shard. Waiting: nothing has come from it yet. Closed: a
// reshard has replaced it.
const (
	Waiting Phase = iota
	Copying
	Live
	Closed
)

// String gives the phase in a word.
func (p Phase) String() string {
	return [...]string{"waiting", "copying", "streaming", "closed"}[p]
}

// A ShardState is what the stream has told of one shard.
type ShardState struct {
	Shard *Shard
	Phase Phase
	// Tables are those that the copy has begun, in its order.
	Tables []TableCopy
	// GTID is the shard's last committed position, with its flavor; "current"
	// or "" until it has sent one.
	GTID string
	// Rows counts row changes, Transactions the commits outside of the copy.
	Rows, Transactions uint64
	// Lag is how long after its commit in MySQL the last transaction was read by
	// the tablet, by the tablet's clock, to the second; LagKnown is false until
	// there is one.
	Lag      time.Duration
	LagKnown bool
	// HeartbeatLag is how long after the primary wrote its last heartbeat a
	// tablet read it, HeartbeatAt when that arrived; zero without heartbeats.
	HeartbeatLag time.Duration
	HeartbeatAt  time.Time
	// Standing compares the stream with what the shard has executed.
	Standing Standing
	// Remark is what else is to be said of the shard, "" for nothing.
	Remark string
	// LastRow is when the last row change arrived, in Unix nanoseconds; before
	// the first, when the shard was first heard of.
	LastRow int64
	// LastEvent is when the last event arrived, zero before the first.
	LastEvent time.Time
	// Rate counts row changes by the second.
	Rate Rate
}

// A TableCopy says how far the copy of one table is in one shard.
type TableCopy struct {
	Name string
	Rows uint64
	Done bool
	// Cycles counts how often the copy of the table has been begun or taken up
	// again: VTGate cuts that of a large table into pieces of an hour.
	Cycles int
	// LastKey is the last primary key copied, empty before the first.
	LastKey []KeyValue
}

// A KeyValue is one column of a primary key, as text.
type KeyValue struct {
	Column, Value string
	// Integer says that the column holds integers.
	Integer bool
}

// Copying gives the table that the copy is at, nil outside of one.
func (s *ShardState) Copying() *TableCopy {
	if s.Phase != Copying || len(s.Tables) == 0 {
		return nil
	}
	return &s.Tables[len(s.Tables)-1]
}

// A Summary is what the stream has told as a whole.
type Summary struct {
	State State
	// Since is when the state began.
	Since time.Time
	// Failure is the text of the error behind Retrying or Ended, "" without.
	Failure string
	// Rows, Transactions, Frames and Bytes count what came, Problems what could
	// not be used, Retries how often the stream was opened again.
	Rows, Transactions, Frames, Bytes, Problems, Retries uint64
	// Reshards counts those that every old shard has told of.
	Reshards uint64
	// LastFrame is when the last message came, heartbeats among them.
	LastFrame time.Time
	// Pace says whether the stream is late as a whole.
	Pace Pace
	// CopyDone says that every shard has ended its copy.
	CopyDone bool
	Rate     Rate
}
