package relation

import (
	"context"
	"strings"

	"synoptic/internal/store"
)

// apart parts what a query wants of all that it finds: the fields that narrow it,
// which are conditions on a row a of article, and what an index of words is asked
// for; nil where no words are.
func apart(q store.Query) (fields []*store.Node, words *store.Node) {
	var worded []*store.Node
	for _, n := range q.Match.Conjuncts() {
		if n.Worded() {
			worded = append(worded, n)
		} else {
			fields = append(fields, n)
		}
	}
	switch len(worded) {
	case 0:
		return fields, nil
	case 1:
		return fields, worded[0]
	}
	return fields, &store.Node{Op: store.And, Kids: worded}
}

// unworded is a condition on a row a of article that holds where n, which asks
// for fields alone, fits it.
func unworded(n *store.Node) (string, []any) { return Combine(n, unworded) }

// field is a condition on a row a of article that holds where a field fits it.
func field(n *store.Node) (string, []any) {
	var c conditions
	switch n.Op {
	case store.Outlet:
		domain := short(strings.ToLower(n.Value))
		c.add("a.domain = ?", domain)
		c.add(`a.domain LIKE ? ESCAPE '\'`, "%."+like.Replace(domain))
		if name := store.Folded(n.Value); name != "" {
			c.add("' ' || a.folded || ' ' LIKE ?", "% "+name+" %")
		}
		return "(" + strings.Join(c.parts, " OR ") + ")", c.args
	case store.Speaker:
		return "EXISTS (SELECT 1 FROM utterance u WHERE u.article = a.seq AND ' ' || u.folded || ' ' LIKE ?)", []any{"% " + store.Folded(n.Value) + " %"}
	case store.Language:
		addLanguage(&c, "a.language", n.Value)
		return c.parts[0], c.args
	case store.From:
		return "a.published >= ?", []any{stamp(n.Day)}
	case store.To:
		return "(a.published <> '' AND a.published < ?)", []any{stamp(n.Day.AddDate(0, 0, 1))}
	case store.Word, store.Phrase, store.And, store.Or, store.Not:
	}
	return "1 = 0", nil
}

// Combine is the condition of a combination, made of those of its kids; of a
// field, it is one on a row a of article; of a word or phrase, for which an index
// has none where nothing is left of it, it is one that never holds.
func Combine(n *store.Node, fits func(*store.Node) (string, []any)) (condition string, args []any) {
	if len(n.Kids) == 0 {
		return field(n)
	}
	var parts []string
	for _, k := range n.Kids {
		part, more := fits(k)
		parts, args = append(parts, part), append(args, more...)
	}
	switch n.Op {
	case store.Not:
		return "NOT " + parts[0], args
	case store.Or:
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
	fields, words := apart(q)
	if words != nil {
		hits, c.args = t.db.dialect.Index.Hits(words)
	}
	for _, n := range fields {
		condition, args := unworded(n)
		c.add(condition, args...)
	}
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
