// Package browser opens pages of ours in Debian's chromium, for tests: what a
// reader would see, press and be told comes out. Tests are skipped where there
// is no chromium.
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Step is what is done in a tab.
type Step = chromedp.Action[chromedp.Void]

// Tab is a tab with a page open.
type Tab struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string
	messages []string
}

// Open shows the page at an address in a browser with an empty profile, after
// the steps given.
func Open(t *testing.T, address string, before ...Step) *Tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on the path: the page is not tried in a browser")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &Tab{TB: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.Do(before...)
	b.Do(chromedp.Navigate(address))
	return b
}

// hear notes what a page that keeps to itself never does.
func (b *Tab) hear(event any) {
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
		b.messages = append(b.messages, e.Entry.Text+" "+e.Entry.URL)
	}
}

// Requests is the addresses that the tab has asked for.
func (b *Tab) Requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.requests)
}

// Messages is what stands in the console.
func (b *Tab) Messages() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.messages)
}

// Do takes steps; one that fails ends the test.
func (b *Tab) Do(steps ...Step) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// Run takes a step that gives something.
func Run[T any](b *Tab, step chromedp.Action[T]) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, step)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// Eval is the value of an expression in the page.
func Eval[T any](b *Tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Until waits until an expression is true in the page.
func (b *Tab) Until(expression string) {
	b.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		// While a page is left for another there is none to ask.
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			b.Fatalf("never true: %s (%v) at %s", expression, err, Eval[string](b, "location.href"))
		}
	}
}

// Size makes the window so many pixels wide.
func (b *Tab) Size(width int64) {
	b.Helper()
	b.Do(chromedp.EmulateViewport(width, 900))
}

// Media sets the medium ("screen", "print") and the colour scheme.
func (b *Tab) Media(medium, scheme string) {
	b.Helper()
	Run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media:    medium,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return chromedp.Void{}, err
	})
}

// NoScript is a step that switches scripts off.
func NoScript(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return chromedp.Void{}, err
}

// Sideways is what reaches beyond the right edge, nothing where the page does
// not scroll sideways.
func (b *Tab) Sideways() []string {
	b.Helper()
	return Eval[[]string](b, `document.documentElement.scrollWidth <= innerWidth ? [] :
		[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40))`)
}

// Axe is the source of axe-core, from the folder that SYNOPTIC_AXE names or from
// node_modules in the root of the checkout, which is given as a path; the test
// is skipped where it is in neither.
func Axe(t *testing.T, root string) string {
	t.Helper()
	for _, folder := range []string{os.Getenv("SYNOPTIC_AXE"), filepath.Join(root, "node_modules", "axe-core")} {
		if source, err := os.ReadFile(filepath.Join(folder, "axe.min.js")); err == nil {
			return string(source)
		}
	}
	t.Skip("no axe-core in $SYNOPTIC_AXE or node_modules: accessibility is not checked (npm install axe-core)")
	return ""
}

// Violations is what axe-core, given as its source, finds wrong with the page
// as it stands.
func (b *Tab) Violations(axe string) []string {
	b.Helper()
	if !Eval[bool](b, `"axe" in window`) {
		Eval[any](b, axe+"; null")
	}
	report := Run(b, chromedp.Evaluate[string](
		`axe.run().then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html + " " + n.failureSummary).join(" | "))))`,
		chromedp.EvalAwaitPromise))
	var list []string
	if err := json.Unmarshal([]byte(report), &list); err != nil {
		b.Fatal(err)
	}
	return list
}

// Shoot keeps a picture of the whole page at a width, where somebody wants to
// look at it; see Keep.
func (b *Tab) Shoot(name string, width int64) {
	b.Helper()
	if os.Getenv("SYNOPTIC_SHOTS") == "" {
		return
	}
	b.Size(width)
	Keep(b, name, Run(b, chromedp.FullScreenshot(100)))
}

// Glance keeps a picture of what the window shows at a width.
func (b *Tab) Glance(name string, width int64) {
	b.Helper()
	if os.Getenv("SYNOPTIC_SHOTS") == "" {
		return
	}
	b.Size(width)
	Keep(b, name, Run(b, chromedp.CaptureScreenshot()))
}

// Keep writes what a person wants to look at to the folder that SYNOPTIC_SHOTS
// names, if it names one.
func Keep(t testing.TB, name string, data []byte) {
	t.Helper()
	folder := os.Getenv("SYNOPTIC_SHOTS")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
