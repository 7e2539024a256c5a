package relation

import (
	"context"
	"fmt"

	"synoptic/internal/store"
)

// Verify says what is wrong with what the tables hold: an article without its
// newest version or not in the index, a count that does not stand for what it
// counts, a story of merged ones that is not there.
func (d *DB) Verify(ctx context.Context) error {
	return d.View(ctx, func(r store.Reader) error {
		t := r.(*transaction)
		for _, check := range [...]struct{ problem, query string }{
			{"%d articles lack their newest version", `SELECT COUNT(*) FROM article a
				WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.article = a.seq AND v.version = a.version)`},
			{"%d articles lack an earlier version", `SELECT COUNT(*) FROM article a
				WHERE a.version <> (SELECT COUNT(*) FROM version v WHERE v.article = a.seq)`},
			{"%d articles are not in the index of words", `SELECT COUNT(*) FROM article a WHERE a.seq NOT IN (` + d.dialect.Index.Known() + `)`},
			{"%d articles in the index of words are not kept", `SELECT COUNT(*) FROM (` + d.dialect.Index.Known() + `) w
				WHERE w.article NOT IN (SELECT seq FROM article)`},
			{"%d names are miscounted", `SELECT COUNT(*) FROM name m WHERE
				m.articles <> (SELECT COUNT(*) FROM naming n WHERE n.folded = m.folded AND n.kind = m.kind)
				OR m.utterances <> (SELECT COALESCE(SUM(n.utterances), 0) FROM naming n WHERE n.folded = m.folded AND n.kind = m.kind)`},
			{"%d names are not counted", `SELECT COUNT(*) FROM naming n
				WHERE NOT EXISTS (SELECT 1 FROM name m WHERE m.folded = n.folded AND m.kind = n.kind)`},
			{"%d stories have become a part of one that is not there", `SELECT COUNT(*) FROM story s
				WHERE s.into_id <> '' AND NOT EXISTS (SELECT 1 FROM story o WHERE o.id = s.into_id)`},
		} {
			var n int64
			if err := t.row(ctx, "verify", []any{&n}, check.query); err != nil {
				return err
			}
			if n > 0 {
				return fmt.Errorf("%s: "+check.problem, d.dialect.Place, n)
			}
		}
		return nil
	})
}
