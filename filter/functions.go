package filter

import "strings"

// A function is one that a filter may call. What has no row here is refused by
// its name.
type function struct {
	name string
	// signature is how it is called, for people: what stands in brackets may be
	// left out, … stands for more of the same.
	signature string
	help      string // what it gives, in a few words
	// size bounds the result by the arguments.
	size sizeRule
}

// functions are those that the evaluation engine knows and that make sense for
// a row, in alphabetical order.
var functions = []function{
	{"abs", "abs(number)", "without its sign", numberSize},
	{"acos", "acos(number)", "arc cosine", numberSize},
	{"adddate", "adddate(date, INTERVAL n unit)", "a later date", timeSize},
	{"ascii", "ascii(text)", "code of the first byte", numberSize},
	{"asin", "asin(number)", "arc sine", numberSize},
	{"atan", "atan(number[, number])", "arc tangent", numberSize},
	{"atan2", "atan2(number, number)", "arc tangent", numberSize},
	{"bin", "bin(number)", "in binary digits", numberSize},
	{"bin_to_uuid", "bin_to_uuid(binary[, swapped])", "UUID as text", numberSize},
	{"bit_count", "bit_count(number)", "how many bits are set", numberSize},
	{"bit_length", "bit_length(text)", "length in bits", numberSize},
	{"cast", "cast(value AS type)", "as CHAR, SIGNED, DECIMAL(m, d), DATE, JSON …", castSize},
	{"ceil", "ceil(number)", "rounded up", numberSize},
	{"ceiling", "ceiling(number)", "rounded up", numberSize},
	{"changed", "changed(column)", "whether an update changed it", numberSize},
	{"char", "char(code, …)", "characters of codes", charSize},
	{"char_length", "char_length(text)", "length in characters", numberSize},
	{"character_length", "character_length(text)", "length in characters", numberSize},
	{"coalesce", "coalesce(value, …)", "the first that is not NULL", sumSize},
	{"collation", "collation(text)", "name of its collation", numberSize},
	{"concat", "concat(text, …)", "joined", sumSize},
	{"concat_ws", "concat_ws(separator, text, …)", "joined, with a separator", joinSize},
	{"conv", "conv(number, from_base, to_base)", "in another base", numberSize},
	{"convert", "convert(value, type)", "as another type; convert(text USING charset)", castSize},
	{"convert_tz", "convert_tz(datetime, from, to)", "in another time zone", timeSize},
	{"cos", "cos(number)", "cosine", numberSize},
	{"cot", "cot(number)", "cotangent", numberSize},
	{"crc32", "crc32(text)", "checksum", numberSize},
	{"curdate", "curdate()", "today, in UTC", timeSize},
	{"current_date", "current_date()", "today, in UTC", timeSize},
	{"current_time", "current_time([digits])", "now, in UTC", timeSize},
	{"current_timestamp", "current_timestamp([digits])", "now, in UTC", timeSize},
	{"curtime", "curtime([digits])", "now, in UTC", timeSize},
	{"date", "date(datetime)", "its date", timeSize},
	{"date_add", "date_add(date, INTERVAL n unit)", "a later date", timeSize},
	{"date_format", "date_format(date, format)", "as text, such as '%Y-%m'", formatSize},
	{"date_sub", "date_sub(date, INTERVAL n unit)", "an earlier date", timeSize},
	{"datediff", "datediff(date, date)", "days between", numberSize},
	{"day", "day(date)", "day of the month", numberSize},
	{"dayofmonth", "dayofmonth(date)", "day of the month", numberSize},
	{"dayofweek", "dayofweek(date)", "1 is Sunday", numberSize},
	{"dayofyear", "dayofyear(date)", "1 to 366", numberSize},
	{"degrees", "degrees(number)", "of radians", numberSize},
	{"elt", "elt(n, text, …)", "the n-th text", sumSize},
	{"exp", "exp(number)", "e to a power", numberSize},
	{"field", "field(value, value, …)", "which of them it equals, 0 is none", numberSize},
	{"floor", "floor(number)", "rounded down", numberSize},
	{"from_base64", "from_base64(text)", "decoded", bytesSize},
	{"from_days", "from_days(number)", "date of a day's number", timeSize},
	{"from_unixtime", "from_unixtime(seconds[, format])", "datetime of seconds since 1970", formatSize},
	{"greatest", "greatest(value, …)", "the largest", sumSize},
	{"hex", "hex(value)", "in hexadecimal digits", digitsSize},
	{"hour", "hour(time)", "its hour", numberSize},
	{"if", "if(condition, value, value)", "one or the other", sumSize},
	{"ifnull", "ifnull(value, value)", "the second where the first is NULL", sumSize},
	{"inet6_aton", "inet6_aton(text)", "IP address as binary", bytesSize},
	{"inet6_ntoa", "inet6_ntoa(binary)", "IP address as text", numberSize},
	{"inet_aton", "inet_aton(text)", "IPv4 address as a number", numberSize},
	{"inet_ntoa", "inet_ntoa(number)", "IPv4 address as text", numberSize},
	{"insert", "insert(text, position, length, text)", "with a part replaced", sumSize},
	{"instr", "instr(text, part)", "where a part is, 0 is nowhere", searchSize},
	{"interval", "interval(number, number, …)", "how many are not greater", numberSize},
	{"is_ipv4", "is_ipv4(text)", "whether it is an IPv4 address", numberSize},
	{"is_ipv4_compat", "is_ipv4_compat(binary)", "whether it is IPv4-compatible", numberSize},
	{"is_ipv4_mapped", "is_ipv4_mapped(binary)", "whether it is IPv4-mapped", numberSize},
	{"is_ipv6", "is_ipv6(text)", "whether it is an IPv6 address", numberSize},
	{"is_uuid", "is_uuid(text)", "whether it is a UUID", numberSize},
	{"isnull", "isnull(value)", "whether it is NULL", numberSize},
	{"json_array", "json_array([value, …])", "a JSON array", jsonSize},
	{"json_contains_path", "json_contains_path(doc, 'one', path, …)", "whether a path exists", jsonSize},
	{"json_depth", "json_depth(doc)", "how deep it is nested", jsonSize},
	{"json_extract", "json_extract(doc, path, …)", "what is at a path; also doc->'$.a'", jsonSize},
	{"json_keys", "json_keys(doc[, path])", "keys of an object", jsonSize},
	{"json_length", "json_length(doc[, path])", "how many members it has", jsonSize},
	{"json_object", "json_object([key, value, …])", "a JSON object", jsonSize},
	{"json_remove", "json_remove(doc, path, …)", "without what is at a path", jsonSize},
	{"json_unquote", "json_unquote(value)", "as text; also doc->>'$.a'", jsonSize},
	{"last_day", "last_day(date)", "last day of its month", timeSize},
	{"lcase", "lcase(text)", "in lower case", letterSize},
	{"least", "least(value, …)", "the smallest", sumSize},
	{"left", "left(text, length)", "its beginning", firstSize},
	{"length", "length(text)", "length in bytes", numberSize},
	{"ln", "ln(number)", "natural logarithm", numberSize},
	{"localtime", "localtime([digits])", "now, in UTC", timeSize},
	{"localtimestamp", "localtimestamp([digits])", "now, in UTC", timeSize},
	{"locate", "locate(part, text[, position])", "where a part is, 0 is nowhere", searchSize},
	{"log", "log([base, ]number)", "logarithm", numberSize},
	{"log10", "log10(number)", "logarithm", numberSize},
	{"log2", "log2(number)", "logarithm", numberSize},
	{"lower", "lower(text)", "in lower case", letterSize},
	{"lpad", "lpad(text, length, text)", "filled up from the left", padSize},
	{"ltrim", "ltrim(text)", "without leading spaces", firstSize},
	{"makedate", "makedate(year, day)", "date of a year's day", timeSize},
	{"maketime", "maketime(hour, minute, second)", "a time", timeSize},
	{"md5", "md5(text)", "hash", numberSize},
	{"microsecond", "microsecond(time)", "its microseconds", numberSize},
	{"mid", "mid(text, position, length)", "a part", firstSize},
	{"minute", "minute(time)", "its minute", numberSize},
	{"mod", "mod(number, number)", "remainder", sumSize},
	{"month", "month(date)", "1 to 12", numberSize},
	{"monthname", "monthname(date)", "January …", numberSize},
	{"now", "now([digits])", "now, in UTC", timeSize},
	{"nullif", "nullif(value, value)", "NULL where they are equal", sumSize},
	{"oct", "oct(number)", "in octal digits", numberSize},
	{"octet_length", "octet_length(text)", "length in bytes", numberSize},
	{"ord", "ord(text)", "code of the first character", numberSize},
	{"period_add", "period_add(yyyymm, months)", "a later month", numberSize},
	{"period_diff", "period_diff(yyyymm, yyyymm)", "months between", numberSize},
	{"pi", "pi()", "3.14159…", numberSize},
	{"position", "position(part IN text)", "where a part is, 0 is nowhere", searchSize},
	{"pow", "pow(number, number)", "power", numberSize},
	{"power", "power(number, number)", "power", numberSize},
	{"quarter", "quarter(date)", "1 to 4", numberSize},
	{"radians", "radians(number)", "of degrees", numberSize},
	{"regexp_instr", "regexp_instr(text, pattern[, position[, occurrence[, after[, flags]]]])", "where it matches", regexpSearchSize},
	{"regexp_like", "regexp_like(text, pattern[, flags])", "whether it matches", regexpLikeSize},
	{"regexp_substr", "regexp_substr(text, pattern[, position[, occurrence[, flags]]])", "the match", regexpSearchSize},
	{"repeat", "repeat(text, count)", "so many times", repeatSize},
	{"replace", "replace(text, part, by)", "with parts replaced", replaceSize},
	{"reverse", "reverse(text)", "backwards", firstSize},
	{"right", "right(text, length)", "its end", firstSize},
	{"round", "round(number[, digits])", "rounded", firstSize},
	{"rpad", "rpad(text, length, text)", "filled up to the right", padSize},
	{"rtrim", "rtrim(text)", "without trailing spaces", firstSize},
	{"sec_to_time", "sec_to_time(seconds)", "as a time", timeSize},
	{"second", "second(time)", "its second", numberSize},
	{"sha", "sha(text)", "hash", numberSize},
	{"sha1", "sha1(text)", "hash", numberSize},
	{"sha2", "sha2(text, bits)", "hash", numberSize},
	{"sign", "sign(number)", "-1, 0 or 1", numberSize},
	{"sin", "sin(number)", "sine", numberSize},
	{"space", "space(count)", "so many spaces", spaceSize},
	{"sqrt", "sqrt(number)", "square root", numberSize},
	{"strcmp", "strcmp(text, text)", "-1, 0 or 1", numberSize},
	{"subdate", "subdate(date, INTERVAL n unit)", "an earlier date", timeSize},
	{"substr", "substr(text, position[, length])", "a part", firstSize},
	{"substring", "substring(text, position[, length])", "a part", firstSize},
	{"tan", "tan(number)", "tangent", numberSize},
	{"time", "time(datetime)", "its time", timeSize},
	{"time_to_sec", "time_to_sec(time)", "in seconds", numberSize},
	{"timestampadd", "timestampadd(unit, n, datetime)", "a later time", timeSize},
	{"to_base64", "to_base64(text)", "encoded", digitsSize},
	{"to_days", "to_days(date)", "number of its day", numberSize},
	{"to_seconds", "to_seconds(datetime)", "seconds since the year 0", numberSize},
	{"trim", "trim([LEADING | TRAILING FROM ]text)", "without spaces around it", trimSize},
	{"truncate", "truncate(number, digits)", "cut to so many digits", firstSize},
	{"ucase", "ucase(text)", "in upper case", letterSize},
	{"unhex", "unhex(text)", "of hexadecimal digits", bytesSize},
	{"unix_timestamp", "unix_timestamp([datetime])", "seconds since 1970", numberSize},
	{"upper", "upper(text)", "in upper case", letterSize},
	{"utc_date", "utc_date()", "today", timeSize},
	{"utc_time", "utc_time([digits])", "now", timeSize},
	{"utc_timestamp", "utc_timestamp([digits])", "now", timeSize},
	{"uuid_to_bin", "uuid_to_bin(text[, swapped])", "UUID as binary", bytesSize},
	{"week", "week(date[, mode])", "week of the year", numberSize},
	{"weekday", "weekday(date)", "0 is Monday", numberSize},
	{"weekofyear", "weekofyear(date)", "week of the year", numberSize},
	{"weight_string", "weight_string(text[ AS type])", "what its collation compares", weightSize},
	{"year", "year(date)", "its year", numberSize},
	{"yearweek", "yearweek(date[, mode])", "year and week", numberSize},
}

// functionByName finds a function by its name in lower case.
var functionByName = func() map[string]*function {
	byName := make(map[string]*function, len(functions))
	for i := range functions {
		byName[functions[i].name] = &functions[i]
	}
	return byName
}()

func functionNames() []string {
	names := make([]string, len(functions))
	for i := range functions {
		names[i] = functions[i].name
	}
	return names
}

// arity gives how many arguments the signature allows; most is -1 where there
// is no limit.
func (fn *function) arity() (least, most int) {
	_, list, _ := strings.Cut(strings.TrimSuffix(fn.signature, ")"), "(")
	optional := 0
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		inside := optional > 0 || strings.HasPrefix(word, "[")
		optional += strings.Count(word, "[") - strings.Count(word, "]")
		switch name := strings.Trim(word, "[]"); {
		case name == "…":
			most = -1
		case name != "":
			if !inside {
				least++
			}
			if most >= 0 {
				most++
			}
		}
	}
	return least, most
}
