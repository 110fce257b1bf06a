// Package pairs measures a piece of work beside another in one run, for
// benchmarks. Machines differ and other work runs on them, so what a benchmark
// may fail for is a ratio, and only where the ratio can be told here: the other
// work is also measured beside itself, and what it differs by is not ours.
package pairs
