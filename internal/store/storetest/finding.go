package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/text"
)

func at1(a *article.Article, words string) []text.Span { return []text.Span{at(a, words)} }

// spoken is an article with people, figures and words in it.
func spoken(number int, published time.Time) (*article.Article, *article.Analysis) {
	a := news(number, courier, published, "Ferry halts", `"We will not sail," Sen. Ada Quill said, "until 12 crews return."`, "Bo Marsh said five ships wait in Norvane. Quill left.")
	n := &article.Analysis{Engine: "1", Layers: article.All}
	sentence := func(words string, tokens ...string) {
		s := article.Sentence{Span: at(a, words), First: len(n.Tokens), Paragraph: a.ParagraphAt(at(a, words).Start)}
		from := s.Start
		for _, w := range tokens {
			token := at(&article.Article{Text: a.Text[from:]}, w)
			token.Start, token.End = token.Start+from, token.End+from
			from = token.End
			n.Tokens = append(n.Tokens, article.Token{Span: token, Tag: article.NOUN, Lemma: w})
			n.Arcs = append(n.Arcs, article.Arc{Head: -1, Rel: article.Root})
		}
		s.Last = len(n.Tokens)
		for i := s.First + 1; i < s.Last; i++ {
			n.Arcs[i] = article.Arc{Head: s.First, Rel: article.Dep}
		}
		n.Sentences = append(n.Sentences, s)
	}
	sentence("Ferry halts", "Ferry", "halts")
	sentence(`"We will not sail," Sen. Ada Quill said, "until 12 crews return."`, "Sen.", "Ada", "Quill", "12", "crews")
	sentence("Bo Marsh said five ships wait in Norvane.", "Bo", "Marsh", "five", "ships", "Norvane")
	sentence("Quill left.", "Quill")
	mention := func(first, last, entity int, kind article.MentionKind) {
		n.Mentions = append(n.Mentions, article.Mention{Span: n.Tokens[first].Cover(n.Tokens[last-1].Span), First: first, Last: last, Kind: kind, Entity: entity})
	}
	mention(2, 5, 0, article.Person)
	mention(7, 9, 1, article.Person)
	mention(11, 12, 2, article.Location)
	mention(12, 13, 0, article.Person)
	n.Entities = []article.Entity{
		{Kind: article.Person, Name: at(a, "Sen. Ada Quill")},
		{Kind: article.Person, Name: at(a, "Bo Marsh")},
		{Kind: article.Location, Name: at(a, "Norvane")},
		{Kind: article.Person, Name: at(a, "crews")}, // never named
	}
	n.References = []article.Reference{{Span: n.Tokens[6].Span, First: 6, Last: 7, Form: article.Description, Entity: 3}}
	n.Moments = []article.Moment{{Span: at(a, "left"), Date: article.Date{Time: noon, Precision: article.Minute}}, {Span: at(a, "halts")}}
	n.Attributions = []article.Attribution{
		{
			Source: article.Source{Span: at(a, "Sen. Ada Quill"), Name: "Ada Quill", Role: "senator", Entity: 0}, Cue: at(a, "said"),
			Content: []text.Span{at(a, "We will not sail,"), at(a, "until 12 crews return.")}, Quoted: at1(a, "We will not sail"),
			Kind: article.Direct, Class: "assertive", Parent: -1,
		},
		{
			Source: article.Source{Span: at(a, "Bo Marsh"), Name: "Bo Marsh", Entity: 1}, Content: at1(a, "five ships wait in Norvane"),
			Kind: article.Indirect, Parent: -1, Quoted: []text.Span{},
		},
		{Source: article.Source{Entity: -1}, Content: at1(a, "left"), Kind: article.Partial, Parent: 1},
	}
	n.Figures = []article.Figure{
		{
			Span: at(a, "12 crews"), Value: 12, Low: 12, High: 12, Unit: "crews", Norm: article.Quantity{Value: 12, Unit: "crew"}, Modifier: article.Exact,
			Of: at(a, "crews"), Source: 0,
		},
		{Span: at(a, "five ships"), Value: 5, Low: 5, High: 5, Unit: "ships", Norm: article.Quantity{Value: 5, Unit: "ship"}, Modifier: article.Exact, AsOf: a.Published, Source: -1},
	}
	if err := n.Check(a); err != nil {
		panic(err)
	}
	return a, n
}

