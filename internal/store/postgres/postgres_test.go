package postgres_test

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synoptic/internal/store"
	"synoptic/internal/store/postgres"
	"synoptic/internal/store/sqlite"
	"synoptic/internal/store/storetest"
)

func open(t testing.TB, address string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	database := storetest.Postgres(t)
	storetest.Run(t, func(t *testing.T) store.Store { return open(t, database(t)) })
}

// Whoever loses the race to make the tables finds them made.
func TestOpenAtOnce(t *testing.T) {
	database := storetest.Postgres(t)
	for range 2 {
		address := database(t)
		var g sync.WaitGroup
		for range 4 {
			g.Go(func() {
				s, err := postgres.Open(t.Context(), address)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		g.Wait()
	}
}

func TestBackupAndLoad(t *testing.T) {
	database := storetest.Postgres(t)
	s := open(t, database(t))
	lite := func(path string) *sqlite.Store {
		l, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		return l
	}
	storetest.Backup(t, s, func(path string) store.Store { return lite(path) })

	path := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	again := open(t, database(t))
	if err := again.Load(t.Context(), lite(path).DB); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(storetest.Contents(t, s), storetest.Contents(t, again)); diff != "" {
		t.Error(diff)
	}
	if err := again.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	e := store.Event{Kind: store.Undone}
	if err := again.Update(t.Context(), func(w store.Writer) error { return w.Record(t.Context(), &e) }); err != nil || e.Number < 2 {
		t.Errorf("event %d: %v", e.Number, err)
	}
	if err := again.Load(t.Context(), s.DB); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("loaded into what is not empty: %v", err)
	}
}

func TestOpenBadAddresses(t *testing.T) {
	database := storetest.Postgres(t)
	there := database(t)
	for _, c := range []struct{ address, want string }{
		{"postgres://user:hidden@/none?host=/nowhere", "nowhere"},
		{"postgres://user:hidden@[/x", "parse"},
		{strings.Replace(there, "/test1?", "/none?", 1), "does not exist"},
	} {
		s, err := postgres.Open(t.Context(), c.address)
		if err == nil {
			_ = s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", c.address, err)
		}
	}
	s, err := postgres.Open(t.Context(), there+"&options=-c%20default_transaction_read_only%3Don")
	if !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("read-only: %v", err)
	}
	if s != nil {
		_ = s.Close()
	}
	open(t, there)
	conn := storetest.Connect(t, there)
	if _, err := conn.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`); err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Open(t.Context(), there); !errors.Is(err, store.ErrNewer) {
		t.Errorf("newer: %v", err)
	}
}

func BenchmarkStore(b *testing.B) {
	database := storetest.Postgres(b)
	storetest.Bench(b, func(b *testing.B) store.Store { return open(b, database(b)) })
}
