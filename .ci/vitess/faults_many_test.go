//go:build cluster && faults

package cluster

import (
	"os"
	"slices"
	"strconv"
	"testing"
)

// TestManyFaults is the long test of the script faults: all kinds over and over,
// until there were as many as asked for. One vtscope has all kinds one after
// another, every other one through the proxy, without which it cannot be cut off.
func TestManyFaults(t *testing.T) {
	want, err := strconv.Atoi(os.Getenv("VTSCOPE_FAULTS"))
	if err != nil {
		t.Fatal("the script faults says how many: ", err)
	}
	had, kinds := 0, map[string]int{}
	var sums counts
	for run := 0; had < want && !t.Failed(); run++ {
		t.Run(strconv.Itoa(run+1), func(t *testing.T) {
			r := startFaultRun(t, fault{proxied: run%2 == 0})
			defer func() { sums.add(r.sums) }()
			for _, f := range slices.Concat(faults, positionFaults) {
				if f.proxied && r.proxy == nil {
					f.happen = f.direct
				}
				if f.happen != nil {
					r.under(f)
					had++
					kinds[f.name]++
				}
			}
		})
	}
	t.Logf("%d faults: %s", had, sums)
	t.Logf("of each kind: %v", kinds)
}
