package headless_test

import (
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"
)

// rowsSink keeps row changes.
type rowsSink struct{ rows []*stream.Record }

func (s *rowsSink) Append(r *stream.Record) error {
	if r.Kind.IsRow() {
		s.rows = append(s.rows, r.Clone())
	}
	return nil
}

func (s *rowsSink) Flush() error { return nil }

func TestRowsByThemselves(t *testing.T) {
	kept := &rowsSink{}
	if err := stream.NewDecoder(kept, nil).Decode(frame(t, begin("-80", 59), fields("-80", 59, id, name), rows("-80", 59, insert(1, "a"), insert(2, "b")))); err != nil {
		t.Fatal(err)
	}
	for format, want := range map[*headless.Format][]string{
		headless.JSON:    {`{"event":"insert"` + head + stamp, `"after":{"id":2,"name":"b"}}`},
		headless.Text:    {"insert customer id=1 name='a'\n", "id=2"},
		headless.CSV:     {"_event,_keyspace,_shard,_time,_gtid,id,name", ",1,a\r\n"},
		headless.SQL:     {"INSERT INTO `customer` (`id`, `name`) VALUES (1, 'a');"},
		headless.UndoSQL: {"DELETE FROM `customer` WHERE `id` = 2;", "DELETE FROM `customer` WHERE `id` = 1;"},
	} {
		text, err := headless.Rows(format, kept.rows...)
		if err != nil {
			t.Errorf("%s: %v", format, err)
		}
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%s", format, part, text)
			}
		}
	}
}
