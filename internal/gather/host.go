package gather

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	mostAttempts = 3
	// patience is the longest that a host can make a reader wait. Who asks for
	// more gets no further request before that time.
	patience = 30 * time.Second
)

// patienceError says until when a host is to be left alone.
type patienceError struct{ until time.Time }

func (*patienceError) Error() string {
	return fmt.Sprintf("the host asks for a longer pause than %v", patience)
}

// host is what must be remembered of a server.
type host struct {
	turn  chan struct{} // holds an element while a request is under way
	ready time.Time     // no request before; whoever has the turn may use it

	asking chan struct{} // holds an element while the rules are looked up
	rules  rules         // whoever is asking may use it and what follows
	reason error         // why nothing may be read, where the rules are out of reach
	until  time.Time     // when the rules must be asked for again

	delay atomic.Int64 // nanoseconds between requests that the rules ask for
}

func (w *web) host(u *url.URL) *host {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	h := w.hosts[key]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1), asking: make(chan struct{}, 1)}
		w.hosts[key] = h
	}
	return h
}

// get asks for one address, again where that may help: when the server has too
// much to do, or broke off.
func (w *web) get(ctx context.Context, v visit, u *url.URL) (answer, error) {
	for attempt := 1; ; attempt++ {
		a, err := w.exchange(ctx, v, u, attempt)
		again := busy(a.status) || errors.Is(err, io.ErrUnexpectedEOF)
		if !again || attempt >= v.attempts || retryAfter(a.header) > patience {
			return a, err
		}
	}
}

func busy(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// exchange makes one request, when it is its turn, and reads the answer. It
// holds the host's turn first and a job second, and nobody who holds a job
// waits for a turn.
func (w *web) exchange(ctx context.Context, v visit, u *url.URL, attempt int) (answer, error) {
	h := w.host(u)
	if err := acquire(ctx, h.turn); err != nil {
		return answer{}, err
	}
	defer release(h.turn)
	if time.Until(h.ready) > patience {
		return answer{}, &patienceError{h.ready}
	}
	if err := sleep(ctx, time.Until(h.ready)); err != nil {
		return answer{}, err
	}
	if err := acquire(ctx, w.jobs); err != nil {
		return answer{}, err
	}
	defer release(w.jobs)

	a, err := w.request(ctx, v, u)
	pause := max(w.delay, time.Duration(h.delay.Load()))
	switch {
	case err != nil || busy(a.status):
		pause = max(min(w.delay<<attempt, patience), retryAfter(a.header))
	case u.Path == robotsPath:
		pause = 0
	}
	h.ready = time.Now().Add(pause)
	return a, err
}

// mostRetryAfter bounds how long a server can ask to be left alone.
const mostRetryAfter = 24 * time.Hour

// retryAfter is how long a server asks to be left alone, 0 when it does not.
func retryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), int(mostRetryAfter/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return time.Until(at)
	}
	return 0
}

func acquire(ctx context.Context, slots chan struct{}) error {
	select {
	case slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func release(slots chan struct{}) { <-slots }

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
