package files

import (
	"errors"
	"io/fs"
	"os"
)

// ErrExists is a file that is there already.
var ErrExists = errors.New("it exists")

// CheckNew reports whether Grow could make a file there; one that exists is ErrExists
// unless it may be replaced.
func CheckNew(path string, replace bool) error {
	_, info, err := resolve(path)
	switch {
	case err != nil:
		return err
	case info != nil && !replace:
		return ErrExists
	}
	return Check(path)
}

// Grow makes a file that is written bit by bit, and replaces what is there where that is
// allowed. It follows links; what is no regular file is an error.
func Grow(path string, replace bool) (*os.File, error) {
	target, info, err := resolve(path)
	if err != nil {
		return nil, err
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if info != nil && replace {
		flags = os.O_WRONLY | os.O_TRUNC
	}
	file, err := os.OpenFile(target, flags, ownerOnly)
	if errors.Is(err, fs.ErrExist) {
		return nil, ErrExists
	}
	if err != nil {
		return nil, plain(err)
	}
	return file, nil
}
