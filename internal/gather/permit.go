package gather

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	// rulesAge is how long rules hold before they are asked for again, and
	// unreachableAge how long a host is left alone whose rules are out of reach
	// (RFC 9309, sections 2.4 and 2.3.1.4).
	rulesAge       = 24 * time.Hour
	unreachableAge = 10 * time.Minute
	// mostRobotsRedirects is what the RFC asks to follow at least (2.3.1.2).
	mostRobotsRedirects = 5

	robotsPath = "/robots.txt"
)

// permit says why the host's robots.txt forbids to read u, or nil.
func (w *web) permit(ctx context.Context, u *url.URL) error {
	h := w.host(u)
	if err := acquire(ctx, h.asking); err != nil {
		return err
	}
	defer release(h.asking)
	if time.Now().After(h.until) {
		found, reason := w.askRules(ctx, u)
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		h.rules, h.reason, h.until = found, reason, time.Now().Add(rulesAge)
		h.delay.Store(int64(found.delay))
		if reason != nil {
			h.until = time.Now().Add(unreachableAge)
		}
	}
	if h.reason != nil {
		return h.reason
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if ok, line := h.rules.allowed(path); !ok {
		return fmt.Errorf("%w: %q", ErrRobots, line)
	}
	return nil
}

// askRules reads the robots.txt of u's host. A host that has none (any 4xx but
// 429, which says "later") allows everything; one that cannot be asked allows
// nothing, and the error says why.
func (w *web) askRules(ctx context.Context, u *url.URL) (rules, error) {
	v := visit{client: w.client(), attempts: mostAttempts}
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: robotsPath}
	for range mostRobotsRedirects + 1 {
		a, err := w.get(ctx, v, at)
		switch {
		case errors.Is(err, ErrNoText):
			return rules{}, nil // whatever it is, it states no rules
		case err != nil && a.status == 0:
			return rules{}, err // there was no answer, nor would there be one for the page
		case err != nil:
			return rules{}, fmt.Errorf("%w, which is out of reach: %w", ErrRobots, err)
		case a.location != nil:
			if err := checkAddress(a.location); err != nil {
				return rules{}, nil // as if there were none
			}
			at = a.location
		case a.status/100 == 2:
			return parseRobots(a.body, product), nil
		case a.status/100 == 4 && a.status != http.StatusTooManyRequests:
			return rules{}, nil
		default:
			return rules{}, fmt.Errorf("%w, which is out of reach: %w", ErrRobots, StatusError(a.status))
		}
	}
	return rules{}, nil
}
