package newsroom_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"synoptic"
	"synoptic/collation"
	"synoptic/examples/stream"
	"synoptic/internal/newsroom"
	"synoptic/internal/store/storetest"
)

// One import is the same on both databases, byte for byte of an export.
func TestDatabasesAgree(t *testing.T) {
	database := storetest.Postgres(t)
	var crawl bytes.Buffer
	if err := stream.Write(&crawl, 120); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "crawl.jsonl")
	if err := os.WriteFile(path, crawl.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	exported := func(c *synoptic.Collection) []byte {
		sum, err := c.Import(t.Context(), []string{path}, func(newsroom.Imported, []collation.Problem) {})
		if err != nil || sum.Articles != 120 {
			t.Fatal(sum, err)
		}
		var out bytes.Buffer
		if err := c.Export(t.Context(), &out, nil); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	one, other := exported(fresh(t)), exported(open(t, database(t)))
	if !bytes.Equal(one, other) {
		t.Errorf("SQLite exports %d bytes, PostgreSQL %d", len(one), len(other))
	}
}
