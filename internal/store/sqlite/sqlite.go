// Package sqlite keeps a collection in one SQLite file, with its log beside it.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"synoptic/internal/store"
	"synoptic/internal/store/relation"
)

// Store is a collection in a file.
type Store struct {
	*relation.DB
	path        string
	read, write *sql.DB
}

var _ store.Store = (*Store)(nil)

//go:embed migrations
var migrations embed.FS

// application marks a file as one of ours: "Syno".
const application = 0x53796e6f

// Settings of every connection. What waits for a lock waits as long as its
// context lets it. Each commit reaches the disk.
var settings = url.Values{
	"_busy_timeout": {"2147483647"},
	"_foreign_keys": {"1"},
	"_synchronous":  {"FULL"},
	"_defensive":    {"1"},
	"_dqs":          {"0"},
	"_error_rc":     {"1"},
	"_pragma":       {"mmap_size(1073741824)", "cache_size(-16384)", "temp_store(MEMORY)", "journal_size_limit(67108864)"},
}

// Open opens the collection in the file at path and makes it where there is
// none. ErrNewer, ErrReadOnly and ErrFull say why it cannot be had.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := touch(path); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	connect := func(more url.Values) (*sql.DB, error) {
		for key, values := range settings {
			more[key] = values
		}
		name := url.URL{Scheme: "file", Path: absolute, RawQuery: more.Encode()}
		return sql.Open("sqlite", name.String())
	}
	s := &Store{path: path}
	if s.write, err = connect(url.Values{"_txlock": {"immediate"}, "_journal_mode": {"WAL"}}); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s.write.SetMaxOpenConns(1)
	// Not bounded: a view within a view must not wait for itself.
	if s.read, err = connect(url.Values{"_query_only": {"1"}}); err != nil {
		return nil, fmt.Errorf("%s: %w", path, errors.Join(err, s.write.Close()))
	}
	s.read.SetMaxIdleConns(8)
	s.DB = relation.New(s.read, s.write, relation.Dialect{
		Place: path,
		View:  sql.TxOptions{ReadOnly: true},
		Class: class,
		Index: index{},
		Bytes: `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`,
	})
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// touch makes the file where there is none, for its owner alone since it holds
// what alerts are signed with, and says in plain words why it cannot be had.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s: %w (%w)", path, store.ErrReadOnly, errors.Unwrap(err))
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%s: %w", path, store.ErrFull)
	}
	return fmt.Errorf("%s: %w", path, errors.Unwrap(err))
}

// migrate brings the tables up to what this program knows.
func (s *Store) migrate(ctx context.Context) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	want, err := newest(folder)
	if err != nil {
		return err
	}
	// Another process may do the same at the same time: what fails is tried
	// again as long as the version moves.
	for seen := int64(-1); ; {
		have, err := s.version(ctx)
		switch {
		case err != nil:
			return err
		case have == want:
			return nil
		case have > want:
			return fmt.Errorf("%s: %w: its tables are of version %d, this program knows %d", s.path, store.ErrNewer, have, want)
		}
		p, err := goose.NewProvider(goose.DialectSQLite3, s.write, folder, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
		if err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
		if _, err := p.Up(ctx); err != nil {
			if have > seen {
				seen = have
				continue
			}
			if c := class(err); c != nil {
				return fmt.Errorf("%s: make tables: %w (%w)", s.path, c, err)
			}
			return fmt.Errorf("%s: make tables: %w", s.path, err)
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

// version is the number of the last migration that the file has seen, 0 for an
// empty file.
func (s *Store) version(ctx context.Context) (int64, error) {
	var id, tables, versions, version int64
	err := s.write.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT COUNT(*) FROM sqlite_schema), (SELECT COUNT(*) FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&id, &tables, &versions)
	if err == nil && versions > 0 {
		err = s.write.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`).Scan(&version)
	}
	var code *sqlite.Error
	switch {
	case errors.As(err, &code) && code.Code()&0xff == sqlite3.SQLITE_NOTADB:
		return 0, fmt.Errorf("%s: this is not a database", s.path)
	case err != nil:
		if c := class(err); c != nil {
			return 0, fmt.Errorf("%s: %w (%w)", s.path, c, err)
		}
		return 0, fmt.Errorf("%s: %w", s.path, err)
	case id != application && (id != 0 || version > 0 || tables > versions+1):
		return 0, fmt.Errorf("%s: this is a database of another program", s.path)
	}
	return version, nil
}

// Backup implements store.Store.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	// Written beside it and moved, so that what stands there is whole.
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", part, errors.Unwrap(err))
	}
	defer os.Remove(part)
	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%s: %w", part, errors.Unwrap(err))
	}
	defer f.Close()
	if _, err := s.read.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		if c := class(err); c != nil {
			return fmt.Errorf("%s: copy %s: %w (%w)", path, s.path, c, err)
		}
		return fmt.Errorf("%s: copy %s: %w", path, s.path, err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := os.Link(part, path); err != nil { // unlike a rename it overwrites nothing
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// Verify implements store.Store: pages and indexes, references, the index of
// words, and what is counted.
func (s *Store) Verify(ctx context.Context) error {
	var problems []string
	r, err := s.read.QueryContext(ctx, `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
		UNION ALL SELECT 'a row of ' || "table" || ' refers to one of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 20`)
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	defer r.Close()
	for r.Next() {
		var problem string
		if err := r.Scan(&problem); err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
		problems = append(problems, problem)
	}
	if err := r.Err(); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s: the database is damaged: %s", s.path, strings.Join(problems, "; "))
	}
	return s.DB.Verify(ctx)
}

// class is the store's error that an error of SQLite is one of.
func class(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch code := e.Code(); {
	case code&0xff == sqlite3.SQLITE_FULL, code == sqlite3.SQLITE_IOERR_SHMSIZE:
		return store.ErrFull
	case code&0xff == sqlite3.SQLITE_READONLY, code&0xff == sqlite3.SQLITE_PERM:
		return store.ErrReadOnly
	case code&0xff == sqlite3.SQLITE_BUSY:
		return store.ErrConflict
	}
	return nil
}
