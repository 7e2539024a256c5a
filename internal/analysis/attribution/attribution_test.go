package attribution_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/analysis/attribution"
	"synoptic/internal/analysis/coref"
	"synoptic/internal/analysis/entity"
	"synoptic/internal/analysis/parse"
	"synoptic/internal/analysis/tag"
	"synoptic/internal/analysis/token"
	"synoptic/internal/model"
	"synoptic/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func pipeline(t testing.TB) *analysis.Pipeline {
	t.Helper()
	if _, err := model.Names(); err != nil {
		t.Skip("the weights that find names are not there: ", err)
	}
	p, err := analysis.New("test", token.Pass, tag.Pass, tag.LemmaPass, parse.Pass, entity.Pass, coref.Pass, attribution.Pass)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// plain is an article whose lines are its paragraphs, the first its headline.
func plain(body string) *article.Article {
	a := &article.Article{Place: "test", Text: body, Language: "en", Completeness: 1}
	at := 0
	for line := range strings.Lines(body) {
		s := text.Span{Start: at, End: at + len(line)}.Trim(body, unicode.IsSpace)
		at += len(line)
		if s.Empty() {
			continue
		}
		kind := article.Body
		if len(a.Paragraphs) == 0 {
			kind, a.Title = article.Headline, s
		}
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: s, Kind: kind})
	}
	return a
}

