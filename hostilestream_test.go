package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const (
	left  = eventBuilder("-80")
	right = eventBuilder("80-")
)

// errOver ends a run that has seen all that it should: no VTGate says so in
// mid-stream, and trying again does not mend it.
var errOver = status.Error(codes.PermissionDenied, "the test is over")

type events = []*binlogdata.VEvent

// hostileStreams are what no VTGate sends. What is good goes on after it.
var hostileStreams = map[string]func(s *served) error{
	"every event by itself": func(s *served) error {
		for kind := range binlogdata.VEventType_name {
			if err := s.send(left.event(binlogdata.VEventType(kind))); err != nil {
				return err
			}
		}
		return s.send(left.event(99), &binlogdata.VEvent{}, nil)
	},
	"events in any order": func(s *served) error {
		random := rand.New(rand.NewPCG(1, 1))
		for range 2000 {
			if err := s.send(anyEvents(random)...); err != nil {
				return err
			}
		}
		return nil
	},
	"no columns, twice, of another shard": func(s *served) error {
		other := right.fields("t", "a")
		other.FieldEvent.Shard = "-80"
		return s.send(left.begin(), left.insert("t", "1", "a"), left.fields("t", "a"), left.fields("t", "a"), left.insert("t", "2", "b"), other,
			right.insert("t", "3", "c"), left.fields("t"), left.insert("t", "4"), left.fields("t", "a", "b"), left.insert("t", "5", "x", "y"), left.commit())
	},
	"0 and 4,096 columns": func(s *served) error {
		none, many := left.fields("none"), make([]string, 4095)
		none.FieldEvent.Fields = nil
		for i := range many {
			many[i] = fmt.Sprint("c", i)
		}
		return s.send(left.begin(), none, left.insert("none"), left.insert("none", "1"), left.fields("many", many...), left.insert("many", append([]string{"1"}, many...)...), left.commit())
	},
	"lengths that lie": func(s *served) error {
		for _, lengths := range [][]int64{{1 << 62, 1 << 62}, {-7, 1}, {1, -1, 5}, {}, {0, 0}, {1, 100}, {-1, -1}} {
			image := &query.Row{Lengths: lengths, Values: []byte("ab")}
			rows := left.rows("t", &binlogdata.RowChange{Before: image}, &binlogdata.RowChange{After: image}, &binlogdata.RowChange{Before: image, After: image}, &binlogdata.RowChange{})
			if err := s.send(left.begin(), left.fields("t", "a"), rows, left.commit()); err != nil {
				return err
			}
		}
		return nil
	},
	"positions that go back, are empty or unknown": func(s *served) error {
		for _, position := range []string{"-80@1-50", "-80@1-3", "-80@", "-80@MySQL56/", "-80@nonsense", "-80@MySQL56/x:1-0", "40-60@1-7", "@1-7", "-80@current", "\x1b[2J@1-2", "-80@" + strings.Repeat("x", 1<<20)} {
			if err := s.send(left.begin(), left.fields("t", "a"), left.insert("t", "1", "a"), left.vgtid(position), left.commit()); err != nil {
				return err
			}
		}
		return s.send(left.begin(), left.vgtid(), left.commit(), left.vgtid("-80@1-9", "-80@1-8", "80-@1-1"))
	},
	"COMMIT without BEGIN, BEGIN without COMMIT": func(s *served) error {
		for range 1000 {
			if err := s.send(left.commit(), right.begin(), right.begin(), left.commit(), left.fields("t", "a"), left.insert("t", "1", "open"), right.event(binlogdata.VEventType_ROLLBACK)); err != nil {
				return err
			}
		}
		return nil
	},
	"names that act on a terminal": func(s *served) error {
		name := "\x1b]52;c;YQ==\x07\u009b2J\u202e\u2028\x7f\r\n\x00"
		shard := eventBuilder(name)
		ddl := shard.event(binlogdata.VEventType_DDL)
		ddl.Statement = "create table t" + name
		journal := shard.event(binlogdata.VEventType_JOURNAL)
		journal.Journal = &binlogdata.Journal{Id: 1, Tables: []string{name}, Participants: []*binlogdata.KeyspaceShard{{Keyspace: name, Shard: name}}, ShardGtids: []*binlogdata.ShardGtid{{Keyspace: name, Shard: name, Gtid: name}}, SourceWorkflows: []string{name}}
		statement := shard.insert(name, "1", name)
		statement.RowEvent.Keyspace = name
		return s.send(shard.begin(), shard.fields(name, name), statement, ddl, journal, shard.vgtid(name+"@"+name), shard.commit())
	},
	"garbage": func(s *served) error {
		random := rand.New(rand.NewPCG(2, 2))
		for range 500 {
			b := make([]byte, random.IntN(200))
			for i := range b {
				b[i] = byte(random.Uint32())
			}
			if err := s.sendBytes(b); err != nil {
				return err
			}
		}
		return nil
	},
	"truncated messages": func(s *served) error {
		whole, err := (&binlogdata.VEvent{}).MarshalVT()
		if err != nil {
			return err
		}
		for _, e := range left.transaction("5", "5") {
			b, err := e.MarshalVT()
			if err != nil {
				return err
			}
			whole = append(append(append(whole, 0x0a), varint(len(b))...), b...)
		}
		for n := range whole {
			if err := s.sendBytes(whole[:n]); err != nil {
				return err
			}
		}
		return nil
	},
	"a flood of small messages": func(s *served) error {
		for range 20_000 {
			if err := s.send(); err != nil {
				return err
			}
		}
		return nil
	},
	"a flood of problems": func(s *served) error {
		for range 5_000 {
			if err := s.send(left.insert("unknown", "1"), left.event(99), left.vgtid("-80@nonsense")); err != nil {
				return err
			}
		}
		return nil
	},
	"10,000 open transactions of as many shards": func(s *served) error {
		for i := range 10_000 {
			shard := eventBuilder(fmt.Sprintf("%04x-%04x", i, i+1))
			if err := s.send(shard.begin(), shard.fields("t", "a"), shard.insert("t", "1", "open")); err != nil {
				return err
			}
		}
		return nil
	},
	"huge trailers": func(s *served) error {
		s.SetTrailer(metadata.Pairs("vtscope", strings.Repeat("x", 6<<20)))
		return status.Error(codes.Unavailable, strings.Repeat("y\x1b[2J", 1<<19))
	},
	"the end at once": func(*served) error { return nil },
}

