//go:build !unix

package pairs

import "time"

var started = time.Now()

// ProcessTime is the time gone by, where the system does not tell the processor's.
func ProcessTime() time.Duration { return time.Since(started) }
