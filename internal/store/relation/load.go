package relation

import (
	"context"
	"errors"
	"strings"

	"synoptic/internal/store"
)

// table is a table with its columns, as Load copies it. The index of words is
// made anew.
type table struct {
	name    string
	columns string // with commas; the first orders it where counted is true
	boolean string // the one that holds true or false, which not every database tells from numbers
	counted bool   // the first column counts up by itself
}

// tables stand in an order in which none refers to one behind it.
var tables = []table{
	{name: "article", columns: "seq, id, version, print, title, outlet, domain, country, folded, language, published, source", counted: true},
	{name: "version", columns: "article, version, seen, source, content"},
	{name: "capture", columns: "article, version, address, type, charset, read, body"},
	{name: "analysis", columns: "article, version, engine, content"},
	{name: "sketch", columns: "article, version, data"},
	{name: "utterance", columns: "article, n, speaker, folded, role, kind, start, stop, terms"},
	{name: "quantity", columns: "article, n, start, stop, value, unit, of_start, of_stop, around, beyond, terms"},
	{name: "naming", columns: "article, folded, kind, name, utterances"},
	{name: "name", columns: "folded, kind, name, articles, utterances"},
	{name: "story", columns: "id, title, language, articles, origins, disputed, differing, first, last, rank, revision, digested, into_id, digest"},
	{name: "membership", columns: "n, article, story, joined, why, person", boolean: "person", counted: true},
	{name: "link", columns: "from_id, to_id"},
	{name: "correction", columns: "id, at, person, kind, story, other, undone", counted: true},
	{name: "corrected", columns: "correction, beside, n, article"},
	{name: "source", columns: "id, address, kind, title, folder, added, next, tried, answered, failures, problem, gone, etag, last_modified, rhythm", boolean: "gone"},
	{name: "job", columns: "id, kind, key, payload, due, tries, problem", counted: true},
	{name: "alert", columns: "id, query, channel, target, secret, added, off, problem", boolean: "off"},
	{name: "delivery", columns: "alert, story, at"},
	{name: "event", columns: "number, at, kind, story, article, version, source, other, note", counted: true},
	{name: "setting", columns: "name, value"},
}

// Load fills an empty collection with all of another, as of one moment. The two
// may be of different databases.
func (d *DB) Load(ctx context.Context, from *DB) error {
	return from.View(ctx, func(r store.Reader) error {
		return d.Update(ctx, func(w store.Writer) error {
			in, out := r.(*transaction), w.(*transaction)
			for _, table := range tables {
				if err := out.load(ctx, in, table); err != nil {
					return err
				}
			}
			return out.index(ctx)
		})
	})
}

// load copies one table.
func (t *transaction) load(ctx context.Context, from *transaction, table table) (err error) {
	doing := "copy the table " + table.name
	var n int64
	if err := t.row(ctx, doing, []any{&n}, `SELECT COUNT(*) FROM `+table.name); err != nil {
		return err
	}
	if n > 0 {
		return t.db.wrap(doing, errors.New("it is not empty"))
	}
	names := strings.Split(table.columns, ", ")
	order := ""
	if table.counted {
		order = ` ORDER BY ` + names[0]
	}
	rows, err := from.tx.QueryContext(ctx, `SELECT `+table.columns+` FROM `+table.name+order)
	if err != nil {
		return from.db.wrap(doing, err)
	}
	defer func() { err = errors.Join(err, from.db.wrap(doing, rows.Close())) }()
	in := insert{into: table.name + " (" + table.columns + ")"}
	for rows.Next() {
		values := make([]any, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return from.db.wrap(doing, err)
		}
		for i, name := range names {
			switch v := values[i].(type) {
			case int64:
				if name == table.boolean {
					values[i] = v != 0
				}
			case []byte:
				if v == nil { // empty, and not none
					values[i] = []byte{}
				}
			}
		}
		if in.add(values...); in.rows == maxRows {
			if err := in.run(ctx, t, doing); err != nil {
				return err
			}
			in = insert{into: in.into}
		}
	}
	if err := rows.Err(); err != nil {
		return from.db.wrap(doing, err)
	}
	if err := in.run(ctx, t, doing); err != nil || !table.counted || t.db.dialect.Counted == nil {
		return err
	}
	_, err = t.exec(ctx, doing, t.db.dialect.Counted(table.name, names[0]))
	return err
}

// index makes the index of words of all articles.
func (t *transaction) index(ctx context.Context) error {
	for after := int64(0); ; {
		list, err := t.keptRows(ctx, "index words", keptNewest+` WHERE a.seq > ? ORDER BY a.seq LIMIT 64`, after)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, k := range list {
			title, body := indexed(k.Article)
			if err := t.db.dialect.Index.Put(ctx, t.tx, k.seq, title, body); err != nil {
				return t.db.wrap("index words", err)
			}
			after = k.seq
		}
	}
}
