package relation

import (
	"context"
	"strings"

	"synoptic/internal/store"
)

// fitting narrows to the articles that a query fits, apart from its words.
func fitting(c *conditions, q store.Query) {
	if len(q.Outlets) > 0 {
		var either conditions
		for _, o := range q.Outlets {
			domain := short(strings.ToLower(o))
			either.add("a.domain = ?", domain)
			either.add(`a.domain LIKE ? ESCAPE '\'`, "%."+like.Replace(domain))
			if name := store.Folded(o); name != "" {
				either.add("' ' || a.folded || ' ' LIKE ?", "% "+name+" %")
			}
		}
		c.add("("+strings.Join(either.parts, " OR ")+")", either.args...)
	}
	for _, s := range q.Speakers {
		c.add("EXISTS (SELECT 1 FROM utterance u WHERE u.article = a.seq AND ' ' || u.folded || ' ' LIKE ?)", "% "+store.Folded(s)+" %")
	}
	if q.Language != "" {
		addLanguage(c, "a.language", q.Language)
	}
	if !q.From.IsZero() {
		c.add("a.published >= ?", stamp(q.From))
	}
	if !q.To.IsZero() {
		c.add("a.published <> '' AND a.published < ?", stamp(q.To.AddDate(0, 0, 1)))
	}
}

// Combine is the condition of a combination, made of those of its kids; of a
// word or phrase, for which an index has none where nothing is left of it, it is
// one that never holds.
func Combine(n *store.Node, fits func(*store.Node) (string, []any)) (condition string, args []any) {
	var parts []string
	for _, k := range n.Kids {
		part, more := fits(k)
		parts, args = append(parts, part), append(args, more...)
	}
	switch {
	case len(parts) == 0:
		return "1 = 0", nil
	case n.Op == store.Not:
		return "NOT " + parts[0], args
	case n.Op == store.Or:
		return "(" + strings.Join(parts, " OR ") + ")", args
	}
	return "(" + strings.Join(parts, " AND ") + ")", args
}

// Search implements store.ArticleReader.
func (t *transaction) Search(ctx context.Context, q store.Query, p store.Page) ([]store.Hit, string, error) {
	if err := t.flush(ctx); err != nil {
		return nil, "", err
	}
	var c conditions
	hits := `SELECT seq AS article, CAST(0 AS DOUBLE PRECISION) AS score FROM article`
	if q.Match != nil {
		var args []any
		hits, args = t.db.dialect.Index.Hits(q.Match)
		c.args = args
	}
	fitting(&c, q)
	if p.After != "" {
		var score float64
		var at, id string
		if err := readCursor("search", p.After, &score, &at, &id); err != nil {
			return nil, "", err
		}
		c.add("(h.score < ? OR h.score = ? AND (a.published < ? OR a.published = ? AND a.id > ?))", score, score, at, at, id)
	}
	type entry struct {
		kept
		score float64
	}
	size := limit(p)
	list, err := rows(ctx, t, "search", func(e *entry) []any { return append(e.columns(), &e.score) }, func(e *entry) error { return e.read() },
		// The texts are read of what is shown alone.
		`WITH h AS MATERIALIZED (`+hits+`), best AS MATERIALIZED
			(SELECT a.seq, h.score FROM h JOIN article a ON a.seq = h.article`+c.where()+` ORDER BY h.score DESC, a.published DESC, a.id LIMIT ?)
		SELECT `+keptColumns+`, best.score FROM best
		JOIN article a ON a.seq = best.seq
		JOIN version v ON v.article = a.seq AND v.version = a.version
		LEFT JOIN membership m ON m.article = a.seq
		ORDER BY best.score DESC, a.published DESC, a.id`, append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	list, next := page(list, size, func(e *entry) string { return cursor("search", e.score, e.published, e.ID) })
	out := make([]store.Hit, len(list))
	for i := range list {
		out[i].Kept = list[i].Kept
		out[i].Snippet, out[i].Marks = store.Snippet(out[i].Article, q)
	}
	return out, next, nil
}