func findings(t *testing.T, s store.Store) {
	a, n := spoken(1, noon)
	b, m := spoken(2, noon.Add(time.Hour))
	b.Outlet = herald
	m.Engine = "2"
	ids := put(t, s, a, b)
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "not analysed yet", idsOf(must(r.Unanalysed(ctx, "1", 10))), ids)
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.PutFindings(ctx, ids[0], 1, n, []byte("sketch")))
		no(w.PutFindings(ctx, ids[1], 1, m, nil))
		is(t, "findings of no article", w.PutFindings(ctx, "nobody", 1, n, nil), store.ErrNotFound)
		is(t, "findings of no version", w.PutFindings(ctx, ids[0], 9, n, nil), store.ErrNotFound)
	})
	update(t, s, func(ctx context.Context, w store.Writer) { // once more changes nothing
		no(w.PutFindings(ctx, ids[0], 1, n, []byte("sketch")))
	})
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "analysis", must(r.Analysis(ctx, ids[0], 1, "1")), n)
		same(t, "analysis by another engine", must(r.Analysis(ctx, ids[1], 1, "2")), m)
		_, err := r.Analysis(ctx, ids[1], 1, "1")
		is(t, "no analysis", err, store.ErrNotFound)
		same(t, "not analysed", idsOf(must(r.Unanalysed(ctx, "1", 10))), ids[1:])
		same(t, "sketches", must(r.Sketches(ctx, 0, 10)), []store.Sketch{{Sequence: 1, Article: ids[0], Published: noon, Seen: noon, Data: []byte("sketch")}})
		same(t, "no more sketches", len(must(r.Sketches(ctx, 1, 10))), 0)

		ada := store.Utterance{
			Article: ids[1], Version: 1, Outlet: herald, Title: "Ferry halts", Published: b.Published, Speaker: "Ada Quill", Role: "senator", Kind: article.Direct,
			Start: 13, End: 76, Text: `We will not sail," Sen. Ada Quill said, "until 12 crews return.`,
		}
		ada.Start, ada.End = at(b, ada.Text).Start, at(b, ada.Text).End
		older := ada
		older.Article, older.Outlet, older.Published = ids[0], courier, a.Published
		same(t, "what Ada Quill said", page(r.Utterances(ctx, store.FindingFilter{Speaker: "senator ada quill"}, store.Page{})), []store.Utterance{ada, older})
		same(t, "nobody", len(page(r.Utterances(ctx, store.FindingFilter{Speaker: "Quill"}, store.Page{}))), 0)
		for words, want := range map[string]int{"Quill": 2, "ada": 2, "Sen. Ada Quill": 2, "quil": 0, "Quill Ada": 0, "Sen.": 0, "%": 0} {
			same(t, "said by "+words, len(page(r.Utterances(ctx, store.FindingFilter{Speakers: words}, store.Page{}))), want)
		}
		for _, c := range []struct {
			filter store.FindingFilter
			want   int
		}{
			{store.FindingFilter{}, 6},
			{store.FindingFilter{Words: "sails"}, 2},
			{store.FindingFilter{Words: "crew sail"}, 2},
			{store.FindingFilter{Words: "ships crew"}, 0},
			{store.FindingFilter{Words: "&"}, 0},
			{store.FindingFilter{Outlet: "herald of ilmar"}, 0},
			{store.FindingFilter{Outlet: "Ilmar Herald"}, 3},
			{store.FindingFilter{Story: "none"}, 0},
		} {
			same(t, fmt.Sprintf("%+v", c.filter), len(page(r.Utterances(ctx, c.filter, store.Page{}))), c.want)
		}
		whole := page(r.Utterances(ctx, store.FindingFilter{}, store.Page{}))
		for size := 1; size < 8; size++ {
			same(t, "utterances in pages", pages(t, size, func(p store.Page) ([]store.Utterance, string, error) {
				return r.Utterances(ctx, store.FindingFilter{}, p)
			}), whole)
		}

		ships := store.Quantity{
			Article: ids[0], Version: 1, Outlet: courier, Title: "Ferry halts", Published: a.Published, Start: at(a, "five ships").Start, End: at(a, "five ships").End,
			Text: "five ships", Value: 5, Unit: "ship", Passage: "Bo Marsh said five ships wait in Norvane.",
		}
		same(t, "ships", page(r.Quantities(ctx, store.FindingFilter{Units: []string{"ships", "ship"}, Outlet: "courier.example"}, store.Page{})), []store.Quantity{ships})
		got := page(r.Quantities(ctx, store.FindingFilter{Words: "crews sailing"}, store.Page{}))
		if len(got) != 2 || got[0].Of != "crews" || got[0].Value != 12 {
			t.Errorf("quantities: %+v", got)
		}
		same(t, "quantities in pages", pages(t, 1, func(p store.Page) ([]store.Quantity, string, error) {
			return r.Quantities(ctx, store.FindingFilter{}, p)
		}), page(r.Quantities(ctx, store.FindingFilter{}, store.Page{})))

		names := []store.NameCount{
			{Name: "Ada Quill", Kind: article.Person, Articles: 2, Utterances: 2},
			{Name: "Bo Marsh", Kind: article.Person, Articles: 2, Utterances: 2},
			{Name: "Norvane", Kind: article.Location, Articles: 2},
		}
		same(t, "names", page(r.Names(ctx, "", store.Page{})), names)
		same(t, "names by a word", page(r.Names(ctx, "QUI", store.Page{})), names[:1])
		same(t, "names by two words", page(r.Names(ctx, "marsh bo", store.Page{})), names[1:2])
		same(t, "names by no word", len(page(r.Names(ctx, "&", store.Page{}))), 0)
		same(t, "names in pages", pages(t, 1, func(p store.Page) ([]store.NameCount, string, error) { return r.Names(ctx, "", p) }), names)
		same(t, "named in", idsOf(page(r.NamedIn(ctx, "Senator Ada Quill", store.Page{}))), []string{ids[1], ids[0]})
		same(t, "named in", len(page(r.NamedIn(ctx, "", store.Page{}))), 0)
	})
}