// anyEvents makes up a few events of a few shards and tables.
func anyEvents(random *rand.Rand) (made events) {
	shards := []eventBuilder{left, right, "", "0"}
	for range 1 + random.IntN(8) {
		shard, table := shards[random.IntN(len(shards))], string(rune('s'+random.IntN(3)))
		number := fmt.Sprint("1-", random.IntN(50))
		made = append(made, []func() *binlogdata.VEvent{
			shard.begin, shard.commit,
			func() *binlogdata.VEvent { return shard.fields(table, "a") },
			func() *binlogdata.VEvent { return shard.fields(table, "b", "a") },
			func() *binlogdata.VEvent { return shard.insert(table, "1", "x") },
			func() *binlogdata.VEvent { return shard.insert(table, "1", "x", "y") },
			func() *binlogdata.VEvent { return shard.vgtid(string(shard) + "@" + number) },
			func() *binlogdata.VEvent { return shard.event(binlogdata.VEventType(random.IntN(24))) },
		}[random.IntN(8)]())
	}
	return made
}

func varint(n int) (b []byte) {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

// serveHostile serves a hostile stream, then a good transaction with 4711 in it,
// and ends. A stream that is opened again has the good one alone.
func serveHostile(t *testing.T, hostile func(s *served) error) string {
	t.Helper()
	return serveGate(t, func(n int, s *served) error {
		if n == 0 {
			if err := hostile(s); err != nil {
				return err
			}
		}
		if err := s.send(right.transaction("90", "4711")...); err != nil {
			return err
		}
		return errOver
	})
}

// TestHostileStreams runs the whole program: it stays up, says what is wrong, and
// goes on with what is good. Nothing of a stream acts on a terminal.
func TestHostileStreams(t *testing.T) {
	for name, hostile := range hostileStreams {
		for _, format := range []string{"text", "json", "sql"} {
			t.Run(name+"/"+format, func(t *testing.T) {
				t.Parallel()
				address := serveHostile(t, hostile)
				args := []string{"--vtgate", address, "--no-queries", "-o", format, "ks"}
				if format != "sql" {
					args = append(args, "--events", "all")
				}
				r := program(t, args...)
				checkEnd(t, r)
				if !strings.Contains(r.out, "4711") {
					t.Errorf("what is good is not printed:\n%s", cut(r.out))
				}
			})
		}
	}
}

// checkEnd fails where a run has not ended by errOver, or has shown a byte that
// acts on a terminal.
func checkEnd(t *testing.T, r result) {
	t.Helper()
	if r.code != exitEnded || !strings.Contains(r.messages, "the test is over") {
		t.Errorf("ends with %d, saying\n%s", r.code, cut(r.messages))
	}
	for what, text := range map[string]string{"the output": r.out, "the messages": r.messages} {
		for _, c := range text {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029') {
				t.Fatalf("%s hold %U", what, c)
			}
		}
	}
	for line := range strings.Lines(r.messages) {
		if len(line) > 2<<10 {
			t.Errorf("a message of %d bytes: %s", len(line), line[:200])
		}
	}
}

// TestStatusCodes ends a stream by each of gRPC's codes, when it is opened and in
// its midst. A run that tries again finds what is good; another says the code's
// reason.
func TestStatusCodes(t *testing.T) {
	for code := codes.Canceled; code <= codes.Unauthenticated; code++ {
		for _, midst := range []bool{false, true} {
			t.Run(fmt.Sprint(code, midst), func(t *testing.T) {
				t.Parallel()
				address := serveGate(t, func(n int, s *served) error {
					if n > 0 || midst {
						if err := s.send(right.transaction("90", "4711")...); err != nil {
							return err
						}
					}
					if n > 0 {
						return errOver
					}
					return status.Error(code, "for \x1b[2J the test")
				})
				r := program(t, "--vtgate", address, "--no-queries", "-o", "json", "ks")
				if again := strings.Contains(r.messages, "the test is over"); again {
					checkEnd(t, r)
				} else if (r.code != exitEnded && r.code != exitConnection) || !strings.Contains(r.messages, "the test") {
					t.Errorf("ends with %d, saying %s", r.code, cut(r.messages))
				}
				if strings.ContainsRune(r.messages+r.out, 0x1b) {
					t.Error("an escape reaches the terminal")
				}
			})
		}
	}
}
