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
	if len(names) == 0 {
		return "there is none"
	}
	sorted := slices.Sorted(slices.Values(names))
	if len(sorted) > namesShown {
		return "there are " + strings.Join(sorted[:namesShown], ", ") + " and others"
	}
	return "there is " + strings.Join(sorted, ", ")
}