func annotate(t testing.TB, p *analysis.Pipeline, a *article.Article) *article.Analysis {
	t.Helper()
	n, err := p.Run(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	return n
}

// show writes one attribution as a line of the table in docs/attribution.md.
func show(a *article.Article, t article.Attribution) string {
	var content []string
	for _, c := range t.Content {
		content = append(content, c.Of(a.Text))
	}
	parent := ""
	if t.Parent >= 0 {
		parent = fmt.Sprintf(" (in %d)", t.Parent+1)
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s%s | %s", t.Source.Name, t.Source.Of(a.Text), t.Cue.Of(a.Text), t.Kind, t.Class, parent, strings.Join(content, " … "))
}

// TestPage holds what the pass finds on one page, one line an attribution.
func TestPage(t *testing.T) {
	body, err := os.ReadFile("testdata/page.txt")
	if err != nil {
		t.Fatal(err)
	}
	a := plain(string(body))
	n := annotate(t, pipeline(t), a)
	var got strings.Builder
	for i, x := range n.Attributions {
		fmt.Fprintf(&got, "%d | %s\n", i+1, show(a, x))
	}
	golden := filepath.Join("testdata", "page.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// TestSpeaker says whose words a quotation is held to be; "" is left open.
func TestSpeaker(t *testing.T) {
	p := pipeline(t)
	tests := []struct {
		name, body, quoted, speaker string
	}{
		{"name after", "Storm\n“We sail at noon,” said Ana Prado.", "We sail at noon,", "Ana Prado"},
		{"name before", "Storm\nAna Prado said: “We sail at noon.”", "We sail at noon.", "Ana Prado"},
		{"title", "Storm\nPrime Minister Ana Prado said: “We sail at noon.”", "We sail at noon.", "Ana Prado"},
		{"last name", "Storm\nAna Prado owns two ferries.\n“We sail at noon,” Prado said.", "We sail at noon,", "Ana Prado"},
		{"pronoun", "Storm\nAna Prado said the ferries were late.\n“We sail at noon,” she added.", "We sail at noon,", "Ana Prado"},
		{"run", "Storm\nAna Prado said: “We sail at noon today.\n“Then we sail again at one.”", "Then we sail again at one.", "Ana Prado"},
		{"run named at its end", "Storm\n“The bridge was weak for years.\n“It fell at noon,” said John Marks.", "The bridge was weak for years.", "John Marks"},
		{"straight run named at its end", "Storm\n\"The bridge was weak for years.\n\"It fell at noon,\" said John Marks.", "The bridge was weak for years.", "John Marks"},
		{"long run named at its end", "Storm\n“The bridge was weak for years.\n“Nobody ever came to look.\n“It fell at noon,” said John Marks.", "The bridge was weak for years.", "John Marks"},
		{"middle of a run named at its end", "Storm\n“The bridge was weak for years.\n“Nobody ever came to look.\n“It fell at noon,” said John Marks.", "Nobody ever came to look.", "John Marks"},
		{"run named twice", "Storm\nAna Prado said: “The bridge was weak for years.\n“It fell at noon,” said John Marks.", "The bridge was weak for years.", "Ana Prado"},
		{"closed before a run", "Storm\n“The bridge was weak for years.”\n“It fell at noon,” said John Marks.", "The bridge was weak for years.", ""},
		{"written", "Storm\nAna Prado wrote: “We will sail.”", "We will sail.", "Ana Prado"},
		{"written without a stop", "Storm\nAna Prado wrote “we will sail” on the wall.", "we will sail", "Ana Prado"},
		{"written in a book", "Storm\nIn his book “A Life at Sea”, Tomas Lind wrote: “We will sail.”", "We will sail.", "Tomas Lind"},
		{"on a sign", "Storm\nThe sign read “No Entry”.", "No Entry", "The sign"},
		{"in capitals", "Storm\n“We Will Sail,” Ana Prado wrote.", "We Will Sail,", "Ana Prado"},
		{"office", "Storm\nA spokesperson from the Harbour Board said: “We sail at noon.”", "We sail at noon.", "A spokesperson from the Harbour Board"},
		{"several", "Storm\n“We sail at noon,” officials from both ports said.", "We sail at noon,", "officials from both ports"},
		{"broken", "Storm\n“We sail at noon,” said Ana Prado. “The sea is calm.”", "The sea is calm.", "Ana Prado"},
		{"signed", "Storm\n“The sea is calm today.” — Ana Prado", "The sea is calm today.", "Ana Prado"},
		{"signed below", "Storm\n“The sea is calm today.”\n— Ana Prado, chief inspector", "The sea is calm today.", "Ana Prado"},
		{"in whose words", "Storm\nThe sea was, in Ana Prado’s words, “calm as milk”.", "calm as milk", "Ana Prado"},
		{"in the words of", "Storm\nThe sea was “calm as milk”, in the words of Ana Prado.", "calm as milk", "Ana Prado"},
		{"who is spoken of", "Storm\nThe captain, Ana Prado, said Lind had wrecked the line. “He sold two ferries,” she told the meeting.", "He sold two ferries,", "Ana Prado"},
		{"who is spoken of, told alike", "Storm\nTomas Lind said Ferrand had done well out of the line. “It made a million last year,” he told the meeting.", "It made a million last year,", "Tomas Lind"},
		{"day behind a name", "Storm\n“We sail at noon,” Ana Prado yesterday said.", "We sail at noon,", "Ana Prado"},
		{"day behind an office", "Storm\nThe harbour board Tuesday called the report “false and hurtful”.", "false and hurtful", "The harbour board"},
		{"given name of the other gender", "Storm\nMary Ellis spoke at noon. He said: “We sail at one today.”", "We sail at one today.", ""},
		{"given name of the other gender, and one who fits", "Storm\nTomas Lind spoke first. Mary Ellis spoke at noon. He said: “We sail at one today.”", "We sail at one today.", "Tomas Lind"},
		{"form of address above the given name", "Storm\nMr Mary Ellis spoke at noon. He said: “We sail at one today.”", "We sail at one today.", "Mary Ellis"},
		{"nobody", "Storm\nThe sign had not been changed. “All ferries are late today.”", "All ferries are late today.", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := plain(test.body)
			for _, x := range annotate(t, p, a).Attributions {
				for _, q := range x.Quoted {
					if q.Of(a.Text) == test.quoted {
						if x.Source.Name != test.speaker {
							t.Errorf("speaker %q, want %q", x.Source.Name, test.speaker)
						}
						return
					}
				}
			}
			t.Errorf("the quotation was not found")
		})
	}
}

// TestSpeakerEntity: who is named is tied to its entity, by whatever words; who
// is described, counted or named with others is not.
func TestSpeakerEntity(t *testing.T) {
	p := pipeline(t)
	for _, test := range []struct{ body, entity string }{
		{"Storm\nMayor Ana Prado said the line was closed.", "Ana Prado"},
		{"Storm\nAna Prado owns two ferries. Prado said the line was closed.", "Ana Prado"},
		{"Storm\nAna Prado owns two ferries. She said the line was closed.", "Ana Prado"},
		{"Storm\nFrance said the line was closed.", "France"},
		{"Storm\nThe Ministry of Defence said the line was closed.", "Ministry of Defence"},
		{"Storm\nThe cautious Ministry of Defence said the line was closed.", "Ministry of Defence"},
		{"Storm\nA spokesman for the Ministry of Defence said the line was closed.", ""},
		{"Storm\nMinistry of Defence officials said the line was closed.", ""},
		{"Storm\nFrance and Spain said the line was closed.", ""},
		{"Storm\nA friend of Ana Prado said the line was closed.", ""},
		{"Storm\nThree sailors said the line was closed.", ""},
		{"Storm\nThe company said the line was closed.", ""},
	} {
		a := plain(test.body)
		n := annotate(t, p, a)
		if len(n.Attributions) != 1 {
			t.Errorf("%q: %d attributions", test.body, len(n.Attributions))
			continue
		}
		got := ""
		if e := n.Attributions[0].Source.Entity; e >= 0 {
			got = n.Entities[e].Name.Of(a.Text)
		}
		if got != test.entity {
			t.Errorf("%q: tied to %q, want %q", test.body, got, test.entity)
		}
	}
}

// TestBadMarks holds that broken marks swallow nothing after their paragraph.
func TestBadMarks(t *testing.T) {
	p := pipeline(t)
	for _, body := range []string{
		"Storm\n“We sail at noon, said Ana Prado.\nThe sea was calm that day.",
		"Storm\nAna Prado said: \"We sail at noon.\nThe sea was calm that day.",
		"Storm\nAna Prado said: ''We sail at noon.”\nThe sea was calm that day.",
		"Storm\nAna Prado said: 'We sail at noon, and the crews' pay is late.\nThe sea was calm that day.",
	} {
		a := plain(body)
		calm := strings.Index(body, "The sea")
		for _, x := range annotate(t, p, a).Attributions {
			for _, c := range x.Content {
				if c.End > calm {
					t.Errorf("%q: the content %q runs past its paragraph", body, c.Of(body))
				}
			}
		}
	}
}

// TestEndlessSentence holds that a sentence of any length ends: what is summed up
// over it outweighs no rule.
func TestEndlessSentence(t *testing.T) {
	a := plain("Storm\n" + strings.Repeat("\"Ann said ", 9000))
	annotate(t, pipeline(t), a)
}

// TestNoQuotation holds that marks that do not quote make no attribution.
func TestNoQuotation(t *testing.T) {
	p := pipeline(t)
	for _, body := range []string{
		"Storm\nThe Heron, nicknamed “the Duchess”, is 41 years old.",
		"Storm\nThe 6\" pipe and the 12\" plank came from the yard.",
		"Storm\nThe band played “Harbour Lights” until midnight.",
		"Storm\nAna Prado wrote \"The Long Road\" in 1990.",
		"Storm\nAna Prado watched \"Casablanca\" with her sister.",
		"Storm\nShe read “The Sea of Stars” aloud to the children.",
		"Storm\nShe sang “Harbour Lights” at the end.",
		"Storm\nHer novel “The Long Road” was read by thousands.",
		"Storm\nLind said he had published “A Life at Sea” in March.",
		"Storm\nIn his book “A Life at Sea”, Lind wrote that the hull was cracked.",
		"Storm\nAna Prado published a song called “Blue Water”.",
		"Storm\nAna Prado, who wrote “The Long Road”, said the line was closed.",
	} {
		a := plain(body)
		for _, x := range annotate(t, p, a).Attributions {
			if len(x.Quoted) > 0 {
				t.Errorf("%q: %s", body, show(a, x))
			}
		}
	}
}

// TestClass holds that a cue has its class, whatever rule found it.
func TestClass(t *testing.T) {
	p := pipeline(t)
	for body, want := range map[string]string{
		"Storm\nAccording to Ana Prado, the line was closed.":           attribution.Assertive,
		"Storm\nThe line was closed, according to the harbour board.":   attribution.Assertive,
		"Storm\nIn the words of Ana Prado, the line was closed.":        attribution.Assertive,
		"Storm\nThe Bay Herald said, citing a diver, that it was over.": attribution.Assertive,
		"Storm\nAna Prado denied that the line was closed.":             attribution.Denying,
	} {
		a := plain(body)
		all := annotate(t, p, a).Attributions
		if len(all) == 0 {
			t.Errorf("%q: nothing", body)
		}
		for _, x := range all {
			if x.Class != want {
				t.Errorf("%q: %s", body, show(a, x))
			}
		}
	}
}

// TestCrosshead holds that a quotation which is a heading has no speaker: its words
// are anybody's below.
func TestCrosshead(t *testing.T) {
	a := plain("Storm\nAna Prado said: “The sea is calm today.”\n‘Gates stay shut’\nTomas Lind was not at the harbour.")
	a.Paragraphs[2].Kind = article.Heading
	for _, x := range annotate(t, pipeline(t), a).Attributions {
		for _, q := range x.Quoted {
			if a.Paragraphs[2].Contains(q) {
				t.Errorf("%s", show(a, x))
			}
		}
	}
}

// TestNoFormula holds that what only looks like a formula makes no attribution.
func TestNoFormula(t *testing.T) {
	p := pipeline(t)
	for _, body := range []string{
		"Ana Prado: A Life at Sea\nThe book is out now.",
		"Analysis: The Line Will Close\nThe sea was calm that day.",
		"Storm\nIn other words, the line is closed.",
		"Storm\nThe band played “Harbour Lights” — Ana Prado hated it — until midnight.",
	} {
		a := plain(body)
		for _, x := range annotate(t, p, a).Attributions {
			switch cue := x.Cue.Of(body); cue {
			case ":", "words", "—":
				t.Errorf("%q: %s", body, show(a, x))
			}
		}
	}
}

func FuzzPass(f *testing.F) {
	body, err := os.ReadFile("testdata/page.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		f.Add(line)
	}
	f.Add("“ said ” said “ said\n“'said")
	p := pipeline(f)
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) || len(body) > 1<<12 {
			return
		}
		annotate(t, p, plain(body))
	})
}

// BenchmarkPass times the pass alone on what the passes before it made.
func BenchmarkPass(b *testing.B) {
	body, err := os.ReadFile("testdata/page.txt")
	if err != nil {
		b.Fatal(err)
	}
	a := plain(strings.Repeat(string(body), 4))
	n := annotate(b, pipeline(b), a)
	b.ReportAllocs()
	for b.Loop() {
		if err := attribution.Pass.Run(a, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(a.Words())*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkLong shows that the cost stays linear in one endless sentence.
func BenchmarkLong(b *testing.B) {
	for _, words := range []int{1 << 12, 1 << 14} {
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			a := plain("Storm\n" + strings.Repeat("Prado said “we sail” and ", words/5))
			n := annotate(b, pipeline(b), a)
			for b.Loop() {
				if err := attribution.Pass.Run(a, n); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/float64(words), "ns/word")
		})
	}
}
