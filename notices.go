package main

import (
	"context"
	"strings"

	"vtscope/stream"
	"vtscope/stream/vtgate"
	"vtscope/ui"

	"vitess.io/vitess/go/vt/proto/topodata"
)

// notices is a sink that tells of the stream's states on standard error, and
// hands everything on.
type notices struct {
	stream.Sink
	target    string
	streaming bool
}

// Append takes one record.
func (n *notices) Append(r *stream.Record) error {
	if r.Kind == stream.Status {
		switch r.State {
		case stream.Streaming:
			if n.streaming {
				say("streaming again %s", string(r.Payload))
			} else {
				say("streaming %s", n.target)
			}
			n.streaming = true
		case stream.Retrying:
			say("warning: %s; trying again", string(r.Payload))
		}
	}
	return n.Sink.Append(r)
}

// sayProblem tells of what could not be used.
func sayProblem(shard *stream.Shard, text string) {
	if shard != nil {
		text = shard.String() + ": " + text
	}
	say("problem: %s", text)
}

// sayEnd is the closing line: what came, and where to resume.
func sayEnd(progress *stream.Progress, printed uint64) {
	s := progress.Summary()
	var parts []string
	parts = append(parts, plural(s.Rows, "row change"), plural(s.Transactions, "transaction"))
	if printed > 0 {
		parts = append([]string{plural(printed, "event") + " printed"}, parts...)
	}
	if s.Problems > 0 {
		parts = append(parts, plural(s.Problems, "problem"))
	}
	if s.Retries > 0 {
		parts = append(parts, plural(s.Retries, "reconnect"))
	}
	resume := "no position to resume from"
	if position := progress.Position(); position.IsResumable() {
		resume = "resume with --from " + resumeWord(position.String())
	}
	say("%s; %s", strings.Join(parts, ", "), resume)
}

// inquirer asks VTGate what the screen wants to know beside the stream.
type inquirer struct {
	client     *vtgate.Client
	tabletType topodata.TabletType
}

func (i inquirer) Version(ctx context.Context) (string, error) { return i.client.Version(ctx) }

func (i inquirer) Sizes(ctx context.Context, keyspace, shard string) (map[string]ui.TableSize, error) {
	tables, err := i.client.Sizes(ctx, keyspace, shard, i.tabletType)
	if err != nil {
		return nil, err
	}
	sizes := make(map[string]ui.TableSize, len(tables))
	for table, size := range tables {
		sizes[table] = ui.TableSize(size)
	}
	return sizes, nil
}

func (i inquirer) KeyRange(ctx context.Context, keyspace, shard, table, column string) (least, greatest string, err error) {
	return i.client.KeyRange(ctx, keyspace, shard, table, column, i.tabletType)
}

func (i inquirer) Tablets(ctx context.Context, keyspace, shard string) ([]ui.Tablet, error) {
	tablets, err := i.client.Tablets(ctx, keyspace, shard)
	if err != nil {
		return nil, err
	}
	list := make([]ui.Tablet, 0, len(tablets))
	for _, t := range tablets {
		list = append(list, ui.Tablet(t))
	}
	return list, nil
}
