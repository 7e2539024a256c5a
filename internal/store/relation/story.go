package relation

import (
	"context"
	"fmt"
	"math"

	"synoptic/internal/store"
)

const storyColumns = `s.id, s.title, s.language, s.articles, s.origins, s.disputed, s.differing, s.first, s.last, s.rank,
	s.revision, s.digested, s.into_id, s.digest`

type storyRow struct {
	store.Story
	last string
}

func (s *storyRow) columns() []any {
	return []any{
		&s.ID, &s.Title, &s.Language, &s.Articles, &s.Origins, &s.Disputed, &s.Differing,
		clock{&s.First},
		&s.last, &s.Rank,
		&s.Revision, &s.Digested, &s.Into,
		blob{&s.Digest},
	}
}

func (s *storyRow) read() error { return clock{&s.Story.Last}.Scan(s.last) }

func (t *transaction) storyRows(ctx context.Context, doing, query string, args ...any) ([]storyRow, error) {
	return rows(ctx, t, doing, (*storyRow).columns, (*storyRow).read, query, args...)
}

func stories(list []storyRow) []store.Story {
	if len(list) == 0 {
		return nil
	}
	out := make([]store.Story, len(list))
	for i := range list {
		out[i] = list[i].Story
	}
	return out
}

// Story implements store.StoryReader.
func (t *transaction) Story(ctx context.Context, id string) (store.Story, error) {
	doing := "story " + id
	list, err := t.storyRows(ctx, doing, `SELECT `+storyColumns+` FROM story s WHERE s.id = ?`, clean(id))
	if err != nil {
		return store.Story{}, err
	}
	if len(list) == 0 {
		return store.Story{}, t.db.wrap(doing, store.ErrNotFound)
	}
	return list[0].Story, nil
}

