package vtgate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/topodata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"

	"vtscope/stream"
)

// A Plan is a request that has been compared with what VTGate has.
type Plan struct {
	// Source opens the stream.
	Source stream.Source
	// Start is where to open it first.
	Start stream.Position
	// TabletType is the type of tablet that it reads from.
	TabletType topodata.TabletType
	// Copies are, by keyspace, the tables that a copy goes through, in its order;
	// nil where there is no copy or VTGate does not tell.
	Copies map[string][]string
	// Keyspaces are those that the stream covers, nil where that is not known:
	// all of them, and VTGate refuses queries.
	Keyspaces []string
	// Untold is what the stream itself does not tell of its tables.
	Untold *stream.Untold
	// Warnings are what could not be checked, one line each.
	Warnings []string

	request  *Request
	oneShard map[string]string // of each keyspace that VTGate tells shards of
}

// Plan finds the shards that a request means and checks the names of its
// keyspaces, shards and tables. A name that does not exist is a *UsageError
// with the nearest one. Where VTGate refuses the queries for it, or they are
// switched off, names go unchecked to VTGate, with a warning in the first
// case. Credentials that VTGate refuses are a *stream.Failure.
func (c *Client) Plan(ctx context.Context, r *Request) (*Plan, error) {
	p := &planner{client: c, request: r}
	start, err := p.start(ctx)
	if err != nil {
		return nil, err
	}
	filter, start, err := p.filter(ctx, start)
	if err != nil {
		return nil, err
	}
	if err := p.checkStart(ctx, start); err != nil {
		return nil, err
	}
	if err := p.checkTablets(ctx, start); err != nil {
		return nil, err
	}
	oneShard := p.oneShardEach(ctx, start)
	return &Plan{
		Source: &source{client: c, tables: p.toCopy, naming: p.others, request: &vtgatepb.VStreamRequest{
			CallerId:   callerID(),
			TabletType: r.tabletType,
			Filter:     filter,
			Flags:      r.flags,
		}},
		Start:      start,
		Copies:     p.copies,
		TabletType: r.tabletType,
		Keyspaces:  p.keyspaces,
		Untold:     p.untold(ctx, oneShard),
		Warnings:   p.warnings,
		request:    r,
		oneShard:   oneShard,
	}, nil
}

// Encoded is the plan's vtgatepb.VStreamRequest without its caller, encoded, for a capture's
// header; nil where the plan has no source of its own.
func (p *Plan) Encoded() []byte {
	own, is := p.Source.(*source)
	if !is {
		return nil
	}
	request := proto.CloneOf(own.request)
	request.CallerId, request.Vgtid = nil, p.Start.VGtid()
	encoded, err := proto.Marshal(request)
	if err != nil {
		return nil // a capture can do without
	}
	return encoded
}

// A planner gathers what a Plan needs.
type planner struct {
	client    *Client
	request   *Request
	keyspaces []string
	warnings  []string
	toCopy    []string            // every table that the copy goes through
	others    bool                // a tablet would copy more, which are no tables
	copies    map[string][]string // the same by keyspace
}

// start finds the position that the request means.
func (p *planner) start(ctx context.Context) (stream.Position, error) {
	if len(p.request.from.Position.Shards) > 0 {
		return p.fromPosition(ctx)
	}
	gtid := stream.Current
	if p.request.from.Copy {
		gtid = ""
	}
	if len(p.request.targets) == 0 {
		return p.everything(ctx, gtid)
	}
	var start stream.Position
	for _, t := range p.request.targets {
		shards, err := p.shards(ctx, t)
		if err != nil {
			return start, err
		}
		for _, shard := range shards {
			start.Shards = append(start.Shards, &binlogdata.ShardGtid{Keyspace: t.Keyspace, Shard: shard, Gtid: gtid})
		}
		p.cover(t.Keyspace)
	}
	return start, nil
}

