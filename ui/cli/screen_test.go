package cli

import (
	"fmt"
	"testing"

	"vtscope/stream"
	"vtscope/stream/vtgate"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// TestQuestionBeforeACopy: a copy is asked about where it begins; one that goes
// on, and a stream without one, begin by themselves.
func TestQuestionBeforeACopy(t *testing.T) {
	begun := []*binlogdata.TableLastPK{{TableName: "corder"}}
	at := func(shard, gtid string, tables []*binlogdata.TableLastPK) *binlogdata.ShardGtid {
		return &binlogdata.ShardGtid{Keyspace: "ks", Shard: shard, Gtid: gtid, TablePKs: tables}
	}
	for name, test := range map[string]struct {
		start []*binlogdata.ShardGtid
		asks  string // about these shards
	}{
		"a new copy":           {[]*binlogdata.ShardGtid{at("-80", "", nil), at("80-", "", nil)}, "[ks/-80 ks/80-]"},
		"one of two shards":    {[]*binlogdata.ShardGtid{at("-80", "MySQL56/a:1", nil), at("80-", "", nil)}, "[ks/80-]"},
		"a copy that goes on":  {[]*binlogdata.ShardGtid{at("-80", "MySQL56/a:1", begun), at("80-", "", begun)}, ""},
		"no copy":              {[]*binlogdata.ShardGtid{at("-80", "MySQL56/a:1", nil), at("80-", "current", nil)}, ""},
		"goes on, and another": {[]*binlogdata.ShardGtid{at("-80", "", begun), at("80-", "", nil)}, "[ks/80-]"},
	} {
		copies := map[string][]string{"ks": {"corder"}}
		plan := &vtgate.Plan{Start: stream.Position{Shards: test.start}, Copies: copies}
		question, begin := (&run{job: &job{}, plan: plan}).askBefore()
		var asks []string
		if question != nil {
			for _, s := range question.Shards {
				asks = append(asks, s.String())
			}
			select {
			case <-begin:
				t.Errorf("%s: the stream does not wait for the answer", name)
			default:
			}
			question.Begin()
			if len(question.Tables["ks"]) != 1 {
				t.Errorf("%s: the tables are %v", name, question.Tables)
			}
		}
		if got := fmt.Sprint(asks); test.asks != "" && got != test.asks || test.asks == "" && question != nil {
			t.Errorf("%s: asks about %s, want %s", name, got, test.asks)
		}
		select {
		case <-begin:
		default:
			t.Errorf("%s: the stream does not begin", name)
		}
	}
}
