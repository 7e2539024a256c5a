package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"synoptic/internal/browser"
)

// A stranger starts the program, pastes addresses, and reads a story; another
// article comes in from elsewhere and the page grows without being asked.
func TestInBrowser(t *testing.T) {
	pages := httptest.NewServer(http.FileServer(http.Dir("../../examples/ferry-talks")))
	t.Cleanup(pages.Close)
	db := filepath.Join(t.TempDir(), "synoptic.db")
	base := startServer(t, db)

	b := browser.Open(t, base)
	b.Do(
		chromedp.SendKeys("#addresses", pages.URL+"/ansel-courier.html\n"+pages.URL+"/radio-brevany.html"),
		chromedp.Click(".accounts-form button.main"),
	)
	b.Until(`location.pathname.startsWith("/story/") && document.querySelectorAll(".accounts > li").length === 2`)

	importing(t.Context(), t, db, "../../examples/ferry-talks/aldmoor-register.json", 0)
	b.Until(`document.querySelectorAll(".accounts > li").length === 3`)
	for _, request := range b.Requests() {
		if !strings.HasPrefix(request, base) && !strings.HasPrefix(request, "data:") {
			t.Errorf("the page asks %s", request)
		}
	}
	for _, m := range b.Messages() {
		t.Errorf("console: %s", m)
	}
}

// startServer runs the server as a process of its own until the test ends, and
// gives its address.
func startServer(t *testing.T, db string) string {
	t.Helper()
	cmd := synopticCommand(context.WithoutCancel(t.Context()), t, "serve", "--db", db, "--addr", "127.0.0.1:0", "--allow-private")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	var base string
	lines := bufio.NewScanner(said)
	if !lines.Scan() {
		t.Fatal("the server says nothing")
	}
	if _, err := fmt.Sscanf(lines.Text(), "synoptic: %s", &base); err != nil {
		t.Fatalf("%q: %v", lines.Text(), err)
	}
	go func() {
		for lines.Scan() { // so that it is never held up
		}
	}()
	return base
}
