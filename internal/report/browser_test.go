package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"synoptic/collation"
	"synoptic/internal/browser"
)

// visible does to a text what the page does to the control characters of the
// fixture.
var visible = strings.NewReplacer("\u202e", "\ufffd", "\x1b", "\ufffd")

// widths are a phone, a tablet and a desk.
var widths = []int64{360, 800, 1400}

// show opens source as a file, in a browser.
func show(t *testing.T, source string, before ...browser.Step) *browser.Tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	return browser.Open(t, "file://"+file, before...)
}

// TestPageInBrowser opens the page as a reader would.
func TestPageInBrowser(t *testing.T) {
	c := strike(t)
	source := page(t, c)
	b := show(t, source)
	t.Logf("%d bytes, loaded in %.0f ms", len(source), browser.Eval[float64](b, `performance.getEntriesByType("navigation")[0].loadEventEnd`))
	if len(source) > 400_000 {
		t.Errorf("%d bytes", len(source))
	}

	t.Run("keeps to itself", func(t *testing.T) {
		if r := b.Requests(); len(r) != 1 || !strings.HasPrefix(r[0], "file://") {
			t.Errorf("requests: %q", r)
		}
		if m := b.Messages(); len(m) > 0 {
			t.Errorf("console: %q", m)
		}
	})

	t.Run("a point opens", func(t *testing.T) {
		var want []string
		for _, p := range c.Points[0].Passages {
			want = append(want, visible.Replace(c.Words(p.Cite)))
		}
		const marked = `[...document.querySelectorAll("#p1 mark")].filter((m) => m.checkVisibility()).map((m) => m.textContent)`
		if got := browser.Eval[[]string](b, marked); len(got) > 0 {
			t.Fatalf("open before the click: %q", got)
		}
		b.Do(chromedp.Click("#p1 > summary"))
		if got := browser.Eval[[]string](b, marked); !slices.Equal(got, want) {
			t.Errorf("shown: %q\nwant: %q", got, want)
		}
		around := browser.Eval[string](b, `document.querySelector("#p1 blockquote").textContent.trim()`)
		first := c.Accounts[0]
		if paragraph := first.Paragraphs[first.ParagraphAt(c.Points[0].Text.Span().Start)].Of(first.Text); around != paragraph {
			t.Errorf("the passage stands in %q, not %q", around, paragraph)
		}
	})

	t.Run("a row of one account opens", func(t *testing.T) {
		single := c.Points[4].Text
		b.Do(chromedp.Click("#p5 > a"))
		if got := browser.Eval[string](b, `document.querySelector("#p5 .shown mark").textContent`); got != c.Words(single) {
			t.Errorf("marked: %q", got)
		}
		a := c.Accounts[single.Account()]
		if got := browser.Eval[string](b, `document.querySelector("#p5 .shown").textContent`); got != a.Paragraphs[a.ParagraphAt(single.Span().Start)].Of(a.Text) {
			t.Errorf("shown: %q", got)
		}
		b.Do(chromedp.Click("#p5 > a"))
		if browser.Eval[bool](b, `document.querySelector("#p5 .shown") !== null`) {
			t.Error("a second click does not close it")
		}
	})

	t.Run("every text is at its place", func(t *testing.T) {
		for _, id := range []string{"p3", "f1", "q1"} {
			for i, words := range browser.Eval[[]string](b, `[...document.querySelectorAll("#`+id+` mark")].map((m) => m.textContent)`) {
				if !slices.ContainsFunc(c.Accounts, func(a collation.Account) bool { return strings.Contains(visible.Replace(a.Text), words) }) {
					t.Errorf("%s: mark %d is in no account: %q", id, i, words)
				}
			}
		}
	})

	t.Run("no width scrolls sideways", func(t *testing.T) {
		defer b.Size(1400)
		for _, width := range widths {
			b.Size(width)
			for _, open := range []string{"false", "true"} {
				browser.Eval[any](b, `document.querySelectorAll("details").forEach((d) => d.open = `+open+`), null`)
				over := b.Sideways()
				if len(over) > 0 {
					t.Errorf("%d pixels, open %s: %q", width, open, over)
				}
			}
		}
	})

	t.Run("accessible", func(t *testing.T) {
		axe := browser.Axe(t, "../..")
		defer b.Media("screen", "light")
		for i, width := range widths {
			scheme := []string{"light", "dark"}[i%2]
			b.Media("screen", scheme)
			b.Size(width)
			for _, v := range b.Violations(axe) {
				t.Errorf("%s, %d pixels: %s", scheme, width, v)
			}
		}
	})

	t.Run("on paper", func(t *testing.T) {
		b.Media("print", "light")
		defer b.Media("screen", "light")
		if n := browser.Eval[int](b, `[...document.querySelectorAll(".passages")].filter((e) => e.checkVisibility()).length`); n > 0 {
			t.Errorf("%d passages between the rows", n)
		}
		notes := browser.Eval[[]string](b, `[...document.querySelectorAll(".endnotes .ref")].map((e) => e.textContent)`)
		refs := browser.Eval[[]string](b, `[...document.querySelectorAll("main b:has(i)")].filter((e) => e.checkVisibility()).map((e) => e.textContent)`)
		if len(refs) < 20 {
			t.Errorf("only %d numbers on the page", len(refs))
		}
		for _, r := range refs {
			if !slices.Contains(notes, r) {
				t.Errorf("no endnote has the number %s", r)
			}
		}
		pdf := browser.Run(b, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if !strings.HasPrefix(string(pdf), "%PDF") {
			t.Error("the browser made no PDF")
		}
		browser.Keep(t, "page.pdf", pdf)
	})

	if os.Getenv("SYNOPTIC_SHOTS") != "" {
		browser.Eval[any](b, `document.querySelectorAll("details").forEach((d, i) => d.open = ["p1", "f1", "t2"].includes(d.id)), null`)
		for _, scheme := range []string{"light", "dark"} {
			b.Media("screen", scheme)
			for _, width := range widths {
				b.Shoot(fmt.Sprintf("page-%d-%s.png", width, scheme), width)
			}
		}
		b.Media("print", "light")
		b.Shoot("paper.png", 672) // A4 within its margins
	}
}

// TestPageWithoutScript does with scripts switched off what a reader does most:
// open a row, and go from a figure or a row of one account to its passage.
func TestPageWithoutScript(t *testing.T) {
	b := show(t, page(t, strike(t)), browser.NoScript)
	if browser.Eval[bool](b, `document.querySelector(".tools") !== null`) {
		t.Fatal("the script ran")
	}
	b.Do(chromedp.Click("#p3 > summary"))
	if !browser.Eval[bool](b, `document.querySelector("#p3 mark").checkVisibility()`) {
		t.Error("a click on a point shows no passage")
	}
	b.Do(chromedp.Click(`a[href="#f1-4"]`))
	if !browser.Eval[bool](b, `document.querySelector("#f1-4 mark").checkVisibility()`) {
		t.Error("a click on a figure shows no passage")
	}
	b.Do(chromedp.Click("#p5 > a"))
	if got := browser.Eval[string](b, `document.querySelector(":target .text").textContent`); !strings.HasSuffix(got, "No ship has entered since noon.") {
		t.Errorf("a click on a row of one account leads to %q", got)
	}
}
