package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Limits of what is read, in bytes. A position of 256 shards with long GTID sets
// has some megabytes, a secret a few kilobytes.
const (
	PositionLimit = 64 << 20
	SecretLimit   = 1 << 20
)

// Read reads a regular file or a pipe to its end. What has more than limit bytes
// is an error, and so is a folder, a device or a socket, of which some have no
// end. A terminal is none either: nobody would know that it waits.
func Read(path string, limit int64) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it is only read
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, plain(err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("it has more than %d bytes", limit)
	}
	return content, nil
}

func readable(info fs.FileInfo) error {
	if info.Mode().IsRegular() || info.Mode()&fs.ModeNamedPipe != 0 {
		return nil
	}
	return fmt.Errorf("it is %s, no regular file", kind(info.Mode()))
}

// kind names what is no regular file.
func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something special"
}

// plain leaves out the path, which the caller's message has.
func plain(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Open opens a regular file or a pipe, for what is too large to be read at once.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, plain(err)
	}
	if err := readable(info); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, plain(err)
	}
	// It may be another file by now.
	if info, err = file.Stat(); err == nil {
		err = readable(info)
	}
	if err != nil {
		_ = file.Close() // it was only opened
		return nil, plain(err)
	}
	return file, nil
}
