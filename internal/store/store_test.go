package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/internal/store"
	"synoptic/text"
)

func TestTerms(t *testing.T) {
	for s, want := range map[string]string{
		"":                             "",
		"Ferries, ferry’s FERRY":       "ferri ferri ferri",
		"The talks talked":             "the talk talk",
		"Zoë Łukasz, Straße":           "zoe lukasz strass",
		"1,200 and 12,34 and 3.5":      "1200 and 12 34 and 3 5",
		"U.N. and e.g. B. A man, x.y":  "un and eg b a man xy",
		"don't 'quoted' rock'n'roll":   "dont quot rocknrol",
		"state-of-the-art":             "state of the art",
		"東京タワー":                        "東 京 タ ワ ー",
		"ﬁne ①":                        "fine",
		"हिन्दी":                       "हिन्दी",
		"a\xffb \x00":                  "a b",
		strings.Repeat("x", 100):       strings.Repeat("x", 64),
		strings.Repeat("é", 100):       strings.Repeat("e", 64),
		strings.Repeat("ж", 100) + "z": strings.Repeat("ж", 32),
	} {
		var got []string
		for term, at := range store.Terms(s) {
			got = append(got, term)
			if at.Check(s) != nil && utf8.ValidString(s) || at.Empty() {
				t.Errorf("%q: term %q at %v", s, term, at)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", s, strings.Join(got, " "), want)
		}
	}
}

func FuzzTerms(f *testing.F) {
	f.Add("U.N.'s 1,200 ﷺ don’t")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for term, at := range store.Terms(s) {
			if at.Start < end || at.End > len(s) || at.Empty() {
				t.Fatalf("%q: %v behind %d", s, at, end)
			}
			end = at.End
			if term == "" || len(term) > 80 || strings.ContainsFunc(term, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
			}) {
				t.Fatalf("%q: term %q", s, term)
			}
		}
	})
}

func TestNameKey(t *testing.T) {
	for _, c := range []struct {
		kind article.MentionKind
		name string
		want string
	}{
		{article.Person, "Sen. Ana Prado's", "ana prado"},
		{article.Person, "ANA PRADÓ", "ana prado"},
		{article.Group, "the Ministry of Works", "ministry of works"},
		{article.Location, "U.S.", "us"},
		{article.Person, "—", ""},
	} {
		if got := store.NameKey(c.kind, c.name); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParseQuery(t *testing.T) {
	by := func(op store.Op, y, m, d int) *store.Node {
		return &store.Node{Op: op, Day: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)}
	}
	ask := func(op store.Op, value string) *store.Node { return &store.Node{Op: op, Value: value} }
	word := func(s string) *store.Node { return &store.Node{Op: store.Word, Words: []string{s}} }
	phrase := func(s ...string) *store.Node { return &store.Node{Op: store.Phrase, Words: s} }
	with := func(op store.Op, kids ...*store.Node) *store.Node { return &store.Node{Op: op, Kids: kids} }
	for s, want := range map[string]store.Query{
		"":                             {},
		"ferry":                        {Match: word("ferry")},
		"ferry talks":                  {Match: with(store.And, word("ferry"), word("talks"))},
		`"ferry talks"`:                {Match: phrase("ferry", "talks")},
		"“ferry talks” OR boat":        {Match: with(store.Or, phrase("ferry", "talks"), word("boat"))},
		"a AND b OR c d":               {Match: with(store.Or, with(store.And, word("a"), word("b")), with(store.And, word("c"), word("d")))},
		"a (b OR -c)":                  {Match: with(store.And, word("a"), with(store.Or, word("b"), with(store.Not, word("c"))))},
		"NOT NOT a":                    {Match: word("a")},
		"well-known":                   {Match: phrase("well-known")},
		"and or not":                   {Match: with(store.And, word("and"), word("or"), word("not"))},
		"Johnson & Johnson":            {Match: with(store.And, word("Johnson"), word("Johnson"))},
		"outlet:x OUTLET:\"y z\" a":    {Match: with(store.And, word("a"), with(store.Or, ask(store.Outlet, "x"), ask(store.Outlet, "y z")))},
		"outlet:x outlet:y":            {Match: with(store.Or, ask(store.Outlet, "x"), ask(store.Outlet, "y"))},
		"a -outlet:x":                  {Match: with(store.And, word("a"), with(store.Not, ask(store.Outlet, "x")))},
		"a OR b lang:en from:2026-02":  {Match: with(store.Or, word("a"), with(store.And, word("b"), ask(store.Language, "en"), by(store.From, 2026, 2, 1)))},
		"(a OR b) lang:en":             {Match: with(store.And, with(store.Or, word("a"), word("b")), ask(store.Language, "en"))},
		"to:2026-02":                   {Match: by(store.To, 2026, 2, 28)},
		"to:2024":                      {Match: by(store.To, 2024, 12, 31)},
		"from: 2026-03-01":             {Match: by(store.From, 2026, 3, 1)},
		`speaker:"Ada  Quill"`:         {Match: ask(store.Speaker, "Ada Quill")},
		"speaker:a OR speaker:b":       {Match: with(store.Or, ask(store.Speaker, "a"), ask(store.Speaker, "b"))},
		"from:2026 OR to:2025":         {Match: with(store.Or, by(store.From, 2026, 1, 1), by(store.To, 2025, 12, 31))},
		"10:30 https://ilmar.example/": {Match: with(store.And, phrase("10:30"), phrase("https://ilmar.example/"))},
	} {
		got, err := store.ParseQuery(s)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", s, err, diff)
		}
	}
}

