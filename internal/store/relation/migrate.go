package relation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"synoptic/internal/store"
)

// Migration brings the tables of a database up to what this program knows.
type Migration struct {
	Dialect goose.Dialect
	Folder  fs.FS // numbered files of SQL
	// Version is the number of the last migration that the database has seen, 0
	// for none. It changes nothing.
	Version func(context.Context) (int64, error)
}

// Migrate runs the migrations that db has not seen, each in a transaction of its
// own. ErrNewer when it has seen more than there are.
func (d Dialect) Migrate(ctx context.Context, db *sql.DB, m Migration) error {
	want, err := newest(m.Folder)
	if err != nil {
		return err
	}
	wrap := (&DB{dialect: d}).wrap
	// Another process may do the same at the same time, and then one of the two
	// fails at any step: what fails is tried again, for two and a half seconds in
	// all.
	for pause := 10 * time.Millisecond; ; pause *= 2 {
		have, err := m.Version(ctx)
		switch {
		case err != nil:
			return wrap("open", err)
		case have == want:
			return nil
		case have > want:
			return fmt.Errorf("%s: %w: its tables are of version %d, this program knows %d", d.Place, store.ErrNewer, have, want)
		}
		p, err := goose.NewProvider(m.Dialect, db, m.Folder, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
		if err != nil {
			return wrap("make tables", err)
		}
		if _, err = p.Up(ctx); err == nil {
			continue
		}
		err = wrap("make tables", err)
		if pause > 2*time.Second || errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrReadOnly) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// newest is the number of the last migration.
func newest(folder fs.FS) (int64, error) {
	names, err := fs.Glob(folder, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, errors.Join(err, errors.New("no migrations"))
	}
	return goose.NumericComponent(names[len(names)-1])
}
