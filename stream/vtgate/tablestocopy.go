package vtgate

import (
	"slices"

	"vtscope/stream"
)

// tablesToCopy names the tables that a stream from a position in mid-copy still
// has to copy, nil for all that the request copies. A tablet copies its tables
// in the order of their names, so of a shard that stands in one table those
// before it are done; without being told, it would copy them again
// (go/vt/vttablet/tabletserver/vstreamer/uvstreamer.go, buildTablePlan). One
// list serves all shards: what any of them still needs is in it. Where there are
// views, all tables are named, since a tablet would copy those as well.
func (s *source) tablesToCopy(from stream.Position) []string {
	asked := s.request.Flags.GetTablesToCopy()
	if !from.IsCopy() || s.tables == nil {
		return asked
	}
	var names []string
	all := true
	for _, table := range s.tables {
		switch {
		case len(asked) > 0 && !slices.Contains(asked, table):
		case needed(from, table):
			names = append(names, table)
		default:
			all = false
		}
	}
	if all && !s.naming || len(names) == 0 {
		return asked
	}
	return names
}

// needed reports whether some shard of a position has still to copy a table.
func needed(from stream.Position, table string) bool {
	for _, at := range from.Shards {
		if len(at.TablePKs) == 0 {
			if at.Gtid == "" {
				return true // its copy has not begun
			}
			continue // its copy is done, or there is none
		}
		first := at.TablePKs[0].TableName
		for _, t := range at.TablePKs {
			first = min(first, t.TableName)
		}
		if table >= first {
			return true
		}
	}
	return false
}
