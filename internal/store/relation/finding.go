package relation

import (
	"context"
	"fmt"
	"math"
	"strings"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/internal/store/record"
	"synoptic/text"
)

// Analysis implements store.FindingReader.
func (t *transaction) Analysis(ctx context.Context, id string, version int, engine string) (*article.Analysis, error) {
	doing := fmt.Sprintf("analysis of article %s, version %d, by engine %s", id, version, engine)
	var content []byte
	err := t.row(ctx, doing, []any{&content},
		`SELECT n.content FROM analysis n JOIN article a ON a.seq = n.article WHERE a.id = ? AND n.version = ? AND n.engine = ?`,
		clean(id), version, clean(engine))
	if err != nil {
		return nil, err
	}
	n, err := record.ReadAnalysis(content)
	return n, t.db.wrap(doing, err)
}

// Sketches implements store.FindingReader.
func (t *transaction) Sketches(ctx context.Context, after int64, limit int) ([]store.Sketch, error) {
	return rows(ctx, t, "list sketches", func(s *store.Sketch) []any {
		return []any{&s.Sequence, &s.Article, &s.Story, clock{&s.Published}, clock{&s.Seen}, blob{&s.Data}}
	}, nil, `SELECT a.seq, a.id, COALESCE(m.story, ''), a.published, v.seen, k.data FROM sketch k
		JOIN article a ON a.seq = k.article
		JOIN version v ON v.article = k.article AND v.version = k.version
		LEFT JOIN membership m ON m.article = a.seq
		WHERE k.article > ? ORDER BY k.article LIMIT ?`, after, count(limit))
}

// Unanalysed implements store.FindingReader.
func (t *transaction) Unanalysed(ctx context.Context, engine string, limit int) ([]store.Kept, error) {
	list, err := t.keptRows(ctx, "list articles to analyse", keptNewest+` WHERE NOT EXISTS
		(SELECT 1 FROM analysis n WHERE n.article = a.seq AND n.version = a.version AND n.engine = ?) ORDER BY a.seq LIMIT ?`,
		clean(engine), count(limit))
	return plainly(list), err
}

// PutFindings implements store.ArticleWriter.
func (t *transaction) PutFindings(ctx context.Context, id string, number int, n *article.Analysis, sketch []byte) error {
	doing := fmt.Sprintf("keep the findings of article %s, version %d", id, number)
	var seq int64
	var newest int
	if err := t.row(ctx, doing, []any{&seq, &newest}, `SELECT seq, version FROM article WHERE id = ?`, clean(id)); err != nil {
		return err
	}
	a, err := t.text(ctx, doing, seq, number)
	if err != nil {
		return err
	}
	if err := n.Check(a); err != nil {
		return err
	}
	if _, err := t.exec(ctx, doing,
		`INSERT INTO analysis (article, version, engine, content) VALUES (?, ?, ?, ?)
		ON CONFLICT (article, version, engine) DO UPDATE SET content = excluded.content`,
		seq, number, clean(n.Engine), record.Analysis(n)); err != nil {
		return err
	}
	if number != newest {
		return nil
	}
	if sketch != nil {
		if _, err := t.exec(ctx, doing,
			`INSERT INTO sketch (article, version, data) VALUES (?, ?, ?)
			ON CONFLICT (article) DO UPDATE SET version = excluded.version, data = excluded.data`, seq, number, sketch); err != nil {
			return err
		}
	}
	if err := t.dropFindings(ctx, seq); err != nil {
		return err
	}
	return t.putFindings(ctx, doing, seq, store.FindingsOf(a, n))
}

// text is a version of an article.
func (t *transaction) text(ctx context.Context, doing string, seq int64, number int) (*article.Article, error) {
	if a, ok := t.texts[version{seq, number}]; ok {
		return a, nil
	}
	var content []byte
	if err := t.row(ctx, doing, []any{&content}, `SELECT content FROM version WHERE article = ? AND version = ?`, seq, number); err != nil {
		return nil, err
	}
	a, err := record.ReadArticle(content)
	return a, t.db.wrap(doing, err)
}

type nameKind struct {
	folded string
	kind   article.MentionKind
}

