package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"synoptic/collation"
)

// visible does to a text what the page does to the control characters of the
// fixture.
var visible = strings.NewReplacer("\u202e", "\ufffd", "\x1b", "\ufffd")

// widths are a phone, a tablet and a desk.
var widths = []int64{360, 800, 1400}

// browser is a tab with a page of ours open.
type browser struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string
	messages []string
}

// open shows source in a browser with an empty profile, or skips the test where
// there is no chromium.
func open(t *testing.T, source string, before ...chromedp.Action[chromedp.Void]) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on the path: the page is not tried in a browser")
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{TB: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.do(before...)
	b.do(chromedp.Navigate("file://" + file))
	return b
}

// hear notes what a page that keeps to itself never does.
func (b *browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventConsoleAPICalled:
		b.messages = append(b.messages, fmt.Sprint(e.Type))
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.messages = append(b.messages, e.Entry.Text)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// eval is the value of an expression in the page.
func eval[T any](b *browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (b *browser) size(width int64) {
	b.Helper()
	b.do(chromedp.EmulateViewport(width, 900))
}

// media sets the medium ("screen", "print") and the colour scheme.
func (b *browser) media(medium, scheme string) {
	b.Helper()
	_, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (*cdp.Empty, error) {
		return nil, second(cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media:    medium,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}))
	})
	if err != nil {
		b.Fatal(err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestPageInBrowser opens the page as a reader would.
func TestPageInBrowser(t *testing.T) {
	c := strike(t)
	source := page(t, c)
	b := open(t, source)
	t.Logf("%d bytes, loaded in %.0f ms", len(source), eval[float64](b, `performance.getEntriesByType("navigation")[0].loadEventEnd`))
	if len(source) > 400_000 {
		t.Errorf("%d bytes", len(source))
	}

	t.Run("keeps to itself", func(t *testing.T) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.requests) != 1 || !strings.HasPrefix(b.requests[0], "file://") {
			t.Errorf("requests: %q", b.requests)
		}
		if len(b.messages) > 0 {
			t.Errorf("console: %q", b.messages)
		}
	})

	t.Run("a point opens", func(t *testing.T) {
		var want []string
		for _, p := range c.Points[0].Passages {
			want = append(want, visible.Replace(c.Words(p.Cite)))
		}
		const marked = `[...document.querySelectorAll("#p1 mark")].filter((m) => m.checkVisibility()).map((m) => m.textContent)`
		if got := eval[[]string](b, marked); len(got) > 0 {
			t.Fatalf("open before the click: %q", got)
		}
		b.do(chromedp.Click("#p1 > summary"))
		if got := eval[[]string](b, marked); !slices.Equal(got, want) {
			t.Errorf("shown: %q\nwant: %q", got, want)
		}
		around := eval[string](b, `document.querySelector("#p1 blockquote").textContent.trim()`)
		first := c.Accounts[0]
		if paragraph := first.Paragraphs[first.ParagraphAt(c.Points[0].Text.Span().Start)].Of(first.Text); around != paragraph {
			t.Errorf("the passage stands in %q, not %q", around, paragraph)
		}
	})

	t.Run("a row of one account opens", func(t *testing.T) {
		single := c.Points[4].Text
		b.do(chromedp.Click("#p5 > a"))
		if got := eval[string](b, `document.querySelector("#p5 .shown mark").textContent`); got != c.Words(single) {
			t.Errorf("marked: %q", got)
		}
		a := c.Accounts[single.Account()]
		if got := eval[string](b, `document.querySelector("#p5 .shown").textContent`); got != a.Paragraphs[a.ParagraphAt(single.Span().Start)].Of(a.Text) {
			t.Errorf("shown: %q", got)
		}
		b.do(chromedp.Click("#p5 > a"))
		if eval[bool](b, `document.querySelector("#p5 .shown") !== null`) {
			t.Error("a second click does not close it")
		}
	})

	t.Run("every text is at its place", func(t *testing.T) {
		for _, id := range []string{"p3", "f1", "q1"} {
			for i, words := range eval[[]string](b, `[...document.querySelectorAll("#`+id+` mark")].map((m) => m.textContent)`) {
				if !slices.ContainsFunc(c.Accounts, func(a collation.Account) bool { return strings.Contains(visible.Replace(a.Text), words) }) {
					t.Errorf("%s: mark %d is in no account: %q", id, i, words)
				}
			}
		}
	})

	t.Run("no width scrolls sideways", func(t *testing.T) {
		defer b.size(1400)
		for _, width := range widths {
			b.size(width)
			for _, open := range []string{"false", "true"} {
				eval[any](b, `document.querySelectorAll("details").forEach((d) => d.open = `+open+`), null`)
				over := eval[[]string](b, `document.documentElement.scrollWidth <= innerWidth ? [] :
					[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40))`)
				if len(over) > 0 {
					t.Errorf("%d pixels, open %s: %q", width, open, over)
				}
			}
		}
	})

	t.Run("accessible", func(t *testing.T) {
		axe := axeSource(t)
		eval[any](b, axe+"; null")
		defer b.media("screen", "light")
		for i, width := range widths {
			scheme := []string{"light", "dark"}[i%2]
			b.media("screen", scheme)
			b.size(width)
			for _, v := range violations(b) {
				t.Errorf("%s, %d pixels: %s", scheme, width, v)
			}
		}
	})

	t.Run("on paper", func(t *testing.T) {
		b.media("print", "light")
		defer b.media("screen", "light")
		if n := eval[int](b, `[...document.querySelectorAll(".passages")].filter((e) => e.checkVisibility()).length`); n > 0 {
			t.Errorf("%d passages between the rows", n)
		}
		notes := eval[[]string](b, `[...document.querySelectorAll(".endnotes .ref")].map((e) => e.textContent)`)
		refs := eval[[]string](b, `[...document.querySelectorAll("main b:has(i)")].filter((e) => e.checkVisibility()).map((e) => e.textContent)`)
		if len(refs) < 20 {
			t.Errorf("only %d numbers on the page", len(refs))
		}
		for _, r := range refs {
			if !slices.Contains(notes, r) {
				t.Errorf("no endnote has the number %s", r)
			}
		}
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(pdf), "%PDF") {
			t.Error("the browser made no PDF")
		}
		keep(t, "page.pdf", pdf)
	})

	if os.Getenv("SYNOPTIC_SHOTS") != "" {
		eval[any](b, `document.querySelectorAll("details").forEach((d, i) => d.open = ["p1", "f1", "t2"].includes(d.id)), null`)
		for _, scheme := range []string{"light", "dark"} {
			b.media("screen", scheme)
			for _, width := range widths {
				b.shoot(fmt.Sprintf("page-%d-%s.png", width, scheme), width)
			}
		}
		b.media("print", "light")
		b.shoot("paper.png", 672) // A4 within its margins
	}
}

