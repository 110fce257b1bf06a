package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"vtscope/internal/files"
)

// A setting is one line of the file with settings.
type setting struct {
	table, name  string // the table is "" at the beginning of the file
	values       []string
	list         bool // it is an array
	line, column int
}

// settingsLimit bounds the file, in bytes.
const settingsLimit = 1 << 20

// problem says what is wrong with a setting, and where.
func (s *setting) problem(format string, args ...any) error {
	return fmt.Errorf("%d:%d: %s", s.line, s.column, fmt.Sprintf(format, args...))
}

// readSettings reads a file in TOML. One that nobody has named need not exist.
func readSettings(path string, named bool) ([]setting, error) {
	content, err := files.Read(path, settingsLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf(" %w", err)
	}
	var whole map[string]any
	if err := toml.Unmarshal(content, &whole); err != nil {
		var broken *toml.DecodeError
		if !errors.As(err, &broken) {
			return nil, fmt.Errorf(" %w", err)
		}
		line, column := broken.Position()
		return nil, fmt.Errorf("%d:%d: %s", line, column, strings.TrimPrefix(broken.Error(), "toml: "))
	}
	return listSettings(content)
}

// listSettings lists what a valid file says, with the place of each: the decoder tells
// places only of what it does not know.
func listSettings(content []byte) (list []setting, err error) {
	var p unstable.Parser
	table := ""
	for p.Reset(content); p.NextExpression(); {
		node := p.Expression()
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = keyText(node.Key())
		case unstable.KeyValue:
			s := setting{table: table, name: keyText(node.Key())}
			key := node.Key()
			key.Next()
			at := p.Shape(key.Node().Raw).Start
			s.line, s.column = at.Line, at.Column
			if s.values, s.list, err = valuesOfNode(node.Value()); err != nil {
				return nil, s.problem("%s: %v", s.name, err)
			}
			list = append(list, s)
		}
	}
	return list, p.Error()
}

func keyText(key unstable.Iterator) string {
	var parts []string
	for key.Next() {
		parts = append(parts, string(key.Node().Data))
	}
	return strings.Join(parts, ".")
}

// valuesOfNode are a setting's values, each as it would be typed on the command line.
func valuesOfNode(node *unstable.Node) (values []string, list bool, err error) {
	switch node.Kind {
	case unstable.String, unstable.Bool, unstable.Integer, unstable.Float:
		return []string{string(node.Data)}, false, nil
	case unstable.Array:
		for elements := node.Children(); elements.Next(); {
			element, nested, err := valuesOfNode(elements.Node())
			if err != nil || nested {
				return nil, true, errors.New("a list of words is wanted")
			}
			values = append(values, element...)
		}
		return values, true, nil
	}
	return nil, false, errors.New("a word, a number, true or false is wanted, or a list of them")
}