// putFindings keeps what was found in the newest version of an article.
func (t *transaction) putFindings(ctx context.Context, doing string, seq int64, f store.Findings) error {
	said := insert{into: "utterance (article, n, speaker, folded, role, kind, start, stop, terms)"}
	for i, u := range f.Utterances {
		said.add(seq, i, clean(u.Speaker), short(u.Key), clean(u.Role), string(u.Kind), u.Start, u.End, terms(u.Text))
	}
	given := insert{into: "quantity (article, n, start, stop, value, unit, of_start, of_stop, around, beyond, terms)"}
	for i, q := range f.Quantities {
		given.add(seq, i, q.Start, q.End, q.Value, short(q.Unit), q.OfAt.Start, q.OfAt.End, q.Around.Start, q.Around.End, terms(q.Passage))
	}
	named := insert{into: "naming (article, folded, kind, name, utterances)"}
	known := make(map[nameKind]bool, len(f.Names))
	for _, n := range f.Names {
		key := short(n.Key)
		if known[nameKind{key, n.Kind}] {
			continue // two names, each longer than what is looked up
		}
		known[nameKind{key, n.Kind}] = true
		named.add(seq, key, int(n.Kind), clean(n.Name), n.Utterances)
	}
	for _, in := range [...]*insert{&said, &given, &named} {
		if err := in.run(ctx, t, doing); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, doing,
		`INSERT INTO name (folded, kind, name, articles, utterances)
		SELECT folded, kind, name, 1, utterances FROM naming WHERE article = ?
		ON CONFLICT (folded, kind) DO UPDATE SET articles = name.articles + 1, utterances = name.utterances + excluded.utterances`, seq)
	return err
}

// dropFindings removes what was found in the newest version of an article.
func (t *transaction) dropFindings(ctx context.Context, seq int64) error {
	for _, query := range [...]string{
		`UPDATE name SET articles = name.articles - 1, utterances = name.utterances - n.utterances
			FROM naming n WHERE n.article = ? AND n.folded = name.folded AND n.kind = name.kind`,
		`DELETE FROM name WHERE articles <= 0 AND folded IN (SELECT folded FROM naming WHERE article = ?)`,
		`DELETE FROM naming WHERE article = ?`,
		`DELETE FROM utterance WHERE article = ?`,
		`DELETE FROM quantity WHERE article = ?`,
	} {
		if _, err := t.exec(ctx, "forget findings", query, seq); err != nil {
			return err
		}
	}
	return nil
}

// terms is the terms of s with a blank before and behind each.
func terms(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for term := range store.Terms(s) {
		b.WriteString(term)
		b.WriteByte(' ')
	}
	return b.String()
}

// insert is rows for one table.
type insert struct {
	into string
	args []any
	rows int
}

func (in *insert) add(values ...any) {
	in.args = append(in.args, values...)
	in.rows++
}

// maxRows is how many rows go into one statement.
const maxRows = 32

// run inserts the rows, at most maxRows at once.
func (in *insert) run(ctx context.Context, t *transaction, doing string) error {
	if in.rows == 0 {
		return nil
	}
	width := len(in.args) / in.rows
	row := "(" + marks(width) + ")"
	for len(in.args) > 0 {
		n := min(len(in.args)/width, maxRows)
		query := "INSERT INTO " + in.into + " VALUES " + strings.TrimSuffix(strings.Repeat(row+", ", n), ", ")
		if _, err := t.exec(ctx, doing, query, in.args[:n*width]...); err != nil {
			return err
		}
		in.args = in.args[n*width:]
	}
	return nil
}

// found is where the entry of a list of findings stands.
type found struct {
	seq       int64
	n         int
	published string
	content   []byte
}

const foundColumns = `a.seq, f.n, a.published, v.content, a.id, v.version, COALESCE(m.story, '')`

// foundRows is a query for the entries of a table that fit, with their articles,
// which are read of those on the page alone.
func foundRows(table, columns string, c conditions) string {
	return `WITH latest AS MATERIALIZED (SELECT f.* FROM ` + table + ` f JOIN article a ON a.seq = f.article LEFT JOIN membership m ON m.article = a.seq` +
		c.where() + foundOrder + ` LIMIT ?)
		SELECT ` + foundColumns + `, ` + columns + ` FROM latest f JOIN article a ON a.seq = f.article
		JOIN version v ON v.article = a.seq AND v.version = a.version
		LEFT JOIN membership m ON m.article = a.seq` + foundOrder
}

