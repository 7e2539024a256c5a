package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"synoptic/internal/browser"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/webtest"
)

// paper serves the pages of the example as an outlet would.
func paper(t *testing.T) (addresses []string) {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir("../../examples/ferry-talks")))
	t.Cleanup(server.Close)
	names, err := filepath.Glob("../../examples/ferry-talks/*.html")
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		addresses = append(addresses, server.URL+"/"+filepath.Base(name))
	}
	return addresses
}

// keepsToItself checks that a tab asked for nothing but pages of the server,
// and that the console is empty.
func keepsToItself(t *testing.T, b *browser.Tab, base string) {
	t.Helper()
	for _, address := range b.Requests() {
		if !strings.HasPrefix(address, base+"/") {
			t.Errorf("a request to %s", address)
		}
	}
	if m := b.Messages(); len(m) > 0 {
		t.Errorf("console: %q", m)
	}
}

// TestFirstRun goes from an empty database to the first story.
func TestFirstRun(t *testing.T) {
	s := serve(t, web.Options{})
	addresses := paper(t)
	b := browser.Open(t, s.base+"/")
	for _, scheme := range []string{"light", "dark"} {
		b.Media("screen", scheme)
		b.Shoot("welcome-1400-"+scheme+".png", 1400)
	}
	b.Shoot("welcome-360.png", 360)
	b.Media("screen", "light")
	b.Do(
		chromedp.SendKeys("#addresses", strings.Join(addresses, "\n")),
		chromedp.Click(".accounts-form button.main"),
	)
	b.Until(`location.pathname.startsWith("/story/") && document.querySelectorAll(".accounts > li").length === ` + fmt.Sprint(len(addresses)))
	b.Do(chromedp.Click(".brand"))
	b.Until(`document.querySelectorAll(".stories > li").length === 1`)
	keepsToItself(t, b, s.base)
}

// TestPagesInBrowser looks at every page at both widths and in both schemes:
// none scrolls sideways, and the console stays empty.
func TestPagesInBrowser(t *testing.T) {
	b := everyPage(t, func(b *browser.Tab, name, path, scheme string, width int64) {
		if over := b.Sideways(); len(over) > 0 {
			t.Errorf("%s at %d: %q", path, width, over)
		}
		picture := fmt.Sprintf("%s-%d-%s.png", name, width, scheme)
		if name == "story" {
			b.Glance(picture, width)
		} else {
			b.Shoot(picture, width)
		}
	})
	for _, m := range b.Messages() {
		if !strings.Contains(m, "404") { // of the page that is not there
			t.Errorf("console: %s", m)
		}
	}
}

// TestPagesAccessible has axe-core look at every page.
func TestPagesAccessible(t *testing.T) {
	axe := browser.Axe(t, "../..")
	everyPage(t, func(b *browser.Tab, _, path, scheme string, width int64) {
		for _, v := range b.Violations(axe) {
			t.Errorf("%s at %d, %s: %s", path, width, scheme, v)
		}
	})
}

