package gather

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	mostRedirects = 10
	mostAttempts  = 3
	// patience is the longest that a host can make a reader wait. Who asks for
	// more gets no further request before that time.
	patience = 30 * time.Second
	// accept lists what is read here; the rest is refused by its type.
	accept = "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9, " +
		"application/json;q=0.8, application/xml;q=0.7, */*;q=0.1"
)

// StatusError is an answer that holds no document, by its HTTP status code.
type StatusError int

// Error is the code and its name: "404 Not Found".
func (e StatusError) Error() string {
	if name := http.StatusText(int(e)); name != "" {
		return strconv.Itoa(int(e)) + " " + name
	}
	return strconv.Itoa(int(e))
}

var (
	errSlow     = errors.New("timed out")
	errPatience = fmt.Errorf("the host asks for a longer pause than %v", patience)
)

// web asks for addresses.
type web struct {
	agent     string
	limit     int64
	delay     time.Duration
	timeout   time.Duration
	transport *transport
	cache     cache
	jobs      chan struct{} // one element for each request under way

	mu    sync.Mutex
	hosts map[string]*host // by scheme, name and port
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

func newWeb(g *Gatherer) *web {
	return &web{
		agent:     agent(g.Version),
		limit:     g.Limit,
		delay:     g.Delay,
		timeout:   g.Timeout,
		transport: newTransport(g.AllowPrivate, g.trusted),
		cache:     cache{folder: g.Cache},
		jobs:      make(chan struct{}, g.Jobs),
		hosts:     map[string]*host{},
	}
}

// product is the name that groups of a robots.txt are chosen by.
const product = "Synoptic"

func agent(version string) string {
	name := product
	if version != "" {
		name += "/" + version
	}
	return name + " (reads the news pages that its user names; obeys robots.txt)"
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

// answer is what a server said in the end to one request.
type answer struct {
	status   int
	header   http.Header
	body     []byte // unpacked
	location *url.URL
}

// fetch gets the document at an address, through redirects. Cookies live as
// long as one fetch: some sites send every guest through a redirect that sets
// one. It calls left when it has no more to ask of the address's own host, at
// the latest when it returns.
func (w *web) fetch(ctx context.Context, address *url.URL, left func()) (Document, error) {
	defer left()
	client := w.client()
	at := address
	for range mostRedirects + 1 {
		if err := w.permit(ctx, at); err != nil {
			return Document{}, within(address, at, err)
		}
		a, err := w.get(ctx, client, at)
		left()
		if err != nil {
			return Document{}, within(address, at, err)
		}
		if a.location == nil {
			doc, err := w.document(at, a)
			return doc, within(address, at, err)
		}
		if err := checkAddress(a.location); err != nil {
			return Document{}, fmt.Errorf("redirected to %s: %w", a.location.Redacted(), err)
		}
		at = a.location
	}
	return Document{}, fmt.Errorf("redirected more than %d times", mostRedirects)
}

// within adds where redirects led to what went wrong there.
func within(address, at *url.URL, err error) error {
	if err == nil || at == address {
		return err
	}
	return fmt.Errorf("redirected to %s: %w", at, err)
}

func (w *web) client() *http.Client {
	jar, _ := cookiejar.New(nil) // fails never
	return &http.Client{
		Transport:     w.transport,
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (w *web) document(at *url.URL, a answer) (Document, error) {
	if a.status/100 != 2 {
		return Document{}, StatusError(a.status)
	}
	doc := Document{Address: at.String(), Body: a.body, Read: time.Now()}
	doc.Type, doc.Charset = contentType(a.header.Get("Content-Type"))
	switch doc.Type {
	case "", "application/octet-stream", "application/gzip", "application/x-gzip":
		doc.Type = typeByEnding(path.Base(at.Path))
	case "application/x-ndjson", "application/ndjson", "application/x-jsonlines", "application/jsonlines", "application/x-jsonl":
		doc.Type = typeLines
	case "text/plain", typeJSON:
		if typeByEnding(path.Base(at.Path)) == typeLines {
			doc.Type = typeLines
		}
	}
	return doc, nil
}

// readable reports whether a media type can be that of text.
func readable(mediaType string) bool {
	switch mediaType {
	case "", typeJSON, "application/xml", "application/octet-stream", "application/gzip", "application/x-gzip", typeLines,
		"application/x-ndjson", "application/ndjson", "application/x-jsonlines", "application/jsonlines", "application/x-jsonl":
		return true
	}
	return strings.HasPrefix(mediaType, "text/") ||
		strings.HasSuffix(mediaType, "+xml") && !strings.HasPrefix(mediaType, "image/") || strings.HasSuffix(mediaType, "+json")
}

// contentType takes a Content-Type header apart. It is more forgiving than the
// standard library, which gives up on a parameter that stands twice.
func contentType(header string) (mediaType, charset string) {
	mediaType, parameters, _ := strings.Cut(strings.ToLower(header), ";")
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.TrimSpace(name) == "charset" && charset == "" {
			charset = strings.Trim(value, "\"' \t")
		}
	}
	return strings.TrimSpace(mediaType), charset
}

// get asks for one address, again where that may help: when the server has too
// much to do, or broke off.
func (w *web) get(ctx context.Context, client *http.Client, u *url.URL) (answer, error) {
	for attempt := 1; ; attempt++ {
		a, err := w.exchange(ctx, client, u, attempt)
		again := busy(a.status) || errors.Is(err, io.ErrUnexpectedEOF)
		if !again || attempt == mostAttempts || retryAfter(a.header) > patience {
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
func (w *web) exchange(ctx context.Context, client *http.Client, u *url.URL, attempt int) (answer, error) {
	h := w.host(u)
	if err := acquire(ctx, h.turn); err != nil {
		return answer{}, err
	}
	defer release(h.turn)
	if time.Until(h.ready) > patience {
		return answer{}, errPatience
	}
	if err := sleep(ctx, time.Until(h.ready)); err != nil {
		return answer{}, err
	}
	if err := acquire(ctx, w.jobs); err != nil {
		return answer{}, err
	}
	defer release(w.jobs)

	a, err := w.request(ctx, client, u)
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

// request makes one request and reads the answer.
func (w *web) request(ctx context.Context, client *http.Client, u *url.URL) (answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, w.timeout, errSlow)
	defer cancel()
	a, err := w.roundTrip(ctx, client, u)
	if err != nil && context.Cause(ctx) == errSlow {
		return a, fmt.Errorf("%w after %v", errSlow, w.timeout)
	}
	return a, withoutAddress(err)
}

func (w *web) roundTrip(ctx context.Context, client *http.Client, u *url.URL) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("User-Agent", w.agent)
	request.Header.Set("Accept", accept)
	request.Header.Set("Accept-Encoding", acceptEncoding)
	kept, known := w.cache.load(u.String())
	if known {
		kept.ask(request.Header)
	}
	response, err := client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()

	a := answer{status: response.StatusCode, header: response.Header}
	switch {
	case known && a.status == http.StatusNotModified:
		a.status, a.body = http.StatusOK, kept.body
		a.header.Set("Content-Type", kept.ContentType)
		w.cache.confirm(u.String(), response.Header)
		return a, nil
	case a.status/100 == 3 && response.Header.Get("Location") != "":
		a.location, err = response.Location()
		if err != nil {
			return a, errors.New("redirected to what is no address")
		}
		a.location.Fragment, a.location.RawFragment = "", ""
		return a, nil
	case a.status/100 != 2:
		return a, nil
	}
	if kind, _ := contentType(a.header.Get("Content-Type")); !readable(kind) {
		return a, fmt.Errorf("%w but %s", ErrNoText, kind)
	}
	if response.ContentLength > w.limit {
		return a, tooLarge(w.limit)
	}
	raw, err := readLimited(response.Body, w.limit)
	if err != nil {
		return a, err
	}
	if a.body, err = unpack(strings.Join(a.header.Values("Content-Encoding"), ","), raw, w.limit); err != nil {
		return a, err
	}
	w.cache.store(u.String(), a)
	return a, nil
}

// retryAfter is how long a server asks to be left alone, 0 when it does not.
func retryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), 24*3600)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return time.Until(at)
	}
	return 0
}

// withoutAddress is err without the words around it that tell the address,
// which the place tells already, or this machine's own.
func withoutAddress(err error) error {
	var named *url.Error
	if errors.As(err, &named) {
		err = named.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	var lookup *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return errors.New("no such host")
	case errors.As(err, &lookup):
		return errors.New("the host's address could not be looked up")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errSlow
	case errors.Is(err, io.EOF):
		return errors.New("the host hung up without an answer")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the answer breaks off: %w", io.ErrUnexpectedEOF)
	}
	return err
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
