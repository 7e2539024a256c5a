// Package gather reads bytes and says where they came from. What a user names
// comes in: paths, folders, globs, http and https addresses, a list of these on
// standard input. Documents go out, in the order in which they were named. A
// page is not interpreted here; only what holds several documents, such as a
// JSON Lines file, is taken apart.
//
// Reading from the web is safe and polite: see [Gatherer].
package gather

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/netip"
	"net/url"
	"sync"
	"time"
)

// Document is the bytes of one page, record or text.
type Document struct {
	Place   string    // as it was named: a path, a path with a line ("crawl.jsonl:12") or a byte ("crawl.warc.gz:4711"), or an address
	Address string    // where redirects led; "" for what was read from a file
	Type    string    // media type, lower case: the server's, or else the one that the name's ending tells; "" when unknown
	Charset string    // the charset that the server declared, lower case; "" when it declared none
	Body    []byte    // not empty; compression is undone, the charset is not
	Read    time.Time // when the bytes were read, or last confirmed by the server; zero where an archive does not tell

	Truncated bool // an archive holds no more than its beginning
}

// Error is the reason why there is no document at a place.
type Error struct {
	Place string // as in Document; or a folder, a pattern, "-", the cache
	Err   error
}

// Error is the place, a colon and the reason.
func (e *Error) Error() string { return e.Place + ": " + e.Err.Error() }

// Unwrap is the reason without the place.
func (e *Error) Unwrap() error { return e.Err }

// Reasons that a caller may want to tell apart; see also [StatusError].
var (
	ErrPrivate  = errors.New("private address") // also loopback, link-local, multicast and reserved ones
	ErrRobots   = errors.New("refused by robots.txt")
	ErrTooLarge = errors.New("too large")
	ErrNoText   = errors.New("no text")
)

// Gatherer reads what users name. The zero value is ready to use, also by
// several goroutines at once; its fields must not change after the first use.
//
// On the web it reads what anyone may read, and as a guest. It connects to
// public addresses only, which is decided about the address that a name has led
// to and again after every redirect. It obeys robots.txt (RFC 9309), names
// itself, asks a host for one thing at a time with a pause between, waits when
// told to (429, 503, Retry-After), and asks only for what has changed since it
// was last kept in the cache. Size, unpacked size and time are limited.
//
// Proxies are taken from the environment. A proxy looks names up by itself, so
// a name is first looked up here and refused unless all its addresses are
// public; a name that answers otherwise a moment later is the proxy's to stop.
type Gatherer struct {
	Version      string                // of the program, for the User-Agent
	AllowPrivate bool                  // read from private and loopback addresses too
	Cache        string                // folder that keeps pages to revalidate; "" for none
	Jobs         int                   // most requests at once; 0 means 8
	Delay        time.Duration         // pause between requests to a host; 0 means 500 ms
	Timeout      time.Duration         // for one request, from connecting to the last byte; 0 means 30 s
	Limit        int64                 // bytes of one document, as sent and unpacked; 0 means 16 MiB
	Stdin        io.Reader             // what "-" lists, a source a line; nil makes "-" an error
	Progress     func(done, total int) // told how many of the sources are read; calls do not overlap

	once    sync.Once
	web     *web
	trusted []netip.Prefix // private networks that tests may read from
}

// The defaults of a Gatherer's fields.
const (
	defaultJobs    = 8
	defaultDelay   = 500 * time.Millisecond
	defaultTimeout = 30 * time.Second
	defaultLimit   = 16 << 20
)

// Read reads the sources: each a file, a folder, a glob that no shell has
// expanded, an http or https address, or "-" for a list of these. A folder
// stands for the files in it and below with a known ending, sorted by name; a
// file that is named is read whatever its ending. WARC and WACZ files stand for
// the pages in them. What is named twice is read
// once.
//
// Documents come in the order of the sources, for any number of jobs. An error
// is an [*Error] and concerns one place; the rest goes on. Only when ctx ends
// does the sequence end early, and its last error is the context's. Addresses
// are read ahead of the caller; nothing runs on once the sequence has ended.
func (g *Gatherer) Read(ctx context.Context, sources ...string) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		g.once.Do(g.setUp)
		r := reading{g: g, sources: g.expand(sources)}
		r.run(ctx, yield)
	}
}