// everyPage calls look on every page of a collection, at both widths and in both
// schemes.
func everyPage(t *testing.T, look func(b *browser.Tab, name, path, scheme string, width int64)) *browser.Tab {
	t.Helper()
	s := example(t)
	story := s.onlyStory()
	more := map[string]string{
		"Gazette-bridge.txt": "Old bridge at Lunden closed after inspectors find cracks\n\nThe old bridge at Lunden was closed on Tuesday after inspectors found cracks in two of its piers.\n\nAbout 4,000 drivers use the bridge each day, the town said.\n\n“We will not gamble with lives,” said mayor Ansa Tervik.",
		"Herald-bridge.txt":  "Lunden bridge shut: repairs may take a year\n\nThe bridge at Lunden is shut. Inspectors found cracks in three of its piers, the mayor, Ansa Tervik, said on Tuesday.\n\nSome 6,500 drivers use the bridge each day.\n\nRepairs may take a year, she said.",
		"Echo-orchard.txt":   "Frost takes half of the apple crop\n\nA late frost has taken half of the apple crop in the orchards of Vellin, growers said on Monday.",
	}
	for name, body := range more {
		if _, err := s.Add(t.Context(), []newsroom.Upload{{Name: name, Body: []byte(body)}}); err != nil {
			t.Fatal(err)
		}
	}
	s.Put(t, func(ctx context.Context, w store.Writer) error {
		courier, lantern := "https://courier.example/feed.xml", "https://lantern.example/rss"
		return errors.Join(
			w.PutSource(ctx, store.Source{
				ID: store.SourceID(courier), Address: courier, Kind: store.Feed, Title: "Ansel Courier", Folder: "Coast/North",
				Added: webtest.Start, Tried: webtest.Start, Answered: webtest.Start, Next: webtest.Start, Articles: 1203,
			}),
			w.PutSource(ctx, store.Source{
				ID: store.SourceID(lantern), Address: lantern, Kind: store.Feed, Added: webtest.Start, Tried: webtest.Start, Failures: 4, Problem: "503 Service Unavailable",
			}),
		)
	})
	s.settle()
	pages := map[string]string{
		"today": "/", "story": "/story/" + story, "article": "/article/" + s.members(story)[0], "correct": "/story/" + story + "/correct",
		"names": "/name", "person": "/name?of=Greta+Hollin", "outlets": "/outlet", "outlet": "/outlet?of=Daily+Lantern",
		"search": "/search?q=ferry", "hints": "/search", "sources": "/sources", "state": "/state", "add": "/add", "compare": "/compare",
		"missing": "/no-such-page", "corrections": "/corrections",
	}
	b := browser.Open(t, s.base+"/healthz")
	for name, path := range pages {
		b.Do(chromedp.Navigate(s.base + path))
		if name == "article" {
			b.Do(chromedp.Click("#show-speech"), chromedp.Click("#show-figures"), chromedp.Click("#show-names"), chromedp.Click("#show-moments"))
		}
		for _, scheme := range []string{"light", "dark"} {
			b.Media("screen", scheme)
			for _, width := range []int64{360, 1400} {
				b.Size(width)
				look(b, name, path, scheme, width)
			}
		}
	}
	return b
}

// TestCorrectionInBrowser takes an account out of a story and puts it back,
// with the keyboard alone.
func TestCorrectionInBrowser(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	b := browser.Open(t, s.base+"/story/"+story)
	focus := func(what string) {
		t.Helper()
		for range 400 {
			b.Do(chromedp.KeyEvent(kb.Tab))
			if browser.Eval[bool](b, `document.activeElement?.matches(`+fmt.Sprintf("%q", what)+`)`) {
				return
			}
		}
		t.Fatalf("the Tab key never gets to %s", what)
	}
	focus(`.tools a[href$="/correct"]`)
	b.Do(chromedp.KeyEvent(kb.Enter))
	b.Until(`location.pathname.endsWith("/correct")`)
	focus(`form[action$="/remove"] input[type=radio]`)
	b.Do(chromedp.KeyEvent(kb.ArrowDown))
	focus(`form[action$="/remove"] button`)
	b.Do(chromedp.KeyEvent(kb.Enter))
	b.Until(`location.hash === "#corrections" && document.querySelectorAll(".accounts > li").length === 5`)
	b.Glance("corrected-1400.png", 1400)
	focus(`#corrections form button`)
	b.Do(chromedp.KeyEvent(kb.Enter))
	b.Until(`document.querySelectorAll(".accounts > li").length === 6 && document.querySelector("#corrections .undone") !== null`)
	keepsToItself(t, b, s.base)
}

