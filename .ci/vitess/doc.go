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
// says. A test that breaks something does so through the scripts program,
// vtctldclient and reshard.
//
// # Faults
//
//	faults_test.go           the faults, each a function in a table
//	position_faults_test.go  positions that no stream can begin from
//	faults_many_test.go      all of them over and over, for the script faults
//	faultrun_test.go         one vtscope through which faults happen
//	compare_test.go          what it printed against MySQL and its binary logs
//	ledger_test.go           what it printed, by GTID
//	binlog_test.go           the binary logs, as mysqlbinlog shows them
//	history_test.go          every row from its first image to its last
//	load_faults_test.go      the load; writer_test.go carries it out
//	proxy_test.go            TCP that can be cut where a marker passes
package cluster
