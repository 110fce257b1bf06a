package vtgate

import (
	"strings"

	"vitess.io/vitess/go/vt/proto/topodata"
)

// A Target is one TARGET of the command line: a keyspace, or one shard of it.
type Target struct {
	// Keyspace is "" for all keyspaces.
	Keyspace string
	// Shard is "" for every shard of the keyspace.
	Shard string
	// Type is PRIMARY, REPLICA or RDONLY, UNKNOWN where the target does not say.
	Type topodata.TabletType
}

// tabletTypes are the types that a stream may read from.
var tabletTypes = map[string]topodata.TabletType{
	"primary": topodata.TabletType_PRIMARY,
	"replica": topodata.TabletType_REPLICA,
	"rdonly":  topodata.TabletType_RDONLY,
}

// ParseTarget reads KEYSPACE[:SHARD][@TABLET_TYPE], Vitess's target syntax
// (go/vt/topo/topoproto/destination.go), where "/" may stand for ":". What
// Vitess has beside it, key ranges in brackets and a tablet's alias, names no
// stream and is refused, as a *UsageError.
func ParseTarget(text string) (Target, error) {
	rest, typeName, hasType := cutLast(text, "@")
	var t Target
	if hasType {
		if _, alias, found := strings.Cut(typeName, "|"); found {
			return t, usagef("target %s: a stream picks its tablets itself and cannot be sent to %s", text, alias)
		}
		known := false
		if t.Type, known = tabletTypes[strings.ToLower(typeName)]; !known {
			return t, usagef("target %s: unknown tablet type %q: it is primary, replica or rdonly", text, typeName)
		}
	}
	if strings.ContainsAny(rest, "[]") {
		return t, usagef("target %s: name the shard instead of a key range: KEYSPACE:SHARD", text)
	}
	shard, hasShard := "", false
	t.Keyspace, shard, hasShard = cutLast(rest, ":/")
	t.Shard = shard
	switch {
	case hasShard && shard == "":
		return t, usagef("target %s: the shard is empty: KEYSPACE[:SHARD][@TABLET_TYPE]", text)
	case t.Keyspace == "" && (hasShard || !hasType):
		return t, usagef("target %q: the keyspace is empty: KEYSPACE[:SHARD][@TABLET_TYPE]", text)
	case strings.ContainsAny(t.Keyspace, ":/@"):
		return t, usagef("target %s: the form is KEYSPACE[:SHARD][@TABLET_TYPE]", text)
	}
	return t, nil
}

// String gives the target as it is typed.
func (t Target) String() string {
	text := t.Keyspace
	if t.Shard != "" {
		text += ":" + t.Shard
	}
	if t.Type != topodata.TabletType_UNKNOWN {
		text += "@" + strings.ToLower(t.Type.String())
	}
	return text
}

// covers reports whether other lies within t.
func (t Target) covers(other Target) bool {
	return t.Keyspace == "" || t.Keyspace == other.Keyspace && (t.Shard == "" || t.Shard == other.Shard)
}

// parseTargets reads all targets of a run and the tablet type they share: the
// one that some of them name, PRIMARY where none does. Targets that lie within
// another are left out, because VTGate would stream their shards twice. No
// targets are left where all keyspaces are meant.
func parseTargets(texts []string) ([]Target, topodata.TabletType, error) {
	shared := topodata.TabletType_UNKNOWN
	var targets []Target
	for _, text := range texts {
		t, err := ParseTarget(text)
		if err != nil {
			return nil, shared, err
		}
		if t.Type != topodata.TabletType_UNKNOWN {
			if shared != topodata.TabletType_UNKNOWN && shared != t.Type {
				return nil, shared, usagef("target %s: all targets of one run share one tablet type, and another says %s",
					text, strings.ToLower(shared.String()))
			}
			shared = t.Type
		}
		targets = append(targets, t)
	}
	if shared == topodata.TabletType_UNKNOWN {
		shared = topodata.TabletType_PRIMARY
	}
	return outermost(targets), shared, nil
}

// outermost leaves out every target that another one covers.
func outermost(targets []Target) []Target {
	var kept []Target
	for i, t := range targets {
		covered := false
		for j, other := range targets {
			// Of two equal ones the first stays.
			covered = covered || i != j && other.covers(t) && (!t.covers(other) || j < i)
		}
		if !covered && t.Keyspace != "" {
			kept = append(kept, t)
		}
	}
	return kept
}

// cutLast cuts text at the last of separators.
func cutLast(text, separators string) (before, after string, found bool) {
	i := strings.LastIndexAny(text, separators)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}
