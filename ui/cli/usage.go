package cli

import (
	"runtime/metrics"
	"time"

	"vtscope/internal/cputime"
)

// processUsage is what the process has taken: processor time, and memory that it holds now, in
// bytes.
func processUsage() (cpu time.Duration, memory uint64) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return cputime.Used(), samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
