package newsroom

import (
	"context"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"synoptic/collation"
	"synoptic/internal/gather"
	"synoptic/internal/gather/warc"
	"synoptic/internal/store"
)

// Imported is how far an import has come.
type Imported struct {
	Articles  int   // that were new
	Versions  int   // new ones, of articles that were known
	Unchanged int   // known already
	Problems  int   // records that could not be read
	Passed    int   // records that hold no page
	Done      int64 // bytes that are read of the archives, as they are stored
	Total     int64 // bytes that there are; both count the archive under way
}

// Import keeps what archives hold: WARC and WACZ files, JSON Lines, pages, and
// folders of these. How far each archive is read is kept with what it brought,
// so an import that was broken off goes on where it stopped; one that ended
// begins anew, and finds what it knows unchanged. What cannot be read is a
// problem, which told is given with how far the import is; the rest goes on.
func (n *Newsroom) Import(ctx context.Context, archives []string, told func(Imported, []collation.Problem)) (Imported, error) {
	var sum Imported
	for _, name := range archives {
		path, err := filepath.Abs(name)
		if err != nil {
			return sum, within(name, err)
		}
		from, err := n.position(ctx, path)
		if err != nil {
			return sum, err
		}
		err = n.run(ctx, n.records(ctx, name, path, from), func(items []*item, added Added) error {
			sum.count(items, added)
			told(sum, added.Problems)
			return nil
		})
		if err != nil {
			return sum, err
		}
		if err := n.SetValue(ctx, positionPrefix+path, nil); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (sum *Imported) count(items []*item, added Added) {
	for _, put := range added.Articles {
		switch {
		case put.New:
			sum.Articles++
		case put.Changed:
			sum.Versions++
		default:
			sum.Unchanged++
		}
	}
	sum.Problems += len(added.Problems)
	last := items[len(items)-1].mark
	sum.Done, sum.Total, sum.Passed = last.done, last.total, last.passed
}

// mark is where an archive is once an item of it is kept.
type mark struct {
	archive     string // as an absolute path
	next        gather.Position
	done, total int64
	passed      int
}

// position is where an import of an archive broke off, zero where none did.
func (n *Newsroom) position(ctx context.Context, path string) (from gather.Position, err error) {
	err = n.Store.View(ctx, func(r store.Reader) error {
		value, err := r.Value(ctx, positionPrefix+path)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		from, err = gather.ParsePosition(string(value))
		return err
	})
	return from, err
}

// records gives what an archive holds. Places are told as the archive was named.
func (n *Newsroom) records(ctx context.Context, name, path string, from gather.Position) iter.Seq[*item] {
	return func(yield func(*item) bool) {
		for x, err := range n.Gatherer.Archive(ctx, from, path) {
			if ctx.Err() != nil {
				return // whoever runs it tells
			}
			d := x.Document
			if rest, ok := strings.CutPrefix(d.Place, path); ok {
				d.Place = name + rest
			}
			it := &item{document: d, err: withoutPlace(err), whole: d.Address != ""}
			it.mark = &mark{archive: path, next: x.Next, done: x.Done, total: x.Total, passed: x.Passed}
			if !yield(it) {
				return
			}
		}
	}
}

// ExportCaptures writes what was fetched, of every version of every article
// whose bytes are kept, as a WARC file.
func (n *Newsroom) ExportCaptures(ctx context.Context, w io.Writer) error {
	out, err := warc.NewWriter(w, "Synoptic/"+n.Version, n.Now())
	if err != nil {
		return err
	}
	return n.sequence(ctx, func(r store.Reader, k store.Kept) error {
		for version := 1; version <= k.Version; version++ {
			c, err := r.Capture(ctx, k.ID, version)
			if errors.Is(err, store.ErrNotFound) || err == nil && c.Address == "" {
				continue
			}
			if err != nil {
				return err
			}
			contentType := c.Type
			if c.Charset != "" {
				contentType += "; charset=" + c.Charset
			}
			if err := out.Write(warc.Response{Address: c.Address, Date: c.Read, Type: contentType, Body: c.Body}); err != nil {
				return err
			}
		}
		return nil
	})
}
