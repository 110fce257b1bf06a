package vtgate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"google.golang.org/grpc/status"
)

// maxCause bounds a cause in bytes. The tail is kept: Vitess puts positions,
// which can be long, before the cause.
const maxCause = 600

// A place says where an error happened, as far as its text tells.
type place struct{ keyspace, shard, tablet string }

// A wrap is one layer that Vitess puts around an error. Its groups named
// keyspace, shard and tablet say where.
type wrap struct {
	pattern *regexp.Regexp
	// keep leaves the layer in the text, because it says what happened.
	keep bool
}

// wraps are the layers of go/vt/vtgate/vstream_manager.go (startOneStream,
// streamFromTablet), go/vt/vttablet/tabletconn/grpc_error.go, and
// go/vt/vttablet/tabletserver/vstreamer/vstreamer.go (wrapError).
var wraps = []wrap{
	{pattern: layer(`(?:persistent )?error in vstream for (?P<keyspace>[^/\s]+)/(?P<shard>\S+) on tablet (?P<tablet>[^\s;:]+)(?:; giving up)?: `)},
	{pattern: layer(`vttablet: `)},
	{pattern: layer(`rpc error: code = \w+ desc = `)},
	{pattern: layer(`Code: [A-Z_]+ `)},
	{pattern: layer(`stream \(at source tablet\) error @ \(including the GTID we failed to process\) \S*: `)},
	{pattern: layer(`failed to get tablet connection to (?P<tablet>\S+): `)},
	{pattern: layer(`error streaming from tablet (?P<tablet>\S+) in (?P<keyspace>[^/\s]+)/(?P<shard>[^\s:]+): `)},
	{pattern: layer(`error streaming tablet health from (?P<tablet>\S+): `)},
	{pattern: layer(`error sending event batch from tablet (?P<tablet>\S+): `)},
	{pattern: layer(`error aligning streams across (?P<keyspace>[^/\s]+)/(?P<shard>[^\s:]+): `)},
	{pattern: layer(`failed to resolve vstream parameters: `)},
	{pattern: layer(`failed to get shards in keyspace (?P<keyspace>\S+): `)},
	{pattern: layer(`failed to determine if keyspace (?P<keyspace>\S+) has been resharded: `)},
	{pattern: layer(`vstream is fully throttled or otherwise hung: `)},
	{pattern: layer(`target: (?P<keyspace>[^.\s]+)\.(?P<shard>[^.\s]+)\.\w+: `)},
	{pattern: layer(`failed to find an? \w+ tablet for VStream in (?P<keyspace>[^/\s]+)/(?P<shard>\S+) within `), keep: true},
}

func layer(pattern string) *regexp.Regexp { return regexp.MustCompile(`^` + pattern) }

// shardGTID opens the outermost layer: the failing shard's whole position in
// the protobuf text form.
const shardGTID = "error starting stream from shard GTID "

var (
	shardGTIDKeyspace = regexp.MustCompile(`(?:^|\s)keyspace:\s*"([^"]*)"`)
	shardGTIDShard    = regexp.MustCompile(`(?:^|\s)shard:\s*"([^"]*)"`)
)

// unfold takes the layers off an error's text: where it happened and the
// innermost message, in one line of at most maxCause bytes.
func unfold(text string) (place, string) {
	var at place
	text = oneLine(text)
	for {
		if rest, found := strings.CutPrefix(text, shardGTID); found {
			position, cause := cutProtoText(rest)
			at.set(firstGroup(shardGTIDKeyspace, position), firstGroup(shardGTIDShard, position), "")
			if cause == "" {
				break // Vitess cut the text inside of the position.
			}
			text = cause
			continue
		}
		rest, found := at.peel(text)
		if !found {
			break
		}
		text = rest
	}
	return at, tail(stripTransport(text), maxCause)
}

// peel takes one layer off, and reports whether there was one to take.
func (at *place) peel(text string) (string, bool) {
	for _, w := range wraps {
		match := w.pattern.FindStringSubmatch(text)
		if match == nil {
			continue
		}
		var groups [3]string
		for i, name := range []string{"keyspace", "shard", "tablet"} {
			if n := w.pattern.SubexpIndex(name); n > 0 {
				groups[i] = match[n]
			}
		}
		at.set(groups[0], groups[1], groups[2])
		return text[len(match[0]):], !w.keep
	}
	return text, false
}

// set fills what is given. Inner layers know better than outer ones.
func (at *place) set(keyspace, shard, tablet string) {
	if keyspace != "" {
		at.keyspace = keyspace
	}
	if shard != "" {
		at.shard = shard
	}
	if tablet != "" {
		at.tablet = tablet
	}
}

// cutProtoText cuts text after a protobuf message in its text form: at the
// first ": " outside of quotes and braces. Without one, all is the message.
func cutProtoText(text string) (message, rest string) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == ':' && depth == 0 && strings.HasPrefix(text[i:], ": ") && i > 0 && (text[i-1] == '"' || text[i-1] == '}'):
			return text[:i], text[i+2:]
		}
	}
	return text, ""
}

func firstGroup(pattern *regexp.Regexp, text string) string {
	if match := pattern.FindStringSubmatch(text); match != nil {
		return match[1]
	}
	return ""
}

// message is an error's text without gRPC's own "rpc error: ..." around it.
func message(err error) string {
	if s, ok := status.FromError(err); ok {
		return s.Message()
	}
	return err.Error()
}

// oneLine makes text safe to print in one line: control characters and what
// turns the direction of writing become spaces, of which no two follow each other.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
	return strings.Join(strings.Fields(text), " ")
}

// tail keeps the last limit bytes of text and marks what it cut.
func tail(text string, limit int) string {
	const mark = "…"
	if len(text) <= limit {
		return text
	}
	cut := len(text) - limit + len(mark)
	for cut < len(text) && !utf8.RuneStart(text[cut]) {
		cut++
	}
	return mark + text[cut:]
}
