package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/ui/headless"
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
		for _, output := range headless.Formats() {
			_, err := jobOf(noTerminal, "--vtgate", "127.0.0.1:1", "-o", output.Name, "-t", "customer", "-n", "1", "--where", test.expression)
			if exitCode(err) != exitUsage || !strings.Contains(err.Error(), test.says) {
				t.Errorf("--where %q -o %s: exit code %d, %v; want %d with %q", test.expression, output, exitCode(err), err, exitUsage, test.says)
			}
		}
	}
}

// TestFilterThatFitsNoColumn runs the demo until something is printed, which no
// row is.
func TestFilterThatFitsNoColumn(t *testing.T) {
	code, said := runSaying(t, "--demo", "--demo-rate", "5000", "-n", "1", "-o", "text", "--where", "settings->>'$.a' = 1")
	if code != exitOK {
		t.Errorf("exit code %d", code)
	}
	var warning string
	for line := range strings.Lines(said) {
		if strings.Contains(line, "cannot be evaluated for a row change") {
			warning = strings.TrimSpace(line)
		}
	}
	if !strings.HasSuffix(warning, "which counts as no match: a JSON document is needed here, and this is none") {
		t.Errorf("the warning is %q in:\n%s", warning, said)
	}
}

// runSaying runs the program and gives what it writes to standard error.
func runSaying(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stderr")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = file, file
	defer func() { os.Stdout, os.Stderr = stdout, stderr }()
	code = Run(args)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return code, string(text)
}
