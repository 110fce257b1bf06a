package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vtscope/stream"
	"vtscope/ui"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/pane/changes"
)

// The tables of the file with settings.
const (
	keysTable    = "keys"
	typingTable  = "typing"
	columnsTable = "columns"
)

// configure takes the settings of the file for flags that were not typed, and the keys.
func (f *flags) configure(all *pflag.FlagSet) error {
	path, named := f.config, f.config != ""
	if !named {
		if path = configFile(); path == "" {
			return nil
		}
	}
	settings, err := readSettings(path, named)
	if err != nil {
		return usagef("%s:%v", draw.Safe([]byte(path)), err)
	}
	var problems []error
	byTable := map[string][]setting{}
	for _, s := range settings {
		switch s.table {
		case "":
			problems = append(problems, f.set(all, &s))
		case columnsTable:
			problems = append(problems, f.setColumns(&s))
		case keysTable, typingTable:
			byTable[s.table] = append(byTable[s.table], s)
		default:
			problems = append(problems, s.problem("there is no table [%s]; there are [%s], [%s] and [%s]", s.table, columnsTable, keysTable, typingTable))
		}
	}
	table, typing := ui.Bindings()
	var more []error
	f.keys, more = keysOf(byTable[keysTable], table, false)
	problems = append(problems, more...)
	f.typing, more = keysOf(byTable[typingTable], typing, true)
	if err := errors.Join(append(problems, more...)...); err != nil {
		text := draw.Safe([]byte(strings.ReplaceAll(err.Error(), "\n", "; ")))
		return usagef("%s:%s", draw.Safe([]byte(path)), text)
	}
	return nil
}

// set sets a flag that was not typed.
func (f *flags) set(all *pflag.FlagSet, s *setting) error {
	flag := all.Lookup(s.name)
	if flag == nil || flag.Annotations[inFile] == nil {
		return s.problem("there is no setting %s%s", s.name, didYouMean(s.name, settable(all)))
	}
	_, connects := flag.Annotations[ofGate]
	if flag.Changed || f.demo && connects || s.name == "vtgate" && os.Getenv(vtgateVariable) != "" {
		return nil
	}
	list, takesList := flag.Value.(pflag.SliceValue)
	switch {
	case takesList:
		return list.Replace(s.values)
	case s.list:
		return s.problem("%s takes one value, no list", s.name)
	}
	if s.values[0] == "" && flag.DefValue != "" {
		return s.problem("%s: the value is empty", s.name)
	}
	err := flag.Value.Set(s.values[0])
	if err == nil && s.name == "theme" {
		err = checkTheme(f.theme)
	}
	if err != nil {
		return s.problem("%s = %q: %v", s.name, s.values[0], err)
	}
	return nil
}

// setColumns takes what the log shows at first.
func (f *flags) setColumns(s *setting) error {
	switch s.name {
	case "hidden":
		for _, name := range s.values {
			if n := strings.Count(name, "."); n != 0 && n != 2 {
				return s.problem("hidden: %q: write a column, or keyspace.table.column", name)
			}
		}
		f.hidden = s.values
	case "time":
		if s.list || !slices.Contains(changes.TimeNames, s.values[0]) {
			return s.problem("time is one of %s", strings.Join(changes.TimeNames, ", "))
		}
		f.times = s.values[0]
	default:
		return s.problem("there is no setting %s; there are hidden and time", s.name)
	}
	return nil
}

// settable names the flags that the file can set.
func settable(all *pflag.FlagSet) (names []string) {
	all.VisitAll(func(flag *pflag.Flag) {
		if flag.Annotations[inFile] != nil {
			names = append(names, flag.Name)
		}
	})
	return names
}

// didYouMean is the nearest of some names, as a question; "" where none is near.
func didYouMean(name string, names []string) string {
	if near := stream.Nearest(name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// keysOf reads other keys than a key table comes with. In the line where a filter is
// typed, a key that types something is for nothing else.
func keysOf(settings []setting, table []pane.Binding, typing bool) (other map[pane.Action][]string, problems []error) {
	other = map[pane.Action][]string{}
	places := map[pane.Action]*setting{}
	for i := range settings {
		s := &settings[i]
		act := pane.Action(s.name)
		if !slices.ContainsFunc(table, func(b pane.Binding) bool { return b.Action == act }) {
			problems = append(problems, s.problem("there is no action %s%s", s.name, didYouMean(s.name, actionNames(table))))
			continue
		}
		keys := []string{}
		for _, text := range s.values {
			key, err := pane.ParseKey(text)
			if err == nil && !typing && key == "ctrl+h" {
				err = fmt.Errorf("%q cannot be told from backspace on some terminals", text)
			}
			if err == nil && typing && pane.Types(key) {
				err = fmt.Errorf("%q types something: take a key with ctrl- or alt-", text)
			}
			if err != nil {
				problems = append(problems, s.problem("%s: %v", s.name, err))
				continue
			}
			keys = append(keys, key)
		}
		other[act], places[act] = keys, s
	}
	return other, append(problems, conflicts(table, other, places)...)
}

// indispensable are the actions without which somebody could not leave.
var indispensable = []pane.Action{pane.ActQuit, pane.ActApply, "leave"}

// conflicts tells of keys that stand for two actions, and of an end that has none.
func conflicts(table []pane.Binding, other map[pane.Action][]string, places map[pane.Action]*setting) (problems []error) {
	of := map[string]pane.Action{}
	for _, b := range pane.NewKeys(table, other).Bindings {
		for _, key := range b.Keys {
			first, taken := of[key]
			if !taken {
				of[key] = b.Action
				continue
			}
			place := places[b.Action]
			if place == nil {
				place = places[first]
			}
			problems = append(problems, place.problem("%s is the key of both %s and %s; give one of them another, or none: %s = []",
				pane.Written(key), first, b.Action, b.Action))
		}
		if place := places[b.Action]; place != nil && slices.Contains(indispensable, b.Action) && len(b.Keys) == 0 {
			problems = append(problems, place.problem("%s needs a key: there would be no way out", b.Action))
		}
	}
	return problems
}

func actionNames(table []pane.Binding) (names []string) {
	for _, b := range table {
		names = append(names, string(b.Action))
	}
	return names
}
