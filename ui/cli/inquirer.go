package cli

import (
	"context"

	"vtscope/stream/vtgate"
	"vtscope/ui"

	"vitess.io/vitess/go/vt/proto/topodata"
)

// inquirer asks VTGate what the screen wants to know beside the stream.
type inquirer struct {
	client     *vtgate.Client
	tabletType topodata.TabletType
}

func (i inquirer) Version(ctx context.Context) (string, error) { return i.client.Version(ctx) }

func (i inquirer) Sizes(ctx context.Context, keyspace, shard string) (map[string]ui.TableSize, error) {
	tables, err := i.client.Sizes(ctx, keyspace, shard, i.tabletType)
	if err != nil {
		return nil, err
	}
	sizes := make(map[string]ui.TableSize, len(tables))
	for table, size := range tables {
		sizes[table] = ui.TableSize(size)
	}
	return sizes, nil
}

func (i inquirer) KeyRange(ctx context.Context, keyspace, shard, table, column string) (least, greatest string, err error) {
	return i.client.KeyRange(ctx, keyspace, shard, table, column, i.tabletType)
}

func (i inquirer) Tablets(ctx context.Context, keyspace, shard string) ([]ui.Tablet, error) {
	tablets, err := i.client.Tablets(ctx, keyspace, shard)
	if err != nil {
		return nil, err
	}
	list := make([]ui.Tablet, 0, len(tablets))
	for _, t := range tablets {
		list = append(list, ui.Tablet(t))
	}
	return list, nil
}
