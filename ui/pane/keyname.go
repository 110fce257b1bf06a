package pane

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// keyNames are the keys that are no character.
var keyNames = []string{
	"up", "down", "left", "right", "home", "end", "pgup", "pgdown", "space", "enter", "tab", "esc", "backspace",
	"delete", "insert", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
}

// keyAliases are other names for them, those that the screen shows among them.
var keyAliases = map[string]string{"pgdn": "pgdown", "pageup": "pgup", "pagedown": "pgdown", "↑": "up", "↓": "down", "←": "left", "→": "right", "escape": "esc", "return": "enter", "del": "delete"}

// Types reports whether a keystroke types a character.
func Types(key string) bool { return key == "space" || utf8.RuneCountInString(key) == 1 }

// sameKeys are keystrokes for which terminals send what they send for another key.
var sameKeys = map[string]string{"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+[": "esc"}

// ParseKey reads a keystroke as people write it, such as ctrl-u, G, space or /, and gives
// Bubble Tea's name for it.
func ParseKey(text string) (string, error) {
	modifiers, base := "", text
	for _, modifier := range []string{"ctrl", "alt", "shift"} { // in the order of Bubble Tea
		for _, sign := range []string{"-", "+"} {
			if rest, is := strings.CutPrefix(strings.ToLower(base), modifier+sign); is && rest != "" {
				modifiers, base = modifiers+modifier+"+", base[len(base)-len(rest):]
			}
		}
	}
	switch r, _ := utf8.DecodeRuneInString(base); {
	case slices.Contains(keyNames, strings.ToLower(base)):
		base = strings.ToLower(base)
	case keyAliases[strings.ToLower(base)] != "":
		base = keyAliases[strings.ToLower(base)]
	case base == " ":
		base = "space"
	case utf8.RuneCountInString(base) != 1 || !unicode.IsPrint(r):
		return "", fmt.Errorf("%q is no key: write a character, %s, or one of them after ctrl-, alt- or shift-", text, strings.Join(keyNames, ", "))
	case modifiers == "shift+":
		modifiers, base = "", strings.ToUpper(base)
	case modifiers == "alt+" && unicode.IsUpper(r):
		modifiers, base = "alt+shift+", strings.ToLower(base)
	case modifiers != "":
		base = strings.ToLower(base)
	}
	if same := sameKeys[modifiers+base]; same != "" {
		return "", fmt.Errorf("%q cannot be told from %s: terminals send the same for both", text, same)
	}
	if key := modifiers + base; key == "ctrl+s" || key == "ctrl+q" {
		return "", fmt.Errorf("%q stops and starts many terminals", text)
	}
	return modifiers + base, nil
}
