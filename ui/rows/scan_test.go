package rows

import (
	"testing"
	"time"

	"vtscope/stream"
)

// TestSupersededScanStops: a scan that nobody waits for any more does little.
func TestSupersededScanStops(t *testing.T) {
	store := stream.NewStore(1 << 20)
	for range 3000 {
		if err := store.Append(&stream.Record{Kind: stream.DDL}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Flush(); err != nil {
		t.Fatal(err)
	}
	snapshot := store.Snapshot()
	sieve := NewSieve(snapshot, func() time.Time { return time.Unix(1795356900, 0) })
	sieve.Set(filterOf(t, "true"))
	late := sieve.Scans(0, 0)
	late[0].enough = 0
	sieve.Set(filterOf(t, "true"))
	if looked := late[0].Run(); looked.looked.len() > 2*checkEvery {
		t.Errorf("it looked at %d of %d rows", looked.looked.len(), snapshot.Len())
	}
}
