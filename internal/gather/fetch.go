package gather

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ErrGone is the answer that a page was taken away for good (410).
const ErrGone = StatusError(http.StatusGone)

// acceptFeeds asks for a feed before a page: some servers show browsers a page
// in place of a feed. A page that is watched comes all the same.
const acceptFeeds = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, " +
	"text/html;q=0.6, application/xhtml+xml;q=0.6, application/json;q=0.5, */*;q=0.1"

// Validators are what a server gave to ask with for what has changed since.
type Validators struct {
	ETag         string
	LastModified string
}

// ask makes a request one for what has changed.
func (v Validators) ask(request http.Header) {
	if v.ETag != "" {
		request.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		request.Set("If-Modified-Since", v.LastModified)
	}
}

// Fetched is what came of asking a source once.
type Fetched struct {
	Document   Document   // without a Body where NotModified
	Validators Validators // to ask with the next time
	// NotModified says that the source is as it was when the validators were
	// given.
	NotModified bool
	// Moved is the address to ask from now on, where permanent redirects (301,
	// 308) led there from the first on; "" otherwise.
	Moved string
	// Status is that of the last answer, 0 when there was none.
	Status int
	// Wait is how long the server asks to be left alone, 0 when it does not.
	Wait time.Duration
	// MaxAge is how long the answer holds, as the server says; 0 when it does
	// not, or when it must be asked each time.
	MaxAge time.Duration
}

// Fetch asks one address for what has changed since it gave the validators, as
// politely as Read asks, and by the same turns. The cache is left alone, and a
// host that is busy is not asked again: when to come back is for the caller to
// say. JSON Lines are not taken apart.
//
// An error is an [*Error]; Fetched then tells all that is known beside it, such
// as Status, Moved and Wait. A page that was taken away for good is ErrGone.
func (g *Gatherer) Fetch(ctx context.Context, address string, known Validators) (Fetched, error) {
	g.once.Do(g.setUp)
	x := expansion{seen: map[string]bool{}}
	x.addAddress(address)
	s := x.sources[0]
	if s.err != nil {
		return Fetched{}, &Error{s.place, s.err}
	}
	f, err := g.web.fetchSince(ctx, s.address, known)
	f.Document.Place = s.place
	if err != nil {
		f.Document = Document{Place: s.place}
		return f, &Error{s.place, err}
	}
	return f, nil
}

// Close closes connections that Fetch has left open for the next one.
func (g *Gatherer) Close() {
	g.once.Do(g.setUp)
	g.web.transport.closeIdle()
}

func (w *web) fetchSince(ctx context.Context, address *url.URL, known Validators) (Fetched, error) {
	var f Fetched
	forGood := true
	at := address
	doc, err := w.follow(ctx, address, visit{client: w.client(), known: &known, attempts: 1, accept: acceptFeeds}, func(a answer) {
		f.Status = a.status
		f.Wait = max(0, min(retryAfter(a.header), mostRetryAfter))
		if a.location == nil {
			f.Validators = Validators{ETag: a.header.Get("ETag"), LastModified: a.header.Get("Last-Modified")}
			f.MaxAge = maxAge(a.header)
			return
		}
		forGood = forGood && (a.status == http.StatusMovedPermanently || a.status == http.StatusPermanentRedirect)
		if forGood {
			at = a.location
		}
	})
	var later *patienceError
	if errors.As(err, &later) {
		f.Wait = max(0, time.Until(later.until))
	}
	if at != address && (err == nil || errors.Is(err, errNotModified)) {
		f.Moved = at.String()
	}
	f.Document = doc
	if errors.Is(err, errNotModified) {
		f.NotModified = true
		if f.Validators == (Validators{}) {
			f.Validators = known // a 304 need not say them again
		}
		return f, nil
	}
	return f, err
}

// errNotModified says that a server holds what is known to be unchanged.
var errNotModified = errors.New("not modified")

// mostMaxAge bounds what a server can say of how long an answer holds.
const mostMaxAge = 365 * 24 * time.Hour

// maxAge reads how long an answer holds: Cache-Control, less the Age that it
// already had.
func maxAge(header http.Header) time.Duration {
	var age time.Duration
	for _, value := range header.Values("Cache-Control") {
		for directive := range strings.SplitSeq(value, ",") {
			name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
			switch name {
			case "no-cache", "no-store":
				return 0
			case "max-age":
				age = seconds(strings.Trim(value, `"`), mostMaxAge)
			}
		}
	}
	return max(0, age-seconds(header.Get("Age"), mostMaxAge))
}

// seconds reads a number of seconds, 0 where it is none.
func seconds(s string, most time.Duration) time.Duration {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(min(n, int64(most/time.Second)))*time.Second, most)
}
