package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to damage files with

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/internal/store/sqlite"
	"synoptic/internal/store/storetest"
	"synoptic/text"
)

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
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
	storetest.Run(t, func(t *testing.T) store.Store { return open(t, filepath.Join(t.TempDir(), "synoptic.db")) })
}

func TestBackup(t *testing.T) {
	storetest.Backup(t, open(t, filepath.Join(t.TempDir(), "synoptic.db")), func(path string) store.Store { return open(t, path) })
}

// A path is a path, whatever signs are in it.
func TestPaths(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a b.db", "a?mode=ro.db", "a#b.db", "a%20b.db", "ä.db", "a&b=c.db"} {
		path := filepath.Join(folder, name)
		s := open(t, path)
		if err := s.Update(t.Context(), func(w store.Writer) error { return w.SetValue(t.Context(), "x", []byte("y")) }); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	t.Chdir(folder)
	s := open(t, "a b.db")
	if err := s.View(t.Context(), func(r store.Reader) error { _, err := r.Value(t.Context(), "x"); return err }); err != nil {
		t.Error(err)
	}
}

func TestOpenBadFiles(t *testing.T) {
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	run := func(name, query string) {
		t.Helper()
		db, err := sql.Open("sqlite", path(name))
		if err == nil {
			_, err = db.Exec(query)
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path("page.db"), []byte(strings.Repeat("<p>no database</p>", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	run("other.db", `CREATE TABLE bookmarks (x)`)
	if s, err := sqlite.Open(t.Context(), path("newer.db")); err != nil {
		t.Fatal(err)
	} else if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	run("newer.db", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	for name, want := range map[string]string{
		"page.db":         "not a database",
		"other.db":        "another program",
		"newer.db":        "version 9999",
		"none/here.db":    "no such file or directory",
		".":               "is a directory",
		"page.db/file.db": "not a directory",
	} {
		s, err := sqlite.Open(t.Context(), path(name))
		if err == nil {
			t.Errorf("%s: it opens", name)
			_ = s.Close()
			continue
		}
		if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path(name)) {
			t.Errorf("%s: %v; want %q with the path", name, err, want)
		}
		if newer := errors.Is(err, store.ErrNewer); newer != (name == "newer.db") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDamaged(t *testing.T) {
	for _, c := range []struct{ damage, want string }{
		{`DELETE FROM words WHERE rowid = 1`, "not in the index"},
		{`UPDATE name SET articles = articles + 1`, "miscounted"},
		{`DELETE FROM version WHERE article = 2`, "lack their newest version"},
		{`PRAGMA foreign_keys = 0; DELETE FROM story WHERE id = 'one'`, "membership refers to one of story"},
	} {
		path := filepath.Join(t.TempDir(), "synoptic.db")
		s := open(t, path)
		storetest.Fill(t, s)
		if err := s.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path}).String())
		if err == nil {
			_, err = db.Exec(c.damage)
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", c.damage, err)
		}
	}
}

// TestFull fills a disk of two megabytes, in a namespace of mounts of its own.
func TestFull(t *testing.T) {
	if folder := os.Getenv("SYNOPTIC_TEST_FULL"); folder != "" {
		fill(t, folder)
		return
	}
	folder := t.TempDir()
	script := fmt.Sprintf(`mount -t tmpfs -o size=2m none %[1]s || exit 77; SYNOPTIC_TEST_FULL=%[1]s exec %s -test.run '^TestFull$' -test.v`, folder, os.Args[0])
	out, err := exec.Command("unshare", "--mount", "sh", "-c", script).CombinedOutput()
	if code := new(exec.ExitError); errors.As(err, &code) && (code.ExitCode() == 77 || strings.Contains(string(out), "unshare")) || errors.Is(err, exec.ErrNotFound) {
		t.Skipf("a small disk cannot be mounted here: %v %s", err, out)
	}
	if err != nil || !strings.Contains(string(out), "PASS") {
		t.Errorf("%v\n%s", err, out)
	}
}

func fill(t *testing.T, folder string) {
	s := open(t, filepath.Join(folder, "synoptic.db"))
	kept := 0
	var err error
	for ; err == nil && kept < 10000; kept++ {
		err = s.Update(t.Context(), func(w store.Writer) error {
			_, err := w.PutArticle(t.Context(), store.Kept{Article: noise(kept)}, nil)
			return err
		})
	}
	kept--
	if !errors.Is(err, store.ErrFull) || !strings.Contains(err.Error(), folder) {
		t.Fatalf("after %d articles: %v", kept, err)
	}
	if err := s.View(t.Context(), func(r store.Reader) error {
		n, err := r.Totals(t.Context())
		if n.Articles != kept {
			t.Errorf("%d articles of %d", n.Articles, kept)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Backup(t.Context(), filepath.Join(folder, "copy.db")); !errors.Is(err, store.ErrFull) {
		t.Errorf("a backup onto the full disk: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "copy*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// noise is an article that does not compress.
func noise(number int) *article.Article {
	var b strings.Builder
	x := uint64(number)*0x9e3779b97f4a7c15 + 1
	for range 700 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		fmt.Fprintf(&b, "%x ", x)
	}
	return &article.Article{Place: fmt.Sprint("noise ", number), Text: b.String(), Title: text.Span{End: 8}}
}

// TestReadOnly opens, as somebody without rights, what belongs to root.
func TestReadOnly(t *testing.T) {
	if path := os.Getenv("SYNOPTIC_TEST_READONLY"); path != "" {
		_, err := sqlite.Open(t.Context(), path)
		if !errors.Is(err, store.ErrReadOnly) || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v", err)
		}
		return
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "synoptic.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(path, 0o400), os.Chmod(folder, 0o500)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	if os.Getuid() != 0 {
		t.Setenv("SYNOPTIC_TEST_READONLY", path)
		TestReadOnly(t)
		return
	}
	c := storetest.WithoutRights(t, exec.Command(os.Args[0], "-test.run", "^TestReadOnly$"))
	c.Env = append(os.Environ(), "SYNOPTIC_TEST_READONLY="+path)
	for dir := folder; dir != "/tmp" && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := c.CombinedOutput(); err != nil {
		if errors.Is(err, fs.ErrPermission) {
			t.Skip("the test cannot be run by anybody else: ", err)
		}
		t.Errorf("%v\n%s", err, out)
	}
}

// TestProcesses lets several processes make and change one file at once.
func TestProcesses(t *testing.T) {
	const processes = 4
	if path := os.Getenv("SYNOPTIC_TEST_PROCESS"); path != "" {
		// Whoever loses the race to make the tables finds them made.
		const beat = 50 * time.Millisecond
		for n := range 10 {
			time.Sleep(time.Until(time.Now().Truncate(beat).Add(beat)))
			open(t, fmt.Sprint(path, n))
		}
		s := open(t, path)
		if err := s.Update(t.Context(), func(w store.Writer) error {
			_, err := w.Value(t.Context(), "n")
			if errors.Is(err, store.ErrNotFound) {
				err = w.SetValue(t.Context(), "n", []byte("0"))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		storetest.Count(t, s, 2, 20)
		return
	}
	path := filepath.Join(t.TempDir(), "synoptic.db")
	var g sync.WaitGroup
	for range processes {
		g.Go(func() {
			c := exec.Command(os.Args[0], "-test.run", "^TestProcesses$")
			c.Env = append(os.Environ(), "SYNOPTIC_TEST_PROCESS="+path)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	g.Wait()
	if err := open(t, path).View(t.Context(), func(r store.Reader) error {
		n, err := r.Value(t.Context(), "n")
		if want := fmt.Sprint(processes * 2 * 20); string(n) != want {
			t.Errorf("counted to %s, not %s", n, want)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// A process that waits for another one's update gives up when its context ends.
func TestWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "synoptic.db")
	one, two := open(t, path), open(t, path)
	if err := one.Update(t.Context(), func(w store.Writer) error {
		ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer stop()
		begun := time.Now()
		err := two.Update(ctx, func(store.Writer) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 5*time.Second {
			t.Errorf("after %v: %v", time.Since(begun), err)
		}
		return w.SetValue(t.Context(), "x", []byte{})
	}); err != nil {
		t.Error(err)
	}
}

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, func(b *testing.B) store.Store { return open(b, filepath.Join(b.TempDir(), "synoptic.db")) })
}
