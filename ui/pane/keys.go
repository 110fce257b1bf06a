package pane

import "strings"

// A Binding is one line of a key table: the key line, the help and the manual are made
// from it.
type Binding struct {
	Keys   []string // as Bubble Tea names keystrokes
	Action Action
	// Show is how the keys are written for people.
	Show string
	Help string
	// Short is the word in the key line whatever has the keys, "" where the key is not in
	// it.
	Short string
	Group string
}

// Keys is a key table, and what each key does.
type Keys struct {
	Bindings []Binding
	actions  map[string]Action
}

// NewKeys makes a key table with other keys than it comes with, by the action; nil for
// those that it comes with.
func NewKeys(table []Binding, other map[Action][]string) *Keys {
	k := &Keys{actions: map[string]Action{}}
	for _, b := range table {
		if keys, is := other[b.Action]; is {
			b.Keys, b.Show = keys, shown(keys)
		}
		k.Bindings = append(k.Bindings, b)
		for _, key := range b.Keys {
			k.actions[key] = b.Action
		}
	}
	return k
}

// Action is what a key does, "" for nothing.
func (k *Keys) Action(key string) Action { return k.actions[key] }

// Of is the line of an action, nil where there is none.
func (k *Keys) Of(act Action) *Binding {
	for i := range k.Bindings {
		if k.Bindings[i].Action == act {
			return &k.Bindings[i]
		}
	}
	return nil
}

// Key is how the key of an action is written for people, the first where there are
// several; where it has none, the action's name as the palette knows it.
func (k *Keys) Key(act Action) string {
	b := k.Of(act)
	if b == nil || len(b.Keys) == 0 {
		return ":" + string(act)
	}
	return Written(b.Keys[0])
}

// written are the names of keys as people know them.
var written = map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→", "pgdown": "pgdn"}

// Written is how a keystroke is written for people.
func Written(key string) string {
	parts := strings.Split(key, "+")
	if key == "+" || strings.HasSuffix(key, "++") {
		parts = append(parts[:len(parts)-2], "+")
	}
	for i, part := range parts {
		if name, is := written[part]; is {
			parts[i] = name
		}
	}
	return strings.Join(parts, "-")
}

// shown writes the first two of some keys.
func shown(keys []string) string {
	var list []string
	for _, key := range keys[:min(len(keys), 2)] {
		list = append(list, Written(key))
	}
	return strings.Join(list, " ")
}