func TestParseQueryErrors(t *testing.T) {
	for s, want := range map[string]string{
		`say "open`:                     "4: this quotation mark is never closed",
		"a (b c":                        "2: this parenthesis is never closed",
		"a b) c":                        "3: this parenthesis was never opened",
		"a AND":                         "5: a word is missing behind AND",
		"OR a":                          "0: a word is missing before OR",
		"a OR":                          "4: a word is missing behind OR",
		"a NOT":                         "5: a word is missing behind NOT",
		"ä OR OR b":                     "6: a word is missing before OR",
		"author:x":                      `0: there is nothing called "author:"`,
		"a from:soon":                   "7: from: needs a day, a month or a year",
		"from:2026-02-30":               "5: from: needs a day",
		"from:":                         "0: from: needs a value",
		"from:2026 to:2025":             "10: to: is before from:",
		"lang:e_n":                      "5: lang: needs the code of a language",
		"speaker:—":                     "8: speaker: needs a name",
		"a NOT outlet:":                 "6: outlet: needs a value",
		"&":                             "0: there is no word in it",
		"a\xff":                         "1: this is not text in UTF-8",
		strings.Repeat("(", 99):         "33: parentheses and NOTs lie more than 32 deep",
		strings.Repeat("-", 99) + "a":   "",
		strings.Repeat("NOT ", 99):      "132: parentheses and NOTs",
		strings.Repeat("a ", 129):       "256: there are more than 128 words",
		strings.Repeat("to:2026 ", 129): "1024: there are more than 128 words and fields",
	} {
		q, err := store.ParseQuery(s)
		if want == "" {
			if err != nil {
				t.Errorf("%.40s: %v", s, err)
			}
			continue
		}
		var at *store.QueryError
		if !errors.As(err, &at) || !strings.HasPrefix(fmt.Sprintf("%d: %s", at.At, at.Problem), want) || !cmp.Equal(q, store.Query{}) {
			t.Errorf("%.40s: got %v, want %s", s, err, want)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`a (b OR -"c d") NOT e`, `(outlet:x a) outlet:y -(lang:en lang:et) (from:2026 OR to:2025)`, `outlet:x speaker:"y" from:2026 to:2026-03-01 lang:en`, "((((", `"„«`, "a:b", "-", "NOT"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := store.ParseQuery(s)
		if err != nil {
			var at *store.QueryError
			if !errors.As(err, &at) || at.At < 0 || at.At > len(s) || at.Problem == "" {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		again, err := store.ParseQuery(q.String())
		if err != nil || again.String() != q.String() {
			t.Fatalf("%q: %q is read as %q: %v", s, q, again, err)
		}
		body := s + " ferry " + s
		end := 0
		for _, m := range q.Find(body) {
			if m.Start < end || m.End <= m.Start || m.End > len(body) {
				t.Fatalf("%q: mark %v behind %d", s, m, end)
			}
			end = m.End
		}
	})
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Words before. ", 30) + "The ferry sank. " + strings.Repeat("Words ängstlich behind. ", 30)
	a := &article.Article{Text: "Ferry news\n" + long, Title: text.Span{End: 10}}
	a.Paragraphs = []article.Paragraph{{Span: text.Span{End: 10}, Kind: article.Headline}, {Span: text.Span{Start: 11, End: len(a.Text)}}}
	for _, s := range []string{"ferry", "behind", "nothing", `"ferry sank" ängstlich`} {
		q, err := store.ParseQuery(s)
		if err != nil {
			t.Fatal(err)
		}
		snippet, marks := store.Snippet(a, q)
		if len(snippet) > 240 || !utf8.ValidString(snippet) || !strings.Contains(a.Text, snippet) || (len(marks) == 0) != (s == "nothing") {
			t.Errorf("%s: %q %v", s, snippet, marks)
		}
	}
	if s, m := store.Snippet(&article.Article{}, store.Query{}); s != "" || m != nil {
		t.Errorf("of nothing: %q %v", s, m)
	}
}
