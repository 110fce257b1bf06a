// Command sql runs SQL statements through VTGate's gRPC API, one after another
// in one session, and prints rows as lines of tab-separated values.
//
//	sql ADDRESS TARGET STATEMENT...
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"vtscope/cluster/vtgate"
)

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: sql ADDRESS TARGET STATEMENT...")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "sql:", err)
		os.Exit(1)
	}
}

func run(addr, target string, statements []string) error {
	conn, err := vtgate.Open(addr)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // nothing is left to lose
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	session := conn.Session(target)
	for _, statement := range statements {
		result, err := session.Execute(ctx, statement)
		if err != nil {
			return err
		}
		for _, row := range result.Rows {
			values := make([]string, len(row))
			for i, value := range row {
				values[i] = value.ToString()
				if value.IsNull() {
					values[i] = "NULL"
				}
			}
			fmt.Println(strings.Join(values, "\t"))
		}
	}
	return nil
}