func (g *Gatherer) setUp() {
	if g.Jobs <= 0 {
		g.Jobs = defaultJobs
	}
	if g.Delay <= 0 {
		g.Delay = defaultDelay
	}
	if g.Timeout <= 0 {
		g.Timeout = defaultTimeout
	}
	if g.Limit <= 0 {
		g.Limit = defaultLimit
	}
	g.web = newWeb(g)
}

// aheadPerJob is how many pages may have been asked for and not yet taken, for
// each job: enough that pages of one slow host do not hold up the others, few
// enough that unread pages stay small.
const aheadPerJob = 4

// reading is one call of Read.
type reading struct {
	g       *Gatherer
	sources []source
	pages   []chan page              // by source, for those that have been asked for
	asked   int                      // sources before this one have been asked for
	waiting int                      // pages asked for and not yet taken
	lastOf  map[string]chan struct{} // by host: closed when the last address of it has left it

	mu   sync.Mutex
	done int // sources that have been read
}

type page struct {
	doc Document
	err error
}

func (r *reading) run(ctx context.Context, yield func(Document, error) bool) {
	outer := ctx
	ctx, cancel := context.WithCancel(ctx)
	var workers sync.WaitGroup
	defer r.g.web.transport.closeIdle()
	defer workers.Wait()
	defer cancel()

	r.pages = make([]chan page, len(r.sources))
	r.lastOf = map[string]chan struct{}{}
	r.report()
	for i, s := range r.sources {
		r.askAhead(ctx, &workers)
		for doc, err := range r.take(ctx, i, s) {
			if outer.Err() != nil {
				yield(Document{}, context.Cause(outer))
				return
			}
			if err != nil {
				doc, err = Document{Place: doc.Place}, &Error{doc.Place, err}
			}
			if !yield(doc, err) {
				return
			}
		}
	}
	if err := r.g.web.cache.failure(); err != nil {
		yield(Document{Place: r.g.Cache}, &Error{r.g.Cache, err})
	}
}

// askAhead starts as many of the next addresses as may be under way. Those of
// one host go there in their order, so that none waits for one behind it.
func (r *reading) askAhead(ctx context.Context, workers *sync.WaitGroup) {
	for ; r.asked < len(r.sources) && r.waiting < aheadPerJob*r.g.Jobs; r.asked++ {
		s := r.sources[r.asked]
		if s.address == nil {
			continue
		}
		answer := make(chan page, 1)
		r.pages[r.asked] = answer
		r.waiting++
		before, left := r.lastOf[s.address.Host], make(chan struct{})
		r.lastOf[s.address.Host] = left
		workers.Go(func() {
			if before != nil {
				<-before // it ends with ctx, as every fetch does
			}
			doc, err := r.g.web.fetch(ctx, s.address, sync.OnceFunc(func() { close(left) }))
			doc.Place = s.place
			answer <- page{doc, err}
			r.finish()
		})
	}
}

// take gives the documents of source i, which askAhead has passed.
func (r *reading) take(ctx context.Context, i int, s source) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		switch {
		case s.err != nil:
			r.finish()
			yield(Document{Place: s.place}, s.err)
		case s.address != nil:
			p := <-r.pages[i]
			r.pages[i] = nil
			r.waiting--
			if p.err != nil {
				yield(p.doc, p.err)
				return
			}
			takeApart(p.doc, r.g.Limit)(yield)
		default:
			defer r.finish()
			if err := ctx.Err(); err != nil {
				yield(Document{Place: s.place}, err)
				return
			}
			if archiveType(s.place) != "" {
				r.g.documents(ctx, s.place)(yield)
				return
			}
			readFile(s.place, r.g.Limit)(yield)
		}
	}
}

func (r *reading) finish() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	r.report()
}

func (r *reading) report() {
	if r.g.Progress != nil && len(r.sources) > 0 {
		r.g.Progress(r.done, len(r.sources))
	}
}

// source is one thing to read, after folders, globs and lists are expanded: a
// file at place, an address, or an error.
type source struct {
	place   string
	address *url.URL
	err     error
}
