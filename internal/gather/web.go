package gather

import (
	"cmp"
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
	"time"
)

const (
	mostRedirects = 10
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

var errSlow = errors.New("timed out")

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

// answer is what a server said in the end to one request.
type answer struct {
	status   int
	header   http.Header
	body     []byte // unpacked
	location *url.URL
}

// visit is how one document is asked for.
type visit struct {
	client   *http.Client // cookies live as long as a visit: some sites send every guest through a redirect that sets one
	known    *Validators  // to ask with; nil asks by the cache
	attempts int          // the most requests for one address
	accept   string       // media types to ask for; "" for those of pages
}

// fetch gets the document at an address, through redirects. It calls left when
// it has no more to ask of the address's own host, at the latest when it
// returns.
func (w *web) fetch(ctx context.Context, address *url.URL, left func()) (Document, error) {
	defer left()
	return w.follow(ctx, address, visit{client: w.client(), attempts: mostAttempts}, func(answer) { left() })
}

// follow asks for an address and for those that it redirects to. It calls heard
// with each answer.
func (w *web) follow(ctx context.Context, address *url.URL, v visit, heard func(answer)) (Document, error) {
	at := address
	for range mostRedirects + 1 {
		if err := w.permit(ctx, at); err != nil {
			return Document{}, within(address, at, err)
		}
		a, err := w.get(ctx, v, at)
		heard(a)
		if err != nil {
			return Document{}, within(address, at, err)
		}
		if a.location == nil {
			doc, err := w.document(at, a)
			if a.status == http.StatusNotModified && v.known != nil && *v.known != (Validators{}) {
				doc, err = Document{Address: at.String(), Read: time.Now()}, errNotModified
			}
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
	doc.Type = typeOfPage(doc.Type, path.Base(at.Path))
	return doc, nil
}

// request makes one request and reads the answer.
func (w *web) request(ctx context.Context, v visit, u *url.URL) (answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, w.timeout, errSlow)
	defer cancel()
	a, err := w.roundTrip(ctx, v, u)
	if err != nil && context.Cause(ctx) == errSlow {
		return a, fmt.Errorf("%w after %v", errSlow, w.timeout)
	}
	return a, withoutAddress(err)
}

func (w *web) roundTrip(ctx context.Context, v visit, u *url.URL) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("User-Agent", w.agent)
	request.Header.Set("Accept", cmp.Or(v.accept, accept))
	request.Header.Set("Accept-Encoding", acceptEncoding)
	var kept entry
	cached := false
	if v.known != nil {
		v.known.ask(request.Header)
	} else if kept, cached = w.cache.load(u.String()); cached {
		Validators{kept.ETag, kept.LastModified}.ask(request.Header)
	}
	response, err := v.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()

	a := answer{status: response.StatusCode, header: response.Header}
	switch {
	case cached && a.status == http.StatusNotModified:
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
	if v.known == nil {
		w.cache.store(u.String(), a)
	}
	return a, nil
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