// Stories implements store.StoryReader.
func (t *transaction) Stories(ctx context.Context, f store.StoryFilter, p store.Page) ([]store.Story, string, error) {
	var c conditions
	c.add("s.into_id = ''")
	if f.Language != "" {
		addLanguage(&c, "LOWER(s.language)", f.Language)
	}
	if f.MinArticles > 0 {
		c.add("s.articles >= ?", f.MinArticles)
	}
	if f.MinOrigins > 1 { // each has one, also where nobody has counted yet
		c.add("s.origins >= ?", f.MinOrigins)
	}
	if !f.From.IsZero() {
		c.add("s.last >= ?", stamp(f.From))
	}
	if !f.To.IsZero() {
		c.add("s.last <> '' AND s.last < ?", stamp(f.To))
	}
	if f.Changed > 0 {
		c.add("s.revision > ?", f.Changed)
	}
	if f.Query != nil {
		if err := t.flush(ctx); err != nil {
			return nil, "", err
		}
		var fits conditions
		fields, words := apart(*f.Query)
		for _, n := range fields {
			condition, args := unworded(n)
			fits.add(condition, args...)
		}
		if words != nil {
			condition, args := t.db.dialect.Index.Fits(words)
			fits.add(condition, args...)
		}
		if len(fits.parts) > 0 {
			c.add(`s.id IN (SELECT m.story FROM article a JOIN membership m ON m.article = a.seq`+fits.where()+`)`, fits.args...)
		}
	}
	list, order := "stories by rank", ` ORDER BY s.rank DESC, s.last DESC, s.id LIMIT ?`
	if f.ByLatest {
		list, order = "stories by date", ` ORDER BY s.last DESC, s.id LIMIT ?`
	}
	if p.After != "" {
		var rank float64
		var last, id string
		if err := readCursor(list, p.After, &rank, &last, &id); err != nil {
			return nil, "", err
		}
		if f.ByLatest {
			c.add("(s.last < ? OR s.last = ? AND s.id > ?)", last, last, id)
		} else {
			c.add("(s.rank < ? OR s.rank = ? AND (s.last < ? OR s.last = ? AND s.id > ?))", rank, rank, last, last, id)
		}
	}
	size := limit(p)
	found, err := t.storyRows(ctx, "list stories", `SELECT `+storyColumns+` FROM story s`+c.where()+order, append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	found, next := page(found, size, func(s *storyRow) string { return cursor(list, s.Rank, s.last, s.ID) })
	return stories(found), next, nil
}

// Undigested implements store.StoryReader.
func (t *transaction) Undigested(ctx context.Context, limit int) ([]store.Story, error) {
	list, err := t.storyRows(ctx, "list stories to digest", `SELECT `+storyColumns+` FROM story s
		WHERE s.digested < s.revision AND s.into_id = '' ORDER BY s.revision, s.id LIMIT ?`, count(limit))
	return stories(list), err
}

// Members implements store.StoryReader.
func (t *transaction) Members(ctx context.Context, story string) ([]store.Membership, error) {
	return rows(ctx, t, "members of story "+story, func(m *store.Membership) []any {
		return []any{&m.Article, &m.Story, clock{&m.Joined}, &m.Why, &m.Person}
	}, nil, `SELECT a.id, m.story, m.joined, m.why, m.person FROM membership m JOIN article a ON a.seq = m.article WHERE m.story = ? ORDER BY m.n`, clean(story))
}

// Links implements store.StoryReader.
func (t *transaction) Links(ctx context.Context, story string) ([]store.Link, error) {
	return rows(ctx, t, "links of story "+story, func(l *store.Link) []any { return []any{&l.From, &l.To} }, nil,
		`SELECT from_id, to_id FROM link WHERE from_id = ? OR to_id = ? ORDER BY from_id, to_id`, clean(story), clean(story))
}

// Corrections implements store.StoryReader.
func (t *transaction) Corrections(ctx context.Context, story string) ([]store.Correction, error) {
	var c conditions
	if story != "" {
		c.add("(story = ? OR other = ?)", clean(story), clean(story))
	}
	doing := "list corrections"
	list, err := rows(ctx, t, doing, func(k *store.Correction) []any {
		return []any{&k.ID, clock{&k.At}, &k.By, &k.Kind, &k.Story, &k.Other, clock{&k.Undone}}
	}, nil, `SELECT id, at, person, kind, story, other, undone FROM correction`+c.where()+` ORDER BY id`, c.args...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		for beside, into := range [...]*[]string{&list[i].Articles, &list[i].Beside} {
			*into, err = rows(ctx, t, doing, func(s *string) []any { return []any{s} }, nil,
				`SELECT article FROM corrected WHERE correction = ? AND beside = ? ORDER BY n`, list[i].ID, beside)
			if err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// PutStory implements store.StoryWriter.
func (t *transaction) PutStory(ctx context.Context, s store.Story) error {
	if math.IsNaN(s.Rank) || math.IsInf(s.Rank, 0) {
		return fmt.Errorf("story %s: rank %g cannot be kept", s.ID, s.Rank)
	}
	var digest any
	if s.Digest != nil {
		digest = s.Digest
	}
	_, err := t.exec(ctx, "keep story "+s.ID,
		`INSERT INTO story (id, title, language, articles, origins, disputed, differing, first, last, rank, revision, digested, into_id, digest)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, language = excluded.language, articles = excluded.articles,
			origins = excluded.origins, disputed = excluded.disputed, differing = excluded.differing, first = excluded.first,
			last = excluded.last, rank = excluded.rank,
			revision = CASE WHEN excluded.revision > story.revision THEN excluded.revision ELSE story.revision END,
			digested = excluded.digested, into_id = excluded.into_id, digest = excluded.digest`,
		clean(s.ID), clean(s.Title), clean(s.Language), s.Articles, s.Origins, s.Disputed, s.Differing, stamp(s.First), stamp(s.Last), s.Rank,
		s.Revision, s.Digested, clean(s.Into), digest)
	return err
}

// Join implements store.StoryWriter.
func (t *transaction) Join(ctx context.Context, m store.Membership) error {
	doing := fmt.Sprintf("put article %s into story %s", m.Article, m.Story)
	var seq int64
	var in, into string
	if err := t.row(ctx, doing, []any{&seq, &in}, `SELECT a.seq, COALESCE(m.story, '') FROM article a LEFT JOIN membership m ON m.article = a.seq WHERE a.id = ?`,
		clean(m.Article)); err != nil {
		return err
	}
	if err := t.row(ctx, doing, []any{&into}, `SELECT id FROM story WHERE id = ?`, clean(m.Story)); err != nil {
		return err
	}
	if in == into {
		_, err := t.exec(ctx, doing, `UPDATE membership SET joined = ?, why = ?, person = ? WHERE article = ?`, stamp(m.Joined), clean(m.Why), m.Person, seq)
		return err
	}
	if in != "" {
		if _, err := t.exec(ctx, doing, `DELETE FROM membership WHERE article = ?`, seq); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, doing, `INSERT INTO membership (article, story, joined, why, person) VALUES (?, ?, ?, ?, ?)`,
		seq, into, stamp(m.Joined), clean(m.Why), m.Person)
	return err
}

// PutLink implements store.StoryWriter.
func (t *transaction) PutLink(ctx context.Context, l store.Link) error {
	doing := fmt.Sprintf("link story %s to story %s", l.From, l.To)
	var n int
	for _, id := range [...]string{l.From, l.To} {
		if err := t.row(ctx, doing, []any{&n}, `SELECT 1 FROM story WHERE id = ?`, clean(id)); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, doing, `INSERT INTO link (from_id, to_id) VALUES (?, ?) ON CONFLICT DO NOTHING`, clean(l.From), clean(l.To))
	return err
}

// PutCorrection implements store.StoryWriter.
func (t *transaction) PutCorrection(ctx context.Context, c *store.Correction) error {
	if c.ID == 0 {
		err := t.row(ctx, "keep a correction", []any{&c.ID},
			`INSERT INTO correction (at, person, kind, story, other, undone) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
			stamp(c.At), clean(c.By), string(c.Kind), clean(c.Story), clean(c.Other), stamp(c.Undone))
		if err != nil {
			return err
		}
	} else {
		doing := fmt.Sprintf("keep correction %d", c.ID)
		n, err := t.exec(ctx, doing, `UPDATE correction SET at = ?, person = ?, kind = ?, story = ?, other = ?, undone = ? WHERE id = ?`,
			stamp(c.At), clean(c.By), string(c.Kind), clean(c.Story), clean(c.Other), stamp(c.Undone), c.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return t.db.wrap(doing, store.ErrNotFound)
		}
	}
	if _, err := t.exec(ctx, "keep a correction", `DELETE FROM corrected WHERE correction = ?`, c.ID); err != nil {
		return err
	}
	in := insert{into: "corrected (correction, beside, n, article)"}
	for beside, ids := range [...][]string{c.Articles, c.Beside} {
		for i, id := range ids {
			in.add(c.ID, beside, i, clean(id))
		}
	}
	return in.run(ctx, t, "keep a correction")
}
