package stream

import (
	"io"
	"slices"
	"sync"
)

// A Shelf is where a store puts pages for which it has no memory, as a temporary file. The
// store writes behind what it has written; it never writes twice to one place.
type Shelf interface {
	io.ReaderAt
	io.WriterAt
}

// shelf is a store's, with the pages that were read from it last.
type shelf struct {
	file Shelf
	end  int64 // the writer's own
	full error // why nothing more is put there; the writer's own

	mu    sync.Mutex
	pages []*page // as they were read, the last one at the end
}

// shelvesRead is how many pages that were read from a shelf stay in memory.
const shelvesRead = 16

// A shelved page is one whose bytes are in a file; what else a page has is kept.
type shelved struct {
	shelf *shelf
	at    int64
	size  int
}

// Shelve has the store put its oldest pages into a file in place of dropping them: they can
// be read like the others, at the cost of reading the file. It is called before the first
// record. Where the file takes no more, or does not give back what it has, the oldest are
// dropped, and counted, as without one.
func (s *Store) Shelve(file Shelf) { s.shelf = &shelf{file: file} }

// put writes a page's bytes, and gives the page that stands for it, nil where the file
// takes no more.
func (f *shelf) put(p *page) *page {
	if f.full != nil {
		return nil
	}
	if _, f.full = f.file.WriteAt(p.buf, f.end); f.full != nil {
		return nil
	}
	away := &page{first: p.first, count: p.count, tail: p.tail, rows: p.rows, away: &shelved{f, f.end, len(p.buf)}}
	f.end += int64(len(p.buf))
	return away
}

// read gives the page with its bytes, itself where it has them; nil where the file does not
// give them.
func (p *page) read() *page {
	if p.away == nil {
		return p
	}
	f := p.away.shelf
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := slices.IndexFunc(f.pages, func(q *page) bool { return q.first == p.first }); i >= 0 {
		found := f.pages[i]
		f.pages = append(slices.Delete(f.pages, i, i+1), found)
		return found
	}
	found := &page{first: p.first, count: p.count, tail: p.tail, buf: make([]byte, p.away.size), rows: p.rows}
	if n, err := f.file.ReadAt(found.buf, p.away.at); n < len(found.buf) && err != nil {
		return nil
	}
	if len(f.pages) == shelvesRead {
		f.pages = slices.Delete(f.pages, 0, 1)
	}
	f.pages = append(f.pages, found)
	return found
}

// shelve puts the oldest of pages into the file, in place of dropping them, and gives the
// list that there is then. Where it cannot, those and all before them are dropped.
func (s *Store) shelve(pages []*page, oldest int) []*page {
	pages = slices.Clone(pages)
	if s.shelf == nil {
		return pages[oldest:]
	}
	keep := 0
	for i, p := range pages[:oldest] {
		if p.away != nil {
			continue
		}
		if pages[i] = s.shelf.put(p); pages[i] == nil {
			keep = i + 1
		}
	}
	return pages[keep:]
}