// everything starts all keyspaces. VTGate knows two forms for it: no keyspace
// with "current", and an expression for the keyspaces with a copy
// (go/vt/vtgate/vstream_manager.go, resolveParams).
func (p *planner) everything(ctx context.Context, gtid string) (stream.Position, error) {
	shards, err := p.client.Shards(ctx, "", p.request.tabletType)
	if err := p.tolerate(ctx, err, "keyspaces are not listed"); err != nil {
		return stream.Position{}, err
	}
	for keyspace := range shards {
		p.cover(keyspace)
	}
	slices.Sort(p.keyspaces)
	if gtid == stream.Current {
		return stream.Position{Shards: []*binlogdata.ShardGtid{{Gtid: gtid}}}, nil
	}
	if err != nil { // tolerated: VTGate finds the keyspaces itself
		return stream.Position{Shards: []*binlogdata.ShardGtid{{Keyspace: "/.*/", Gtid: gtid}}}, nil //nolint:nilerr // as said
	}
	if len(shards) == 0 {
		return stream.Position{}, usagef("there is no keyspace with %s tablets to copy from", typeName(p.request.tabletType))
	}
	var start stream.Position
	for _, keyspace := range p.keyspaces {
		for _, shard := range shards[keyspace] {
			start.Shards = append(start.Shards, &binlogdata.ShardGtid{Keyspace: keyspace, Shard: shard, Gtid: gtid})
		}
	}
	return start, nil
}

// shards names the shards of a target, "" for whichever VTGate finds where it
// cannot be asked.
func (p *planner) shards(ctx context.Context, t Target) ([]string, error) {
	known, err := p.client.Shards(ctx, t.Keyspace, p.request.tabletType)
	if err != nil {
		return []string{t.Shard}, p.tolerate(ctx, err, "the target "+t.String()+" is not checked")
	}
	shards := known[t.Keyspace]
	if len(shards) == 0 {
		return nil, p.noKeyspace(ctx, t.Keyspace)
	}
	if t.Shard == "" {
		return shards, nil
	}
	if !slices.Contains(shards, t.Shard) {
		return nil, usagef("unknown shard %s of keyspace %s with %s tablets: %s",
			t.Shard, t.Keyspace, typeName(p.request.tabletType), suggestShard(t.Shard, shards))
	}
	return []string{t.Shard}, nil
}

// noKeyspace says why a keyspace has no shards.
func (p *planner) noKeyspace(ctx context.Context, keyspace string) error {
	known, err := p.client.Keyspaces(ctx)
	if err != nil {
		return usagef("unknown keyspace %s on %s", keyspace, p.client.Address())
	}
	if slices.Contains(known, keyspace) {
		return usagef("keyspace %s has no %s tablets that serve: choose another type, as in %s@primary",
			keyspace, typeName(p.request.tabletType), keyspace)
	}
	return usagef("unknown keyspace %s on %s: %s", keyspace, p.client.Address(), suggest(keyspace, known))
}

// fromPosition takes the part of the given position that the targets name.
func (p *planner) fromPosition(ctx context.Context) (stream.Position, error) {
	given := p.request.from.Position
	start := given
	if len(p.request.targets) > 0 {
		start = stream.Position{}
		for _, t := range p.request.targets {
			part := within(given, t)
			if len(part) == 0 {
				return start, usagef("the position of --from has no entry for %s, only for %s", t, shardsIn(given))
			}
			start.Shards = append(start.Shards, part...)
		}
	}
	for _, s := range start.Shards {
		p.cover(s.Keyspace)
	}
	// VTGate's own forms for several keyspaces are left to it.
	if slices.ContainsFunc(p.keyspaces, func(k string) bool { return k == "" || k[0] == '/' }) {
		p.keyspaces = nil
		return start, nil
	}
	known, err := p.client.Keyspaces(ctx)
	if err != nil {
		return start, p.tolerate(ctx, err, "the keyspaces of the position are not checked")
	}
	for _, keyspace := range p.keyspaces {
		if !slices.Contains(known, keyspace) {
			return start, usagef("unknown keyspace %s in the position of --from: %s", keyspace, suggest(keyspace, known))
		}
	}
	return start, nil
}

