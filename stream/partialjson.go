package stream

// ResolvePartialJSON replaces what after holds as PartialJSON by the document
// it stands for, where before tells the one it changes and the change is
// certain; where not, the value becomes Absent.
func ResolvePartialJSON(before, after []Value) {
	for i := range after {
		if after[i].State != PartialJSON {
			continue
		}
		expression := after[i].Raw
		after[i] = Value{State: Absent}
		if i >= len(before) {
			continue
		}
		if len(expression) == 0 {
			after[i] = before[i]
			continue
		}
		if before[i].State != Present {
			continue
		}
	}
}
