package gather

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Given takes apart what somebody has given, a file that was dropped or a text
// that was pasted, as Read takes apart what it has read: records that stand one
// a line and the pages of an archive are documents of their own. The name tells
// the kind where none is given.
func (g *Gatherer) Given(ctx context.Context, d Document) iter.Seq2[Document, error] {
	g.once.Do(g.setUp)
	if archiveType(d.Place) != "" {
		return g.givenArchive(ctx, d)
	}
	d.Type = cmp.Or(d.Type, typeByEnding(d.Place))
	return takeApart(d, g.Limit)
}

// givenArchive reads an archive from a file of its own: it is read by place, and
// what it holds may be far larger than itself.
func (g *Gatherer) givenArchive(ctx context.Context, d Document) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		folder, err := os.MkdirTemp("", "synoptic-given-")
		if err != nil {
			yield(Document{Place: d.Place}, err)
			return
		}
		defer func() { _ = os.RemoveAll(folder) }() // what is left the system tidies away
		path := filepath.Join(folder, filepath.Base(d.Place))
		if err := os.WriteFile(path, d.Body, 0o600); err != nil {
			yield(Document{Place: d.Place}, withoutPath(err))
			return
		}
		for in, err := range g.documents(ctx, path) {
			in.Place = strings.Replace(in.Place, path, d.Place, 1)
			if !yield(in, err) {
				return
			}
		}
	}
}

// CheckAddress says why an address cannot be asked for.
func CheckAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		var syntax *url.Error
		if errors.As(err, &syntax) {
			err = syntax.Err
		}
		return fmt.Errorf("not an address: %w", err)
	}
	return checkAddress(u)
}
