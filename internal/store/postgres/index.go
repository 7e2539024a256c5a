package postgres

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"synoptic/internal/store"
	"synoptic/internal/store/relation"
)

// index is the index of words as a table: for each article its terms as a
// vector, which PostgreSQL indexes, and as a text. Vectors hold few places of a
// word and none far behind, so phrases are looked for in the text.
type index struct{}

// Bounds of PostgreSQL on the places in a vector.
const (
	maxPlace  = 16383
	maxPlaces = 255 // of one word
)

// Put implements relation.Index.
func (index) Put(ctx context.Context, tx *sql.Tx, seq int64, title, body string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO words (article, terms, vector) VALUES ($1, $2, $3::tsvector)`,
		seq, " "+title+" . "+body+" ", vector(title, body))
	return err
}

// Drop implements relation.Index.
func (index) Drop(ctx context.Context, tx *sql.Tx, seq int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM words WHERE article = $1`, seq)
	return err
}

// Known implements relation.Index.
func (index) Known() string { return `SELECT article FROM words` }

// vector is terms as PostgreSQL reads a tsvector: each with its places, those in
// the title with the weight A. Terms hold no sign that would need quoting.
func vector(title, body string) string {
	var order []string
	places := make(map[string][]byte)
	counts := make(map[string]int)
	at := 0
	for _, part := range [...]struct{ terms, weight string }{{title, "A"}, {body, ""}} {
		for term := range strings.FieldsSeq(part.terms) {
			at++
			list, known := places[term]
			if !known {
				order = append(order, term)
			} else if at > maxPlace || counts[term] == maxPlaces {
				continue
			}
			sign := byte(',')
			if !known {
				sign = ':'
			}
			list = append(list, sign)
			list = strconv.AppendInt(list, int64(min(at, maxPlace)), 10)
			places[term] = append(list, part.weight...)
			counts[term]++
		}
	}
	var b strings.Builder
	for _, term := range order {
		b.WriteByte('\'')
		b.WriteString(term)
		b.WriteByte('\'')
		b.Write(places[term])
		b.WriteByte(' ')
	}
	return b.String()
}

// tables has the rows that fits is about.
const tables = `words w JOIN article a ON a.seq = w.article`

// Fits implements relation.Index.
func (x index) Fits(n *store.Node) (string, []any) {
	condition, args := fits(n)
	return `a.seq IN (SELECT w.article FROM ` + tables + ` WHERE ` + condition + `)`, args
}

// Hits implements relation.Index. The score of an article is the sum over what
// is wanted: how rare it is, times PostgreSQL's rank for it, in which words of
// the title weigh four times those of the text and long texts count less.
func (x index) Hits(n *store.Node) (string, []any) {
	var score []string
	var args []any
	for _, leaf := range n.Wanted() {
		q, ok := tsquery(leaf.Terms())
		if !ok {
			continue
		}
		score = append(score, `LN(1 + (SELECT COUNT(*) FROM words)::float8 / (1 + (SELECT COUNT(*) FROM words d WHERE d.vector @@ ?::tsquery)))
			* ts_rank('{0.25, 0.25, 0.25, 1}', w.vector, ?::tsquery, 1)::float8`)
		args = append(args, q, q)
	}
	if !n.Anchored() || len(score) == 0 {
		score, args = []string{"0::float8"}, nil
	}
	condition, more := fits(n)
	return `SELECT w.article, ` + strings.Join(score, " + ") + ` AS score FROM ` + tables + ` WHERE ` + condition, append(args, more...)
}

// fits is a condition on a row w of words and the row a of its article.
func fits(n *store.Node) (string, []any) {
	if n.Op != store.Word && n.Op != store.Phrase {
		return relation.Combine(n, fits)
	}
	terms := n.Terms()
	q, ok := tsquery(terms)
	switch {
	case !ok:
		return "1 = 0", nil
	case len(terms) == 1:
		return "w.vector @@ ?::tsquery", []any{q}
	}
	return "(w.vector @@ ?::tsquery AND STRPOS(w.terms, ?) > 0)", []any{q, " " + strings.Join(terms, " ") + " "}
}

// tsquery asks for all of the terms.
func tsquery(terms []string) (string, bool) {
	return "'" + strings.Join(terms, "' & '") + "'", len(terms) > 0
}
