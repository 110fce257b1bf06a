package cli

import (
	"slices"
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// checkTheme refuses a theme that does not exist.
func checkTheme(name string) error {
	names := draw.ThemeNames()
	if slices.Contains(names, name) {
		return nil
	}
	hint := ""
	if near := stream.Nearest(name, names); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return usagef("--theme %s: no such theme%s; there are %s", name, hint, strings.Join(names, ", "))
}
