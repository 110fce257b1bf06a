package files

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

// A Lock says that one process writes a file.
type Lock struct{ flock *flock.Flock }

// Claim takes the right to write a file for this process, until Release or the
// process's end. The error names the process that has it.
func Claim(path string) (*Lock, error) {
	target, _, err := resolve(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".lock")
	lock := flock.New(name, flock.SetPermissions(ownerOnly))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, plain(err)
	}
	if !ok {
		return nil, errors.New("another vtscope writes it" + process(name))
	}
	// It is only for people, so that a failure does not matter.
	_ = os.WriteFile(name, []byte(strconv.Itoa(os.Getpid())+"\n"), ownerOnly)
	return &Lock{lock}, nil
}

// process says which process has a lock, as far as it has written that.
func process(name string) string {
	content, err := Read(name, 100)
	if pid := strings.TrimSpace(string(content)); err == nil && pid != "" {
		if _, err := strconv.Atoi(pid); err == nil {
			return ", process " + pid
		}
	}
	return ""
}

// Release gives the right back. A nil Lock has none.
func (l *Lock) Release() {
	if l == nil {
		return
	}
	_ = os.Remove(l.flock.Path()) // before it is unlocked, so that it is ours
	_ = l.flock.Close()
}
