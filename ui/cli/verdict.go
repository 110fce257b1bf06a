package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"vtscope/stream/vtgate"
	"vtscope/ui/draw"
	"vtscope/ui/headless"
)

// errUnusable says that --check-position has found what speaks against it.
var errUnusable = errors.New("VTGate cannot resume from this position")

// printVerdicts says per shard whether VTGate could resume from the position of
// --check-position.
func (j *job) printVerdicts(ctx context.Context, client *vtgate.Client) error {
	verdicts, err := client.Verdicts(ctx, j.toCheck, j.request.TabletType())
	if err != nil {
		return err
	}
	usable := true
	for _, v := range verdicts {
		usable = usable && v.OK && v.Known
		if err := printVerdict(v, j.format != nil && j.format.JSON); err != nil {
			return err
		}
	}
	if !usable {
		return errUnusable
	}
	return nil
}

func printVerdict(v vtgate.Verdict, asJSON bool) error {
	if asJSON {
		line, err := json.Marshal(jsonVerdict(v))
		if err != nil {
			return err
		}
		_, err = os.Stdout.Write(append(headless.EscapeJSON(line), '\n'))
		return err
	}
	word := "usable"
	switch {
	case !v.OK:
		word = "not usable"
	case !v.Known:
		word = "not known"
	}
	reason := v.Reason
	if v.Behind > 0 {
		reason = draw.Plural(v.Behind, "transaction") + " since"
	}
	_, err := fmt.Println(oneLine([]byte(fmt.Sprintf("%s/%s: %s: %s", v.Keyspace, v.Shard, word, reason))))
	return err
}

// verdictLine is a verdict as a JSON line; Usable is null where it is not known.
type verdictLine struct {
	Keyspace string  `json:"keyspace"`
	Shard    string  `json:"shard"`
	Usable   *bool   `json:"usable"`
	Behind   *uint64 `json:"behind,omitempty"`
	Reason   string  `json:"reason"`
}

func jsonVerdict(v vtgate.Verdict) verdictLine {
	line := verdictLine{Keyspace: v.Keyspace, Shard: v.Shard, Reason: v.Reason}
	if v.Known {
		line.Usable = &v.OK
	}
	if v.OK && v.Known {
		line.Behind = &v.Behind
	}
	return line
}
