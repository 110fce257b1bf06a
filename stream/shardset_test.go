package stream_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"vitess.io/vitess/go/vt/proto/binlogdata"

	"vtscope/stream"
)

// TestOwnPartOfAVGTID finds a shard's part in VGTIDs that change in one part, in
// others too, in length, in order and in their names, and tells of other names.
func TestOwnPartOfAVGTID(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	names, numbers := []int{0, 1, 2, 3}, map[int]int{0: 7, 1: 97, 2: 98, 3: 998}
	sink := &ownParts{T: t}
	decoder := stream.NewDecoder(sink, nil)
	for number := range 4000 {
		switch random.IntN(100) {
		case 0:
			random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		case 1:
			names[random.IntN(len(names))] = random.IntN(100)
		case 2:
			names = append(names, random.IntN(100))
		case 3:
			names = names[:max(2, len(names)-1)]
		case 4:
			numbers[names[random.IntN(len(names))]]++
		}
		of := names[number%len(names)]
		numbers[of]++
		v := &binlogdata.VGtid{}
		for _, name := range names {
			part := vgtid(0, 1, numbers[name]).ShardGtids[0]
			part.Shard = shardName(name)
			v.ShardGtids = append(v.ShardGtids, part)
		}
		if number%50 == 0 {
			of = random.IntN(100)
		}
		event := at(&binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Vgtid: v}, of, number)
		if err := decoder.Decode(frame(t, event)); err != nil {
			t.Fatal(err)
		}
	}
	if sink.seen != 4000 {
		t.Errorf("%d VGTIDs of 4000 came", sink.seen)
	}
}

// ownParts is a sink that compares VGTIDs with what the generated code reads.
type ownParts struct {
	*testing.T
	named string
	seen  int
}

func (s *ownParts) Append(r *stream.Record) error {
	var whole binlogdata.VGtid
	var own binlogdata.ShardGtid
	if r.Kind != stream.VGTID || whole.UnmarshalVT(r.Payload) != nil || own.UnmarshalVT(r.Own) != nil {
		s.Fatalf("kind %v, own part %q", r.Kind, r.Own)
	}
	named, found := "", false
	for _, part := range whole.ShardGtids {
		named += part.Shard + " "
		found = found || proto.Equal(part, &own)
	}
	if isNamed := strings.Contains(named, r.Shard.Name+" "); isNamed != found || isNamed != (own.Shard == r.Shard.Name) {
		s.Fatalf("of shard %s in %v the part is %v", r.Shard.Name, &whole, &own)
	}
	if changed := named != s.named; changed != (r.Shards != nil) || changed && len(r.Shards) != len(whole.ShardGtids) {
		s.Fatalf("after shards %s come %s: %v", s.named, named, r.Shards)
	}
	s.named = named
	s.seen++
	return nil
}

func (s *ownParts) Flush() error { return nil }
