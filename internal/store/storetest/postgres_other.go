//go:build !linux

package storetest

import (
	"database/sql"
	"os/exec"
	"testing"
)

// Postgres skips the test: a server is started on Linux alone.
func Postgres(t testing.TB) (database func(t testing.TB) string) {
	t.Helper()
	t.Skip("a PostgreSQL server is started for tests on Linux alone")
	return nil
}

// WithoutRights skips the test.
func WithoutRights(t testing.TB, c *exec.Cmd) *exec.Cmd {
	t.Helper()
	t.Skip("another user is tried on Linux alone")
	return c
}

// Connect has nothing to connect to.
func Connect(t testing.TB, address string) *sql.DB {
	t.Helper()
	t.Fatalf("there is no server at %s", address)
	return nil
}
