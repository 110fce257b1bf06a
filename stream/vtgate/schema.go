package vtgate

import (
	"context"
	"regexp"
	"strings"

	"vitess.io/vitess/go/vt/proto/topodata"

	"vtscope/stream"
)

// Keyspaces names the keyspaces that VTGate serves.
func (c *Client) Keyspaces(ctx context.Context) ([]string, error) {
	return c.names(ctx, "", "show keyspaces")
}

// Shards names, by keyspace, the shards that serve tabletType: those of one
// keyspace, or of all where keyspace is "". They serve by the topology, which
// says nothing of tablets. A keyspace that is unknown is not in the map.
func (c *Client) Shards(ctx context.Context, keyspace string, tabletType topodata.TabletType) (map[string][]string, error) {
	sql := "show vitess_shards"
	if keyspace != "" {
		sql += " like " + quote(likeEscaper.Replace(keyspace)+"/%")
	}
	names, err := c.names(ctx, "@"+typeName(tabletType), sql)
	if err != nil {
		return nil, err
	}
	shards := map[string][]string{}
	for _, name := range names {
		of, shard, found := strings.Cut(name, "/")
		// Not every version of VTGate takes the escapes; the pattern may match more.
		if found && (keyspace == "" || of == keyspace) {
			shards[of] = append(shards[of], shard)
		}
	}
	return shards, nil
}

// Tables names the tables of a keyspace of which changes come.
func (c *Client) Tables(ctx context.Context, keyspace string) ([]string, error) {
	tables, _, err := c.listTables(ctx, keyspace)
	return tables, err
}

// listTables also names what is listed beside the tables and is silent: tables
// of schema changes, and views as far as VTGate tells them apart.
func (c *Client) listTables(ctx context.Context, keyspace string) (tables, silent []string, err error) {
	rows, err := c.execute(ctx, "", "show full tables from "+quoteName(keyspace))
	if err != nil {
		if rows, err = c.execute(ctx, "", "show tables from "+quoteName(keyspace)); err != nil {
			return nil, nil, err
		}
	}
	for _, row := range rows {
		if len(row) == 0 || row[0].IsNull() {
			continue
		}
		name := row[0].ToString()
		isView := len(row) > 1 && strings.Contains(strings.ToUpper(row[1].ToString()), "VIEW")
		if isView || stream.IsInternalTable(name) {
			silent = append(silent, name)
		} else {
			tables = append(tables, name)
		}
	}
	return tables, silent, nil
}

// versionText finds the version in "Version: 24.0.2 (Git revision ...) built on ...".
var versionText = regexp.MustCompile(`Version:\s*v?([0-9]+\.[0-9]+\.[0-9]+[-+.0-9A-Za-z]*)`)

// Version gives Vitess's version, such as "24.0.2", "" where VTGate's version
// comment does not tell it.
func (c *Client) Version(ctx context.Context) (string, error) {
	names, err := c.names(ctx, "", "select @@version_comment")
	if err != nil || len(names) == 0 {
		return "", err
	}
	if match := versionText.FindStringSubmatch(names[0]); match != nil {
		return match[1], nil
	}
	return "", nil
}

// names gives the first column of a result.
func (c *Client) names(ctx context.Context, target, sql string) ([]string, error) {
	rows, err := c.execute(ctx, target, sql)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(rows))
	for _, row := range rows {
		if len(row) > 0 && !row[0].IsNull() {
			names = append(names, row[0].ToString())
		}
	}
	return names, nil
}

// likeEscaper makes a name match only itself in LIKE.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// quote writes a string literal. The backslashes that LIKE sees are doubled in it.
func quote(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(text) + "'"
}

func quoteName(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

func typeName(t topodata.TabletType) string { return strings.ToLower(t.String()) }
