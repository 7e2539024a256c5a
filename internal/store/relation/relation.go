// Package relation keeps a collection in tables: one body of SQL for every
// database that database/sql reaches. What differs from one to the other is its
// [Dialect]; opening, migrations and the index of words are in the folder of
// each database.
package relation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"synoptic/article"
	"synoptic/internal/store"
)

// Dialect is what differs from one database to the other.
type Dialect struct {
	Place    string            // what errors call the database
	Numbered bool              // parameters are $1, $2, … instead of ?
	View     sql.TxOptions     // of a transaction that reads
	Update   sql.TxOptions     // of one that writes
	Lock     string            // what one that writes begins with, so that no two overlap; "" where beginning does it
	Class    func(error) error // the store's error that an error of the database is one of; nil for none
	Index    Index             // of words
	Bytes    string            // query for the size of the database
	// Counted is a query that lets a column count on behind what it holds, after
	// numbers were put in from outside; nil where it does so by itself.
	Counted func(table, column string) string
}

// Index is the index of words of one database. Articles are known to it by their
// sequence numbers. Queries write parameters as ?.
type Index interface {
	// Put adds the terms of an article, with blanks between them.
	Put(ctx context.Context, tx *sql.Tx, seq int64, title, body string) error
	// Drop forgets an article.
	Drop(ctx context.Context, tx *sql.Tx, seq int64) error
	// Known is a query for the articles in it, as article.
	Known() string
	// Fits is a condition on a row a of article that holds for the articles that n fits.
	Fits(n *store.Node) (condition string, args []any)
	// Hits is a query for article and score of the articles that n fits, the
	// better the higher the score. All are equal where n is not anchored.
	Hits(n *store.Node) (query string, args []any)
}

// DB is a collection in tables.
type DB struct {
	read, write *sql.DB
	dialect     Dialect
	rebound     sync.Map // query with ? to query with $1, $2, …
}

// New is the collection in a database with all its tables. Views use one pool of
// connections and updates the other; they may be the same.
func New(read, write *sql.DB, d Dialect) *DB { return &DB{read: read, write: write, dialect: d} }

// View implements store.Store.
func (d *DB) View(ctx context.Context, read func(store.Reader) error) error {
	tx, err := d.read.BeginTx(ctx, &d.dialect.View)
	if err != nil {
		return d.wrap("begin to read", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to keep
	return read(&transaction{db: d, tx: tx})
}

// Update implements store.Store.
func (d *DB) Update(ctx context.Context, write func(store.Writer) error) error {
	tx, err := d.write.BeginTx(ctx, &d.dialect.Update)
	if err != nil {
		return d.wrap("begin to write", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if d.dialect.Lock != "" {
		if _, err := tx.ExecContext(ctx, d.dialect.Lock); err != nil {
			return d.wrap("begin to write", err)
		}
	}
	t := &transaction{db: d, tx: tx, texts: make(map[version]*article.Article)}
	if err := write(t); err != nil {
		return err
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return d.wrap("keep what was written", err)
	}
	return nil
}

// Close closes both pools.
func (d *DB) Close() error {
	err := d.read.Close()
	if d.write != d.read {
		err = errors.Join(err, d.write.Close())
	}
	return err
}

// wrap says where and at what an error came up, and which of the store's it is.
func (d *DB) wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: %s: %w", d.dialect.Place, doing, store.ErrNotFound)
	}
	if class := d.dialect.Class(err); class != nil && !errors.Is(err, class) {
		return fmt.Errorf("%s: %s: %w (%w)", d.dialect.Place, doing, class, err)
	}
	return fmt.Errorf("%s: %s: %w", d.dialect.Place, doing, err)
}

// bind is a query with the database's own parameters.
func (d *DB) bind(query string) string {
	if !d.dialect.Numbered {
		return query
	}
	if bound, ok := d.rebound.Load(query); ok {
		return bound.(string)
	}
	bound := Numbered(query)
	d.rebound.Store(query, bound)
	return bound
}

// Numbered writes the parameters of a query as $1, $2, … instead of ?, which
// must stand for nothing else in it.
func Numbered(query string) string {
	var b strings.Builder
	n := 0
	for {
		at := strings.IndexByte(query, '?')
		if at < 0 {
			b.WriteString(query)
			return b.String()
		}
		n++
		b.WriteString(query[:at])
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		query = query[at+1:]
	}
}

// transaction is a reader or writer.
type transaction struct {
	db    *DB
	tx    *sql.Tx
	texts map[version]*article.Article // put in this transaction
	later []entry                      // of the index of words, see flush
}

// entry is the terms of an article that the index of words is to hold.
type entry struct {
	seq         int64
	title, body string
}

// maxLater is how many entries wait at most.
const maxLater = 256

// flush puts what waits into the index of words. Entries wait for the end of the
// transaction or a search: FTS5 writes what it holds with every statement of
// another table that comes between, and small pieces cost it merges later.
func (t *transaction) flush(ctx context.Context) error {
	for _, e := range t.later {
		if err := t.db.dialect.Index.Put(ctx, t.tx, e.seq, e.title, e.body); err != nil {
			return t.db.wrap("index words", err)
		}
	}
	t.later = t.later[:0]
	return nil
}

// unindex takes an article out of the index of words.
func (t *transaction) unindex(ctx context.Context, seq int64) error {
	for i, e := range t.later {
		if e.seq == seq {
			t.later = slices.Delete(t.later, i, i+1)
			return nil
		}
	}
	return t.db.wrap("index words", t.db.dialect.Index.Drop(ctx, t.tx, seq))
}

// version is one version of an article.
type version struct {
	seq    int64
	number int
}

// exec runs a statement and counts the rows that it changed.
func (t *transaction) exec(ctx context.Context, doing, query string, args ...any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, t.db.bind(query), args...)
	if err != nil {
		return 0, t.db.wrap(doing, err)
	}
	n, err := result.RowsAffected()
	return n, t.db.wrap(doing, err)
}

// row reads the one row of a query; ErrNotFound where there is none.
func (t *transaction) row(ctx context.Context, doing string, into []any, query string, args ...any) error {
	return t.db.wrap(doing, t.tx.QueryRowContext(ctx, t.db.bind(query), args...).Scan(into...))
}

// missing reports whether err says that there is no such row.
func missing(err error) bool { return errors.Is(err, store.ErrNotFound) }

// rows reads all rows of a query. scan is given the entry to fill and says into
// what the columns go; done, which may be nil, finishes an entry.
func rows[T any](ctx context.Context, t *transaction, doing string, scan func(*T) []any, done func(*T) error, query string, args ...any) (list []T, err error) {
	r, err := t.tx.QueryContext(ctx, t.db.bind(query), args...)
	if err != nil {
		return nil, t.db.wrap(doing, err)
	}
	defer func() { err = errors.Join(err, t.db.wrap(doing, r.Close())) }()
	for r.Next() {
		var entry T
		if err := r.Scan(scan(&entry)...); err != nil {
			return nil, t.db.wrap(doing, err)
		}
		if done != nil {
			if err := done(&entry); err != nil {
				return nil, t.db.wrap(doing, err)
			}
		}
		list = append(list, entry)
	}
	return list, t.db.wrap(doing, r.Err())
}

// conditions is a WHERE clause in the making.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(condition string, args ...any) {
	c.parts = append(c.parts, condition)
	c.args = append(c.args, args...)
}

// where is the clause, "" when nothing narrows.
func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// marks is n parameters with commas between them.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }
