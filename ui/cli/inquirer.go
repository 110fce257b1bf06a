package cli

import (
	"context"

	"vtscope/stream"
	"vtscope/stream/vtgate"

	"vitess.io/vitess/go/vt/proto/topodata"
)

// inquirer asks VTGate what the screen wants to know beside the stream.
type inquirer struct {
	client     *vtgate.Client
	tabletType topodata.TabletType
}

func (i inquirer) Version(ctx context.Context) (string, error) { return i.client.Version(ctx) }

func (i inquirer) Shards(ctx context.Context) (map[string][]string, error) {
	return i.client.Shards(ctx, "", i.tabletType)
}

func (i inquirer) Tables(ctx context.Context, keyspace string) ([]string, error) {
	return i.client.Tables(ctx, keyspace)
}

func (i inquirer) Sizes(ctx context.Context, keyspace, shard string) (map[string]stream.TableSize, error) {
	return i.client.Sizes(ctx, keyspace, shard, i.tabletType)
}

func (i inquirer) KeyRange(ctx context.Context, keyspace, shard, table, column string) (least, greatest string, err error) {
	return i.client.KeyRange(ctx, keyspace, shard, table, column, i.tabletType)
}

func (i inquirer) Tablets(ctx context.Context, keyspace, shard string) ([]stream.Tablet, error) {
	return i.client.Tablets(ctx, keyspace, shard)
}
