package vtgate

import (
	"slices"
	"strings"
	"time"

	"vitess.io/vitess/go/vt/proto/topodata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"

	"vtscope/stream"
)

// A Start says where a stream starts. The zero value is the end of every
// shard's binlog, "current".
type Start struct {
	// Copy starts with a copy of every table that matches.
	Copy bool
	// Position starts at a position, where it holds shards. Copy is then not set.
	Position stream.Position
}

// StreamOptions say what to stream, as the user typed it.
type StreamOptions struct {
	// Targets are KEYSPACE[:SHARD][@TABLET_TYPE]; none means all keyspaces. With
	// a position, they choose among its shards.
	Targets []string
	// From is where the stream starts.
	From Start
	// Tables are NAME or /REGEX/; with none and no Rules, every table.
	Tables []string
	// Rules are TABLE=SELECT ... or /REGEX/=KEYRANGE, and come before Tables.
	Rules []string

	// TablesToCopy names the tables to copy; the others only replicate.
	TablesToCopy []string
	// MinimizeSkew holds faster shards back.
	MinimizeSkew bool
	// Heartbeat is the interval of VTGate's heartbeats, whole seconds; 0 is off.
	Heartbeat time.Duration
	// StopOnReshard ends the stream, as asked, after a reshard's journal.
	StopOnReshard bool
	// Cells are the cells to pick tablets from, separated by commas.
	Cells string
	// CellPreference is preferlocalwithalias or onlyspecified, or "" for VTGate's default.
	CellPreference string
	// KeyspaceHeartbeats streams the rows of each shard's heartbeat table.
	KeyspaceHeartbeats bool
}

// A Request is what StreamOptions ask for, read and checked as far as that
// goes without a VTGate.
type Request struct {
	targets    []Target
	tabletType topodata.TabletType
	from       Start
	rules      []rule
	flags      *vtgatepb.VStreamFlags
}

// cellPreferences are VTGate's (go/vt/discovery/tablet_picker.go).
var cellPreferences = []string{"preferlocalwithalias", "onlyspecified"}

// NewRequest reads the options. Its errors are *UsageError.
func NewRequest(o StreamOptions) (*Request, error) {
	targets, tabletType, err := parseTargets(o.Targets)
	if err != nil {
		return nil, err
	}
	r := &Request{targets: targets, tabletType: tabletType, from: o.From}
	for _, text := range o.Rules {
		parsed, err := parseRule(text)
		if err != nil {
			return nil, err
		}
		r.rules = append(r.rules, parsed)
	}
	for _, text := range o.Tables {
		parsed, err := parseTable(text)
		if err != nil {
			return nil, err
		}
		r.rules = append(r.rules, parsed)
	}
	r.flags, err = o.flags()
	return r, err
}

// TabletType is the type of tablet that the stream reads from.
func (r *Request) TabletType() topodata.TabletType { return r.tabletType }

// Targets are the targets as the stream takes them, without those that lie
// within another; none means all keyspaces.
func (r *Request) Targets() []Target { return r.targets }

// Takes reports whether the request, as far as names tell, streams a table of a shard.
func (r *Request) Takes(keyspace, shard, table string) bool {
	return r.TakesShard(keyspace, shard) && r.streams(table)
}

// TakesShard reports whether the request's targets have a shard.
func (r *Request) TakesShard(keyspace, shard string) bool {
	lies := func(t Target) bool { return t.covers(Target{Keyspace: keyspace, Shard: shard}) }
	return len(r.targets) == 0 || slices.ContainsFunc(r.targets, lies)
}

// Covers reports whether the request's targets have a keyspace, or a shard of it.
func (r *Request) Covers(keyspace string) bool {
	within := func(t Target) bool { return t.Keyspace == keyspace }
	return len(r.targets) == 0 || slices.ContainsFunc(r.targets, within)
}

func (o StreamOptions) flags() (*vtgatepb.VStreamFlags, error) {
	if o.Heartbeat < 0 || o.Heartbeat%time.Second != 0 {
		return nil, usagef("--heartbeat-interval %v: VTGate counts whole seconds, such as 5s", o.Heartbeat)
	}
	if o.Heartbeat/time.Second > 1<<32-1 {
		return nil, usagef("--heartbeat-interval %v: too long", o.Heartbeat)
	}
	if p := o.CellPreference; p != "" && p != cellPreferences[0] && p != cellPreferences[1] {
		return nil, usagef("--cell-preference %s: it is %s", p, strings.Join(cellPreferences, " or "))
	}
	for _, table := range o.TablesToCopy {
		if table == "" || strings.HasPrefix(table, "/") {
			return nil, usagef("--tables-to-copy: %q is no table's name", table)
		}
	}
	return &vtgatepb.VStreamFlags{
		MinimizeSkew:             o.MinimizeSkew,
		HeartbeatInterval:        uint32(o.Heartbeat / time.Second),
		StopOnReshard:            o.StopOnReshard,
		Cells:                    o.Cells,
		CellPreference:           o.CellPreference,
		StreamKeyspaceHeartbeats: o.KeyspaceHeartbeats,
		// The journal is how a viewer learns of a reshard; the stream goes on.
		IncludeReshardJournalEvents: true,
		TablesToCopy:                o.TablesToCopy,
		// Row and field events name their keyspace themselves, and VTGate saves
		// itself a copy of each event.
		ExcludeKeyspaceFromTableName: true,
	}, nil
}
