package draw

import "strings"

// ShellQuoted writes a word so that a shell takes it as it is.
func ShellQuoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
