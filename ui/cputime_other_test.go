//go:build !unix

package ui

import "time"

var started = time.Now()

// processTime is the time gone by, where the system does not tell the processor's.
func processTime() time.Duration { return time.Since(started) }
