package vtgate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/topodata"

	"vtscope/stream"
)

// A Verdict says whether VTGate could start one shard's stream at a position.
type Verdict struct {
	Keyspace, Shard string
	// OK says that it could; Known is false where that could not be found out,
	// and nothing speaks against it.
	OK, Known bool
	// Reason says why, in one line.
	Reason string
	// Behind is how many transactions the shard has executed since.
	Behind uint64
}

// Verdicts compares a position with what the shards' tablets have executed
// and purged. VTGate itself answers a purged position with 90 s of silence, and
// one that is ahead with silence for ever. The error is the end of ctx, or
// refused credentials as a *stream.Failure.
func (c *Client) Verdicts(ctx context.Context, p stream.Position, tabletType topodata.TabletType) ([]Verdict, error) {
	check := &positionCheck{client: c, tabletType: tabletType, shards: map[string][]string{}}
	if err := check.look(ctx, p); err != nil {
		return nil, err
	}
	verdicts := make([]Verdict, 0, len(p.Shards))
	for _, at := range p.Shards {
		v := check.shard(ctx, at)
		v.Keyspace, v.Shard = at.Keyspace, at.Shard
		verdicts = append(verdicts, v)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return verdicts, nil
}

// A positionCheck is what the check of a position knows of the cluster.
type positionCheck struct {
	client     *Client
	tabletType topodata.TabletType
	keyspaces  []string                   // nil where VTGate does not tell
	shards     map[string][]string        // that serve, by keyspace
	tablets    map[string][]stream.Tablet // by "keyspace/shard"
}

// look asks once for what all shards need.
func (c *positionCheck) look(ctx context.Context, p stream.Position) error {
	var err error
	if c.keyspaces, err = c.client.Keyspaces(ctx); isAuthError(err) {
		return Classify(err)
	}
	for _, at := range p.Shards {
		if _, asked := c.shards[at.Keyspace]; asked || !slices.Contains(c.keyspaces, at.Keyspace) {
			continue
		}
		if shards, err := c.client.Shards(ctx, at.Keyspace, c.tabletType); err == nil {
			c.shards[at.Keyspace] = shards[at.Keyspace]
		}
	}
	c.tablets, _ = c.client.tablets(ctx) // none where VTGate does not tell
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

func ok(reason string) Verdict { return Verdict{OK: true, Known: true, Reason: reason} }

func bad(format string, args ...any) Verdict {
	return Verdict{Known: true, Reason: fmt.Sprintf(format, args...)}
}

func unknown(format string, args ...any) Verdict {
	return Verdict{OK: true, Reason: fmt.Sprintf(format, args...)}
}

func (c *positionCheck) shard(ctx context.Context, at *binlogdata.ShardGtid) Verdict {
	shards, listed := c.shards[at.Keyspace]
	switch {
	case at.Keyspace == "" || at.Keyspace[0] == '/':
		return unknown("not checked: VTGate chooses the keyspaces")
	case c.keyspaces == nil:
		return unknown("not checked: VTGate does not list its keyspaces")
	case !slices.Contains(c.keyspaces, at.Keyspace):
		return bad("unknown keyspace: %s", suggest(at.Keyspace, c.keyspaces))
	case at.Shard != "" && listed && !slices.Contains(shards, at.Shard):
		return c.gone(at, shards)
	case at.Gtid == stream.Current:
		return ok("from the end of the binlog")
	case at.Shard == "":
		return ok("a copy of every shard")
	case at.Gtid == "" && len(at.TablePKs) == 0:
		return ok("a copy from the start")
	}
	return c.serving(ctx, at)
}

// gone is about a shard that does not serve. While its tablets are there, VTGate
// finds the journal of the reshard in their binlog and goes on with the shards
// that took over (go/vt/vtgate/vstream_manager.go, keyspaceHasBeenResharded).
func (c *positionCheck) gone(at *binlogdata.ShardGtid, shards []string) Verdict {
	if len(c.tablets[at.Keyspace+"/"+at.Shard]) > 0 {
		return ok("resharded away, but its tablets are still there: the stream goes on with the shards that took over")
	}
	return bad("unknown shard, or resharded away and its tablets gone: %s", suggest(at.Shard, shards))
}

// serving compares the position with the tablets that may stream it.
func (c *positionCheck) serving(ctx context.Context, at *binlogdata.ShardGtid) Verdict {
	position, err := stream.ParseGTIDSet(at.Gtid)
	if err != nil {
		return unknown("not checked: %v", err)
	}
	best := Verdict{}
	for i, t := range c.candidates(ctx, at) {
		if v := judge(position, &t, typeName(c.tabletType)); i == 0 || better(v, best) {
			best = v
		}
	}
	return best
}

// better prefers what works to what may, and that to what does not.
func better(a, b Verdict) bool {
	rank := func(v Verdict) int {
		switch {
		case v.OK && v.Known:
			return 2
		case v.OK:
			return 1
		}
		return 0
	}
	return rank(a) > rank(b)
}

// candidates are the tablets of the stream's type; of the primary there is one.
// A replica that lags behind the position comes to it, if the primary has.
func (c *positionCheck) candidates(ctx context.Context, at *binlogdata.ShardGtid) []stream.Tablet {
	name := typeName(c.tabletType)
	tablets := ofType(c.tablets[at.Keyspace+"/"+at.Shard], name)
	if c.tabletType == topodata.TabletType_PRIMARY || len(tablets) == 0 {
		return []stream.Tablet{c.client.anyTablet(ctx, at.Keyspace, at.Shard, name)}
	}
	primary := c.client.anyTablet(ctx, at.Keyspace, at.Shard, typeName(topodata.TabletType_PRIMARY))
	for i := range tablets {
		t := &tablets[i]
		c.client.ask(ctx, at.Keyspace, at.Shard, t)
		if t.Unknown != "" && len(tablets) == 1 {
			*t = c.client.anyTablet(ctx, at.Keyspace, at.Shard, name)
		}
		if primary.Unknown == "" && t.Unknown == "" {
			t.Executed = primary.Executed
		}
	}
	return tablets
}

// judge says whether one tablet can stream from a position.
func judge(position stream.GTIDSet, t *stream.Tablet, tabletType string) Verdict {
	if t.Unknown != "" {
		return unknown("not checked: %s", t.Unknown)
	}
	executed, err := parseOwn(t.Executed)
	if err != nil {
		return unknown("not checked: the shard's executed set: %v", err)
	}
	purged, err := parseOwn(t.Purged)
	if err != nil {
		return unknown("not checked: the shard's purged set: %v", err)
	}
	if gone := purged.Minus(position); gone.Count() > 0 {
		return bad("purged: the %s no longer has the binary logs of %s that come after the position, %s: "+
			"start with --from current, or with --from copy", tabletType, transactions(gone.Count()), brief(gone))
	}
	if extra := position.Minus(executed); extra.Count() > 0 {
		return bad("ahead: the position has %s that the shard has not executed, %s: "+
			"it is another shard's, or a failover has lost them", transactions(extra.Count()), brief(extra))
	}
	behind := executed.Minus(position).Count()
	v := ok(transactions(behind) + " since")
	v.Behind = behind
	return v
}

// parseOwn reads a set that MySQL told, where "" is a set without transactions.
func parseOwn(text string) (stream.GTIDSet, error) {
	if strings.TrimSpace(text) == "" {
		return stream.GTIDSet{}, nil
	}
	return stream.ParseGTIDSet(text)
}

func transactions(n uint64) string {
	if n == 1 {
		return "1 transaction"
	}
	return fmt.Sprintf("%d transactions", n)
}

// brief is a set fit for a message.
func brief(s stream.GTIDSet) string {
	const most = 120
	text := s.String()
	if len(text) > most {
		text = text[:most] + "…"
	}
	return text
}
