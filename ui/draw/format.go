package draw

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Count writes a number with thousands set apart: 48,201.
func Count[T int | uint64](n T) string {
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

// Rate writes changes a second with their unit: 0.1/s, 412/s, 18.2k/s.
func Rate(r float64) string { return PerSecond(r) + "/s" }

// PerSecond writes a rate in five characters or fewer.
func PerSecond(r float64) string {
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

// Plural writes a number of things.
func Plural(n uint64, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Count(n) + " " + thing
}

// Size writes bytes in binary units: 12.3 MiB.
func Size(n int) string {
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

// Age writes how long ago: 0s, 42s, 4m12s, 3h07m, 2d4h.
func Age(d time.Duration) string {
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

// Lag writes a delay by a clock of whole seconds: 3s, 4m12s. Less than two seconds
// cannot be told from none.
func Lag(d time.Duration) string { return Age(d) }

// TimeLeft writes a time to go as a clock does: 0:42, 1:07:30.
func TimeLeft(d time.Duration) string {
	seconds := int64(d / time.Second)
	if seconds < 3600 {
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds%3600/60, seconds%60)
}

// uuidShown is how much of a server's UUID is shown where there is room.
const uuidShown = 8

// Position shortens a GTID set to its first server and how many more there
// are: 90a3e2d2…:1-5931 +2.
func Position(gtid string) string { return shortPosition(gtid, uuidShown) }

// PositionIn is Position, safe for the terminal, with as much of the UUID as has
// room; what has none is cut, and left out where that would say nothing.
func PositionIn(gtid string, room int) string {
	const least = 10
	text := ""
	for shown := uuidShown; shown >= 4; shown -= 2 {
		if text = Safe([]byte(shortPosition(gtid, shown))); TextWidth(text) <= room {
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
