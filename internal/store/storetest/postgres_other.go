//go:build !linux

package storetest

import "testing"

// Postgres skips the test: a server is started on Linux alone.
func Postgres(t testing.TB) (database func(t testing.TB) string) {
	t.Helper()
	t.Skip("a PostgreSQL server is started for tests on Linux alone")
	return nil
}
