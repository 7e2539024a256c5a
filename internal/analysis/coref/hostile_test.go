package coref_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/internal/analysis/coref"
	"synoptic/text"
)

// made is an article of one sentence of the words, all nouns, names or pronouns
// by their first letter, with heads as arcs says and every third capital a name.
func made(words []string, arcs func(i int) article.Arc) (*article.Article, *article.Analysis) {
	n := &article.Analysis{Layers: coref.Pass.Needs}
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		at := b.Len()
		b.WriteString(w)
		tok := article.Token{Span: text.Span{Start: at, End: b.Len()}, Tag: article.NOUN, XTag: "NN", Lemma: strings.ToLower(w)}
		switch {
		case w == "he" || w == "it" || w == "they" || w == "him" || w == "who":
			tok.Tag, tok.XTag = article.PRON, "PRP"
		case w[0] >= 'A' && w[0] <= 'Z':
			tok.Tag, tok.XTag = article.PROPN, "NNP"
			n.Mentions = append(n.Mentions, article.Mention{Span: tok.Span, First: i, Last: i + 1, Kind: article.MentionKind(1 + i%4), Entity: -1})
		case !strings.ContainsAny(w, "abcdefghijklmnopqrstuvwxyz"):
			tok.Tag = article.PUNCT
		}
		n.Tokens = append(n.Tokens, tok)
		n.Arcs = append(n.Arcs, arcs(i))
	}
	a := articleOf(b.String())
	n.Sentences = []article.Sentence{{Span: text.Span{End: b.Len()}, Last: len(words)}}
	return a, n
}

func repeat(n int, words ...string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = words[i%len(words)]
	}
	return out
}

// TestHostile runs the pass on sentences that no one writes. Each must end in
// time that grows with its length, and pass the check.
func TestHostile(t *testing.T) {
	const size = 5000
	rels := []article.Rel{article.Nsubj, article.Obj, article.Nmod, article.Compound, article.Appos, article.Conj, article.AclRelcl, article.Flat, article.NmodPoss}
	shapes := map[string]func(i int) article.Arc{
		"flat": func(i int) article.Arc {
			if i == 0 {
				return article.Arc{Head: -1, Rel: article.Root}
			}
			return article.Arc{Head: 0, Rel: rels[i%len(rels)]}
		},
		"right": func(i int) article.Arc {
			if i == 0 {
				return article.Arc{Head: -1, Rel: article.Root}
			}
			return article.Arc{Head: i - 1, Rel: rels[i%len(rels)]}
		},
		"left": func(i int) article.Arc {
			if i == size-1 {
				return article.Arc{Head: -1, Rel: article.Root}
			}
			return article.Arc{Head: i + 1, Rel: rels[i%len(rels)]}
		},
		"compounds": func(i int) article.Arc {
			if i == size-1 {
				return article.Arc{Head: -1, Rel: article.Root}
			}
			return article.Arc{Head: size - 1, Rel: article.Compound}
		},
	}
	names := make([]string, size)
	for i := range names {
		names[i] = fmt.Sprintf("Rowe%d", i)
	}
	for content, words := range map[string][]string{
		"one word":      repeat(size, "man"),
		"pronouns":      repeat(size, "he", "him", "it", "they", "who"),
		"names":         names,
		"one name":      repeat(size, "Rowe"),
		"mixed":         repeat(size, "Rowe", "the", "man", "he", "Bell", "envoy", "his"),
		"punctuation":   repeat(size, ".", ",", "\"", "(", "”"),
		"open brackets": repeat(size, "Rowe", "(", "Bell", ")"),
	} {
		for shape, arcs := range shapes {
			a, n := made(words, arcs)
			begin := time.Now()
			if err := coref.Pass.Run(a, n); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(begin); d > 2*time.Second {
				t.Errorf("%s, %s: %v", content, shape, d)
			}
			if err := n.Check(a); err != nil {
				t.Errorf("%s, %s: %v", content, shape, err)
			}
		}
	}
}

func TestNothing(t *testing.T) {
	a := articleOf("")
	n := &article.Analysis{Layers: coref.Pass.Needs}
	if err := coref.Pass.Run(a, n); err != nil {
		t.Fatal(err)
	}
	if len(n.Entities) > 0 || len(n.References) > 0 {
		t.Errorf("%v, %v", n.Entities, n.References)
	}
}

