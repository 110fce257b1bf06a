// Package pairs measures a piece of work beside another in one run, for
// benchmarks. Machines differ and other work runs on them, so what a benchmark
// may fail for is a ratio, and only where the ratio can be told here:
// where the turns differ by more than what is over the limit, it says so.
package pairs
