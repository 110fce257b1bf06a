package headless

import "os"

// tempFile opens a file that is gone when it is closed, in $TMPDIR.
func tempFile() (*os.File, error) {
	file, err := os.CreateTemp("", "vtscope-*")
	if err == nil {
		_ = os.Remove(file.Name()) // where that can be done to an open file, nothing is left behind
	}
	return file, err
}

// removeTemp closes such a file, nil for none.
func removeTemp(file *os.File) {
	if file != nil {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
}
