package demo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	topodatapb "vitess.io/vitess/go/vt/proto/topodata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
)

// resolve turns a request's VGTID into one ShardGtid per shard, with VTGate's
// rules and errors. Call with mu held.
func (s *Server) resolve(req *vtgatepb.VStreamRequest) ([]*binlogdatapb.ShardGtid, error) {
	const prefix = "failed to resolve vstream parameters: "
	if p := req.GetFlags().GetCellPreference(); p != "" && p != "onlyspecified" && p != "preferlocalwithalias" {
		return nil, status.Errorf(codes.InvalidArgument, "invalid cell preference: %v", p)
	}
	in := req.GetVgtid().GetShardGtids()
	if len(in) == 0 {
		return nil, status.Error(codes.InvalidArgument, prefix+"vgtid must have at least one value with a starting position in ShardGtids")
	}
	if len(in) == 1 && (in[0].Keyspace == "" || strings.HasPrefix(in[0].Keyspace, "/")) {
		var err error
		if in, err = s.expandKeyspaces(req.Vgtid); err != nil {
			return nil, err
		}
	}
	var out []*binlogdatapb.ShardGtid
	for _, sg := range in {
		if sg.Shard != "" {
			out = append(out, sg.CloneVT())
			continue
		}
		if sg.Gtid != "current" && sg.Gtid != "" {
			return nil, status.Errorf(codes.InvalidArgument, prefix+"if shards are unspecified, the Gtid value must be 'current' or empty; got: %+v", req.Vgtid)
		}
		k := s.keyspace(sg.Keyspace)
		if k == nil {
			return nil, status.Errorf(codes.Unknown, prefix+"failed to get shards in keyspace %s: keyspace %s fetch error: node doesn't exist: keyspaces/%s/SrvKeyspace", sg.Keyspace, sg.Keyspace, sg.Keyspace)
		}
		for _, sh := range k.shards {
			out = append(out, &binlogdatapb.ShardGtid{Keyspace: k.name, Shard: sh.name, Gtid: sg.Gtid})
		}
	}
	return out, nil
}

// expandKeyspaces replaces an empty or /regular expression/ keyspace by those it means.
func (s *Server) expandKeyspaces(vgtid *binlogdatapb.VGtid) ([]*binlogdatapb.ShardGtid, error) {
	const prefix = "failed to resolve vstream parameters: "
	name, gtid := vgtid.ShardGtids[0].Keyspace, vgtid.ShardGtids[0].Gtid
	if name == "" && gtid != "current" {
		return nil, status.Errorf(codes.InvalidArgument, prefix+"for an empty keyspace, the Gtid value must be 'current': %v", vgtid)
	}
	re, err := regexp.Compile(strings.Trim(name, "/"))
	if err != nil {
		return nil, status.Errorf(codes.Unknown, prefix+"failed to compile regexp using %s: %v", name, err)
	}
	var out []*binlogdatapb.ShardGtid
	for _, k := range s.keyspaces {
		if re.MatchString(k.name) {
			out = append(out, &binlogdatapb.ShardGtid{Keyspace: k.name, Gtid: gtid})
		}
	}
	return out, nil
}

// newCursors finds the shards of a resolved VGTID. Call with mu held.
func (s *Server) newCursors(st *stream, sgs []*binlogdatapb.ShardGtid) error {
	for _, sg := range sgs {
		k := s.keyspace(sg.Keyspace)
		if k == nil {
			return streamError(sg, codes.Unknown, fmt.Sprintf("failed to determine if keyspace %s has been resharded: node doesn't exist: keyspaces/%s/shards", sg.Keyspace, sg.Keyspace))
		}
		sh := k.find(sg.Shard)
		if sh == nil {
			return streamError(sg, codes.FailedPrecondition, fmt.Sprintf("failed to determine if keyspace %s has been resharded: shard provided in VGTID, %s, not found in the %s keyspace", k.name, sg.Shard, k.name))
		}
		st.add(&cursor{stream: st, shard: sh, gtid: sg.Gtid, pks: sg.TablePKs, asked: sg})
	}
	return nil
}

// streamError is the outermost wrap of everything that goes wrong with one shard.
func streamError(sg *binlogdatapb.ShardGtid, code codes.Code, text string) error {
	return status.Errorf(code, "error starting stream from shard GTID %+v: %s", sg, text)
}

// fail wraps an error as VTGate wraps what a tablet says.
func (c *cursor) fail(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if _, ok := status.FromError(err); ok {
		return err
	}
	code, inner := codes.Unknown, "Unknown"
	var ce *coded
	if errors.As(err, &ce) {
		code, inner = ce.code, ce.code.String()
	}
	sg := &binlogdatapb.ShardGtid{Keyspace: c.shard.keyspace, Shard: c.shard.name, Gtid: c.gtid, TablePKs: c.pks}
	return streamError(sg, code, fmt.Sprintf("error in vstream for %s/%s on tablet %s: target: %s.%s.%s: vttablet: rpc error: code = %s desc = %v",
		c.shard.keyspace, c.shard.name, c.shard.tablet(), c.shard.keyspace, c.shard.name, c.stream.tabletType(), inner, err))
}

// replicationError is what a tablet puts around an error met in the binary log.
func (c *cursor) replicationError(number int64, err error) error {
	set := c.set
	set.own = append([]interval(nil), c.set.own...)
	set.add(number)
	return fmt.Errorf("stream (at source tablet) error @ (including the GTID we failed to process) %s: %v", set.String(), err)
}

func (st *stream) tabletType() string {
	t := st.request.GetTabletType()
	if t == topodatapb.TabletType_UNKNOWN {
		t = topodatapb.TabletType_PRIMARY
	}
	return strings.ToLower(t.String())
}
