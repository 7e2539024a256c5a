package api_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"synoptic/internal/web/webtest"
)

// tools is the folder of node's modules that the tests below run; .ci/api
// installs them.
func tools(t *testing.T) func(dir, name string, args ...string) string {
	modules := os.Getenv("SYNOPTIC_API_TOOLS")
	if modules == "" {
		t.Skip("SYNOPTIC_API_TOOLS names no folder of modules: run .ci/api")
	}
	return func(dir, name string, args ...string) string {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
		defer cancel()
		if name != "node" {
			name = filepath.Join(modules, ".bin", name)
		}
		c := exec.CommandContext(ctx, name, args...)
		c.Dir, c.Env = dir, append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "NO_COLOR=1")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
		}
		return string(out)
	}
}

// described writes the description to a folder of its own.
func described(t *testing.T) (dir string, server *httptest.Server, e *webtest.Room) {
	t.Helper()
	a, e := newAPI(t)
	dir = t.TempDir()
	for _, name := range []string{"openapi.json", "openapi.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), ask(t, a, "GET", "/api/"+name, "").body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server = httptest.NewServer(a)
	t.Cleanup(server.Close)
	return dir, server, e
}

// warned is how the linter counts what it does not like and lets pass.
var warned = regexp.MustCompile(`\d+ warnings?`)

// A linter of others finds nothing wrong with the description, and no warning.
func TestLint(t *testing.T) {
	run := tools(t)
	dir, _, _ := described(t)
	for _, name := range []string{"openapi.json", "openapi.yaml"} {
		if out := run(dir, "redocly", "lint", "--extends=recommended", "--format=stylish", name); warned.MatchString(out) {
			t.Errorf("%s:\n%s", name, out)
		}
	}
}

// A client that others generate from the description type-checks, lists stories
// and reads collations from a running server.
func TestGeneratedClient(t *testing.T) {
	run := tools(t)
	dir, server, e := described(t)
	run(dir, "openapi-ts", "-i", "openapi.json", "-o", "client", "-c", "@hey-api/client-fetch")
	script, err := os.ReadFile("testdata/client.ts")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.ts"), script, 0o644); err != nil {
		t.Fatal(err)
	}
	types := filepath.Join(os.Getenv("SYNOPTIC_API_TOOLS"), "@types")
	run(dir, "tsc", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "commonjs", "--moduleResolution", "node10",
		"--lib", "es2022,dom,dom.iterable", "--typeRoots", types, "--types", "node", "--outDir", "out", "main.ts")
	got := run(dir, "node", "out/main.js", server.URL)
	want := "stories 2 " + e.Example + " " + e.Other + `
collation synoptic/1 6 accounts grounded
collation synoptic/1 2 accounts grounded
quotations true
hits 2
compared 1 0
problem 404 story none: not found
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
