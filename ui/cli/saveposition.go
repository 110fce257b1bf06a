package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/ui/headless"
)

// saveInterval is how often a position that moves is written; savePatience, how
// long one that has stopped moving may wait for it.
const (
	saveInterval = 250 * time.Millisecond
	savePatience = time.Second
)

// positionFile is a sink that keeps the last committed position in a file,
// after what it covers has been flushed.
type positionFile struct {
	stream.Sink
	path     string
	lock     *files.Lock
	progress *stream.Progress
	atEnd    bool // nothing is flushed before the end of the run
	// turn is odd from the first record of a frame to the end of its flush: a
	// position taken meanwhile may cover what is not flushed yet.
	turn atomic.Uint64

	mu      sync.Mutex // guards the rest
	written string
	at      time.Time
}

// Append takes one record.
func (p *positionFile) Append(r *stream.Record) error {
	if p.turn.Load()%2 == 0 {
		p.turn.Add(1)
	}
	return p.Sink.Append(r)
}

// Flush ends a frame.
func (p *positionFile) Flush() error {
	if err := p.Sink.Flush(); err != nil {
		return err
	}
	if p.turn.Load()%2 == 1 {
		p.turn.Add(1)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.atEnd || time.Since(p.at) < saveInterval {
		return nil
	}
	return p.save()
}

// save writes the position where it is another than before. The lock is held.
func (p *positionFile) save() error {
	position := p.progress.Position()
	p.at = time.Now()
	if !position.IsResumable() {
		return nil
	}
	text := position.String()
	if text == p.written {
		return nil
	}
	if err := files.Write(p.path, []byte(text+"\n")); err != nil {
		return fmt.Errorf("--save-position: %w", err)
	}
	p.written = text
	return nil
}

// keep writes a position that has stopped moving, until ctx ends. What cannot
// be written is told by the stream's next frame or at the end.
func (p *positionFile) keep(ctx context.Context) {
	ticker := time.NewTicker(savePatience)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.saveSettled()
		case <-ctx.Done():
			return
		}
	}
}

// saveSettled writes the position unless a frame is under way.
func (p *positionFile) saveSettled() {
	p.mu.Lock()
	defer p.mu.Unlock()
	turn := p.turn.Load()
	position := p.progress.Position()
	if p.atEnd || turn%2 == 1 || p.turn.Load() != turn || !position.IsResumable() {
		return
	}
	text := position.String()
	if text != p.written && files.Write(p.path, []byte(text+"\n")) == nil {
		p.written, p.at = text, time.Now()
	}
}

// openPositionFile makes the file of --save-position this run's.
func (r *run) openPositionFile(sink stream.Sink) (*positionFile, error) {
	lock, err := files.Claim(r.save)
	if err != nil {
		return nil, usagef("--save-position %s: %v", r.save, err)
	}
	atEnd := r.format != nil && r.format.AtEnd
	return &positionFile{Sink: sink, path: r.save, lock: lock, progress: r.progress, atEnd: atEnd}, nil
}

// end writes the last position of a run that ended with err: not where rows
// before it may have got lost on their way out.
func (p *positionFile) end(err error) error {
	defer p.lock.Release()
	if p.turn.Load()%2 == 1 && !errors.Is(err, headless.ErrDone) {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.save()
}

// checkSave refuses a file for the position that cannot be written, or that
// holds something else.
func checkSave(path string) error {
	if err := files.Check(path); err != nil {
		return err
	}
	content, err := files.Read(path, files.PositionLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := stream.ParsePosition(string(content)); err != nil {
		return errors.New("it holds something other than a position, and would be replaced: name another file, or remove it")
	}
	return nil
}
