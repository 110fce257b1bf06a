package draw

import (
	"maps"

	"vtscope/stream"
)

// A Column is how the log shows a column: not at all, or no wider than so many columns of
// the screen, 0 for as wide as it is.
type Column struct {
	Hidden bool `json:"hidden,omitempty"`
	Width  int  `json:"width,omitempty"`
}

// Columns say which columns the log shows otherwise than in full.
type Columns struct {
	// Everywhere is by a column's name, in every table that has it; Tables by the table
	// as keyspace.table, then by the column. What is said of a table counts there. The
	// table "" is the log, with its own columns.
	Everywhere map[string]Column            `json:"everywhere,omitempty"`
	Tables     map[string]map[string]Column `json:"tables,omitempty"`

	of map[*stream.Table][]Column // nil for a table whose columns are all in full
}

// LogTable stands for the log among the tables.
const LogTable = ""

// TableName is a table's name among them.
func TableName(t *stream.Table) string { return t.Keyspace + "." + t.Name }

// Column gives how a column of a table is shown.
func (c *Columns) Column(table, name string) Column {
	if own, is := c.Tables[table][name]; is || table == LogTable {
		return own
	}
	return c.Everywhere[name]
}

// Of gives how the columns of a table are shown, nil where all are in full.
func (c *Columns) Of(t *stream.Table) []Column {
	list, known := c.of[t]
	if known || len(c.Everywhere) == 0 && len(c.Tables) == 0 {
		return list
	}
	for i := range t.Columns {
		own := c.Column(TableName(t), t.Columns[i].Name)
		if own != (Column{}) && list == nil {
			list = make([]Column, len(t.Columns))
		}
		if list != nil {
			list[i] = own
		}
	}
	if c.of == nil || len(c.of) >= mostTables {
		c.of = map[*stream.Table][]Column{}
	}
	c.of[t] = list
	return list
}

// mostTables bounds what Of keeps.
const mostTables = 4096

// A ColumnChange shows a column of a table otherwise, or of every table that has it.
type ColumnChange struct {
	Table, Name string
	Everywhere  bool
	To          Column
}

// Apply takes a change over. What every table shows is said of no table any more.
func (c *Columns) Apply(change ColumnChange) {
	c.of = nil
	if change.Everywhere {
		for table, columns := range c.Tables {
			if table != LogTable {
				delete(columns, change.Name)
			}
		}
		if c.Everywhere == nil {
			c.Everywhere = map[string]Column{}
		}
		c.Everywhere[change.Name] = change.To // also in full: the settings may say otherwise
		return
	}
	if c.Tables == nil {
		c.Tables = map[string]map[string]Column{}
	}
	if c.Tables[change.Table] == nil {
		c.Tables[change.Table] = map[string]Column{}
	}
	c.Tables[change.Table][change.Name] = change.To
}

// Clone makes a copy for another goroutine.
func (c *Columns) Clone() *Columns {
	other := &Columns{Everywhere: maps.Clone(c.Everywhere), Tables: maps.Clone(c.Tables)}
	for table, columns := range other.Tables {
		other.Tables[table] = maps.Clone(columns)
	}
	return other
}
