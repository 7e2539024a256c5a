package synoptic_test

import (
	"path/filepath"
	"testing"

	"synoptic"
)

// The README's way from Go: a collection is opened, added to and asked.
func TestCollection(t *testing.T) {
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	kept, err := engine.OpenCollection(t.Context(), filepath.Join(t.TempDir(), "synoptic.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	added, err := kept.AddSources(t.Context(), "examples/ferry-talks")
	if err != nil || len(added.Articles) != 6 {
		t.Fatal(added, err)
	}
	stories, err := kept.Stories(t.Context(), 10)
	if err != nil || len(stories) != 1 || stories[0].Articles != 6 {
		t.Fatal(stories, err)
	}
	c, err := kept.Lay(t.Context(), stories[0].ID)
	if err != nil || len(c.Accounts) != 6 {
		t.Fatal(c, err)
	}
	if _, err := engine.OpenCollection(t.Context(), "", nil); err == nil {
		t.Error("a collection without a database is opened")
	}
}
