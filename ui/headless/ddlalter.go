package headless

import (
	"strings"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/sqlparser"
)

// alter judges an ALTER TABLE by its options. One that adds and takes away
// comes apart, since the two stand in different places.
func (d *ddl) alter(s *sqlparser.AlterTable, before oldTable) {
	name := s.Table.Name.String()
	old, own := before(name)
	if own {
		d.expect(s, old)
	}
	first, last, other := clone(s), clone(s), false
	var renames []rename
	for _, option := range s.AlterOptions {
		d.fill(name, option)
		switch effect, r := effectOf(option, name, old); effect {
		case adds:
			first.AlterOptions = append(first.AlterOptions, option)
		case takes:
			last.AlterOptions = append(last.AlterOptions, option)
		case renamed:
			renames = append(renames, r...)
		default:
			other = true
		}
	}
	switch {
	case s.PartitionSpec != nil:
		d.partition(s.PartitionSpec)
	case other, len(renames) > 0 && len(renames) < len(s.AlterOptions):
		d.parts = []ddlPart{{text: d.text, effect: changes}}
	case len(renames) > 0:
		d.parts = []ddlPart{{text: d.text, effect: renamed, renames: renames}}
	case len(last.AlterOptions) == 0:
		d.parts = []ddlPart{{text: d.text, effect: adds}}
	case len(first.AlterOptions) == 0:
		d.parts = []ddlPart{{text: d.text, effect: takes}}
	case s.PartitionOption != nil:
		d.parts = []ddlPart{{text: d.text, effect: changes}}
	default:
		d.parts = []ddlPart{
			{text: []byte(sqlparser.String(first)), effect: adds}, {text: []byte(sqlparser.String(last)), effect: takes},
		}
	}
}

// clone gives the statement without its options.
func clone(s *sqlparser.AlterTable) *sqlparser.AlterTable {
	return &sqlparser.AlterTable{Table: s.Table, FullyParsed: true}
}

// partition judges what an ALTER does to partitions: some of it to their rows.
func (d *ddl) partition(p *sqlparser.PartitionSpec) {
	effect := changes
	switch p.Action {
	case sqlparser.AddAction:
		effect = adds
	case sqlparser.DropAction:
		effect = takes
	case sqlparser.TruncateAction:
		effect = empties
	case sqlparser.ExchangeAction, sqlparser.DiscardAction, sqlparser.ImportAction:
		d.refuse("no rows come of what it does to partitions")
	}
	d.parts = []ddlPart{{text: d.text, effect: effect}}
}

// fill takes note of values that a server makes up for the rows that are there.
func (d *ddl) fill(table string, option sqlparser.AlterOption) {
	switch o := option.(type) {
	case *sqlparser.TablespaceOperation:
		d.refuse("no rows come of a tablespace")
	case *sqlparser.ModifyColumn:
		d.define(table, o.NewColDefinition)
	case *sqlparser.ChangeColumn:
		d.define(table, o.NewColDefinition)
	case *sqlparser.AddColumns:
		for _, column := range o.Columns {
			d.define(table, column)
			d.fillColumn(column)
		}
	}
}

// expect holds the names of the rows before against what the statement changes.
// Tablets name the columns of old rows as the table has them today, so rows that
// are read after the DDL may go by the names of after it.
func (d *ddl) expect(s *sqlparser.AlterTable, old *stream.Table) {
	has := func(name string) bool {
		_, ok := old.Column(name)
		return ok
	}
	later := false
	for _, option := range s.AlterOptions {
		switch o := option.(type) {
		case *sqlparser.DropColumn:
			later = later || !has(o.Name.Name.String())
		case *sqlparser.RenameColumn:
			later = later || !has(o.OldName.Name.String())
		case *sqlparser.ChangeColumn:
			later = later || !has(o.OldColumn.Name.String())
		case *sqlparser.AddColumns:
			for _, column := range o.Columns {
				later = later || has(column.Name.String())
			}
		}
	}
	if later {
		d.refuse("the rows before it have the names of the columns that it makes, since they were read after it")
	}
}

func (d *ddl) fillColumn(column *sqlparser.ColumnDefinition) {
	options := column.Type.Options
	if options == nil {
		return
	}
	if options.Autoincrement {
		d.refuse("each server numbers the rows that are there by itself")
	}
	switch value := options.Default.(type) {
	case nil:
	case *sqlparser.CurTimeFuncExpr:
		d.fills = true
		if value.Fsp != 0 {
			d.refuse("the rows that are there get a time that the stream does not tell")
		}
	default:
		if !options.DefaultLiteral && !isConstant(value) {
			d.refuse("each server makes up a default for the rows that are there by itself")
		}
	}
}

// isConstant reports whether an expression calls nothing, whose value could be
// another each time.
func isConstant(e sqlparser.Expr) bool {
	constant := true
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		switch node.(type) {
		case *sqlparser.FuncExpr, *sqlparser.CurTimeFuncExpr, sqlparser.Callable:
			constant = false
		}
		return constant, nil
	}, e)
	return constant
}

// effectOf says what one option of an ALTER does to a table that was old before.
func effectOf(option sqlparser.AlterOption, table string, old *stream.Table) (effect, []rename) {
	switch o := option.(type) {
	case *sqlparser.AddColumns, *sqlparser.AlterColumn, *sqlparser.AlterIndex, *sqlparser.RenameIndex, *sqlparser.KeyState,
		*sqlparser.Force, *sqlparser.LockOption, sqlparser.AlgorithmValue, sqlparser.TableOptions, *sqlparser.Validation:
		return adds, nil
	case *sqlparser.DropColumn, *sqlparser.AddConstraintDefinition:
		return takes, nil
	case *sqlparser.AlterCheck:
		if o.Enforced {
			return takes, nil
		}
		return adds, nil
	case *sqlparser.AddIndexDefinition:
		switch o.IndexDefinition.Info.Type {
		case sqlparser.IndexTypePrimary:
			return changes, nil
		case sqlparser.IndexTypeUnique:
			return takes, nil
		}
		return adds, nil
	case *sqlparser.DropKey:
		if o.Type == sqlparser.PrimaryKeyType {
			return changes, nil
		}
		return adds, nil
	case *sqlparser.ModifyColumn:
		return effectOfType(old, o.NewColDefinition.Name.String(), o.NewColDefinition.Type), nil
	case *sqlparser.ChangeColumn:
		from, to := o.OldColumn.Name.String(), o.NewColDefinition.Name.String()
		if strings.EqualFold(from, to) {
			return effectOfType(old, from, o.NewColDefinition.Type), nil
		}
		if isSameType(old, from, o.NewColDefinition.Type) {
			return renamed, []rename{{table, from, from, to}}
		}
	case *sqlparser.RenameColumn:
		from := o.OldName.Name.String()
		return renamed, []rename{{table, from, from, o.NewName.Name.String()}}
	case *sqlparser.RenameTableName:
		return renamed, []rename{{table: table, from: table, to: o.Table.Name.String()}}
	}
	return changes, nil
}
