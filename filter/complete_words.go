package filter

// A word is a keyword or a sign that completion knows.
type word struct{ text, detail string }

// What can follow an operand, the likeliest first.
var (
	comparisonWords = []word{
		{"=", "is equal"},
		{"<>", "is not equal"},
		{"<=>", "is equal; NULL is equal to NULL"},
		{"<", "is less"},
		{"<=", "is less or equal"},
		{">", "is greater"},
		{">=", "is greater or equal"},
		{"like", "matches a pattern with % and _"},
		{"not like", "does not match a pattern with % and _"},
		{"in (", "is one of a list"},
		{"not in (", "is none of a list"},
		{"between", "lies between two values, or is one of them"},
		{"not between", "lies outside of two values"},
		{"is null", ""},
		{"is not null", ""},
		{"regexp", "matches a regular expression"},
		{"not regexp", "does not match a regular expression"},
		{"->>", "what a JSON document holds at a path, as text"},
	}
	connectiveWords = []word{
		{"and", "both"},
		{"or", "either"},
		{"xor", "one of them only"},
	}
	units        = []word{{"second", ""}, {"minute", ""}, {"hour", ""}, {"day", ""}, {"week", ""}, {"month", ""}, {"year", ""}}
	caseWords    = []word{{"when", "case"}, {"then", "case"}, {"else", "case"}, {"end", "case"}}
	truthWords   = []word{{"null", ""}, {"true", ""}, {"false", ""}}
	negatedWords = []word{
		{"like", "does not match a pattern with % and _"},
		{"in (", "is none of a list"},
		{"between", "lies outside of two values"},
		{"regexp", "does not match a regular expression"},
	}
)

// images are what stands before a column to name an image.
var images = []word{
	{"before.", "the row before the change"},
	{"after.", "the row after the change"},
}

// openers are the keywords with which an operand begins.
var openers = []word{
	{"not", ""},
	{"null", ""},
	{"true", ""},
	{"false", ""},
	{"case", "case when … then … end"},
}
