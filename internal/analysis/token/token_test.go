package token_test

import (
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis/token"
	"synoptic/text"
)

// lines is an article whose paragraphs are the lines of body.
func lines(body, language string) *article.Article {
	a := &article.Article{Place: "test", Text: body, Language: language}
	at := 0
	for line := range strings.SplitSeq(body, "\n") {
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}})
		at += len(line) + 1
	}
	return a
}

func analyse(t testing.TB, a *article.Article) *article.Analysis {
	t.Helper()
	n := &article.Analysis{}
	if err := token.Pass.Run(a, n); err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	return n
}

// show writes the tokens with blanks, the sentences with bars between them.
func show(a *article.Article, n *article.Analysis) string {
	var b strings.Builder
	for i, s := range n.Sentences {
		if i > 0 {
			b.WriteString(" | ")
		}
		for j, t := range n.Tokens[s.First:s.Last] {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t.Of(a.Text))
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"They don't know.", "They do n't know ."},
		{"We can’t and we won't.", "We ca n’t and we wo n't ."},
		{"He cannot, I'm gonna.", "He can not , I 'm gon na ."},
		{"Ortega's aides' plan", "Ortega 's aides ' plan"},
		{"It cost US$5.5m, or £4,200.", "It cost US$ 5.5 m , or £ 4,200 ."},
		{"Up 5%, by 3.5 percent", "Up 5 % , by 3.5 percent"},
		{"Gen. J. K. Ruiz of the U.S. spoke at 5 p.m. Friday.", "Gen. J. K. Ruiz of the U.S. spoke at 5 p.m. Friday ."},
		{"See https://example.org/a?b=c, or write to desk@example.org.", "See https://example.org/a?b=c , or write to desk@example.org ."},
		{"a well-known anti-war co-author", "a well - known anti-war co-author"},
		{"the 1990s and '80s", "the 1990s and '80s"},
		{"“Stop,” she said—again.", "“ Stop , ” she said — again ."},
		{"``Stop,'' she said -- again...", "`` Stop , '' she said -- again ..."},
		{"#ferry and @harbour_desk at 7:30", "#ferry and @harbour_desk at 7:30"},
		{"on 2016-11-07 or 11/7/2016", "on 2016-11-07 or 11/7/2016"},
		{"O'Hara's o'clock", "O'Hara 's o'clock"},
	} {
		a := lines(test.text, "en")
		if got := strings.ReplaceAll(show(a, analyse(t, a)), " | ", " "); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"He came. She left.", "He came . | She left ."},
		{"Mr. Ode met Gov. Lark on Sept. 3. They ate.", "Mr. Ode met Gov. Lark on Sept. 3 . | They ate ."},
		{"“Go.” He went.", "“ Go . ” | He went ."},
		{"\"Why?\" he asked. \"Go!\" Lark said.", "\" Why ? \" he asked . | \" Go ! \" Lark said ."},
		{"A headline without a stop\nThe text.", "A headline without a stop | The text ."},
	} {
		a := lines(test.text, "en")
		if got := show(a, analyse(t, a)); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}
