package files

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ownerOnly is the mode of a new file: what it holds may be personal data.
const ownerOnly = 0o600

// Write replaces a file's content in one step, so that it is whole at any
// moment. It follows links and keeps the mode, and as far as it may the owner,
// of a file that is there. What is no regular file is an error.
func Write(path string, content []byte) error {
	return Fill(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Fill is Write with content that is made as it is written. Where that fails, the file
// stays as it was.
func Fill(path string, fill func(io.Writer) error) error {
	target, info, err := resolve(path)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return plain(err)
	}
	buffered := bufio.NewWriterSize(file, fillBuffer)
	if err = fill(buffered); err == nil {
		err = buffered.Flush()
	}
	if err == nil && info != nil {
		keepOwner(file, info)
		err = file.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), target)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // what counts is the first error
		return plain(err)
	}
	return nil
}

// fillBuffer is how much is written to a file at once, in bytes.
const fillBuffer = 256 << 10

// Check reports whether Write could write there.
func Check(path string) error {
	target, _, err := resolve(path)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return plain(err)
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// mostLinks is how many links lead to a file at most, as in Linux.
const mostLinks = 40

// resolve follows links, also one to a file that is not there yet. The info is
// nil where there is no file.
func resolve(path string) (target string, info fs.FileInfo, err error) {
	for range mostLinks {
		info, err = os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil, nil
		case err != nil:
			return "", nil, plain(err)
		case info.Mode().IsRegular():
			return path, info, nil
		case info.Mode()&fs.ModeSymlink == 0:
			return "", nil, fmt.Errorf("it is %s, no regular file", kind(info.Mode()))
		}
		next, err := os.Readlink(path)
		if err != nil {
			return "", nil, plain(err)
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(path), next)
		}
		path = next
	}
	return "", nil, errors.New("too many links lead to it")
}
