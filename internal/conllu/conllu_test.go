package conllu_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/conllu"
	"synoptic/text"
)

// rows makes CoNLL-U of lines whose columns are written with blanks.
func rows(lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		if !strings.HasPrefix(line, "#") {
			line = strings.ReplaceAll(line, " ", "\t")
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}

var sample = rows(
	"# newdoc id = ferry",
	"# sent_id = 1",
	"1 The the DET DT Definite=Def 2 det _ _",
	"2 crews crew NOUN NNS Number=Plur 4 nsubj _ _",
	"3-4 didn't _ _ _ _ _ _ _ _",
	"3 did do AUX VBD _ 5 aux _ _",
	"4 n't not PART RB _ 5 advmod _ _",
	"5 wait wait VERB VB _ 0 root _ SpaceAfter=No",
	"5.1 waited wait VERB VBD _ _ _ _ _",
	"6 . . PUNCT . _ 5 punct _ _",
	"",
	"1 Del _ _ _ _ _ _ _ SpaceAfter=No",
	"2 puerto _ _ _ _ _ _ _ Gloss=harbour",
	"",
	"# newdoc id = second",
	"1 End _ _ _ _ _ _ _ _",
	"",
)

func documents(t testing.TB, in string, limit int) []*conllu.Document {
	t.Helper()
	r := conllu.NewReader("in.conllu", strings.NewReader(in))
	var all []*conllu.Document
	for {
		d, err := r.Document(limit)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
}

func write(t testing.TB, docs ...*conllu.Document) string {
	t.Helper()
	var b strings.Builder
	w := conllu.NewWriter(&b)
	for _, d := range docs {
		for i := range d.Sentences {
			if err := w.Write(&d.Sentences[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRoundTrip(t *testing.T) {
	docs := documents(t, sample, 100)
	if len(docs) != 2 {
		t.Fatalf("%d documents, want 2", len(docs))
	}
	if got := write(t, docs...); got != sample {
		t.Errorf("got\n%s\nwant\n%s", got, sample)
	}
	if got := write(t, documents(t, sample, 1)...); got != sample {
		t.Errorf("read one sentence at a time: got\n%s", got)
	}
	// Windows line ends and a missing last empty line change nothing.
	if got := write(t, documents(t, strings.TrimSuffix(strings.ReplaceAll(sample, "\n", "\r\n"), "\r\n"), 100)...); got != sample {
		t.Errorf("with other line ends: got\n%s", got)
	}
}

func TestArticle(t *testing.T) {
	docs := documents(t, sample, 100)
	a, n := docs[0].Article("en")
	if err := a.Check(); err != nil {
		t.Error(err)
	}
	if err := n.Check(a); err != nil {
		t.Error(err)
	}
	if want := "The crews didn't wait.\nDelpuerto"; a.Text != want {
		t.Errorf("text %q, want %q", a.Text, want)
	}
	var words []string
	for _, tok := range n.Tokens {
		words = append(words, tok.Of(a.Text))
	}
	if got, want := strings.Join(words, " "), "The crews did n't wait . Del puerto"; got != want {
		t.Errorf("words %q, want %q", got, want)
	}
	if len(n.Sentences) != 2 || n.Sentences[1].Paragraph != 1 || a.Place != "in.conllu:1" {
		t.Errorf("sentences %v of %s", n.Sentences, a.Place)
	}
}

func TestFill(t *testing.T) {
	in := rows(
		"1 Mara _ _ _ X=y 0 root 0:root Gloss=a|NE=B-ORG",
		"1.1 gone _ _ _ _ _ _ _ _",
		"2 Ode _ _ _ _ 0 root _ SpaceAfter=No",
		"3 left _ _ _ _ _ _ _ _",
		"",
	)
	d := documents(t, in, 100)[0]
	_, n := d.Article("en")
	n.Layers |= article.Tags | article.Lemmas | article.Mentions | article.Arcs
	n.Tokens[0].Tag, n.Tokens[0].XTag, n.Tokens[0].Lemma = article.PROPN, "NNP", "Mara"
	n.Tokens[1].Tag, n.Tokens[1].XTag, n.Tokens[1].Lemma = article.PROPN, "NNP", "Ode"
	n.Tokens[2].Tag, n.Tokens[2].XTag, n.Tokens[2].Lemma = article.VERB, "VBD", "leave"
	n.Arcs = []article.Arc{{Head: 2, Rel: article.Nsubj}, {Head: 0, Rel: article.Flat}, {Head: -1, Rel: article.Root}}
	n.Mentions = []article.Mention{{Span: text.Span{Start: 0, End: 8}, First: 0, Last: 2, Kind: article.Person, Entity: -1}}
	d.Fill(n)
	want := rows(
		"1 Mara Mara PROPN NNP _ 3 nsubj _ Gloss=a|NE=B-PER",
		"2 Ode Ode PROPN NNP _ 1 flat _ SpaceAfter=No|NE=I-PER",
		"3 left leave VERB VBD _ 0 root _ _",
		"",
	)
	if got := write(t, d); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFillLeavesTheRest(t *testing.T) {
	d := documents(t, sample, 100)[0]
	_, n := d.Article("en")
	before := write(t, d)
	d.Fill(n)
	if got := write(t, d); got != before {
		t.Errorf("no layer but words was there, yet\n%s\nbecame\n%s", before, got)
	}
}

func TestMake(t *testing.T) {
	body := "Ode's crew can't  wait. (5kg)"
	spans := [][2]int{{0, 3}, {3, 5}, {6, 10}, {11, 13}, {13, 16}, {18, 22}, {22, 23}, {24, 25}, {25, 26}, {26, 28}, {28, 29}}
	a := &article.Article{Place: "crew.txt", Text: body}
	n := &article.Analysis{Layers: article.Sentences | article.Tokens}
	for _, s := range spans {
		n.Tokens = append(n.Tokens, article.Token{Span: text.Span{Start: s[0], End: s[1]}})
	}
	n.Sentences = []article.Sentence{
		{Span: text.Span{Start: 0, End: 23}, First: 0, Last: 7},
		{Span: text.Span{Start: 24, End: 29}, First: 7, Last: 11},
	}
	got := write(t, conllu.Make(a, n))
	want := rows(
		"# newdoc id = crew.txt",
		"# sent_id = 1",
		"# text = Ode's crew can't wait.",
		"1-2 Ode's _ _ _ _ _ _ _ _",
		"1 Ode _ _ _ _ _ _ _ _",
		"2 's _ _ _ _ _ _ _ _",
		"3 crew _ _ _ _ _ _ _ _",
		"4-5 can't _ _ _ _ _ _ _ _",
		"4 ca _ _ _ _ _ _ _ _",
		"5 n't _ _ _ _ _ _ _ _",
		"6 wait _ _ _ _ _ _ _ SpaceAfter=No",
		"7 . _ _ _ _ _ _ _ _",
		"",
		"# sent_id = 2",
		"# text = (5kg)",
		"1 ( _ _ _ _ _ _ _ SpaceAfter=No",
		"2 5 _ _ _ _ _ _ _ SpaceAfter=No",
		"3 kg _ _ _ _ _ _ _ SpaceAfter=No",
		"4 ) _ _ _ _ _ _ _ _",
		"",
	)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// What is written reads back as the same words.
	b, m := documents(t, got, 100)[0].Article("en")
	if err := m.Check(b); err != nil {
		t.Error(err)
	}
	if b.Text != "Ode's crew can't wait.\n(5kg)" {
		t.Errorf("read back as %q", b.Text)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"columns", "# c\n1\tone\t_\n", "in.conllu:2: 3 columns, not 10"},
		{"order", rows("1 a _ _ _ _ _ _ _ _", "3 b _ _ _ _ _ _ _ _"), `in.conllu:2: word "3" where 2 was expected`},
		{"head", rows("1 a _ _ _ _ 7 det _ _", ""), `in.conllu:2: word 1 has the head "7" in a sentence of 1 words`},
		{"range", rows("1-3 a _ _ _ _ _ _ _ _", "1 a _ _ _ _ _ _ _ _", ""), "in.conllu:3: range 1-3 runs past the last word, 1"},
		{"range start", rows("2-3 a _ _ _ _ _ _ _ _"), `in.conllu:1: range "2-3" does not begin with word 1`},
		{"empty word", rows("1 a _ _ _ _ _ _ _ _", "4.1 b _ _ _ _ _ _ _ _"), `in.conllu:2: empty word "4.1" does not follow word 1`},
		{"form", "1\t\t_\t_\t_\t_\t_\t_\t_\t_\n", "in.conllu:1: word 1 has no form"},
		{"bytes", "1\t\xff\t_\t_\t_\t_\t_\t_\t_\t_\n", "in.conllu:1: not UTF-8"},
		{"prose", "This is no treebank.\n", "in.conllu:1: 1 columns, not 10"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := conllu.NewReader("in.conllu", strings.NewReader(test.in)).Document(10)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
	broken := errors.New("the line went dead")
	_, err := conllu.NewReader("in.conllu", io.MultiReader(strings.NewReader("# c\n"), failing{broken})).Read()
	if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "in.conllu:2: ") {
		t.Errorf("error %v, want %v with its line", err, broken)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestTreebanks reads and writes the corpora's own files, byte for byte.
func TestTreebanks(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/corpora/treebank/*-dev.conllu")
	if len(paths) == 0 {
		t.Skip("no treebanks beside the repository")
	}
	for _, path := range paths {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		docs := documents(t, string(want), 200)
		if got := write(t, docs...); got != string(want) {
			t.Errorf("%s: what is written is not what was read", path)
		}
		for _, d := range docs {
			a, n := d.Article("en")
			if err := n.Check(a); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// FuzzRoundTrip: what can be read is written so that it reads the same, and its
// article and analysis are sound.
func FuzzRoundTrip(f *testing.F) {
	f.Add(sample)
	f.Add("1\ta b\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n")
	f.Add("# only a comment\n\n\n1-2\tx\t_\t_\t_\t_\t_\t_\t_\t_\n")
	f.Add("1\t\u2028\t\t\t\t\t\t\t\t\n")
	f.Fuzz(func(t *testing.T, in string) {
		r := conllu.NewReader("fuzz", strings.NewReader(in))
		for {
			d, err := r.Document(3)
			if err != nil {
				return
			}
			a, n := d.Article("")
			if err := a.Check(); err != nil {
				t.Fatal(err)
			}
			if err := n.Check(a); err != nil {
				t.Fatal(err)
			}
			once := write(t, d)
			twice := write(t, documents(t, once, 1000)...)
			if once != twice {
				t.Fatalf("wrote\n%q\nand then\n%q", once, twice)
			}
		}
	})
}
