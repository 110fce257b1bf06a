package cli

import (
	"os"
	"runtime/debug"
)

// boundMemory keeps what the process holds of the machine's memory near what the
// screen's buffer needs, in bytes: by itself, the garbage collector lets as much
// again pile up as is kept. A limit that the user has set is theirs.
func boundMemory(buffer int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(buffer/20*27 + 32<<20)
	}
}
