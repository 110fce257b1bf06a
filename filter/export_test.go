package filter

// Signatures lists how the functions of a filter are called.
func Signatures() (signatures []string) {
	for i := range functions {
		signatures = append(signatures, functions[i].signature)
	}
	return signatures
}
