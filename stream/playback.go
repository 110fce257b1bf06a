package stream

import (
	"context"
	"sync"
	"time"
)

// MaxSpeed plays as fast as it goes.
const MaxSpeed = 0

// A Playback says when the things of a recording are played, and what time it is by
// the recording's clock. Any goroutine may use it. The nil Playback never waits.
type Playback struct {
	mu     sync.Mutex
	speed  float64 // how much faster than recorded, MaxSpeed without waiting
	paused bool
	steps  int           // things to be played in a pause
	until  time.Time     // plays without waiting up to here
	goal   *Goal         // plays without waiting until the replay is there; nil for none
	at     time.Time     // when the last thing played was recorded
	real   time.Time     // when that was played
	ended  bool          // nothing more is to come
	moved  chan struct{} // closed where one of these has changed
}

// NewPlayback plays at so many times the recorded speed, MaxSpeed without waiting.
func NewPlayback(speed float64) *Playback {
	return &Playback{speed: speed, moved: make(chan struct{})}
}

// Now is the time by the recording's clock: that of the last thing played, and in a
// replay that waits for the next one, what has passed since. It is zero before the
// first.
func (p *Playback) Now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now()
}

func (p *Playback) now() time.Time {
	if p.at.IsZero() || p.paused || p.ended || p.speed == MaxSpeed {
		return p.at
	}
	return p.at.Add(time.Duration(float64(time.Since(p.real)) * p.speed))
}

// Speed gives the speed, and whether the replay stands still.
func (p *Playback) Speed() (speed float64, paused bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.speed, p.paused
}

// SetSpeed sets the speed.
func (p *Playback) SetSpeed(speed float64) { p.change(func() { p.speed = speed }) }

// Pause stops playing, or goes on. It ends a skip.
func (p *Playback) Pause(paused bool) {
	p.change(func() { p.paused, p.steps, p.until, p.goal = paused, 0, time.Time{}, nil })
}

// Step plays one thing more in a pause.
func (p *Playback) Step() { p.change(func() { p.steps++ }) }

// SkipTo plays without waiting up to a time by the recording's clock.
func (p *Playback) SkipTo(t time.Time) { p.change(func() { p.until = t }) }

// SkipToGoal plays without waiting until the replay has come to a goal, and pauses then.
func (p *Playback) SkipToGoal(g *Goal) { p.change(func() { p.goal = g }) }

// Skips reports whether a skip to a time, or to a goal, goes on.
func (p *Playback) Skips() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.ended && (p.goal != nil || p.at.Before(p.until))
}

// Goal is what is skipped to, nil where the replay is there, or nothing more is to come.
func (p *Playback) Goal() *Goal {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.goal
}

// change changes something and has wait look at it. The clock goes on from where it is.
func (p *Playback) change(what func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at, p.real = p.now(), time.Now()
	what()
	close(p.moved)
	p.moved = make(chan struct{})
}

// end stops the clock: nothing more is to come.
func (p *Playback) end() {
	if p != nil {
		p.change(func() { p.ended, p.goal = true, nil })
	}
}

// wait waits until something that was recorded at a time is to be played.
func (p *Playback) wait(ctx context.Context, at time.Time) error {
	if p == nil {
		return context.Cause(ctx)
	}
	for {
		left, moved := p.left(at)
		if left <= 0 {
			return context.Cause(ctx)
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-moved:
		case <-ctx.Done():
		}
		timer.Stop()
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// left is how long to wait, and what ends the wait before. It moves the clock where
// there is nothing to wait for.
func (p *Playback) left(at time.Time) (time.Duration, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.goal != nil, at.Before(p.until):
	case p.paused && p.steps > 0:
		p.steps--
	case p.paused:
		return forever, p.moved
	case p.at.IsZero(), p.speed == MaxSpeed:
	default:
		if wait := time.Duration(float64(at.Sub(p.now())) / p.speed); wait > 0 {
			return wait, p.moved
		}
	}
	if at.After(p.at) || p.at.IsZero() {
		p.at, p.real = at, time.Now()
	}
	return 0, nil
}

// forever is a wait that something else ends.
const forever = 1 << 62
