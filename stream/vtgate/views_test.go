package vtgate_test

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream/vtgate"
)

const shadow = "_vt_vrp_6ace8bcef73211ea87e9f875a4d24e90_20200915120410_"

// TestViewsAreSilent refuses to stream what no changes come of, and copies
// tables only.
func TestViewsAreSilent(t *testing.T) {
	copied := make(chan []string, 1)
	gate := &fakeGate{
		execute: func(target, sql string) ([][]string, *vtrpc.RPCError) {
			if sql == "show full tables from `customer`" {
				return [][]string{{"corder", "BASE TABLE"}, {"customer", "BASE TABLE"}, {"v_orders", "VIEW"}, {shadow, "BASE TABLE"}}, nil
			}
			return shop(target, sql)
		},
		vstream: func(r *vtgatepb.VStreamRequest, _ vtgateservice.Vitess_VStreamServer) error {
			copied <- r.GetFlags().GetTablesToCopy()
			return status.Error(codes.Unavailable, "enough")
		},
	}
	c := dial(t, vtgate.Options{Address: serve(t, gate)})
	for name, says := range map[string]string{"v_orders": "v_orders is a view, and sends no changes", shadow: "belongs to a schema change"} {
		request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{"customer"}, Tables: []string{name}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Plan(t.Context(), request); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("-t %s: %v", name, err)
		}
	}
	p := plan(t, c, vtgate.StreamOptions{Targets: []string{"customer"}, From: vtgate.Start{Copy: true}})
	receiver, err := p.Source.Open(t.Context(), p.Start)
	if err == nil {
		_, _ = receiver.Recv() // it is refused
	}
	if got := <-copied; !slices.Equal(got, []string{"corder", "customer"}) {
		t.Errorf("it copies %v", got)
	}
}
