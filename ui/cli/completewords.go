package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"vitess.io/vitess/go/vt/proto/topodata"

	"vtscope/stream/vtgate"
)

// completionLimit is how long VTGate has for what a shell completes: somebody waits.
var completionLimit = 2 * time.Second

// The flags with which the scripts of --completion ask for words.
const (
	completeTarget = "complete-target"
	completeTable  = "complete-table"
)

// isCompletion reports whether the command line asks for words. What is wrong with the
// rest of it is nobody's business then: it is half typed.
func isCompletion(args []string) bool {
	return slices.Contains(args, "--"+completeTarget) || slices.Contains(args, "--"+completeTable)
}

// A wordList is what the script of a shell asks for.
type wordList struct {
	typed   string
	tables  bool // of the targets; else targets
	targets []string
}

// wordsOf is what is asked for, nil for nothing.
func wordsOf(f *flags, args []string) *wordList {
	if !isCompletion(args) {
		return nil
	}
	if slices.Contains(args, "--"+completeTable) {
		return &wordList{f.completeTable, true, f.stream.Targets}
	}
	return &wordList{typed: f.completeTarget}
}

// complete prints the words, and says nothing of what goes wrong.
func (j *job) complete(ctx context.Context, words *wordList) {
	ctx, cancel := context.WithTimeout(ctx, completionLimit)
	defer cancel()
	j.words, j.gate.ConnectTimeout = words, min(j.gate.ConnectTimeout, completionLimit)
	_ = j.do(ctx) // the reader is a shell, in the middle of a line
}

// print prints those that begin with what is typed, one a line; nothing where VTGate does
// not answer.
func (l *wordList) print(ctx context.Context, client *vtgate.Client, w io.Writer) {
	var words []string
	if l.tables {
		words = tableWords(ctx, client, l.targets)
	} else {
		words = targetWords(ctx, client, l.typed)
	}
	for _, word := range words {
		if strings.HasPrefix(word, l.typed) && isPlainWord(word) {
			fmt.Fprintln(w, word)
		}
	}
}

// isPlainWord keeps names away from shells that would make something else of them.
func isPlainWord(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool {
		return r > '~' || !strings.ContainsRune("_-.:@", r) && !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9')
	})
}

// targetWords are the keyspaces; once one is typed, its shards, and after an @ the types
// of tablet.
func targetWords(ctx context.Context, client *vtgate.Client, typed string) (words []string) {
	if target, _, typing := strings.Cut(typed, "@"); typing {
		for _, name := range []string{"primary", "replica", "rdonly"} {
			words = append(words, target+"@"+name)
		}
		return words
	}
	keyspace, _, shard := strings.Cut(typed, ":")
	if !shard {
		words, _ = client.Keyspaces(ctx) // none where VTGate does not tell
		if !slices.Contains(words, keyspace) {
			return words
		}
	}
	shards, _ := client.Shards(ctx, keyspace, topodata.TabletType_PRIMARY)
	for _, name := range shards[keyspace] {
		words = append(words, keyspace+":"+name)
	}
	return words
}

// tableWords are the tables of the keyspaces that are typed, or of all.
func tableWords(ctx context.Context, client *vtgate.Client, targets []string) (words []string) {
	var keyspaces []string
	for _, target := range targets {
		keyspace, _, _ := strings.Cut(target, "@")
		keyspace, _, _ = strings.Cut(keyspace, ":")
		keyspaces = append(keyspaces, keyspace)
	}
	if len(keyspaces) == 0 {
		keyspaces, _ = client.Keyspaces(ctx)
	}
	for _, keyspace := range keyspaces {
		tables, _ := client.Tables(ctx, keyspace)
		words = append(words, tables...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
