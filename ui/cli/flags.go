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
	"vtscope/ui/draw"
	"vtscope/ui/headless"
	"vtscope/ui/pane"
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

	output                        string
	where                         string
	events                        string
	limit                         uint64
	duration                      time.Duration
	until                         string
	save                          string
	record, replay                string
	speed, since, to              string
	force, maskKey, summary       bool
	against                       string
	againstSince, againstTo       string
	masks                         []string
	recordSize                    byteSize
	recordFiles                   int
	checkPosition                 string
	buffer                        byteSize
	theme                         string
	noMouse                       bool
	config                        string
	completion                    string
	completeTarget, completeTable string
	hidden                        []string // columns, and what the log's times are, of the file with settings
	times                         string
	keys, typing                  map[pane.Action][]string // of the file with settings

	help, version, printConfig bool
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
	f.captureFlags(f.group("Captures"))
	f.screenFlags(f.group("The screen"))
	f.demoFlags(f.group("Without a VTGate"))
	annotateAll(f)
	other := f.group("Other")
	other.StringVar(&f.completion, "completion", "", "print a completion script for a `SHELL`, "+strings.Join(shells, ", ")+", and exit")
	other.StringVar(&f.completeTarget, completeTarget, "", "print the targets that begin with a `WORD`")
	other.StringVar(&f.completeTable, completeTable, "", "print the tables that begin with a `WORD`")
	for _, name := range []string{completeTarget, completeTable} {
		other.Lookup(name).Hidden = true
	}
	other.BoolVar(&f.version, "version", false, "print the version and exit")
	other.StringVar(&f.config, "config", "", "the settings, a TOML `FILE` ($XDG_CONFIG_HOME/vtscope/config.toml)")
	other.BoolVar(&f.printConfig, "print-config", false, "print all settings with their defaults, as such a file, and exit")
	other.BoolVarP(&f.help, "help", "h", false, "print this help and exit")

	all := pflag.NewFlagSet("vtscope", pflag.ContinueOnError)
	all.SetOutput(io.Discard)
	for _, g := range f.sets {
		all.AddFlagSet(g.set)
	}
	if err := all.Parse(args); err != nil {
		return nil, usagef("%v%s; vtscope --help lists the flags", err, flagHint(err, all))
	}
	f.stream.Targets = all.Args()
	if f.help || f.version || f.printConfig || f.completion != "" {
		return f, nil // also where the file is broken
	}
	if err := f.configure(all); err != nil {
		return nil, err
	}
	return f, f.clashes(all)
}

// clashes refuses flags that have no value, and those that do not go with the demo, or
// without it.
func (f *flags) clashes(all *pflag.FlagSet) (err error) {
	refuse := func(format string, args ...any) {
		if err == nil {
			err = usagef(format, args...)
		}
	}
	all.Visit(func(flag *pflag.Flag) {
		_, connects := flag.Annotations[ofGate]
		_, demonstrates := flag.Annotations[ofDemo]
		_, lives := flag.Annotations[ofLive]
		switch {
		case flag.Value.String() == "" && flag.Name != "where" && !flag.Hidden:
			refuse("--%s: the value is empty", flag.Name)
		case f.demo && connects:
			refuse("--demo runs a VTGate of its own: leave out --%s", flag.Name)
		case !f.demo && demonstrates:
			refuse("--%s needs --demo", flag.Name)
		case f.replay != "" && (connects || lives || flag.Name == "demo"):
			refuse("--replay reads a capture, and asks no VTGate: leave out --%s", flag.Name)
		}
	})
	for _, target := range f.stream.Targets {
		if f.demo && !strings.HasPrefix(target, demo.Keyspace) {
			refuse("--demo has only the keyspace %s: leave out %s", demo.Keyspace, target)
		}
	}
	return err
}

// Annotations of flags: those about a VTGate elsewhere, those about the demo's, those that
// a replay has no use for, and those that the file with settings can set.
const (
	ofGate = "gate"
	ofDemo = "demo"
	ofLive = "live"
	inFile = "file"
)

