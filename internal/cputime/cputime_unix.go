//go:build unix

package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time that the process has taken, 0 where the system does not
// tell.
func Used() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