// shardsIn names the shards of a position.
func shardsIn(p stream.Position) string {
	names := make([]string, 0, namesShown+1)
	for i, s := range p.Shards {
		if i == namesShown {
			names = append(names, "others")
			break
		}
		names = append(names, s.Keyspace+":"+s.Shard)
	}
	return strings.Join(names, ", ")
}

// checkStart refuses a position that VTGate could not start from: it would be
// silent about it.
func (p *planner) checkStart(ctx context.Context, start stream.Position) error {
	if len(p.request.from.Position.Shards) == 0 || p.client.options.NoQueries {
		return nil
	}
	verdicts, err := p.client.Verdicts(ctx, start, p.request.tabletType)
	if err != nil {
		return err
	}
	var wrong []string
	for _, v := range verdicts {
		where := v.Keyspace + "/" + v.Shard
		switch {
		case !v.OK:
			wrong = append(wrong, where+": "+v.Reason)
		case !v.Known:
			p.warnings = append(p.warnings, "the position of "+where+" is "+v.Reason)
		}
	}
	if n := len(wrong); n > 1 {
		return usagef("--from: %s (and %d more; --check-position lists them)", wrong[0], n-1)
	} else if n == 1 {
		return usagef("--from: %s", wrong[0])
	}
	return nil
}

// within gives the entries of a position that lie within a target. An entry
// for every shard becomes one for the target's shard.
func within(given stream.Position, t Target) []*binlogdata.ShardGtid {
	var part []*binlogdata.ShardGtid
	for _, s := range given.Shards {
		switch entry := (Target{Keyspace: s.Keyspace, Shard: s.Shard}); {
		case t.covers(entry):
			part = append(part, s)
		case entry.covers(t):
			part = append(part, &binlogdata.ShardGtid{Keyspace: t.Keyspace, Shard: t.Shard, Gtid: s.Gtid, TablePKs: s.TablePKs})
		}
	}
	return part
}

// checkTablets warns of shards without a tablet of the type: VTGate looks for
// one for 90 s in silence. There is always meant to be a primary, so it is not
// asked for; and it warns only, because VTGate may find one in another cell.
func (p *planner) checkTablets(ctx context.Context, start stream.Position) error {
	if p.request.tabletType == topodata.TabletType_PRIMARY {
		return nil
	}
	tablets, err := p.client.tablets(ctx)
	if err != nil {
		return p.tolerate(ctx, err, "tablets are not checked")
	}
	for _, s := range start.Shards {
		if s.Shard != "" && len(ofType(tablets[s.Keyspace+"/"+s.Shard], typeName(p.request.tabletType))) == 0 {
			p.warnings = append(p.warnings, fmt.Sprintf("VTGate knows no %s tablet that serves %s/%s: the stream waits for one",
				typeName(p.request.tabletType), s.Keyspace, s.Shard))
		}
	}
	return nil
}

// cover adds a keyspace to those of the stream.
func (p *planner) cover(keyspace string) {
	if !slices.Contains(p.keyspaces, keyspace) {
		p.keyspaces = append(p.keyspaces, keyspace)
	}
}

// tolerate turns a refused side query into a warning that says what it costs,
// and passes on what would end the stream too: the end of ctx, and refused
// credentials as a *stream.Failure.
func (p *planner) tolerate(ctx context.Context, err error, cost string) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return err
	case isAuthError(err):
		return Classify(errors.Unwrap(err))
	case p.client.options.NoQueries:
		return nil
	}
	p.warnings = append(p.warnings, fmt.Sprintf("%s: %v", cost, err))
	return nil
}
