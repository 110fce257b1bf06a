package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time that the process has taken, 0 where the system does not
// tell.
func Used() time.Duration {
	process, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var created, exited, kernel, user syscall.Filetime
	if syscall.GetProcessTimes(process, &created, &exited, &kernel, &user) != nil {
		return 0
	}
	return span(&kernel) + span(&user)
}

// span is a duration as Windows writes it, in steps of 100 ns.
func span(f *syscall.Filetime) time.Duration {
	return time.Duration(int64(f.HighDateTime)<<32|int64(f.LowDateTime)) * 100
}