// shoot keeps a picture of the whole page.
func (b *browser) shoot(name string, width int64) {
	b.Helper()
	b.size(width)
	shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.Fatal(err)
	}
	keep(b, name, shot)
}

// TestPageWithoutScript does with scripts switched off what a reader does most:
// open a row, and go from a figure or a row of one account to its passage.
func TestPageWithoutScript(t *testing.T) {
	b := open(t, page(t, strike(t)), func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		return chromedp.Void{}, second(cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	})
	if eval[bool](b, `document.querySelector(".tools") !== null`) {
		t.Fatal("the script ran")
	}
	b.do(chromedp.Click("#p3 > summary"))
	if !eval[bool](b, `document.querySelector("#p3 mark").checkVisibility()`) {
		t.Error("a click on a point shows no passage")
	}
	b.do(chromedp.Click(`a[href="#f1-4"]`))
	if !eval[bool](b, `document.querySelector("#f1-4 mark").checkVisibility()`) {
		t.Error("a click on a figure shows no passage")
	}
	b.do(chromedp.Click("#p5 > a"))
	if got := eval[string](b, `document.querySelector(":target .text").textContent`); !strings.HasSuffix(got, "No ship has entered since noon.") {
		t.Errorf("a click on a row of one account leads to %q", got)
	}
}

// axeSource is axe-core, from the folder that SYNOPTIC_AXE names or from
// node_modules beside go.mod.
func axeSource(t *testing.T) string {
	t.Helper()
	for _, folder := range []string{os.Getenv("SYNOPTIC_AXE"), "../../node_modules/axe-core"} {
		if source, err := os.ReadFile(filepath.Join(folder, "axe.min.js")); err == nil {
			return string(source)
		}
	}
	t.Skip("no axe-core in $SYNOPTIC_AXE or node_modules: accessibility is not checked (npm install axe-core)")
	return ""
}

// violations is what axe-core finds wrong with the page as it stands.
func violations(b *browser) []string {
	b.Helper()
	report, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
		`axe.run().then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html + " " + n.failureSummary).join(" | "))))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal([]byte(report), &list); err != nil {
		b.Fatal(err)
	}
	return list
}

// keep writes what a person wants to look at to the folder that SYNOPTIC_SHOTS
// names, if it names one.
func keep(t testing.TB, name string, data []byte) {
	t.Helper()
	folder := os.Getenv("SYNOPTIC_SHOTS")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
