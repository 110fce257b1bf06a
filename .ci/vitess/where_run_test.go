//go:build cluster

package cluster

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"sync"
	"syscall"
)

// filterRun is a run of vtscope that a filter is tried on.
type filterRun struct {
	args []string
	last func(event) bool // holds for the event that ends the run
}

// outcome is what became of an expression: the events before the last, or why
// there are none.
type outcome struct {
	events  []event
	refused string
	failed  error
	stderr  string
}

// run runs vtscope with an expression as its filter, "" for none.
func (f filterRun) run(ctx context.Context, expression string) outcome {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	args := append([]string{"--vtgate", address, "-o", "json", "--events", "row,ddl,copy_completed"}, f.args...)
	if expression != "" {
		args = append(args, "--where", expression)
	}
	cmd := exec.CommandContext(ctx, binary, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return outcome{failed: err}
	}
	events, complete, err := f.read(bufio.NewScanner(stdout))
	_ = cmd.Process.Signal(syscall.SIGTERM) // it fails only where the process has ended
	ended := cmd.Wait()
	var exit *exec.ExitError
	switch {
	case err != nil:
		return outcome{failed: err}
	case complete:
		return outcome{events: events, stderr: stderr.String()}
	case errors.As(ended, &exit) && exit.ExitCode() == 2:
		return outcome{refused: stderr.String()}
	default:
		return outcome{failed: fmt.Errorf("vtscope ended early: %w: %s", ended, stderr.String())}
	}
}

// read collects events, and says whether the last one came.
func (f filterRun) read(lines *bufio.Scanner) (events []event, complete bool, err error) {
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, false, fmt.Errorf("%w: %.300s", err, lines.Bytes())
		}
		if f.last(e) {
			return events, true, nil
		}
		if e.Event != "copy_completed" {
			events = append(events, e)
		}
	}
	return nil, false, lines.Err()
}

// runAll runs each expression, a few at a time.
func (f filterRun) runAll(ctx context.Context, expressions []string) []outcome {
	const atATime = 4
	outcomes := make([]outcome, len(expressions))
	next := make(chan int)
	var wg sync.WaitGroup
	for range atATime {
		wg.Go(func() {
			for i := range next {
				outcomes[i] = f.run(ctx, expressions[i])
			}
		})
	}
	for i := range expressions {
		next <- i
	}
	close(next)
	wg.Wait()
	return outcomes
}

// differs says how the rows are others than those that MySQL selects, "" where
// they are not. number tells which row an event is.
func (o outcome) differs(want []int, number func(event) int) string {
	switch {
	case o.failed != nil:
		return o.failed.Error()
	case o.refused != "":
		return "refused: " + o.refused
	}
	got := make([]int, len(o.events))
	for i, e := range o.events {
		got[i] = number(e)
	}
	slices.Sort(got)
	if slices.Equal(got, want) {
		return ""
	}
	return fmt.Sprintf("of MySQL's %d rows %v are missing, and %v should not be there; stderr: %s",
		len(want), without(want, got), without(got, want), o.stderr)
}

// without gives the numbers of a that are not in b.
func without(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(n int) bool { return slices.Contains(b, n) })
}
