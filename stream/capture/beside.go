package capture

import (
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"vtscope/stream"
)

// Fields of a status.
const (
	statusState = iota + 1
	statusText
)

func encodeStatus(s *stream.StatusChange) []byte {
	var m message
	m.number(statusState, uint64(s.State))
	m.text(statusText, s.Text)
	return m
}

func decodeStatus(b []byte) (*stream.StatusChange, error) {
	s := &stream.StatusChange{}
	err := eachPart(b, func(p *part) error {
		switch p.field {
		case statusState:
			if s.State = stream.State(p.number); p.number > uint64(stream.Ended) {
				return errMessage
			}
		case statusText:
			s.Text = p.text()
		}
		return nil
	})
	return s, err
}

// Fields of what the shards of a keyspace have executed.
const (
	executedPace = iota + 1
	executedShard
)

// Fields of what one shard has executed.
const (
	shardKeyspace = iota + 1
	shardName
	shardGTID
	shardBefore
	shardUnknown
)

func encodeExecuted(f *stream.Fact) []byte {
	var m message
	m.number(executedPace, uint64(f.Pace))
	for i := range f.Executed {
		e := &f.Executed[i]
		var s message
		s.text(shardKeyspace, e.Keyspace)
		s.text(shardName, e.Shard)
		s.text(shardGTID, e.GTID)
		s.text(shardBefore, e.Before)
		s.text(shardUnknown, e.Unknown)
		m.bytes(executedShard, s)
	}
	return m
}

// decodeExecuted leaves the time of the answers to the record's.
func decodeExecuted(b []byte) (*stream.Fact, error) {
	f := &stream.Fact{Executed: []stream.Executed{}}
	err := eachPart(b, func(p *part) error {
		switch p.field {
		case executedPace:
			f.Pace = stream.Pace(p.number)
			if p.number > uint64(stream.OtherLate) {
				f.Pace = stream.InTime
			}
		case executedShard:
			var e stream.Executed
			if err := eachPart(p.bytes, func(p *part) error {
				switch p.field {
				case shardKeyspace:
					e.Keyspace = p.text()
				case shardName:
					e.Shard = p.text()
				case shardGTID:
					e.GTID = p.text()
				case shardBefore:
					e.Before = p.text()
				case shardUnknown:
					e.Unknown = p.text()
				}
				return nil
			}); err != nil {
				return err
			}
			f.Executed = append(f.Executed, e)
		}
		return nil
	})
	return f, err
}

// Fields of an explanation and of a remark.
const (
	saidKeyspace = iota + 1
	saidShard
	saidText
)

// encodeFact gives a fact, and the field of a record that it belongs into.
func encodeFact(f *stream.Fact) (field protowire.Number, body []byte) {
	switch {
	case f.Executed != nil:
		return recordExecuted, encodeExecuted(f)
	case f.Mark != nil:
		return recordMark, encodeMark(f.Mark)
	case f.Damage != "":
		return recordDamage, []byte(f.Damage)
	}
	return encodeSaid(f)
}

// encodeSaid gives what is said of a shard or a keyspace, and the field of a record that
// it belongs into.
func encodeSaid(f *stream.Fact) (field protowire.Number, body []byte) {
	var m message
	m.text(saidKeyspace, f.Keyspace)
	m.text(saidShard, f.Shard)
	if f.Shard != "" {
		m.text(saidText, f.Why)
		return recordExplanation, m
	}
	m.text(saidText, f.Remark)
	return recordRemark, m
}

// decodeSaid reads what is said of a shard, or of a keyspace.
func decodeSaid(b []byte) (*stream.Fact, error) {
	f := &stream.Fact{}
	text := ""
	err := eachPart(b, func(p *part) error {
		switch p.field {
		case saidKeyspace:
			f.Keyspace = p.text()
		case saidShard:
			f.Shard = p.text()
		case saidText:
			text = p.text()
		}
		return nil
	})
	if f.Shard != "" {
		f.Why = text
	} else {
		f.Remark = text
	}
	return f, err
}

// Fields of a mark.
const (
	markKeyspace = iota + 1
	markShard
	markTable
	markArrived
	markPlace
	markOff
)

func encodeMark(k *stream.Mark) []byte {
	var m message
	m.text(markKeyspace, k.Keyspace)
	m.text(markShard, k.Shard)
	m.text(markTable, k.Table)
	m.nanos(markArrived, k.Arrived)
	m.number(markPlace, uint64(k.Place))
	m.bool(markOff, k.Off)
	return m
}

// marked adds a mark to others, or takes one away.
func marked(marks []stream.Mark, m stream.Mark) []stream.Mark {
	off := m.Off
	m.Off = false
	marks = slices.DeleteFunc(marks, func(o stream.Mark) bool { return o == m })
	if off {
		return marks
	}
	return append(marks, m)
}

func decodeMark(b []byte) (*stream.Fact, error) {
	k := &stream.Mark{}
	err := eachPart(b, func(p *part) error {
		switch p.field {
		case markKeyspace:
			k.Keyspace = p.text()
		case markShard:
			k.Shard = p.text()
		case markTable:
			k.Table = p.text()
		case markArrived:
			k.Arrived = int64(p.number)
		case markPlace:
			k.Place = int(min(p.number, math.MaxInt32))
		case markOff:
			k.Off = p.number != 0
		}
		return nil
	})
	return &stream.Fact{Mark: k}, err
}

// An Answer is what a VTGate was asked beside the stream, and has said.
type Answer struct {
	// Question names what was asked, Of what it was asked of: a keyspace, a shard.
	Question, Of string
	// JSON is the answer, Error why there is none.
	JSON  []byte
	Error string
}

// SameQuestion reports whether another answer is to the same question.
func (a *Answer) SameQuestion(o *Answer) bool { return a.Question == o.Question && a.Of == o.Of }

// Fields of an answer.
const (
	answerQuestion = iota + 1
	answerOf
	answerJSON
	answerError
)

func (a *Answer) encode() []byte {
	var m message
	m.text(answerQuestion, a.Question)
	m.text(answerOf, a.Of)
	if a.JSON != nil {
		m.bytes(answerJSON, a.JSON)
	}
	m.text(answerError, a.Error)
	return m
}

func decodeAnswer(b []byte) (*Answer, error) {
	a := &Answer{}
	err := eachPart(b, func(p *part) error {
		switch p.field {
		case answerQuestion:
			a.Question = p.text()
		case answerOf:
			a.Of = p.text()
		case answerJSON:
			a.JSON = append([]byte{}, p.bytes...)
		case answerError:
			a.Error = p.text()
		}
		return nil
	})
	return a, err
}
