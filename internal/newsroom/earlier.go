package newsroom

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"synoptic/internal/gather"
	"synoptic/internal/page"
	"synoptic/internal/store"
)

// earlier reads the versions that a record tells of before its own, oldest
// first, as an export writes them. What cannot be read of them is kept in their
// items; a record of another form has none.
func (n *Newsroom) earlier(ctx context.Context, d gather.Document) []*item {
	if !bytes.HasPrefix(bytes.TrimSpace(d.Body), []byte("{")) || !bytes.Contains(d.Body, []byte(`"earlier"`)) {
		return nil
	}
	var record struct {
		Earlier []json.RawMessage `json:"earlier"`
	}
	if json.Unmarshal(d.Body, &record) != nil {
		return nil
	}
	versions := make([]*item, len(record.Earlier))
	for i, body := range record.Earlier {
		it := &item{document: d}
		it.document.Body = body
		if it.article, it.err = read(it.document, page.Listing{}, false); it.err == nil {
			it.err = n.analyse(ctx, it)
		}
		it.err = within(fmt.Sprintf("version %d", i+1), it.err)
		versions[i] = it
	}
	return versions
}

// unkept is what comes in a history after the newest version of an article that
// is kept: all of it where there is no such article, and nothing where what is
// kept stands nowhere in it, since an article has one history.
func unkept(ctx context.Context, r store.Reader, id string, history []*item) ([]*item, error) {
	if len(history) == 0 {
		return nil, nil
	}
	k, err := r.Article(ctx, id)
	if ok, err := found(err); !ok {
		return history, err
	}
	for i := len(history) - 1; i >= 0; i-- {
		if a := history[i].article; a != nil && a.Text == k.Text && a.Title == k.Title {
			return history[i+1:], nil
		}
	}
	return nil, nil
}
