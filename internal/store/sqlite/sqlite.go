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
	var err error
	s := &Store{path: path}
	if s.write, err = connect(path, url.Values{"_txlock": {"immediate"}, "_journal_mode": {"WAL"}}); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	// Not bounded: a view within a view must not wait for itself.
	if s.read, err = connect(path, url.Values{"_query_only": {"1"}}); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	s.read.SetMaxIdleConns(8)
	dialect := relation.Dialect{
		Place: path,
		View:  sql.TxOptions{ReadOnly: true},
		Class: class,
		Index: index{},
		Bytes: `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`,
	}
	s.DB = relation.New(s.read, s.write, dialect)
	folder, err := fs.Sub(migrations, "migrations")
	if err == nil {
		err = dialect.Migrate(ctx, s.write, relation.Migration{Dialect: goose.DialectSQLite3, Folder: folder, Version: s.version})
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connect is a pool of connections to the file at path, with more settings.
func connect(path string, more url.Values) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for key, values := range settings {
		more[key] = values
	}
	name := url.URL{Scheme: "file", Path: absolute, RawQuery: more.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return db, nil
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

// version is the number of the last migration that the file has seen, 0 for an
// empty file. What it asks is seen at one moment: another process may make the
// tables meanwhile.
func (s *Store) version(ctx context.Context) (version int64, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	var id, foreign, versions int64
	err = tx.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT COUNT(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND name <> 'goose_db_version'),
		(SELECT COUNT(*) FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&id, &foreign, &versions)
	if err == nil && versions > 0 {
		err = tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`).Scan(&version)
	}
	var code *sqlite.Error
	switch {
	case errors.As(err, &code) && code.Code()&0xff == sqlite3.SQLITE_NOTADB:
		return 0, errors.New("this is not a database")
	case err != nil:
		return 0, err
	case id != application && (id != 0 || version > 0 || foreign > 0):
		return 0, errors.New("this is a database of another program")
	}
	return version, nil
}

// Backup implements store.Store.
func (s *Store) Backup(ctx context.Context, path string) error {
	// The connections that read may not write even another file.
	db, err := connect(s.path, url.Values{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return place(path, func(part string) error {
		if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
			return explain("copy "+s.path, err)
		}
		return nil
	})
}

// Write makes a new file and lets fill put a collection into it.
func Write(ctx context.Context, path string, fill func(*Store) error) error {
	return place(path, func(part string) error {
		s, err := Open(ctx, part)
		if err != nil {
			return err
		}
		err = fill(s)
		if err == nil { // one file, without a log, for which no other connection may be open
			s.read.SetMaxIdleConns(-1)
			if _, err = s.write.ExecContext(ctx, `PRAGMA journal_mode = DELETE`); err != nil {
				err = explain("end the log", err)
			}
		}
		return errors.Join(err, s.Close())
	})
}

// explain is an error of SQLite with what was done, and which of the store's it
// is.
func explain(doing string, err error) error {
	if c := class(err); c != nil {
		return fmt.Errorf("%s: %w (%w)", doing, c, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// place makes a file that must not be there yet. It is made beside it and moved
// when it is whole and on the disk.
func place(path string, write func(part string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	part := path + ".part"
	remove := func() error {
		var err error
		for _, name := range [...]string{part, part + "-wal", part + "-shm"} {
			if e := os.Remove(name); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
		return err
	}
	if err := remove(); err != nil {
		return err
	}
	if err := touch(part); err != nil {
		return err
	}
	if err := write(part); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", path, err), remove())
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return errors.Join(err, remove())
	}
	err = errors.Join(f.Sync(), f.Close())
	if err == nil {
		err = os.Link(part, path) // unlike a rename it overwrites nothing
	}
	return errors.Join(err, remove())
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
	defer func() { _ = r.Close() }()
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