// narrow turns a filter and a page into conditions.
func narrow(ctx context.Context, t *transaction, list string, f store.FindingFilter, p store.Page) (conditions, error) {
	var c conditions
	if f.Story != "" {
		c.add("m.story = ?", clean(f.Story))
	}
	if f.Outlet != "" {
		addOutlet(&c, f.Outlet)
	}
	if f.Words != "" {
		if err := t.flush(ctx); err != nil {
			return c, err
		}
		// The index finds the articles that hold all the words; of these, what
		// holds them itself is looked for.
		fits, args := t.db.dialect.Index.Fits(&store.Node{Op: store.And, Kids: each(f.Words)})
		c.add(fits, args...)
		for term := range store.Terms(f.Words) {
			c.add("f.terms LIKE ?", "% "+term+" %")
		}
	}
	if p.After != "" {
		var at string
		var seq int64
		var n int
		if err := readCursor(list, p.After, &at, &seq, &n); err != nil {
			return c, err
		}
		c.add("(a.published < ? OR a.published = ? AND (a.seq > ? OR a.seq = ? AND f.n > ?))", at, at, seq, seq, n)
	}
	return c, nil
}

// each is the words of s, each a node.
func each(s string) []*store.Node {
	var nodes []*store.Node
	for _, at := range store.Terms(s) {
		nodes = append(nodes, &store.Node{Op: store.Word, Words: []string{at.Of(s)}})
	}
	return nodes
}

const foundOrder = ` ORDER BY a.published DESC, a.seq, f.n`

// lastRead remembers an article while its findings come one after the other.
type lastRead struct {
	seq int64
	a   *article.Article
}

func (l *lastRead) of(f *found) (*article.Article, error) {
	if l.a != nil && l.seq == f.seq {
		return l.a, nil
	}
	a, err := record.ReadArticle(f.content)
	if err != nil {
		return nil, err
	}
	l.seq, l.a = f.seq, a
	return a, nil
}

// cutOut is the words at s, "" where s does not lie in the text.
func cutOut(a *article.Article, s text.Span) (string, error) {
	if err := s.Check(a.Text); err != nil {
		return "", fmt.Errorf("%s: %w", a.Place, err)
	}
	return s.Of(a.Text), nil
}

