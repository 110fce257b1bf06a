package main

import (
	"strings"
	"testing"
)

// TestWrongFilterIsAUsageError needs no VTGate: nothing is dialled.
func TestWrongFilterIsAUsageError(t *testing.T) {
	tests := []struct{ expression, says string }{
		{"email liek 'x'", "  email liek 'x'\n        ^^^^"},
		{"id =", "  id =\n      ^"},
		{"sleep(5)", "sleep"},
		{"id in (select 1)", "select"},
		{"customer.id = 3", "_table = 'customer'"},
		{" ", "empty"},
	}
	for _, test := range tests {
		for _, output := range []string{outputJSON, outputText} {
			f, err := parseFlags([]string{"--vtgate", "127.0.0.1:1", "-o", output, "--where", test.expression})
			if err == nil {
				err = f.check(false)
			}
			if exitCode(err) != exitUsage || !strings.Contains(err.Error(), test.says) {
				t.Errorf("--where %q -o %s: exit code %d, %v; want %d with %q", test.expression, output, exitCode(err), err, exitUsage, test.says)
			}
		}
	}
}
