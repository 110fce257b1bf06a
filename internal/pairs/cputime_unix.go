//go:build unix

package pairs

import (
	"syscall"
	"time"
)

// ProcessTime is the processor time that the process has taken.
func ProcessTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
