package cli

import (
	"slices"
	"strings"

	"vtscope/ui/draw"
)

// checkTheme refuses a theme that does not exist.
func checkTheme(name string) error {
	names := draw.ThemeNames()
	if slices.Contains(names, name) {
		return nil
	}
	return usagef("theme %s: there is no such theme%s; there are %s", name, didYouMean(name, names), strings.Join(names, ", "))
}
