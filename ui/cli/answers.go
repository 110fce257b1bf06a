package cli

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/ui"
)

// inquirer asks what the screen wants to know: a VTGate, whose answers the keeper gets,
// or the recording that is replayed; nil where there is nobody to ask.
func (r *run) inquirer(keeper answerKeeper) ui.Inquirer {
	inquirer := r.anyInquirer(keeper)
	if r.masks != nil && inquirer != nil {
		return noKeys{inquirer}
	}
	return inquirer
}

func (r *run) anyInquirer(keeper answerKeeper) ui.Inquirer {
	switch {
	case r.replayed != nil:
		return recordedAnswers{r.replayed.Header.Vitess, r.replayed.Answers()}
	case r.gate.NoQueries:
		return nil
	case keeper != nil:
		return keptAnswers{inquirer{r.client, r.plan.TabletType}, keeper}
	}
	return inquirer{r.client, r.plan.TabletType}
}

// The questions that a capture keeps the answers to.
const (
	askedVersion  = "version"
	askedShards   = "shards"
	askedTables   = "tables"
	askedSizes    = "sizes"
	askedKeyRange = "key range"
	askedTablets  = "tablets"
)

// keptAnswers asks a VTGate, and has a recording keep what it says.
type keptAnswers struct {
	ui.Inquirer
	to answerKeeper
}

// An answerKeeper keeps answers in a capture.
type answerKeeper interface{ Answer(*capture.Answer) }

// keep records one answer.
func keep[T any](to answerKeeper, question, of string, answer T, err error) (T, error) {
	kept := &capture.Answer{Question: question, Of: of}
	if err != nil {
		kept.Error = err.Error()
	} else {
		kept.JSON, _ = json.Marshal(answer) // names and numbers, which are always JSON
	}
	to.Answer(kept)
	return answer, err
}

func (k keptAnswers) Version(ctx context.Context) (string, error) {
	version, err := k.Inquirer.Version(ctx)
	return keep(k.to, askedVersion, "", version, err)
}

func (k keptAnswers) Shards(ctx context.Context) (map[string][]string, error) {
	shards, err := k.Inquirer.Shards(ctx)
	return keep(k.to, askedShards, "", shards, err)
}

func (k keptAnswers) Tables(ctx context.Context, keyspace string) ([]string, error) {
	tables, err := k.Inquirer.Tables(ctx, keyspace)
	return keep(k.to, askedTables, keyspace, tables, err)
}

func (k keptAnswers) Sizes(ctx context.Context, keyspace, shard string) (map[string]stream.TableSize, error) {
	sizes, err := k.Inquirer.Sizes(ctx, keyspace, shard)
	return keep(k.to, askedSizes, keyspace+"/"+shard, sizes, err)
}

func (k keptAnswers) KeyRange(ctx context.Context, keyspace, shard, table, column string) (least, greatest string, err error) {
	least, greatest, err = k.Inquirer.KeyRange(ctx, keyspace, shard, table, column)
	_, err = keep(k.to, askedKeyRange, keyRangeOf(keyspace, shard, table, column), [2]string{least, greatest}, err)
	return least, greatest, err
}

func (k keptAnswers) Tablets(ctx context.Context, keyspace, shard string) ([]stream.Tablet, error) {
	tablets, err := k.Inquirer.Tablets(ctx, keyspace, shard)
	return keep(k.to, askedTablets, keyspace+"/"+shard, tablets, err)
}

func keyRangeOf(parts ...string) string { return strings.Join(parts, "/") }

// recordedAnswers answers with what a recording has.
type recordedAnswers struct {
	version string
	answers []*capture.Answer
}

var errNotAsked = errors.New("it was not asked when the capture was recorded")

// recalled is the answer to a question.
func recalled[T any](r recordedAnswers, question, of string) (answer T, err error) {
	for _, a := range r.answers {
		switch {
		case a.Question != question || a.Of != of:
		case a.Error != "":
			return answer, errors.New(a.Error)
		default:
			return answer, json.Unmarshal(a.JSON, &answer)
		}
	}
	return answer, errNotAsked
}

func (r recordedAnswers) Version(context.Context) (string, error) {
	if r.version == "" {
		return recalled[string](r, askedVersion, "")
	}
	return r.version, nil
}

func (r recordedAnswers) Shards(context.Context) (map[string][]string, error) {
	return recalled[map[string][]string](r, askedShards, "")
}

func (r recordedAnswers) Tables(_ context.Context, keyspace string) ([]string, error) {
	return recalled[[]string](r, askedTables, keyspace)
}

func (r recordedAnswers) Sizes(_ context.Context, keyspace, shard string) (map[string]stream.TableSize, error) {
	return recalled[map[string]stream.TableSize](r, askedSizes, keyspace+"/"+shard)
}

// noKeys answers all but the question for keys, which are masked.
type noKeys struct{ ui.Inquirer }

func (noKeys) KeyRange(context.Context, string, string, string, string) (least, greatest string, err error) {
	return "", "", errors.New("values are masked, so that it is not asked which keys there are")
}

func (r recordedAnswers) KeyRange(_ context.Context, keyspace, shard, table, column string) (least, greatest string, err error) {
	both, err := recalled[[2]string](r, askedKeyRange, keyRangeOf(keyspace, shard, table, column))
	return both[0], both[1], err
}

func (r recordedAnswers) Tablets(_ context.Context, keyspace, shard string) ([]stream.Tablet, error) {
	return recalled[[]stream.Tablet](r, askedTablets, keyspace+"/"+shard)
}
