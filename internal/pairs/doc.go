// Package pairs measures a piece of work beside another in one run, for
// benchmarks. Machines differ and other work runs on them, so what a benchmark
// may fail for is a ratio, and only if the measurement is precise
// enough: if turns vary by more than the excess over the limit, it says so instead.
package pairs
