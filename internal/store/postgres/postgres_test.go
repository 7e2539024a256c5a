package postgres_test

import (
	"testing"

	"synoptic/internal/store"
	"synoptic/internal/store/postgres"
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
