package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

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
	if err := writeWhole(p.path, text+"\n"); err != nil {
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
	if text != p.written && writeWhole(p.path, text+"\n") == nil {
		p.written, p.at = text, time.Now()
	}
}

// end writes the last position of a run that ended with err: not where rows
// before it may have got lost on their way out.
func (p *positionFile) end(err error) error {
	if p.turn.Load()%2 == 1 && !errors.Is(err, headless.ErrDone) {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.save()
}

// writeWhole replaces a file's content in one step.
func writeWhole(path, text string) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// checkWritable reports whether a file can be put where path says.
func checkWritable(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("it is a folder")
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
