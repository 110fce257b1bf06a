package ui

import (
	"time"

	"vtscope/ui/pane"
)

// usageSeen is what the program had taken when that was looked at last.
type usageSeen struct {
	at  time.Time
	cpu time.Duration
}

// usageEvery is how often that is looked at: a share of a second would jump.
const usageEvery = 5 * time.Second

// look looks at what the program takes, where somebody tells.
func (u *usageSeen) look(c *pane.Context, usage func() (time.Duration, uint64)) {
	if usage == nil || c.Now.Sub(u.at) < usageEvery {
		return
	}
	cpu, memory := usage()
	if !u.at.IsZero() && cpu > 0 {
		c.Usage = pane.Usage{Core: float64(cpu-u.cpu) / float64(c.Now.Sub(u.at)), Memory: memory}
	}
	u.at, u.cpu = c.Now, cpu
}
