package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/internal/files"
)

// TestSaveTakesNothingAway refuses what would be replaced, and leaves it.
func TestSaveTakesNothingAway(t *testing.T) {
	folder := t.TempDir()
	other, written := filepath.Join(folder, "other"), filepath.Join(folder, "written")
	if err := os.WriteFile(other, []byte("my notes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	lock, err := files.Claim(written)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	for path, says := range map[string]string{
		folder: "it is a folder", os.DevNull: "it is a device", other: "it holds something other than a position",
		written: "another vtscope writes it, process ",
	} {
		code, _, messages := vtscope(t, "--demo", "-o", "json", "-n", "1", "--save-position", path)
		if code != exitUsage || !strings.Contains(messages, says) {
			t.Errorf("%s: exit code %d, %s", path, code, messages)
		}
	}
	if got := readFile(t, other); got != "my notes\n" {
		t.Errorf("the other file holds %q", got)
	}
}

// TestSaveFollowsLinks and keeps the mode of the file.
func TestSaveFollowsLinks(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "file"), filepath.Join(folder, "link")
	if err := os.WriteFile(file, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file", link); err != nil {
		t.Skip(err)
	}
	code, _, messages := vtscope(t, "--demo", "-o", "json", "-n", "1", "--save-position", link)
	info, err := os.Stat(file)
	if code != exitOK || err != nil || info.Mode().Perm() != 0o640 || !strings.HasPrefix(readFile(t, file), "[{") {
		t.Errorf("exit code %d, %v (%v), %s", code, info, err, messages)
	}
}

// TestLongPositionsAreKept has a closing line that can be pasted, whatever the
// number of shards.
func TestLongPositionsAreKept(t *testing.T) {
	state := t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	for range keptPositions + 2 {
		if _, err := keepPosition("[]"); err != nil {
			t.Fatal(err)
		}
	}
	_, _, messages := vtscope(t, "--demo", "--demo-shards", "64", "-o", "json", "-n", "1")
	_, word, found := strings.Cut(strings.TrimSpace(messages), "resume with --from ")
	if !found || !strings.HasPrefix(word, "@"+state) || len(messages) > 2*maxMessage {
		t.Fatalf("said %s", messages)
	}
	if code, _, messages := vtscope(t, "--demo", "--demo-shards", "64", "--demo-rate", "0", "--check-position", word); code == exitUsage {
		t.Errorf("the file is no position: %s", messages)
	}
	if kept, err := filepath.Glob(filepath.Join(state, "vtscope", "positions", "*")); err != nil || len(kept) > keptPositions {
		t.Errorf("%d files are kept (%v)", len(kept), err)
	}
}

// TestResumeWordIsOneWord: a shell runs nothing of it.
func TestResumeWordIsOneWord(t *testing.T) {
	if got, want := resumeWord(`x'; touch /tmp/p; '`), `'x'\''; touch /tmp/p; '\'''`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestWhatIsNamedIsBounded reads no device, which has no end.
func TestWhatIsNamedIsBounded(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	for _, args := range []string{
		"--from @/dev/zero", "--until @/dev/zero", "--check-position @/dev/zero", "--header x=@/dev/zero",
		"--grpc-auth-static-client-creds /dev/zero", "--vtgate-grpc-ca /dev/zero", "--vtgate-grpc-cert /dev/zero --vtgate-grpc-key /dev/zero",
	} {
		code, _, messages := vtscope(t, append([]string{"--vtgate", "127.0.0.1:1", "-o", "json"}, strings.Fields(args)...)...)
		if code != exitUsage || !strings.Contains(messages, "it is a device") {
			t.Errorf("%s: exit code %d, %s", args, code, messages)
		}
	}
}
