package stream

import (
	"slices"
	"time"
)

// A Minute is how many row changes came in one, or in the several that a Digest counts as
// one where a stream lasts long.
type Minute struct {
	Unix int64 // when it began, in Unix minutes
	Rows uint64
}

// Time is when it began.
func (m Minute) Time() time.Time { return time.Unix(m.Unix*60, 0) }

// minutesKept bounds the minutes of a list. Beyond, pairs of them become one.
const minutesKept = 24 * 60

// Minutes are in order; those without a row change are left out.
type Minutes []Minute

// add counts row changes. They come in the order of time, except by little.
func (m *Minutes) add(minute int64, rows uint64) {
	list := *m
	if n := len(list); n > 0 && list[n-1].Unix == minute {
		list[n-1].Rows += rows
		return
	}
	at, found := slices.BinarySearchFunc(list, minute, func(x Minute, minute int64) int { return int(x.Unix - minute) })
	if found {
		list[at].Rows += rows
		return
	}
	*m = slices.Insert(list, at, Minute{minute, rows})
}

// coarsen makes one of the minutes that begin within the same step, which is so many
// minutes.
func (m *Minutes) coarsen(step int64) {
	coarse := (*m)[:0]
	for _, x := range *m {
		coarse.add(x.Unix-x.Unix%step, x.Rows)
	}
	*m = coarse
}
