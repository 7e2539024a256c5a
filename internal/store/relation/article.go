package relation

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/internal/store/record"
)

// kept is an article as rows give it.
type kept struct {
	store.Kept
	seq       int64
	published string
	content   []byte
}

// The columns and tables of a kept article: its newest version, and any.
const (
	keptColumns = `a.seq, a.id, a.published, v.version, v.seen, v.source, COALESCE(m.story, ''), v.content`
	keptNewest  = `SELECT ` + keptColumns + ` FROM article a
		JOIN version v ON v.article = a.seq AND v.version = a.version
		LEFT JOIN membership m ON m.article = a.seq`
	keptAny = `SELECT ` + keptColumns + ` FROM article a
		JOIN version v ON v.article = a.seq
		LEFT JOIN membership m ON m.article = a.seq`
)

func (k *kept) columns() []any {
	return []any{&k.seq, &k.ID, &k.published, &k.Version, clock{&k.Seen}, &k.Source, &k.Story, &k.content}
}

func (k *kept) read() (err error) {
	if k.Article, err = record.ReadArticle(k.content); err != nil {
		return fmt.Errorf("article %s, version %d: %w", k.ID, k.Version, err)
	}
	k.content = nil
	return nil
}

func (t *transaction) keptRows(ctx context.Context, doing, query string, args ...any) ([]kept, error) {
	return rows(ctx, t, doing, (*kept).columns, (*kept).read, query, args...)
}

// plainly is the list without what rows add.
func plainly(list []kept) []store.Kept {
	if len(list) == 0 {
		return nil
	}
	out := make([]store.Kept, len(list))
	for i := range list {
		out[i] = list[i].Kept
	}
	return out
}

// Article implements store.ArticleReader.
func (t *transaction) Article(ctx context.Context, id string) (store.Kept, error) {
	doing := "article " + id
	list, err := t.keptRows(ctx, doing, keptNewest+` WHERE a.id = ?`, clean(id))
	if err != nil {
		return store.Kept{}, err
	}
	if len(list) == 0 {
		return store.Kept{}, t.db.wrap(doing, store.ErrNotFound)
	}
	return list[0].Kept, nil
}

// Versions implements store.ArticleReader.
func (t *transaction) Versions(ctx context.Context, id string) ([]store.Kept, error) {
	doing := "versions of article " + id
	list, err := t.keptRows(ctx, doing, keptAny+` WHERE a.id = ? ORDER BY v.version`, clean(id))
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, t.db.wrap(doing, store.ErrNotFound)
	}
	return plainly(list), nil
}

// Articles implements store.ArticleReader.
func (t *transaction) Articles(ctx context.Context, f store.ArticleFilter, p store.Page) ([]store.Kept, string, error) {
	var c conditions
	if f.Story != "" {
		c.add("m.story = ?", clean(f.Story))
	}
	if f.Outlet != "" {
		addOutlet(&c, f.Outlet)
	}
	if f.Language != "" {
		addLanguage(&c, "a.language", f.Language)
	}
	if !f.From.IsZero() {
		c.add("a.published >= ?", stamp(f.From))
	}
	if !f.To.IsZero() {
		c.add("a.published <> '' AND a.published < ?", stamp(f.To))
	}
	return t.latest(ctx, "list articles", c, p)
}

