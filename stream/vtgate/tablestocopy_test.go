package vtgate

import (
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"

	"vtscope/stream"
)

// TestTablesToCopy writes positions as "gtid/table/table" for each shard.
func TestTablesToCopy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ position, asked, want string }{
		{"5", "", ""},
		{"5", "b", "b"},
		{"", "", ""},
		{"5/a", "", ""},
		{"5/b", "", "b c d"},
		{"5/d", "", "d"},
		{"5/c 5/b", "", "b c d"},
		{"5/c 7", "", "c d"},
		{"5/c -", "", ""},
		{"5/c/b 5/b", "", "b c d"},
		{"5/c", "a d", "d"},
		{"5/a", "c d", "c d"},
	} {
		s := &source{
			request: &vtgatepb.VStreamRequest{Flags: &vtgatepb.VStreamFlags{TablesToCopy: strings.Fields(test.asked)}},
			tables:  []string{"a", "b", "c", "d"},
		}
		var from stream.Position
		for word := range strings.FieldsSeq(test.position) {
			names := strings.Split(strings.TrimPrefix(word, "-"), "/")
			at := &binlogdata.ShardGtid{Keyspace: "k", Gtid: names[0]}
			for _, name := range names[1:] {
				at.TablePKs = append(at.TablePKs, &binlogdata.TableLastPK{TableName: name})
			}
			from.Shards = append(from.Shards, at)
		}
		if got := strings.Join(s.tablesToCopy(from), " "); got != test.want {
			t.Errorf("from %q with --tables-to-copy %q: copies %q, want %q", test.position, test.asked, got, test.want)
		}
	}
}
