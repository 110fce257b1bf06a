package draw_test

import (
	"strings"
	"testing"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// TestTrouble says what is wrong with a shard, and nothing of one that is well.
func TestTrouble(t *testing.T) {
	set, err := stream.ParseGTIDSet("90a3e2d2-e67e-11f1-a140-02fc00000001:6-8")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for _, test := range []struct {
		standing stream.Standing
		last     time.Time
		trouble  string
		says     []string
	}{
		{stream.Standing{At: now}, now, "streaming", nil},
		{stream.Standing{At: now, Behind: 3, Missing: set, Since: now}, now, "streaming", nil},
		{stream.Standing{At: now, Behind: 3, Missing: set, Since: now.Add(-time.Minute)}, now, "behind", []string{"3 transactions behind for 1m00s, at 0/s"}},
		{stream.Standing{At: now, Behind: 3, Missing: set, Since: now, Stalled: true, Why: "replica z-1 lags 4 s"}, now.Add(-time.Minute),
			"stalled", []string{"3 transactions behind", "silent for 1m00s", "replica z-1 lags 4 s"}},
		{stream.Standing{At: now, Behind: 3, Missing: set, Since: now, Stalled: true}, time.Time{}, "stalled", []string{"silent from the start"}},
		{stream.Standing{At: now, Ahead: 3, Extra: set}, now, "ahead", []string{"ahead of the shard by 3 transactions", "00000001:6-8"}},
	} {
		s := &stream.ShardState{Phase: stream.Live, Standing: test.standing, LastEvent: test.last}
		trouble, _ := s.Trouble(now)
		text := draw.Trouble(s, now)
		if trouble.String() != test.trouble || test.says == nil && text != "" {
			t.Errorf("%+v: %s, %q", test.standing, trouble, text)
		}
		for _, part := range test.says {
			if !strings.Contains(text, part) {
				t.Errorf("%q does not say %q", text, part)
			}
		}
	}
}

// TestShardLag is told by a heartbeat as long as that is fresh.
func TestShardLag(t *testing.T) {
	now := time.Now()
	beat := stream.ShardState{LagKnown: true, Lag: 1500 * time.Millisecond, HeartbeatLag: 250 * time.Millisecond, HeartbeatAt: now.Add(-time.Second)}
	if text := draw.ShardLag(&beat, now); text != "250ms" {
		t.Errorf("lag %s by a fresh heartbeat", text)
	}
	beat.HeartbeatAt = now.Add(-time.Minute)
	if text := draw.ShardLag(&beat, now); text != "1s" {
		t.Errorf("lag %s with an old heartbeat", text)
	}
}
