package vtgate

import (
	"slices"
	"strings"

	"vtscope/stream"
)

// namesShown is how many names an error lists beside the nearest one.
const namesShown = 8

// suggest gives the part of an error that helps: the nearest name, or the
// names that there are.
func suggest(name string, names []string) string {
	if near := stream.Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return listed(names)
}

// suggestShard is suggest for a shard. All are listed with the nearest: after a reshard,
// a name that looks like another is not what was meant.
func suggestShard(name string, names []string) string {
	if near := stream.Nearest(name, names); near != "" {
		return "did you mean " + near + "? The shards are " + listing(names)
	}
	return listed(names)
}

// listed gives the names that there are.
func listed(names []string) string {
	switch len(names) {
	case 0:
		return "there is none"
	case 1:
		return "there is only " + names[0]
	}
	return "there are " + listing(names)
}

// listing joins names, the first of them where there are many.
func listing(names []string) string {
	sorted := slices.Sorted(slices.Values(names))
	if len(sorted) > namesShown {
		return strings.Join(sorted[:namesShown], ", ") + " and others"
	}
	return strings.Join(sorted, ", ")
}
