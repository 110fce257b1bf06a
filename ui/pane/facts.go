package pane

import (
	"math/big"
	"time"

	"vtscope/stream"
)

// Facts are the answers to questions beside the stream, as far as they are known.
type Facts struct {
	// Asked says that there is somebody to ask.
	Asked   bool
	Version string                                 // VTGate's
	Sizes   map[string]map[string]stream.TableSize // by shard, then table
	Ranges  map[CopyName]KeyRange
	Tablets map[string]TabletsFact // by shard
	Catalog Catalog
}

// NewFacts are none.
func NewFacts() Facts {
	return Facts{
		Sizes: map[string]map[string]stream.TableSize{}, Ranges: map[CopyName]KeyRange{}, Tablets: map[string]TabletsFact{},
	}
}

// A CopyName names one table of one shard.
type CopyName struct{ Shard, Table string }

// A KeyRange is from where to where the first column of a primary key goes.
type KeyRange struct{ Least, Greatest big.Int }

// A TabletsFact is what a shard's tablets have said.
type TabletsFact struct {
	At    time.Time
	Lines []TabletLine
	Err   string
}

// A TabletLine is what is shown of one tablet; Purged is its set.
type TabletLine struct{ Title, Text, Purged string }

// A CopyShare is how far the copy of a table is.
type CopyShare struct {
	Share float64 // from 0 to 1
	// ByKey says that the share is the last key's place in the key range, not
	// the rows' number beside MySQL's estimate of it.
	ByKey bool
	Rest  uint64 // rows to go, 0 where that is not known
	Known bool
}

// CopyShare is how far the copy of a shard's table is. The estimate may be too
// low and the range may have grown, so a copy that goes on is never more than
// 99% done.
func (f *Facts) CopyShare(shard *stream.Shard, table *stream.TableCopy) CopyShare {
	const most = 0.99
	if table.Done {
		return CopyShare{Share: 1, Known: true}
	}
	rows := f.Sizes[shard.String()][table.Name].Rows
	if share, known := f.shareByKey(shard, table); known {
		if rows == 0 && share > 0 {
			rows = uint64(float64(table.Rows) / share)
		}
		return CopyShare{min(share, most), true, uint64(float64(rows) * (1 - share)), true}
	}
	if rows == 0 {
		return CopyShare{}
	}
	c := CopyShare{Share: min(float64(table.Rows)/float64(rows), most), Known: true}
	if table.Rows < rows {
		c.Rest = rows - table.Rows
	}
	return c
}

// shareByKey is the last key's place in the table's key range.
func (f *Facts) shareByKey(shard *stream.Shard, table *stream.TableCopy) (share float64, known bool) {
	r, asked := f.Ranges[CopyName{shard.String(), table.Name}]
	if !asked || len(table.LastKey) == 0 {
		return 0, false
	}
	var at, done, whole big.Int
	if _, ok := at.SetString(table.LastKey[0].Value, 10); !ok {
		return 0, false
	}
	done.Sub(&at, &r.Least)
	whole.Sub(&r.Greatest, &r.Least)
	share, _ = new(big.Rat).SetFrac(&done, &whole).Float64()
	return min(max(share, 0), 1), true
}

// TimeLeft is how long the rest takes at the present rate, 0 where that is not
// known.
func (c *CopyShare) TimeLeft(s *stream.ShardState, now time.Time) time.Duration {
	speed := s.Rate.PerSecond(now)
	if speed <= 0 || c.Rest == 0 {
		return 0
	}
	return time.Duration(float64(c.Rest)/speed+1) * time.Second
}
