package ui

import (
	"os"
	"testing"
	"time"
)

// TestMain makes the clock's zone part of the tests: the log prints local time.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}