// TestLive shows a new account without the page being loaded again, marks it,
// and leaves open what was open.
func TestLive(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	b := browser.Open(t, s.base+"/story/"+story)
	browser.Eval[any](b, `window.same = true, document.querySelector("#points details.row").open = true, null`)
	open := browser.Eval[string](b, `document.querySelector("#points details.row").id`)
	if _, err := s.Add(t.Context(), []newsroom.Upload{{Name: "late.txt", Body: []byte(lateAccount)}}); err != nil {
		t.Fatal(err)
	}
	b.Until(`document.querySelectorAll(".accounts > li").length === 7`)
	if !browser.Eval[bool](b, `window.same === true`) {
		t.Error("the page was loaded again")
	}
	if !browser.Eval[bool](b, `document.getElementById(`+fmt.Sprintf("%q", open)+`).open`) {
		t.Error("a row that was open is not any more")
	}
	if browser.Eval[bool](b, `document.querySelector(".accounts .fresh") !== null`) {
		t.Error("marked as new on the first visit")
	}
	b.Do(chromedp.Navigate(s.base + "/"))
	b.Do(chromedp.Navigate(s.base + "/story/" + story))
	if n := browser.Eval[int](b, `document.querySelectorAll(".accounts .fresh").length`); n != 0 {
		t.Errorf("%d accounts marked that were seen", n)
	}
	// While the reader is away another comes in.
	b.Do(chromedp.Navigate(s.base + "/"))
	if _, err := s.Add(t.Context(), []newsroom.Upload{{Name: "later.txt", Body: []byte(strings.Replace(lateAccount, "380", "390", 1))}}); err != nil {
		t.Fatal(err)
	}
	b.Until(`document.querySelector(".stories > li.fresh") !== null`)
	b.Shoot("fresh-today.png", 1400)
	b.Do(chromedp.Navigate(s.base + "/story/" + story))
	if n := browser.Eval[int](b, `document.querySelectorAll(".accounts .fresh").length`); n != 1 {
		t.Errorf("%d accounts marked as new", n)
	}
	b.Glance("fresh-story.png", 1400)
	keepsToItself(t, b, s.base)
}

// TestCompareInBrowser drops files and looks at them side by side.
func TestCompareInBrowser(t *testing.T) {
	s := serve(t, web.Options{})
	names, err := filepath.Glob("../../examples/ferry-talks/*")
	if err != nil {
		t.Fatal(err)
	}
	for i := range names {
		if names[i], err = filepath.Abs(names[i]); err != nil {
			t.Fatal(err)
		}
	}
	b := browser.Open(t, s.base+"/compare")
	b.Do(chromedp.SetUploadFiles("#files", names), chromedp.Click(".accounts-form button.main"))
	b.Until(`location.pathname.startsWith("/compare/") && document.querySelectorAll(".accounts > li").length === 6`)
	if s.totals().Articles > 0 {
		t.Error("something was kept")
	}
	for _, v := range b.Violations(browser.Axe(t, "../..")) {
		t.Error(v)
	}
	keepsToItself(t, b, s.base)
}

// TestWithoutScript reads, opens and searches with scripts switched off.
func TestWithoutScript(t *testing.T) {
	s := example(t)
	b := browser.Open(t, s.base+"/", browser.NoScript)
	b.Do(chromedp.Click(".stories h2 a"))
	b.Until(`document.querySelector("#points details.row > summary") !== null`)
	b.Do(chromedp.Click("#points details.row > summary"))
	b.Until(`document.querySelector("#points details.row mark").checkVisibility()`)
	b.Do(chromedp.Click(".accounts .title a"))
	b.Until(`document.querySelector("#show-names") !== null`)
	b.Do(chromedp.Click("#show-names"))
	if browser.Eval[string](b, `getComputedStyle(document.querySelector(".prose .l-names")).boxShadow`) == "none" {
		t.Error("the layer does not show")
	}
}

// TestLoginInBrowser signs in and out.
func TestLoginInBrowser(t *testing.T) {
	s := serve(t, web.Options{}, web.Access{Password: web.HashPassword("tide table")})
	b := browser.Open(t, s.base+"/sources")
	axe := browser.Axe(t, "../..")
	for _, scheme := range []string{"light", "dark"} {
		b.Media("screen", scheme)
		for _, v := range b.Violations(axe) {
			t.Errorf("%s: %s", scheme, v)
		}
		b.Shoot("login-360-"+scheme+".png", 360)
	}
	b.Do(chromedp.SendKeys("#password", "tide table"+kb.Enter))
	b.Until(`location.pathname === "/sources"`)
	b.Do(chromedp.Click(`form[action="/logout"] button`))
	b.Until(`location.pathname === "/login"`)
	keepsToItself(t, b, s.base)
}