// TestLongName has names that cover a sentence.
func TestLongName(t *testing.T) {
	a, n := made(repeat(5000, "Rowe"), func(i int) article.Arc { return article.Arc{Head: i - 1, Rel: article.Flat} })
	n.Mentions = []article.Mention{{Span: n.Sentences[0].Span, Last: 5000, Kind: article.Group}}
	if err := coref.Pass.Run(a, n); err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
}

// TestAgain holds the pass to the same answer on a second run over its own.
func TestAgain(t *testing.T) {
	a, n := read(t, "Envoy [PER Ana Prado] met [PER Luis Rowe], the mayor. She said the envoy had called him.\nThe mayor thanked her.")
	entities, references := n.Entities, n.References
	n.Entities, n.References = nil, nil
	if err := coref.Pass.Run(a, n); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(entities, n.Entities) || !reflect.DeepEqual(references, n.References) {
		t.Errorf("%v, %v, then %v, %v", entities, references, n.Entities, n.References)
	}
	if len(references) < 6 {
		t.Errorf("%d references", len(references))
	}
}

// FuzzCoref has arcs, tags and names that no parser would give.
func FuzzCoref(f *testing.F) {
	f.Add("Ana Prado , the mayor , said she met her envoy Luis Rowe . \"He left,\" it said", []byte{3, 1, 4, 1, 5, 9, 2, 6})
	f.Add("he he ( RAIB ) who \" ” “ the man 's man", []byte{0, 255, 7})
	f.Fuzz(func(t *testing.T, body string, seed []byte) {
		words := strings.Fields(strings.ToValidUTF8(body, "x"))
		if len(words) == 0 || len(seed) == 0 || len(words) > 300 {
			return
		}
		at := func(i int) int { return int(seed[i%len(seed)]) + i }
		root := at(0) % len(words)
		a, n := made(words, func(i int) article.Arc {
			// Heads lead towards the root, so that no circle comes about.
			switch rel := article.Rel(at(i) % int(article.Xcomp+1)); {
			case i == root:
				return article.Arc{Head: -1, Rel: article.Root}
			case i < root:
				return article.Arc{Head: i + 1 + at(i+1)%(root-i), Rel: rel}
			default:
				return article.Arc{Head: i - 1 - at(i+1)%(i-root), Rel: rel}
			}
		})
		for i := range n.Tokens {
			n.Tokens[i].Tag = article.Tag(at(i*7) % int(article.X+1))
		}
		n.Mentions = n.Mentions[:0]
		for i := 0; i < len(words); i += 1 + at(i*3)%5 {
			last := min(i+1+at(i)%3, len(words))
			n.Mentions = append(n.Mentions, article.Mention{
				Span: text.Span{Start: n.Tokens[i].Start, End: n.Tokens[last-1].End}, First: i, Last: last,
				Kind: article.MentionKind(1 + at(i)%int(article.Product)), Entity: -1,
			})
			i = last
		}
		if err := n.Check(a); err != nil {
			t.Skip(err)
		}
		if err := coref.Pass.Run(a, n); err != nil {
			t.Fatal(err)
		}
		if err := n.Check(a); err != nil {
			t.Fatal(err)
		}
		for _, m := range n.Mentions {
			if m.Entity < 0 {
				continue
			}
			if k := n.Entities[m.Entity].Kind; k == article.Person && m.Kind == article.Location || k == article.Location && m.Kind == article.Person {
				t.Errorf("%v %q is of an entity of kind %v", m.Kind, m.Of(a.Text), k)
			}
		}
	})
}

// BenchmarkCoref runs over a made-up article of usual density of names.
func BenchmarkCoref(b *testing.B) {
	const page = `[LOC Ilmar] mayor [PER Ana Prado] on Monday accused [ORG Hartwell Ltd], the company that runs the city's ferries, of hiding a report on a fire last year.
"They knew about the fault and they did nothing," she told reporters at her office. [PER Prado] said the council would ask a court to release the report.
[PER Luis Rowe], who chairs the company, denied that it had hidden anything. He said the document was a draft and that its authors had not finished their work.
The [ORG Rail and Ferry Inquiry Board] ([ORG RFIB]) sent two inspectors to [LOC Ilmar] in May. The board has not published what they found.
The mayor's spokesman, [PER Tom Ansel], said his office had written to [PER Rowe] twice. The chairman did not reply, he said.
`
	a, n := read(b, strings.Repeat(page, 20))
	b.ReportAllocs()
	for b.Loop() {
		if err := coref.Pass.Run(a, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(n.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
