package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// count writes a number with thousands set apart: 48,201.
func count[T int | uint64](n T) string {
	digits := strconv.FormatInt(int64(n), 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// rate writes changes a second with their unit: 0.1/s, 412/s, 18.2k/s.
func rate(r float64) string { return perSecond(r) + "/s" }

// perSecond writes a rate in five characters or fewer.
func perSecond(r float64) string {
	switch {
	case r < 0.05:
		return "0"
	case r < 9.95:
		return fmt.Sprintf("%.1f", r)
	case r < 999.5:
		return fmt.Sprintf("%.0f", r)
	case r < 99_950:
		return fmt.Sprintf("%.1fk", r/1000)
	case r < 999_500:
		return fmt.Sprintf("%.0fk", r/1000)
	default:
		return fmt.Sprintf("%.1fM", r/1e6)
	}
}

// plural writes a number of things.
func plural(n uint64, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return count(n) + " " + thing
}

// size writes bytes in binary units: 12.3 MiB.
func size(n int) string {
	units := []string{"B", "KiB", "MiB", "GiB"}
	value, unit := float64(n), 0
	for value >= 1024 && unit < len(units)-1 {
		value, unit = value/1024, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}

// age writes how long ago: 0s, 42s, 4m12s, 3h07m, 2d4h.
func age(d time.Duration) string {
	seconds := int64(max(d, 0) / time.Second)
	switch {
	case seconds < 60:
		return fmt.Sprintf("%ds", seconds)
	case seconds < 3600:
		return fmt.Sprintf("%dm%02ds", seconds/60, seconds%60)
	case seconds < 86400:
		return fmt.Sprintf("%dh%02dm", seconds/3600, seconds%3600/60)
	default:
		return fmt.Sprintf("%dd%dh", seconds/86400, seconds%86400/3600)
	}
}

// lag writes a delay by a clock of whole seconds: 3s, 4m12s. Less than two seconds
// cannot be told from none.
func lag(d time.Duration) string { return age(d) }

// left writes a time to go as a clock does: 0:42, 1:07:30.
func left(d time.Duration) string {
	seconds := int64(d / time.Second)
	if seconds < 3600 {
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds%3600/60, seconds%60)
}

// uuidShown is how much of a server's UUID is shown where there is room.
const uuidShown = 8

// position shortens a GTID set to its first server and how many more there
// are: 90a3e2d2…:1-5931 +2.
func position(gtid string) string { return shortPosition(gtid, uuidShown) }

// positionIn is position, safe for the terminal, with as much of the UUID as has
// room; what has none is cut, and left out where that would say nothing.
func positionIn(gtid string, room int) string {
	const least = 10
	text := ""
	for shown := uuidShown; shown >= 4; shown -= 2 {
		if text = safe([]byte(shortPosition(gtid, shown))); textWidth(text) <= room {
			return text
		}
	}
	if room < least {
		return ""
	}
	return ansi.Truncate(text, room, "…")
}

func shortPosition(gtid string, shown int) string {
	if _, set, found := strings.Cut(gtid, "/"); found {
		gtid = set
	}
	first, others, _ := strings.Cut(gtid, ",")
	uuid, intervals, found := strings.Cut(first, ":")
	if !found || len(uuid) != 36 {
		return gtid
	}
	if i := strings.LastIndexByte(intervals, ':'); i >= 0 {
		intervals = "…" + intervals[i:]
	}
	text := uuid[:shown] + "…:" + intervals
	if others != "" {
		text += fmt.Sprintf(" +%d", strings.Count(others, ",")+1)
	}
	return text
}
