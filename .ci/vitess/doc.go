// Package cluster tests the vtscope binary against a real Vitess cluster on
// this machine.
//
// The tests are behind the build tag "cluster", since they need the cluster
// that the script up brings up; the script test does all of it: it builds
// vtscope, brings the cluster up, runs the tests and tears the cluster down.
// Without the tag this package is empty, so that it builds everywhere.
//
// A test runs vtscope as a subprocess, reads its JSON lines, and writes SQL
// through VTGate's gRPC API, which is also where it reads back what MySQL
// says. A test that breaks something does so through the script program.
package cluster
