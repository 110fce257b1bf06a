//go:build cluster

package cluster

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/cluster/vtgate"
)

// Where the cluster and the binary under test are; TestMain sets them.
var (
	work    string
	address string
	binary  string
	conn    *vtgate.Conn
)

func TestMain(m *testing.M) {
	if err := locate(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	conn.Close()
	os.Exit(code)
}

// locate finds the running cluster in the same work folder as the scripts do.
func locate() error {
	work = os.Getenv("VTSCOPE_CLUSTER")
	if work == "" {
		work = filepath.Join(os.TempDir(), "vtscope-cluster")
	}
	settings, err := os.ReadFile(filepath.Join(work, "env"))
	if err != nil {
		return fmt.Errorf("no cluster is up: run the script up first: %w", err)
	}
	for line := range strings.Lines(string(settings)) {
		name, value, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "export ")), "=")
		if name == "VTSCOPE_VTGATE" {
			address = value
		} else if err := os.Setenv(name, value); err != nil { // for the scripts
			return err
		}
	}
	binary = os.Getenv("VTSCOPE_BINARY")
	if binary == "" {
		binary = filepath.Join(work, "bin", "vtscope")
	}
	if _, err := os.Stat(binary); err != nil {
		return fmt.Errorf("no vtscope to test: build it there or name it in VTSCOPE_BINARY: %w", err)
	}
	conn, err = vtgate.Open(address)
	return err
}
