package stream

import (
	"strconv"
	"time"
)

// heartbeat takes a row of a shard's heartbeat table, which its primary writes
// (go/vt/sidecardb/schema/misc/heartbeat.sql): ts is when, in Unix nanoseconds
// by the primary's clock. The lag is until a tablet read the row.
func (s *shardProgress) heartbeat(r *Record) {
	if r.Table == nil || r.Current == 0 {
		return
	}
	column, found := r.Table.Column("ts")
	row := *r
	row.Kind = Update // the images of a heartbeat are for this alone
	_, after := row.Images()
	if !found || !after.Exists() {
		return
	}
	values := after.Values(nil)
	written, err := strconv.ParseInt(string(values[column].Raw), 10, 64)
	if err != nil {
		return
	}
	s.HeartbeatLag, s.HeartbeatAt = time.Duration(r.Current-written), time.Unix(0, r.Arrived)
}