// latest lists newest versions that fit, latest publication first.
func (t *transaction) latest(ctx context.Context, doing string, c conditions, p store.Page) ([]store.Kept, string, error) {
	if p.After != "" {
		var at, id string
		if err := readCursor("articles", p.After, &at, &id); err != nil {
			return nil, "", err
		}
		c.add("(a.published < ? OR a.published = ? AND a.id > ?)", at, at, id)
	}
	size := limit(p)
	list, err := t.keptRows(ctx, doing, `WITH latest AS MATERIALIZED
			(SELECT a.seq FROM article a LEFT JOIN membership m ON m.article = a.seq`+c.where()+` ORDER BY a.published DESC, a.id LIMIT ?)
		`+keptNewest+` JOIN latest ON latest.seq = a.seq ORDER BY a.published DESC, a.id`, append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	list, next := page(list, size, func(k *kept) string { return cursor("articles", k.published, k.ID) })
	return plainly(list), next, nil
}

// addOutlet narrows to an outlet by its domain or its name.
func addOutlet(c *conditions, outlet string) {
	domain, name := short(strings.ToLower(outlet)), short(store.Folded(outlet))
	c.add("(a.domain = ? AND a.domain <> '' OR a.folded = ? AND a.folded <> '')", domain, name)
}

// addLanguage narrows to a language and its regional forms.
func addLanguage(c *conditions, column, language string) {
	language = short(strings.ToLower(language))
	c.add("("+column+" = ? OR SUBSTR("+column+", 1, ?) = ?)", language, len([]rune(language))+1, language+"-")
}

// Sequence implements store.ArticleReader.
func (t *transaction) Sequence(ctx context.Context, after int64, limit int) ([]store.Kept, int64, error) {
	list, err := t.keptRows(ctx, "list articles in sequence", keptNewest+` WHERE a.seq > ? ORDER BY a.seq LIMIT ?`, after, count(limit))
	if err != nil || len(list) == 0 {
		return nil, 0, err
	}
	return plainly(list), list[len(list)-1].seq, nil
}

// Capture implements store.ArticleReader.
func (t *transaction) Capture(ctx context.Context, id string, version int) (store.Capture, error) {
	doing := fmt.Sprintf("capture of article %s, version %d", id, version)
	c := store.Capture{Article: id, Version: version}
	var packed []byte
	err := t.row(ctx, doing, []any{&c.Address, &c.Type, &c.Charset, clock{&c.Read}, &packed},
		`SELECT c.address, c.type, c.charset, c.read, c.body FROM capture c JOIN article a ON a.seq = c.article WHERE a.id = ? AND c.version = ?`,
		clean(id), version)
	if err != nil {
		return store.Capture{}, err
	}
	if c.Body, err = record.Unpack(packed); err != nil {
		return store.Capture{}, t.db.wrap(doing, err)
	}
	return c, nil
}

// outletKey tells outlets apart.
const outletKey = `CASE WHEN domain <> '' THEN domain ELSE folded END`

// Outlets implements store.ArticleReader.
func (t *transaction) Outlets(ctx context.Context) ([]store.OutletCount, error) {
	return rows(ctx, t, "list outlets", func(o *store.OutletCount) []any {
		return []any{&o.Name, &o.Domain, &o.Country, &o.Articles, clock{&o.Latest}}
	}, nil, `SELECT MAX(outlet), MAX(domain), MAX(country), COUNT(*), MAX(published) FROM article
		GROUP BY `+outletKey+` ORDER BY COUNT(*) DESC, `+outletKey)
}

// print tells texts with their titles apart.
func print(a *article.Article) []byte {
	h := sha256.New()
	h.Write(fmt.Appendf(nil, "%d\n%s\n%s", len(a.Headline()), a.Headline(), a.Text))
	return h.Sum(nil)
}

// PutArticle implements store.ArticleWriter.
func (t *transaction) PutArticle(ctx context.Context, k store.Kept, c *store.Capture) (store.Put, error) {
	if k.Article == nil {
		return store.Put{}, errors.New("there is no article to keep")
	}
	if err := k.Check(); err != nil {
		return store.Put{}, err
	}
	a := k.Article
	put := store.Put{ID: clean(k.ID)}
	if put.ID == "" {
		put.ID = store.ArticleID(a)
	}
	doing := "keep " + a.Place
	var old []byte
	err := t.row(ctx, doing, []any{&put.Sequence, &put.Version, &old}, `SELECT seq, version, print FROM article WHERE id = ?`, put.ID)
	mark := print(a)
	switch {
	case missing(err):
		put.New, put.Version = true, 1
		err = t.row(ctx, doing, []any{&put.Sequence},
			`INSERT INTO article (id, version, print, title, outlet, domain, country, folded, language, published, source)
			VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
			put.ID, mark, clean(a.Headline()), short(a.Outlet.Name), short(strings.ToLower(a.Outlet.Domain)), short(a.Outlet.Country),
			short(store.Folded(a.Outlet.Name)), short(strings.ToLower(a.Language)), published(a.Published), clean(k.Source))
	case err == nil && bytes.Equal(old, mark):
		return put, nil
	case err == nil:
		put.Changed = true
		put.Version++
		if err = t.dropFindings(ctx, put.Sequence); err != nil {
			return store.Put{}, err
		}
		if err = t.unindex(ctx, put.Sequence); err != nil {
			return store.Put{}, err
		}
		_, err = t.exec(ctx, doing,
			`UPDATE article SET version = ?, print = ?, title = ?, outlet = ?, domain = ?, country = ?, folded = ?, language = ?, published = ? WHERE seq = ?`,
			put.Version, mark, clean(a.Headline()), short(a.Outlet.Name), short(strings.ToLower(a.Outlet.Domain)), short(a.Outlet.Country),
			short(store.Folded(a.Outlet.Name)), short(strings.ToLower(a.Language)), published(a.Published), put.Sequence)
	}
	if err != nil {
		return store.Put{}, err
	}
	if _, err := t.exec(ctx, doing, `INSERT INTO version (article, version, seen, source, content) VALUES (?, ?, ?, ?, ?)`,
		put.Sequence, put.Version, stamp(k.Seen), clean(k.Source), record.Article(a)); err != nil {
		return store.Put{}, err
	}
	if c != nil {
		if _, err := t.exec(ctx, doing, `INSERT INTO capture (article, version, address, type, charset, read, body) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			put.Sequence, put.Version, clean(c.Address), clean(c.Type), clean(c.Charset), stamp(c.Read), record.Pack(c.Body)); err != nil {
			return store.Put{}, err
		}
	}
	title, body := indexed(a)
	if t.later = append(t.later, entry{put.Sequence, title, body}); len(t.later) >= maxLater {
		if err := t.flush(ctx); err != nil {
			return store.Put{}, err
		}
	}
	if len(t.texts) < maxTexts {
		t.texts[version{put.Sequence, put.Version}] = a
	}
	return put, nil
}

// maxTexts is how many articles a transaction remembers for their findings.
const maxTexts = 256

// maxIndexed is how many bytes of terms of one article can be searched for:
// PostgreSQL has a bound, and both databases find the same.
const maxIndexed = 256 << 10

// indexed is the terms of an article's title and of the rest of its text.
func indexed(a *article.Article) (title, body string) {
	var t, b strings.Builder
	write := func(into *strings.Builder, s string) {
		for term := range store.Terms(s) {
			if t.Len()+b.Len()+len(term) >= maxIndexed {
				return
			}
			if into.Len() > 0 {
				into.WriteByte(' ')
			}
			into.WriteString(term)
		}
	}
	write(&t, a.Headline())
	write(&b, a.Text[:a.Title.Start])
	write(&b, a.Text[a.Title.End:])
	return t.String(), b.String()
}

// Forget implements store.ArticleWriter.
func (t *transaction) Forget(ctx context.Context, ids ...string) error {
	emptied := make([]string, 0, len(ids))
	for _, id := range ids {
		id = clean(id)
		doing := "forget article " + id
		var seq int64
		var story string
		err := t.row(ctx, doing, []any{&seq, &story},
			`SELECT a.seq, COALESCE(m.story, '') FROM article a LEFT JOIN membership m ON m.article = a.seq WHERE a.id = ?`, id)
		if missing(err) {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.dropFindings(ctx, seq); err != nil {
			return err
		}
		if err := t.unindex(ctx, seq); err != nil {
			return err
		}
		for _, query := range [...]string{
			`DELETE FROM correction WHERE id IN (SELECT correction FROM corrected WHERE beside = 0 AND article = ?) AND NOT EXISTS
				(SELECT 1 FROM corrected c WHERE c.correction = correction.id AND c.beside = 0 AND c.article <> ?)`,
			`DELETE FROM corrected WHERE article = ? OR article = ?`,
			`UPDATE event SET note = '' WHERE (article = ? OR article = ?) AND article <> ''`,
			`DELETE FROM article WHERE id = ? OR id = ?`, // and by reference all that belongs to it
		} {
			if _, err := t.exec(ctx, doing, query, id, id); err != nil {
				return err
			}
		}
		for v := range t.texts {
			if v.seq == seq {
				delete(t.texts, v)
			}
		}
		if story != "" {
			emptied = append(emptied, story)
		}
	}
	for _, story := range emptied {
		if err := t.dropEmpty(ctx, story); err != nil {
			return err
		}
	}
	return nil
}

// dropEmpty removes a story that has no articles, with those that have become a
// part of it.
func (t *transaction) dropEmpty(ctx context.Context, story string) error {
	doing := "forget story " + story
	list := []string{story}
	for i := 0; i < len(list); i++ { // it grows as it goes
		n, err := t.exec(ctx, doing, `DELETE FROM story WHERE id = ? AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.story = story.id)`, list[i])
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		for _, query := range [...]string{
			`DELETE FROM delivery WHERE story = ?`,
			`DELETE FROM correction WHERE story = ?`,
		} {
			if _, err := t.exec(ctx, doing, query, list[i]); err != nil {
				return err
			}
		}
		into, err := rows(ctx, t, doing, func(s *string) []any { return []any{s} }, nil, `SELECT id FROM story WHERE into_id = ? ORDER BY id`, list[i])
		if err != nil {
			return err
		}
		list = append(list, into...)
	}
	return nil
}
