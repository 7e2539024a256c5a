package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"synoptic/internal/store"
	"synoptic/internal/store/relation"
)

// index is the index of words as an FTS5 table. It is given terms, which its
// tokenizer parts at the blanks alone.
type index struct{}

// Put implements relation.Index.
func (index) Put(ctx context.Context, tx *sql.Tx, seq int64, title, body string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)`, seq, title, body)
	return err
}

// Drop implements relation.Index.
func (index) Drop(ctx context.Context, tx *sql.Tx, seq int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM words WHERE rowid = ?`, seq)
	return err
}

// Known implements relation.Index.
func (index) Known() string { return `SELECT rowid AS article FROM words` }

// Hits implements relation.Index. Words of the title weigh four times those of
// the text.
func (x index) Hits(n *store.Node) (string, []any) {
	if match, ok := expression(n); ok {
		return `SELECT rowid AS article, -bm25(words, 4.0, 1.0) AS score FROM words WHERE words MATCH ?`, []any{match}
	}
	condition, args := x.Fits(n)
	if !n.Anchored() {
		return `SELECT a.seq AS article, CAST(0 AS DOUBLE PRECISION) AS score FROM article a WHERE ` + condition, args
	}
	// What FTS5 has no words for, as in "ferry (talks OR lang:en)".
	var wanted []string
	for _, leaf := range n.Wanted() {
		if match, ok := expression(leaf); ok {
			wanted = append(wanted, match)
		}
	}
	return `SELECT a.seq AS article, s.score FROM article a JOIN (SELECT rowid, -bm25(words, 4.0, 1.0) AS score FROM words WHERE words MATCH ?) s
		ON s.rowid = a.seq WHERE ` + condition, append([]any{strings.Join(wanted, " OR ")}, args...)
}

// Fits implements relation.Index.
func (x index) Fits(n *store.Node) (string, []any) {
	if match, ok := expression(n); ok {
		return `a.seq IN (SELECT rowid FROM words WHERE words MATCH ?)`, []any{match}
	}
	return relation.Combine(n, x.Fits)
}

// expression is n as FTS5 reads it. It has no way to ask for all articles but
// some: NOT stands between what must be there and what must not. It knows of no
// field.
func expression(n *store.Node) (string, bool) {
	switch n.Op {
	case store.Word, store.Phrase:
		terms := n.Terms()
		return `"` + strings.Join(terms, " ") + `"`, len(terms) > 0
	case store.Not, store.Outlet, store.Speaker, store.Language, store.From, store.To:
		return "", false
	case store.And, store.Or:
	}
	var with, without []string
	for _, k := range n.Kids {
		into := &with
		if k.Op == store.Not && n.Op == store.And {
			k, into = k.Kids[0], &without
		}
		e, ok := expression(k)
		if !ok {
			return "", false
		}
		*into = append(*into, e)
	}
	if len(with) == 0 {
		return "", false
	}
	joint := " AND "
	if n.Op == store.Or {
		joint = " OR "
	}
	e := "(" + strings.Join(with, joint) + ")"
	if len(without) > 0 {
		e = "(" + e + " NOT (" + strings.Join(without, " OR ") + "))"
	}
	return e, true
}
