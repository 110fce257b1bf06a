package report

import (
	"encoding/json"
	"io"
	"time"

	"vtscope/stream"
)

// document is a report for programs. Times are RFC 3339 in UTC.
type document struct {
	Of           string                `json:"of,omitempty"`
	Address      string                `json:"address,omitempty"`
	Program      string                `json:"program,omitempty"`
	Vitess       string                `json:"vitess,omitempty"`
	Masks        []string              `json:"masks,omitempty"`
	NotRead      string                `json:"not_read,omitempty"`
	First        string                `json:"first,omitempty"`
	Last         string                `json:"last,omitempty"`
	Rows         uint64                `json:"rows"`
	Transactions uint64                `json:"transactions"`
	Problems     uint64                `json:"problems"`
	Reconnects   uint64                `json:"reconnects"`
	Tables       []tableDocument       `json:"tables"`
	Shards       []shardDocument       `json:"shards"`
	MinuteStep   int                   `json:"minutes_each"`
	Minutes      []minuteDocument      `json:"minutes"`
	Spikes       []minuteDocument      `json:"spikes"`
	Shapes       []shapeDocument       `json:"shapes"`
	Largest      []transactionDocument `json:"largest"`
	Longest      []transactionDocument `json:"longest"`
	Events       []eventDocument       `json:"events"`
	EventsCut    uint64                `json:"events_left_out,omitempty"`
	Begin        json.RawMessage       `json:"begin,omitempty"`
	End          json.RawMessage       `json:"end,omitempty"`
}

type tableDocument struct {
	Keyspace string            `json:"keyspace"`
	Table    string            `json:"table"`
	Rows     map[string]uint64 `json:"rows"`
	Bytes    uint64            `json:"bytes"`
	Minutes  map[string]uint64 `json:"minutes"`
}

type shardDocument struct {
	Keyspace     string `json:"keyspace"`
	Shard        string `json:"shard"`
	Rows         uint64 `json:"rows"`
	Transactions uint64 `json:"transactions"`
}

type minuteDocument struct {
	Minute string `json:"minute"`
	Rows   uint64 `json:"rows"`
}

type shapeDocument struct {
	Does    string `json:"does"`
	Times   uint64 `json:"times"`
	Rows    uint64 `json:"rows"`
	Least   uint64 `json:"least_rows"`
	Most    uint64 `json:"most_rows"`
	Example string `json:"example,omitempty"`
}

type transactionDocument struct {
	Keyspace  string `json:"keyspace"`
	Shard     string `json:"shard"`
	GTID      string `json:"gtid,omitempty"`
	Time      string `json:"time,omitempty"`
	Seconds   int64  `json:"seconds"`
	Rows      uint64 `json:"rows"`
	Bytes     uint64 `json:"bytes"`
	Does      string `json:"does"`
	Statement string `json:"statement,omitempty"`
}

type eventDocument struct {
	Time     string `json:"time"`
	Event    string `json:"event"`
	State    string `json:"state,omitempty"`
	Keyspace string `json:"keyspace,omitempty"`
	Shard    string `json:"shard,omitempty"`
	Text     string `json:"text"`
}

func rfc(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// JSON writes a report as one object, indented.
func JSON(w io.Writer, a *About, s *stream.StreamSummary) error {
	d := document{
		Of: a.Source, Address: a.Address, Program: a.Program, Vitess: a.Vitess, Masks: a.Masks, NotRead: a.Cut,
		First: rfc(s.First), Last: rfc(s.Last), Rows: s.Rows, Transactions: s.Transactions, Problems: s.Problems, Reconnects: s.Retries,
		Tables: []tableDocument{}, Shards: []shardDocument{}, Shapes: []shapeDocument{}, Events: []eventDocument{},
		MinuteStep: max(int(s.Step/time.Minute), 1), Minutes: minuteDocuments(s.Minutes), Spikes: minuteDocuments(s.Spikes),
		Largest: transactionDocuments(s.Largest), Longest: transactionDocuments(s.Longest), EventsCut: s.EventsCut,
		Begin: positionDocument(s.Begin), End: positionDocument(s.End),
	}
	for i := range s.Tables {
		t := s.Tables[i]
		table := tableDocument{t.Keyspace, t.Name, map[string]uint64{}, t.Bytes, map[string]uint64{}}
		for kind := stream.Copy; kind <= stream.Delete; kind++ {
			table.Rows[kind.String()] = t.Of(kind)
		}
		for _, m := range t.Minutes {
			table.Minutes[rfc(m.Time())] = m.Rows
		}
		d.Tables = append(d.Tables, table)
	}
	for _, shard := range s.Shards {
		d.Shards = append(d.Shards, shardDocument{shard.Shard.Keyspace, shard.Shard.Name, shard.Rows, shard.Transactions})
	}
	for _, x := range s.Shapes {
		d.Shapes = append(d.Shapes, shapeDocument{x.Text, x.Times, x.Rows, x.Least, x.Most, x.Example.String()})
	}
	for i := range s.Events {
		d.Events = append(d.Events, newEventDocument(&s.Events[i]))
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(&d)
}

func positionDocument(p stream.Position) json.RawMessage {
	if len(p.Shards) == 0 {
		return nil
	}
	return json.RawMessage(p.String())
}

func minuteDocuments(list stream.Minutes) []minuteDocument {
	documents := make([]minuteDocument, len(list))
	for i, m := range list {
		documents[i] = minuteDocument{rfc(m.Time()), m.Rows}
	}
	return documents
}

func transactionDocuments(list []stream.TxnCount) []transactionDocument {
	documents := make([]transactionDocument, len(list))
	for i, t := range list {
		documents[i] = transactionDocument{
			t.Shard.Keyspace, t.Shard.Name, t.GTID.String(), rfc(time.Unix(t.At, 0)), t.Seconds, t.Rows, t.Bytes, t.Shape, t.Statement,
		}
	}
	return documents
}

func newEventDocument(e *stream.DigestEvent) eventDocument {
	d := eventDocument{Time: rfc(time.Unix(0, e.At)), Event: e.Kind.String(), Text: e.Text}
	if e.Kind == stream.Status {
		d.State = e.State.String()
	}
	if e.Shard != nil {
		d.Keyspace, d.Shard = e.Shard.Keyspace, e.Shard.Name
	}
	return d
}