// annotated are the flags with an annotation.
var annotated = map[string][]string{
	ofGate: {
		"vtgate", "tls", "vtgate-grpc-ca", "vtgate-grpc-cert", "vtgate-grpc-key", "vtgate-grpc-server-name",
		"grpc-auth-static-client-creds", "header",
	},
	ofDemo: {"demo-shards", "demo-rate", "demo-seed", "demo-rows"},
	ofLive: {
		"rule", "from", "tables-to-copy", "minimize-skew", "heartbeat-interval", "cells", "cell-preference",
		"keyspace-heartbeats", "check-position", "no-queries",
	},
	inFile: {
		"vtgate", "tls", "vtgate-grpc-ca", "vtgate-grpc-cert", "vtgate-grpc-key", "vtgate-grpc-server-name",
		"grpc-auth-static-client-creds", "header", "grpc-max-message-size", "connect-timeout", "no-queries",
		"minimize-skew", "heartbeat-interval", "cells", "cell-preference", "keyspace-heartbeats",
		"buffer", "theme", "no-mouse",
	},
}

// annotateAll marks the flags.
func annotateAll(f *flags) {
	for as, names := range annotated {
		for _, group := range f.sets {
			for _, name := range names {
				if flag := group.set.Lookup(name); flag != nil {
					if flag.Annotations == nil {
						flag.Annotations = map[string][]string{}
					}
					flag.Annotations[as] = []string{}
				}
			}
		}
	}
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
	set.BoolVar(&f.gate.TLS, "tls", false, "use TLS, trusting the system's CAs; implied by the next four")
	set.StringVar(&f.gate.CA, "vtgate-grpc-ca", "", "PEM `FILE` of the CAs to trust")
	set.StringVar(&f.gate.Cert, "vtgate-grpc-cert", "", "PEM `FILE` of the client certificate, for mutual TLS")
	set.StringVar(&f.gate.Key, "vtgate-grpc-key", "", "PEM `FILE` of the client certificate's private key")
	set.StringVar(&f.gate.ServerName, "vtgate-grpc-server-name", "", "the `NAME` to expect in the server's certificate")
	set.StringVar(&f.gate.StaticCreds, "grpc-auth-static-client-creds", "", "JSON `FILE` with Username and Password")
	set.StringArrayVar(&f.headers, "header", nil, "gRPC metadata to send, `NAME=VALUE` or NAME=@FILE; repeatable")
	set.Var(&f.max, "grpc-max-message-size", "the largest gRPC message to accept")
	set.DurationVar(&f.gate.ConnectTimeout, "connect-timeout", vtgate.DefaultConnectTimeout, "how long the first connection may take")
	set.BoolVar(&f.gate.NoQueries, "no-queries", false, "open only the stream: then how far shards are behind is unknown")
}

func (f *flags) streamFlags(set *pflag.FlagSet) {
	set.StringArrayVarP(&f.stream.Tables, "table", "t", nil, "only this table, `NAME` or /REGEX/; repeatable")
	set.StringArrayVar(&f.stream.Rules, "rule", nil, "a VStream rule for VTGate to apply, `TABLE=SELECT ...` or /REGEX/=KEYRANGE, besides -t; repeatable")
	set.StringVar(&f.from, "from", stream.Current, "where to start: current, copy, a `POSITION`, or @FILE holding one")
	set.StringSliceVar(&f.stream.TablesToCopy, "tables-to-copy", nil, "copy only these `TABLES`, such as A,B")
	set.BoolVar(&f.stream.MinimizeSkew, "minimize-skew", false, "let VTGate hold faster shards back")
	set.DurationVar(&f.stream.Heartbeat, "heartbeat-interval", 0, "have VTGate send a heartbeat after this long without events, in whole seconds (on the screen 2s)")
	set.BoolVar(&f.stream.StopOnReshard, "stop-on-reshard", false, "exit when a shard is resharded")
	set.StringVar(&f.stream.Cells, "cells", "", "the `CELLS` to take tablets from, such as A,B")
	set.StringVar(&f.stream.CellPreference, "cell-preference", "", "the `PREFERENCE`: preferlocalwithalias or onlyspecified")
	set.BoolVar(&f.stream.KeyspaceHeartbeats, "keyspace-heartbeats", false, "also stream the tablets' heartbeat tables: lag in milliseconds")
}