// Utterances implements store.FindingReader.
func (t *transaction) Utterances(ctx context.Context, f store.FindingFilter, p store.Page) ([]store.Utterance, string, error) {
	c, err := narrow(ctx, t, "utterances", f, p)
	if err != nil {
		return nil, "", err
	}
	if f.Speaker != "" {
		keys := nameKeys(f.Speaker)
		c.add("f.folded <> '' AND f.folded IN ("+marks(len(keys))+")", keys...)
	}
	if f.Speakers != "" {
		keys := nameKeys(f.Speakers)
		for i, key := range keys {
			keys[i] = fmt.Sprintf("%% %s %%", key)
		}
		// Names are looked through by themselves: they are fewer than utterances.
		c.add("f.folded <> '' AND f.folded IN (SELECT folded FROM utterance WHERE folded <> '' AND ("+
			strings.Repeat("' ' || folded || ' ' LIKE ? OR ", len(keys)-1)+"' ' || folded || ' ' LIKE ?))", keys...)
	}
	type entry struct {
		found
		store.Utterance
	}
	var last lastRead
	size := limit(p)
	list, err := rows(ctx, t, "list utterances", func(e *entry) []any {
		return []any{&e.seq, &e.n, &e.found.published, &e.content, &e.Article, &e.Version, &e.Story, &e.Speaker, &e.Role, &e.Kind, &e.Start, &e.End}
	}, func(e *entry) error {
		a, err := last.of(&e.found)
		if err != nil {
			return err
		}
		e.content = nil
		e.Outlet, e.Title, e.Published = a.Outlet, a.Headline(), a.Published
		e.Text, err = cutOut(a, text.Span{Start: e.Start, End: e.End})
		return err
	}, foundRows("utterance", `f.speaker, f.role, f.kind, f.start, f.stop`, c), append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	list, next := page(list, size, func(e *entry) string { return cursor("utterances", e.found.published, e.seq, e.n) })
	out := make([]store.Utterance, len(list))
	for i := range list {
		out[i] = list[i].Utterance
	}
	return out, next, nil
}

// Quantities implements store.FindingReader.
func (t *transaction) Quantities(ctx context.Context, f store.FindingFilter, p store.Page) ([]store.Quantity, string, error) {
	c, err := narrow(ctx, t, "quantities", f, p)
	if err != nil {
		return nil, "", err
	}
	if len(f.Units) > 0 {
		units := make([]any, len(f.Units))
		for i, unit := range f.Units {
			units[i] = short(unit)
		}
		c.add("f.unit IN ("+marks(len(units))+")", units...)
	}
	type entry struct {
		found
		store.Quantity
		of, around text.Span
	}
	var last lastRead
	size := limit(p)
	list, err := rows(ctx, t, "list quantities", func(e *entry) []any {
		return []any{
			&e.seq, &e.n, &e.found.published, &e.content, &e.Article, &e.Version, &e.Story, &e.Start, &e.End, &e.Value, &e.Unit,
			&e.of.Start, &e.of.End, &e.around.Start, &e.around.End,
		}
	}, func(e *entry) error {
		a, err := last.of(&e.found)
		if err != nil {
			return err
		}
		e.content = nil
		e.Outlet, e.Title, e.Published = a.Outlet, a.Headline(), a.Published
		for _, cut := range [...]struct {
			into *string
			at   text.Span
		}{{&e.Text, text.Span{Start: e.Start, End: e.End}}, {&e.Of, e.of}, {&e.Passage, e.around}} {
			if *cut.into, err = cutOut(a, cut.at); err != nil {
				return err
			}
		}
		return nil
	}, foundRows("quantity", `f.start, f.stop, f.value, f.unit, f.of_start, f.of_stop, f.around, f.beyond`, c), append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	list, next := page(list, size, func(e *entry) string { return cursor("quantities", e.found.published, e.seq, e.n) })
	out := make([]store.Quantity, len(list))
	for i := range list {
		out[i] = list[i].Quantity
	}
	return out, next, nil
}

// nameKeys is what a name is looked up by whose kind is not known.
func nameKeys(name string) []any {
	var keys []any
	for _, kind := range [...]article.MentionKind{article.Person, article.Group, article.Location} {
		keys = append(keys, short(store.NameKey(kind, name)))
	}
	return keys
}

// Names implements store.FindingReader.
func (t *transaction) Names(ctx context.Context, words string, p store.Page) ([]store.NameCount, string, error) {
	var c conditions
	for _, word := range strings.Fields(store.Folded(words)) {
		c.add("' ' || folded LIKE ?", "% "+word+"%")
	}
	if words != "" && len(c.parts) == 0 {
		return nil, "", nil
	}
	if p.After != "" {
		var articles, kind int
		var folded string
		if err := readCursor("names", p.After, &articles, &folded, &kind); err != nil {
			return nil, "", err
		}
		c.add("(articles < ? OR articles = ? AND (folded > ? OR folded = ? AND kind > ?))", articles, articles, folded, folded, kind)
	}
	type entry struct {
		store.NameCount
		folded string
		kind   int
	}
	size := limit(p)
	list, err := rows(ctx, t, "list names", func(e *entry) []any {
		return []any{&e.folded, &e.kind, &e.Name, &e.Articles, &e.Utterances}
	}, func(e *entry) error {
		if e.kind < 0 || e.kind > math.MaxUint8 {
			return fmt.Errorf("name %q of kind %d", e.Name, e.kind)
		}
		e.Kind = article.MentionKind(e.kind)
		return nil
	}, `SELECT folded, kind, name, articles, utterances FROM name`+c.where()+` ORDER BY articles DESC, folded, kind LIMIT ?`, append(c.args, size+1)...)
	if err != nil {
		return nil, "", err
	}
	list, next := page(list, size, func(e *entry) string { return cursor("names", e.Articles, e.folded, e.kind) })
	out := make([]store.NameCount, len(list))
	for i := range list {
		out[i] = list[i].NameCount
	}
	return out, next, nil
}

// NamedIn implements store.FindingReader.
func (t *transaction) NamedIn(ctx context.Context, name string, p store.Page) ([]store.Kept, string, error) {
	var c conditions
	keys := nameKeys(name)
	c.add("a.seq IN (SELECT article FROM naming WHERE folded <> '' AND folded IN ("+marks(len(keys))+"))", keys...)
	return t.latest(ctx, "list articles that name somebody", c, p)
}
