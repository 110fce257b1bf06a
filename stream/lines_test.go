package stream_test

import (
	"fmt"
	"strings"
	"testing"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// lines is a sink that writes a line a record:
//
//	KIND SHARD [#TRANSACTION] [:GTID] [TABLE.vVERSION] [WHAT] ["STATEMENT"]
type lines struct {
	strings.Builder
	// fail is what Append returns once this many records have come.
	fail  error
	after int
}

func (l *lines) Append(r *stream.Record) error {
	l.WriteString(line(r))
	l.WriteByte('\n')
	if l.after--; l.after < 0 {
		return l.fail
	}
	return nil
}

func (l *lines) Flush() error { return nil }

func line(r *stream.Record) string {
	words := []string{r.Kind.String(), "."}
	if r.Shard != nil {
		words[1] = r.Shard.Name
	}
	if r.Txn != 0 {
		words = append(words, fmt.Sprintf("#%d", r.Txn))
	}
	if !r.GTID.IsZero() {
		words = append(words, strings.TrimPrefix(r.GTID.String(), uuid))
	}
	if r.Table != nil {
		words = append(words, fmt.Sprintf("%s.v%d", r.Table.Name, r.Table.Version))
	}
	switch r.Kind {
	case stream.Copy, stream.Insert, stream.Update, stream.Delete:
		words = append(words, images(r))
	case stream.Columns:
		for _, c := range r.Table.Columns {
			words = append(words, c.Name)
		}
	case stream.VGTID:
		own := &binlogdata.ShardGtid{}
		if err := own.UnmarshalVT(r.Own); err != nil {
			words = append(words, err.Error())
		}
		words = append(words, positionText([]*binlogdata.ShardGtid{own}))
		if r.Shards != nil {
			words = append(words, fmt.Sprint(r.Shards))
		}
	case stream.DDL, stream.Other, stream.Problem:
		words = append(words, string(r.Payload))
	case stream.Status:
		words = append(words, r.State.String(), string(r.Payload))
	}
	if len(r.Query) > 0 {
		words = append(words, fmt.Sprintf("%q", r.Query))
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// images gives a row change as scripts do: "+1,ann", "-1,ann", "1,ann>1,bob".
func images(r *stream.Record) string {
	before, after := r.Images()
	switch {
	case !before.Exists():
		return "+" + image(&after)
	case !after.Exists():
		return "-" + image(&before)
	}
	return image(&before) + ">" + image(&after)
}

// image gives the values with commas; ~ is NULL, ? absent, %(…) partial JSON.
func image(im *stream.Image) string {
	var words []string
	for _, v := range im.Values(nil) {
		switch v.State {
		case stream.Absent:
			words = append(words, "?")
		case stream.Null:
			words = append(words, "~")
		case stream.PartialJSON:
			words = append(words, fmt.Sprintf("%%(%s)", v.Raw))
		case stream.Present:
			words = append(words, string(v.Raw))
		}
	}
	return strings.Join(words, ",")
}

// linesOf gives the lines of frames.
func linesOf(t testing.TB, frames ...stream.Frame) string {
	t.Helper()
	var got lines
	d := stream.NewDecoder(&got, nil)
	for _, f := range frames {
		if err := d.Decode(f); err != nil {
			t.Fatal(err)
		}
	}
	return got.String()
}

// wantLines compares lines, without regard to indentation and empty lines.
func wantLines(t testing.TB, got, want string) {
	t.Helper()
	if got, want = tidy(got), tidy(want); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func tidy(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out.WriteString("\t" + line + "\n")
		}
	}
	return out.String()
}

// sinkFunc is a sink of one function.
type sinkFunc func(*stream.Record) error

func (f sinkFunc) Append(r *stream.Record) error { return f(r) }

func (f sinkFunc) Flush() error { return nil }
