package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/pflag"

	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
	"vtscope/ui/headless"
)

// flags are the command line as it was typed.
type flags struct {
	sets []flagGroup

	gate    vtgate.Options
	headers []string
	max     byteSize
	stream  vtgate.StreamOptions
	from    string

	demo        bool
	demoOptions demo.Options

	output        string
	where         string
	events        string
	limit         uint64
	duration      time.Duration
	until         string
	save          string
	checkPosition string
	buffer        byteSize

	help, version bool
}

// flagGroup is the flags that the help lists under one heading.
type flagGroup struct {
	heading string
	set     *pflag.FlagSet
}

// usageError is a mistake on the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

const vtgateVariable = "VTSCOPE_VTGATE"

// parseFlags reads the command line.
func parseFlags(args []string) (*flags, error) {
	f := &flags{max: vtgate.DefaultMaxMessageSize, buffer: 256 << 20}
	f.connectionFlags(f.group("Where to connect"))
	f.streamFlags(f.group("What to stream"))
	f.outputFlags(f.group("Output"))
	f.demoFlags(f.group("Without a VTGate"))
	other := f.group("Other")
	other.BoolVar(&f.version, "version", false, "print the version and end")
	other.BoolVarP(&f.help, "help", "h", false, "print this help and end")

	all := pflag.NewFlagSet("vtscope", pflag.ContinueOnError)
	all.SetOutput(io.Discard)
	for _, g := range f.sets {
		all.AddFlagSet(g.set)
	}
	if err := all.Parse(args); err != nil {
		return nil, usagef("%v%s; vtscope --help lists the flags", err, flagHint(err))
	}
	f.stream.Targets = all.Args()
	if f.demo && (all.Changed("vtgate") || len(f.stream.Targets) > 0 && f.demoMisses(f.stream.Targets)) {
		return nil, usagef("--demo is a VTGate of its own, with the keyspace %s: leave out --vtgate and other targets", demo.Keyspace)
	}
	return f, nil
}

func (f *flags) group(heading string) *pflag.FlagSet {
	set := pflag.NewFlagSet(heading, pflag.ContinueOnError)
	set.SortFlags = false
	f.sets = append(f.sets, flagGroup{heading, set})
	return set
}

func (f *flags) connectionFlags(set *pflag.FlagSet) {
	address := vtgate.DefaultAddress
	if own := os.Getenv(vtgateVariable); own != "" {
		address = own
	}
	set.StringVar(&f.gate.Address, "vtgate", address, "VTGate's gRPC address, `HOST:PORT`; also $"+vtgateVariable)
	set.BoolVar(&f.gate.TLS, "tls", false, "TLS with the system's roots; implied by the next four")
	set.StringVar(&f.gate.CA, "vtgate-grpc-ca", "", "`FILE` with the roots to trust")
	set.StringVar(&f.gate.Cert, "vtgate-grpc-cert", "", "`FILE` with the client's certificate, for mutual TLS")
	set.StringVar(&f.gate.Key, "vtgate-grpc-key", "", "`FILE` with the certificate's key")
	set.StringVar(&f.gate.ServerName, "vtgate-grpc-server-name", "", "the `NAME` that the server's certificate holds")
	set.StringVar(&f.gate.StaticCreds, "grpc-auth-static-client-creds", "", "JSON `FILE` with Username and Password")
	set.StringArrayVar(&f.headers, "header", nil, "gRPC metadata to send, `NAME=VALUE` or NAME=@FILE; repeatable")
	set.Var(&f.max, "grpc-max-message-size", "the largest message accepted, as 256MiB")
	set.DurationVar(&f.gate.ConnectTimeout, "connect-timeout", vtgate.DefaultConnectTimeout, "how long the first connection may take")
	set.BoolVar(&f.gate.NoQueries, "no-queries", false, "ask VTGate nothing but the stream")
}

