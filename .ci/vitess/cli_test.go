//go:build cluster

package cluster

import (
	"net"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestWrongNames(t *testing.T) {
	ready(t)
	for _, test := range []struct {
		name string
		args []string
		says string
	}{
		{"table", []string{"customer", "-t", "custmer"}, "customer"},
		{"second table", []string{"customer", "-t", "corder", "-t", "Every_typ"}, "every_type"},
		{"table of another keyspace", []string{"customer", "-t", "product"}, "product"},
		{"keyspace", []string{"custoner"}, "customer"},
		{"second keyspace", []string{"customer", "comerce"}, "commerce"},
		{"shard", []string{"customer:-81"}, "-80"},
		{"two tablet types", []string{"customer@primary", "commerce@replica"}, "tablet type"},
		{"tablet type", []string{"customer@primry"}, "primary"},
		{"flag", []string{"customer", "--no-such-flag"}, "no-such-flag"},
		{"position", []string{"customer", "--from", "nonsense"}, "nonsense"},
		{"event", []string{"customer", "--events", "rows"}, "rows"},
		{"output", []string{"customer", "-o", "jsn"}, "jsn"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, test.args...)
			code, rest := s.end(patience)
			stderr := s.stderr.String()
			if code != 2 || len(rest) != 0 || !strings.Contains(stderr, test.says) {
				t.Errorf("exit code %d, %d events; stderr should contain %q:\n%s", code, len(rest), test.says, stderr)
			}
		})
	}
}

func TestNoConnection(t *testing.T) {
	ready(t)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for addr, says := range map[string]string{
		closed.Addr().String(): "connection refused",
		silent.Addr().String(): "within 2s",
	} {
		t.Run(says, func(t *testing.T) {
			s := startAt(t, addr, "customer", "--connect-timeout", "2s")
			code, _ := s.end(patience)
			if stderr := s.stderr.String(); code != 3 || !strings.Contains(stderr, addr) || !strings.Contains(stderr, says) {
				t.Errorf("exit code %d, want 3; stderr should name %s and say %q:\n%s", code, addr, says, stderr)
			}
		})
	}
}

func TestInterrupted(t *testing.T) {
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		t.Run(signal.String(), func(t *testing.T) {
			ready(t)
			s := start(t, "customer", "--from", position(t, "customer"))
			write(t)
			s.take(6)
			s.signal(signal)
			code, rest := s.end(patience)
			if code != want || len(rest) != 0 {
				t.Errorf("exit code %d, want %d; %d more events", code, want, len(rest))
			}
			lines := strings.Split(strings.TrimSpace(s.stderr.String()), "\n")
			closing := lines[len(lines)-1]
			for _, shard := range shards {
				if uuid := serverUUID(t, "customer", shard); !strings.Contains(closing, uuid) {
					t.Errorf("the closing line does not say where to resume shard %s (%s):\n%s", shard, uuid, closing)
				}
			}
			if !regexp.MustCompile(`\b6\b`).MatchString(closing) {
				t.Errorf("the closing line does not count 6 changes:\n%s", closing)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	ready(t)
	s := start(t, "customer", "-n", "5", "--from", position(t, "customer"))
	write(t)
	execute(t, "customer", "update customer set email = 'x'")
	if code, events := s.end(patience); code != 0 || len(events) != 5 {
		t.Errorf("exit code %d after %d events; stderr:\n%s", code, len(events), s.stderr.String())
	}
}

func TestFor(t *testing.T) {
	ready(t)
	const lasting = 4 * time.Second
	began := time.Now()
	s := start(t, "customer", "--for", lasting.String(), "--from", position(t, "customer"))
	write(t)
	code, events := s.end(patience)
	if took := time.Since(began); code != 0 || took < lasting || len(events) > 6 {
		t.Errorf("exit code %d after %s with %d events; stderr:\n%s", code, took, len(events), s.stderr.String())
	}
}
