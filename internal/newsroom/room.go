package newsroom

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/gather"
	"synoptic/internal/gather/feed"
	"synoptic/internal/page"
	"synoptic/internal/store"
	"synoptic/story"
)

// Parts are what a newsroom is put together from. Store, Gatherer and Pipeline
// must be there; the rest has defaults.
type Parts struct {
	Version  string // of the engine
	Store    store.Store
	Gatherer *gather.Gatherer
	Pipeline *analysis.Pipeline
	Jobs     int              // articles analysed at once; 0 means one a processor
	Now      func() time.Time // the clock; nil means the machine's
	Log      *slog.Logger     // nil logs nothing
	Example  fs.FS            // the accounts of AddExample; nil when there are none
}

// Newsroom runs a collection. It may be used by several goroutines at once, and
// several may run on one store: what one of them has not seen happen it reads
// from the journal.
type Newsroom struct {
	Parts
	Counts Counts

	assigning sync.Mutex // held around every update that touches the grouping
	groups    *grouping

	comparing *semaphore.Weighted // of Compare, which keeps all of its accounts in memory

	laid   shelf
	change signal
}

// New opens a newsroom on its parts.
func New(p Parts) *Newsroom {
	if p.Jobs <= 0 {
		p.Jobs = runtime.GOMAXPROCS(0)
	}
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	return &Newsroom{Parts: p, laid: newShelf(), comparing: semaphore.NewWeighted(int64(max(2, p.Jobs)))}
}

// View reads what is kept, as of one moment.
func (n *Newsroom) View(ctx context.Context, read func(store.Reader) error) error {
	return n.Store.View(ctx, read)
}

// SetValue keeps a setting; a nil value removes it.
func (n *Newsroom) SetValue(ctx context.Context, name string, value []byte) error {
	return n.Store.Update(ctx, func(w store.Writer) error { return w.SetValue(ctx, name, value) })
}

// item is one document on its way through a newsroom.
type item struct {
	document gather.Document
	err      error       // why there is none
	entry    *feed.Entry // what the feed that led to it says of it; nil where none did
	first    bool        // the page was never had: its entry stands where there is no document, or where it is no article
	source   string      // the source that led to it
	job      int64       // the job that it does; 0 for none
	next     *store.Job  // the job that comes after it
	later    bool        // next tries the same again: what failed is not told yet
	same     bool        // the server says that nothing has changed
	mark     *mark       // how far an archive is read with it; nil where it is of none
	whole    bool        // keep the bytes

	article  *article.Article
	known    *store.Kept // what is kept of it and says the same; nil where there is none
	analysis *article.Analysis
	sketch   []byte
	earlier  []*item // versions before it that its document tells of, oldest first
}

// work reads and analyses one item. What goes wrong is kept in it.
func (n *Newsroom) work(ctx context.Context, it *item) {
	if it.same || it.later {
		return
	}
	began := time.Now()
	if it.err == nil {
		it.article, it.err = read(it.document, listing(it.entry), false)
	}
	began = n.Counts.Reading.since(began)
	if it.err != nil && it.entry != nil && it.first {
		n.standIn(ctx, it)
	}
	if it.err != nil {
		return
	}
	if it.known, it.err = n.known(ctx, it.article); it.known != nil || it.err != nil {
		return
	}
	began = n.Counts.Storing.since(began)
	if it.err = n.analyse(ctx, it); it.err == nil {
		it.earlier = n.earlier(ctx, it.document)
	}
	n.Counts.Analysing.since(began)
}

// analyse finds what is in an item's article.
func (n *Newsroom) analyse(ctx context.Context, it *item) (err error) {
	if it.analysis, err = n.Pipeline.Run(ctx, it.article); err != nil {
		return err
	}
	it.sketch, err = story.NewSketch(it.article).MarshalBinary()
	return err
}

// known is the newest version of an article that is kept, where it says the
// same: then there is nothing to find in it. It is nil for any other.
func (n *Newsroom) known(ctx context.Context, a *article.Article) (known *store.Kept, err error) {
	err = n.Store.View(ctx, func(r store.Reader) error {
		k, err := r.Article(ctx, store.ArticleID(a))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err == nil && k.Text == a.Text && k.Title == a.Title {
			known = &k
		}
		return err
	})
	return known, err
}

// read makes an article of a document, with what the list says that led to it;
// of a record that has no text too, where headlines are wanted.
func read(d gather.Document, l page.Listing, headlines bool) (*article.Article, error) {
	a, err := page.Read(page.Input{
		Place: d.Place, Address: d.Address, MediaType: d.Type, Charset: d.Charset, Body: d.Body, Read: d.Read,
		Listing: l, Headlines: headlines,
	})
	if err != nil {
		return nil, errors.Unwrap(err) // the place is told apart
	}
	if d.Truncated {
		a.Completeness = min(a.Completeness, cutShort)
	}
	return a, nil
}

// cutShort is how complete an account is at most whose bytes break off: what it
// lacks is unknown, not left out.
const cutShort = 0.5

// signal wakes those who wait for something to have changed.
type signal struct {
	mu      sync.Mutex
	changed chan struct{}
}

func (s *signal) wait() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed
}

func (s *signal) raise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// foreign is how often Wait looks for what other processes have changed.
const foreign = time.Second

// Wait returns the number of the newest event once it is past after, or when
// ctx ends.
func (n *Newsroom) Wait(ctx context.Context, after int64) (int64, error) {
	for {
		changed := n.change.wait()
		var last int64
		err := n.Store.View(ctx, func(r store.Reader) (err error) {
			last, err = r.LastEvent(ctx)
			return err
		})
		if err != nil || last > after {
			return last, err
		}
		select {
		case <-changed:
		case <-time.After(foreign):
		case <-ctx.Done():
			return last, ctx.Err()
		}
	}
}

// Close lets go of what the newsroom holds in memory. What it has begun ends
// with the context that it was begun with; the store is closed by whoever opened
// it.
func (n *Newsroom) Close() error {
	n.laid.clear()
	return nil
}

// within says where an error came from.
func within(place string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", place, err)
}
