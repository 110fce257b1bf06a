package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/internal/files"
)

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestWriteKeepsWhatIsThere follows links, also to what is not there yet, and
// keeps the mode.
func TestWriteKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	file, link, dangling := filepath.Join(folder, "file"), filepath.Join(folder, "link"), filepath.Join(folder, "dangling")
	if err := os.WriteFile(file, []byte("old"), 0o664); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o664); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{link: "file", dangling: "later"} {
		if err := os.Symlink(to, name); err != nil {
			t.Skip(err)
		}
	}
	for _, name := range []string{link, dangling} {
		if err := files.Write(name, []byte("new")); err != nil {
			t.Error(err)
		}
		if info, err := os.Lstat(name); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s is no link any more: %v", name, err)
		}
	}
	if got := read(t, file) + read(t, filepath.Join(folder, "later")); got != "newnew" {
		t.Errorf("the files hold %q", got)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("the mode is %v (%v)", info.Mode(), err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 4 {
		t.Errorf("there are %v (%v)", left, err)
	}
}

// TestWhatIsNoFile is neither written nor read, and left as it is.
func TestWhatIsNoFile(t *testing.T) {
	folder := t.TempDir()
	loop := filepath.Join(folder, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Skip(err)
	}
	for path, says := range map[string]string{folder: "it is a folder", os.DevNull: "it is a device", loop: "too many"} {
		for name, err := range map[string]error{"write": files.Write(path, []byte("x")), "check": files.Check(path)} {
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s %s: %v", name, path, err)
			}
		}
		if _, err := files.Read(path, 10); err == nil {
			t.Errorf("%s can be read", path)
		}
	}
	if _, err := os.Stat(os.DevNull); err != nil {
		t.Error(err)
	}
}

func TestReadIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if content, err := files.Read(path, 5); err != nil || string(content) != "12345" {
		t.Errorf("read %q (%v)", content, err)
	}
	if _, err := files.Read(path, 4); err == nil || err.Error() != "it has more than 4 bytes" {
		t.Errorf("one byte too many: %v", err)
	}
}

func TestClaim(t *testing.T) {
	path := filepath.Join(t.TempDir(), "position")
	lock, err := files.Claim(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := files.Claim(path); err == nil || !strings.Contains(err.Error(), "another vtscope writes it, process ") {
		t.Errorf("a second claim: %v", err)
	}
	lock.Release()
	again, err := files.Claim(path)
	if err != nil {
		t.Fatal(err)
	}
	again.Release()
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 0 {
		t.Errorf("left: %v (%v)", left, err)
	}
}