func (f *flags) streamFlags(set *pflag.FlagSet) {
	set.StringArrayVarP(&f.stream.Tables, "table", "t", nil, "only this table, `NAME` or /REGEX/; repeatable")
	set.StringArrayVar(&f.stream.Rules, "rule", nil, "a rule for VTGate to apply, `TABLE=SELECT ...`; repeatable")
	set.StringVar(&f.from, "from", stream.Current, "where to start: current, copy, a `POSITION`, or @FILE holding one")
	set.StringSliceVar(&f.stream.TablesToCopy, "tables-to-copy", nil, "copy only these `TABLES`, as A,B")
	set.BoolVar(&f.stream.MinimizeSkew, "minimize-skew", false, "let VTGate hold faster shards back")
	set.DurationVar(&f.stream.Heartbeat, "heartbeat-interval", 0, "VTGate's heartbeats when nothing else comes, whole seconds (on the screen 2s)")
	set.BoolVar(&f.stream.StopOnReshard, "stop-on-reshard", false, "end at a reshard")
	set.StringVar(&f.stream.Cells, "cells", "", "the `CELLS` to take tablets from, as A,B")
	set.StringVar(&f.stream.CellPreference, "cell-preference", "", "the `PREFERENCE`: preferlocalwithalias or onlyspecified")
	set.BoolVar(&f.stream.KeyspaceHeartbeats, "keyspace-heartbeats", false, "stream every shard's heartbeat table")
}

func (f *flags) outputFlags(set *pflag.FlagSet) {
	set.StringVarP(&f.output, "output", "o", "", "the `FORMAT`: "+strings.Join(outputs(), ", ")+" (tui on a terminal, else text)")
	set.StringVar(&f.where, "where", "", "only row changes for which this MySQL `EXPR` is true, as \"changed(email) and after.email like '%@foo.com'\"")
	set.StringVar(&f.events, "events", "", "which events to print, a `LIST` of "+strings.Join(headless.EventNames(), ", ")+" (row,ddl,journal,copy_completed)")
	set.Uint64VarP(&f.limit, "limit", "n", 0, "end after `N` printed events")
	set.DurationVar(&f.duration, "for", 0, "end after this time")
	set.StringVar(&f.until, "until", "", "end when every shard is there: copied, caught-up with what it had executed at the start, or a `POSITION`")
	set.StringVar(&f.save, "save-position", "", "keep the last committed position in this `FILE`; --from @FILE resumes")
	set.StringVar(&f.checkPosition, "check-position", "", "say per shard whether VTGate could resume from this `POSITION` or @FILE, and end")
	set.Var(&f.buffer, "buffer", "how much the screen keeps; the oldest go first, counted")
}

func (f *flags) demoFlags(set *pflag.FlagSet) {
	set.BoolVar(&f.demo, "demo", false, "stream from a VTGate inside the program")
	set.IntVar(&f.demoOptions.Shards, "demo-shards", demo.DefaultShards, "`N` shards")
	set.Float64Var(&f.demoOptions.Rate, "demo-rate", demo.DefaultRate, "`N` transactions a second, over all shards")
	set.Uint64Var(&f.demoOptions.Seed, "demo-seed", demo.DefaultSeed, "the `N` that its rows are made from; the same gives the same rows")
	set.IntVar(&f.demoOptions.Rows, "demo-rows", demo.DefaultRows, "`N` rows to copy")
}

func (f *flags) demoMisses(targets []string) bool {
	for _, t := range targets {
		if !strings.HasPrefix(t, demo.Keyspace) {
			return true
		}
	}
	return false
}

// byteSize is a flag's value in bytes, typed as 64KiB or 256MiB.
type byteSize int

func (s *byteSize) Set(text string) error {
	n, err := humanize.ParseBytes(text)
	if err != nil || n == 0 || n > 1<<40 {
		return fmt.Errorf("write a size as 64KiB or 256MiB")
	}
	*s = byteSize(n)
	return nil
}

func (s *byteSize) String() string {
	return strings.ReplaceAll(humanize.IBytes(uint64(*s)), " ", "")
}

// Type names the value in the help.
func (s *byteSize) Type() string { return "SIZE" }
