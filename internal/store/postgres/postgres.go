// Package postgres keeps a collection in a PostgreSQL database, for machines
// that several programs or people work on.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"synoptic/internal/store"
	"synoptic/internal/store/relation"
	"synoptic/internal/store/sqlite"
)

// Store is a collection in a database.
type Store struct{ *relation.DB }

var _ store.Store = (*Store)(nil)

//go:embed migrations
var migrations embed.FS

// lock is the number of the lock that an update holds: "Synoptic" in bytes. It
// is the database's own.
const lock = 0x53796e6f70746963

// Open opens the collection at an address: postgres://user@host/database, or
// what else libpq takes. The database must be there; its tables are made.
func Open(ctx context.Context, address string) (*Store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err // it hides the password
	}
	dialect := relation.Dialect{
		Place:    place(config),
		Numbered: true,
		View:     sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		// After the lock each statement sees what the update before has kept.
		Update: sql.TxOptions{Isolation: sql.LevelReadCommitted},
		Lock:   `SELECT pg_advisory_xact_lock(` + strconv.FormatInt(lock, 10) + `)`,
		Class:  class,
		Index:  index{},
		Bytes:  `SELECT pg_database_size(current_database())`,
		Counted: func(table, column string) string {
			return `SELECT setval(pg_get_serial_sequence('` + table + `', '` + column + `'), MAX(` + column + `)) FROM ` + table
		},
	}
	read, write := stdlib.OpenDB(*config), stdlib.OpenDB(*config)
	read.SetMaxIdleConns(8)
	write.SetMaxOpenConns(1) // updates of one process wait here, not in the database
	s := &Store{relation.New(read, write, dialect)}
	folder, err := fs.Sub(migrations, "migrations")
	if err == nil {
		err = dialect.Migrate(ctx, write, relation.Migration{
			Dialect: goose.DialectPostgres, Folder: folder,
			Version: func(ctx context.Context) (int64, error) { return version(ctx, write) },
		})
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// place is what errors call the database: its address without the password.
func place(c *pgx.ConnConfig) string {
	u := url.URL{Scheme: "postgres", Host: c.Host, Path: "/" + c.Database}
	if c.Port != 5432 {
		u.Host = net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))
	}
	if c.User != "" {
		u.User = url.User(c.User)
	}
	return u.String()
}

// version is the number of the last migration that the database has seen.
func version(ctx context.Context, db *sql.DB) (n int64, err error) {
	var there bool
	if err := db.QueryRowContext(ctx, `SELECT to_regclass('goose_db_version') IS NOT NULL`).Scan(&there); err != nil || !there {
		return 0, err
	}
	err = db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`).Scan(&n)
	return n, err
}

// Backup implements store.Store. The copy is an SQLite file: it can be opened as
// it is, or loaded into an empty database.
func (s *Store) Backup(ctx context.Context, path string) error {
	return sqlite.Write(ctx, path, func(copied *sqlite.Store) error { return copied.Load(ctx, s.DB) })
}

// class is the store's error that an error of PostgreSQL is one of.
func class(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case "53100": // disk full
		return store.ErrFull
	case "25006", "42501": // read-only transaction, insufficient privilege
		return store.ErrReadOnly
	case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
		return store.ErrConflict
	}
	return nil
}
