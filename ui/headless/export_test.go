package headless

// SetOpenMemory sets what open transactions may take of memory, until restore is
// called.
func SetOpenMemory(open, spilled int) (restore func()) {
	o, s := openMemory, spilledMemory
	openMemory, spilledMemory = open, spilled
	return func() { openMemory, spilledMemory = o, s }
}

// SetLargeValue sets how many bytes a value has that is printed by segments, and
// how many a segment has.
func SetLargeValue(size, segment int) (restore func()) {
	l, s := largeValue, segmentSize
	largeValue, segmentSize = size, segment
	return func() { largeValue, segmentSize = l, s }
}
