package report_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"synoptic/collation"
	"synoptic/internal/report"
)

func page(t testing.TB, c *collation.Collation) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements walks the parsed page.
func elements(t *testing.T, source string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			list = append(list, n)
		}
	}
	return list
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestHTMLHolds checks what a hostile text would break: no element that we did
// not write, no handler, no address of an account but in the links to them, one
// element an ID, and a target for every link within the page.
func TestHTMLHolds(t *testing.T) {
	source := page(t, strike(t))
	if path := os.Getenv("SYNOPTIC_PAGE"); path != "" {
		if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ids := map[string]bool{}
	count := map[string]int{}
	bold := false // an outlet's name has its <b>
	list := elements(t, source)
	for _, n := range list {
		count[n.Data]++
		if n.Data == "b" && len(n.FirstChild.Data) > 2 {
			bold = true
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements have the ID %s", id)
			}
			ids[id] = true
		}
	}
	if count["script"] != 1 || count["style"] != 1 || count["img"]+count["link"]+count["iframe"] > 0 || bold {
		t.Errorf("elements: %v", count)
	}
	links := 0
	for _, n := range list {
		href := attribute(n, "href")
		if id, ok := strings.CutPrefix(href, "#"); ok {
			links++
			if !ids[id] {
				t.Errorf("no element has the ID %s", id)
			}
		} else if href != "" && !strings.HasPrefix(href, "https://herald.example/") && !strings.HasPrefix(href, "https://coastline.example/") {
			t.Errorf("a link leads to %s", href)
		}
	}
	if links < 50 {
		t.Errorf("only %d links within the page", links)
	}
}

// TestHTMLOfNothing renders what has no accounts at all.
func TestHTMLOfNothing(t *testing.T) {
	if source := page(t, &collation.Collation{}); strings.Contains(source, "<section id=\"points\"") {
		t.Error("a section over nothing")
	}
}

func BenchmarkHTML(b *testing.B) {
	c := strike(b)
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := report.HTML(&w, c); err != nil {
			b.Fatal(err)
		}
	}
}

// TestHTMLCopied: what accounts of one origin share is underlined where their
// words stand, and nothing else is; a key says what the line means.
func TestHTMLCopied(t *testing.T) {
	const shared = "At least 14 ships were waiting off Port Merrow on Monday after pilots stopped work, the port authority said"
	lines := func(c *collation.Collation) (copied, keys int) {
		for _, n := range elements(t, page(t, c)) {
			if n.Data != "u" {
				continue
			}
			var words strings.Builder
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					words.WriteString(d.Data)
				}
			}
			switch line := words.String(); {
			case line == "Underlined":
				keys++
			case strings.Contains(shared, line): // a label that is marked within parts it
				copied++
			default:
				t.Errorf("underlined: %q", line)
			}
		}
		return copied, keys
	}
	c := strike(t)
	if copied, keys := lines(c); copied < 2 || keys != 2 {
		t.Errorf("%d stretches are underlined, with %d keys", copied, keys)
	}
	for i := range c.Origins {
		c.Origins[i].Copied = nil
	}
	if copied, keys := lines(c); copied > 0 || keys > 0 {
		t.Errorf("where nothing is copied %d stretches are underlined, with %d keys", copied, keys)
	}
}