func (f *flags) outputFlags(set *pflag.FlagSet) {
	set.StringVarP(&f.output, "output", "o", "", "the `FORMAT`: "+strings.Join(outputs(), ", ")+" (tui on a terminal, else text)")
	set.StringVar(&f.where, "where", "", "only row changes for which this MySQL `EXPR` is true, such as \"changed(email) and after.email like '%@foo.com'\"")
	set.StringVar(&f.events, "events", "", "which events to print, a `LIST` of "+strings.Join(headless.EventNames(), ", ")+" (row,ddl,journal,copy_completed)")
	set.Uint64VarP(&f.limit, "limit", "n", 0, "exit after `N` printed events")
	set.DurationVar(&f.duration, "for", 0, "exit after this long")
	set.StringVar(&f.until, "until", "", "exit when every shard has got there: copied, caught-up (with what it had executed at the start), or a `POSITION`")
	set.StringVar(&f.save, "save-position", "", "keep the last committed position in this `FILE`; --from @FILE resumes")
	set.StringVar(&f.checkPosition, "check-position", "", "say for each shard whether VTGate can resume from this `POSITION` or @FILE, and exit")
}

func (f *flags) captureFlags(set *pflag.FlagSet) {
	set.StringVar(&f.record, "record", "", "keep what arrives in a capture, this `FILE`; - is standard output")
	set.BoolVar(&f.force, "force", false, "replace the file of --record where it exists")
	set.Var(&f.recordSize, "record-size", "begin another file, FILE.0002 and so on, when one has this much")
	set.IntVar(&f.recordFiles, "record-files", 0, "keep the newest `N` of these files")
	set.StringArrayVar(&f.masks, "mask", nil, "show and record *** in place of the values of a `COLUMN` or TABLE.COLUMN, with * for any characters; repeatable")
	set.BoolVar(&f.maskKey, "mask-key", false, "show and record a token in place of each primary key, the same one for the same key")
	set.StringVar(&f.replay, "replay", "", "read a capture, this `FILE`, in place of a VTGate; - is standard input")
	set.StringVar(&f.speed, "speed", "", "replay `X` times as fast as it was recorded; max does not wait (1 on the screen, else max)")
	set.BoolVar(&f.summary, "summary", false, "print what a capture holds, or a run that ends has brought; with -o text, json or markdown")
	set.StringVar(&f.against, "against", "", "with --summary: what differs from another capture, this `FILE`")
	set.StringVar(&f.againstSince, "against-since", "", "compare with what came from this `TIME` on; without --against, in the capture that is replayed")
	set.StringVar(&f.againstTo, "against-to", "", "compare with what came up to this `TIME`")
	set.StringVar(&f.since, "since", "", "replay from this `TIME` on, such as 10:30 or 2026-11-27T10:30:00Z")
	set.StringVar(&f.to, "to", "", "replay up to this `TIME`")
}

func (f *flags) screenFlags(set *pflag.FlagSet) {
	set.Var(&f.buffer, "buffer", "memory for the changes kept on the screen; the oldest are dropped first, and counted")
	set.StringVar(&f.theme, "theme", draw.AutoTheme, "the colours, a `THEME`: "+strings.Join(draw.ThemeNames(), ", ")+"; auto asks the terminal for its background")
	set.BoolVar(&f.noMouse, "no-mouse", false, "leave the mouse to the terminal")
}

func (f *flags) demoFlags(set *pflag.FlagSet) {
	set.BoolVar(&f.demo, "demo", false, "stream from a VTGate inside the program")
	set.IntVar(&f.demoOptions.Shards, "demo-shards", demo.DefaultShards, "`N` shards")
	set.Float64Var(&f.demoOptions.Rate, "demo-rate", demo.DefaultRate, "`N` transactions per second, over all shards")
	set.Uint64Var(&f.demoOptions.Seed, "demo-seed", demo.DefaultSeed, "random seed `N`; the same seed gives the same rows")
	set.IntVar(&f.demoOptions.Rows, "demo-rows", demo.DefaultRows, "`N` rows to copy")
}

// byteSize is a flag's value in bytes, typed as 64KiB or 256MiB.
type byteSize int

func (s *byteSize) Set(text string) error {
	n, err := humanize.ParseBytes(text)
	if err != nil || n == 0 || n > 1<<40 {
		return fmt.Errorf("write a size such as 64KiB or 256MiB")
	}
	*s = byteSize(n)
	return nil
}

func (s *byteSize) String() string {
	if *s == 0 {
		return "0"
	}
	return strings.ReplaceAll(humanize.IBytes(uint64(*s)), " ", "")
}

// Type names the value in the help.
func (s *byteSize) Type() string { return "SIZE" }