func newestFindings(t *testing.T, s store.Store) {
	a, n := spoken(1, noon)
	id := put(t, s, a)[0]
	update(t, s, func(ctx context.Context, w store.Writer) { no(w.PutFindings(ctx, id, 1, n, []byte("1"))) })
	changed := news(1, courier, noon, "Ferry sails", "All is well.")
	put(t, s, changed)
	count := func(want int) {
		t.Helper()
		view(t, s, func(ctx context.Context, r store.Reader) {
			same(t, "utterances", len(page(r.Utterances(ctx, store.FindingFilter{}, store.Page{}))), want)
			same(t, "names", len(page(r.Names(ctx, "", store.Page{}))), want)
			same(t, "quantities", len(page(r.Quantities(ctx, store.FindingFilter{}, store.Page{})))+min(want, 1), want)
		})
	}
	count(0)
	update(t, s, func(ctx context.Context, w store.Writer) { no(w.PutFindings(ctx, id, 1, n, []byte("late"))) })
	count(0)
	view(t, s, func(ctx context.Context, r store.Reader) {
		same(t, "not analysed", idsOf(must(r.Unanalysed(ctx, "1", 10))), []string{id})
		same(t, "analysis of the first version", must(r.Analysis(ctx, id, 1, "1")), n)
	})
	update(t, s, func(ctx context.Context, w store.Writer) {
		no(w.PutFindings(ctx, id, 2, &article.Analysis{Engine: "1"}, []byte("2")))
	})
	count(0)
	put(t, s, a)
	update(t, s, func(ctx context.Context, w store.Writer) { no(w.PutFindings(ctx, id, 3, n, nil)) })
	count(3)
	view(t, s, func(ctx context.Context, r store.Reader) {
		sketches := must(r.Sketches(ctx, 0, 10))
		if len(sketches) != 1 || string(sketches[0].Data) != "2" {
			t.Errorf("sketches: %+v", sketches)
		}
	})
	if err := s.Update(t.Context(), func(w store.Writer) error {
		bad := *n
		bad.Entities = nil
		return w.PutFindings(t.Context(), id, 3, &bad, nil)
	}); err == nil {
		t.Error("kept an analysis that refers to nothing")
	}
}
