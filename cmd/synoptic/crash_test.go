package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"synoptic/examples/stream"
	"synoptic/internal/store/sqlite"
)

// TestCrash kills an import again and again, at moments chosen at random, and
// goes on with it: the database is whole after each, and what is kept in the
// end is what an import that nobody disturbs keeps. SYNOPTIC_CRASHES says how
// often it is killed.
func TestCrash(t *testing.T) {
	crashes, articles := 6, 160
	if s := os.Getenv("SYNOPTIC_CRASHES"); s != "" {
		var err error
		if crashes, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
		articles = 2000
	}
	crawl := filepath.Join(t.TempDir(), "crawl.jsonl")
	invent(t, crawl, articles)
	calm, stormy := filepath.Join(t.TempDir(), "calm.db"), filepath.Join(t.TempDir(), "stormy.db")
	began := time.Now()
	importing(t.Context(), t, calm, crawl, 0)
	whole := time.Since(began)

	r := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for killed < crashes {
		// As long as the import is cut into pieces that are as long on average as
		// its length by the number of crashes, it is killed at every stage of it.
		wait := time.Duration(r.Float64() * 2 * float64(whole) / float64(crashes) * 1.5)
		if importing(t.Context(), t, stormy, crawl, max(wait, time.Millisecond)) {
			killed++
		}
		if _, err := os.Stat(stormy); err != nil {
			continue // killed before there was a database
		}
		s, err := sqlite.Open(t.Context(), stormy)
		if err != nil {
			t.Fatalf("after %d crashes: %v", killed, err)
		}
		if err := s.Verify(t.Context()); err != nil {
			t.Fatalf("after %d crashes: %v", killed, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	importing(t.Context(), t, stormy, crawl, 0)
	want, got := exportOf(t, calm), exportOf(t, stormy)
	if !bytes.Equal(want, got) {
		t.Errorf("after %d crashes %d bytes are exported, not the %d of an import that ran through", killed, len(got), len(want))
	}
	if n := bytes.Count(want, []byte("\n")); n != articles {
		t.Errorf("%d articles of %d are exported", n, articles)
	}
	t.Logf("%d articles, killed %d times", articles, killed)
}

// importing runs an import as a process of its own and kills it after a while,
// unless that is 0. It reports whether it was killed.
func importing(ctx context.Context, t *testing.T, db, crawl string, after time.Duration) bool {
	t.Helper()
	cmd := synopticCommand(ctx, t, "import", "-q", "--db", db, crawl)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	err := cmd.Wait()
	if err == nil {
		return false
	}
	if after == 0 || cmd.ProcessState.ExitCode() != -1 { // -1: ended by a signal
		t.Fatalf("import: %v\n%s", err, said.Bytes())
	}
	return true
}

// invent writes a stream of n records to a file.
func invent(t *testing.T, path string, n int) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(stream.Write(file, n), file.Close()); err != nil {
		t.Fatal(err)
	}
}

func exportOf(t *testing.T, db string) []byte {
	t.Helper()
	cmd := synopticCommand(t.Context(), t, "export", "--db", db)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// synopticCommand is the program as a process: this test's binary, which
// TestMain makes behave as the program when asked to.
func synopticCommand(ctx context.Context, t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "HOME="+t.TempDir(), "XDG_CACHE_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	return cmd
}
