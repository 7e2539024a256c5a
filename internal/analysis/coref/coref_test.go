package coref_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/coref"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/text"
)

var update = flag.Bool("update", false, "write what the pass finds into the golden files")

// given is a pass that makes mentions of the spans in names.
func given(names []text.Span, kinds []article.MentionKind) analysis.Pass {
	return analysis.Pass{
		Name: "given", Gives: article.Mentions, Needs: article.Tokens,
		Run: func(_ *article.Article, n *article.Analysis) error {
			for i, s := range names {
				m := article.Mention{First: -1, Kind: kinds[i], Entity: -1}
				for t := range n.Tokens {
					if s.Overlaps(n.Tokens[t].Span) {
						if m.First < 0 {
							m.First = t
						}
						m.Last = t + 1
						m.Span = m.Cover(n.Tokens[t].Span)
					}
				}
				if m.First >= 0 {
					n.Mentions = append(n.Mentions, m)
				}
			}
			return nil
		},
	}
}

// read is the article of marked text, in which "[PER Ana Prado]" is a name, with
// its analysis.
func read(t testing.TB, marked string) (*article.Article, *article.Analysis) {
	t.Helper()
	var body strings.Builder
	var names []text.Span
	var kinds []article.MentionKind
	for marked != "" {
		before, rest, found := strings.Cut(marked, "[")
		body.WriteString(before)
		if !found {
			break
		}
		label, rest, _ := strings.Cut(rest, " ")
		name, rest, _ := strings.Cut(rest, "]")
		kind := article.ParseMentionKind(label)
		if kind == 0 {
			t.Fatalf("%q is no kind of name", label)
		}
		kinds = append(kinds, kind)
		names = append(names, text.Span{Start: body.Len(), End: body.Len() + len(name)})
		body.WriteString(name)
		marked = rest
	}
	a := articleOf(body.String())
	p, err := analysis.New("test", token.Pass, tag.Pass, tag.LemmaPass, parse.Pass, given(names, kinds), coref.Pass)
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	return a, n
}

// articleOf is body as an article, each line a paragraph.
func articleOf(body string) *article.Article {
	a := &article.Article{Place: "test", Text: body, Language: "en"}
	at := 0
	for line := range strings.SplitSeq(body, "\n") {
		if line != "" {
			a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}})
		}
		at += len(line) + 1
	}
	return a
}

// list writes each entity on a line, with all that stands for it in order.
func list(a *article.Article, n *article.Analysis) string {
	var b strings.Builder
	line := func(head string, entity int) {
		type part struct {
			text.Span
			form string
		}
		var parts []part
		for _, m := range n.Mentions {
			if m.Entity == entity {
				parts = append(parts, part{m.Span, ""})
			}
		}
		for _, r := range n.References {
			if r.Entity == entity {
				parts = append(parts, part{r.Span, r.Form.String()[:1] + ":"})
			}
		}
		if len(parts) == 0 {
			return
		}
		slices.SortFunc(parts, func(x, y part) int { return x.Compare(y.Span) })
		fmt.Fprintf(&b, "= %s:", head)
		for i, p := range parts {
			if i > 0 {
				b.WriteString(" |")
			}
			fmt.Fprintf(&b, " %s%s", p.form, p.Of(a.Text))
		}
		b.WriteByte('\n')
	}
	for i, e := range n.Entities {
		line(e.Kind.String()+" "+e.Name.Of(a.Text), i)
	}
	line("open", -1)
	return b.String()
}

// TestConstructions holds the pass to a table: a heading, a text with its names
// marked, and what is found, an entity a line. A "p" is a pronoun, a "d" a
// description.
func TestConstructions(t *testing.T) {
	const file = "testdata/constructions.txt"
	in, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	cases := strings.Split(strings.TrimSpace(string(in)), "\n\n")
	for i, c := range cases {
		var heading string
		var marked, want []string
		for line := range strings.SplitSeq(c, "\n") {
			switch {
			case strings.HasPrefix(line, "# "):
				heading = line
			case strings.HasPrefix(line, "= "):
				want = append(want, line+"\n")
			default:
				marked = append(marked, line)
			}
		}
		a, n := read(t, strings.Join(marked, "\n"))
		got := list(a, n)
		if i > 0 {
			out.WriteByte('\n')
		}
		fmt.Fprintf(&out, "%s\n%s\n%s", heading, strings.Join(marked, "\n"), got)
		if !*update && got != strings.Join(want, "") {
			t.Errorf("%s\n%s\ngot\n%swant\n%s", heading, strings.Join(marked, "\n"), got, strings.Join(want, ""))
		}
	}
	if len(cases) < 40 {
		t.Errorf("%d constructions", len(cases))
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
