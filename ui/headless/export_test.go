package headless

// SetOpenMemory sets what open transactions may take of memory, until restore is
// called.
func SetOpenMemory(open, spilled int) (restore func()) {
	o, s := openMemory, spilledMemory
	openMemory, spilledMemory = open, spilled
	return func() { openMemory, spilledMemory = o, s }
}
