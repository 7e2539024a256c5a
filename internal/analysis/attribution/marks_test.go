package attribution

import (
	"slices"
	"strings"
	"testing"

	"synoptic/text"
)

// Each case is a paragraph and what stands in quotation marks in it.
var marked = []struct {
	name, paragraph string
	want            []string
}{
	{"straight", `"We will sail," she said. "Not today."`, []string{"We will sail,", "Not today."}},
	{"curly", `“We will sail,” she said.`, []string{"We will sail,"}},
	{"guillemets", `«Nous partons», dit-elle.`, []string{"Nous partons"}},
	{"tex", "``We will sail,'' she said.", []string{"We will sail,"}},
	{"single", `The harbour master said it 'may take weeks' to clear.`, []string{"may take weeks"}},
	{"single curly", `He called it ‘a mess’, twice.`, []string{"a mess"}},
	{"apostrophes", `The crews' pay and the ferries' age aren't the owners' fault.`, nil},
	{"plural in single marks", `She said 'the crews' pay is low' and left.`, []string{"the crews' pay is low"}},
	{"nested", `“He said: ‘No.’ I said, ‘Why?’” she told us.`, []string{"He said: ‘No.’ I said, ‘Why?’"}},
	{"turned the wrong way", `”Their aim is to wait,” he said.`, []string{"Their aim is to wait,"}},
	{"closing mark forgotten", `“It took for ever. “All I could think of was home,” he said.`, []string{"It took for ever.", "All I could think of was home,"}},
	{"runs on", `"The first of two paragraphs.`, []string{"The first of two paragraphs."}},
	{"space before the closing mark", `He said: "She was not awake. "`, []string{"She was not awake."}},
	{"inches", `The 6" pipe and the 12" plank came from the yard.`, nil},
	{"number at the end", `He put it at "about 40".`, []string{"about 40"}},
	{"decade", `In the '90s the ferries ran in the '80s style.`, nil},
	{"brackets", `The line ("a lifeline") was cut.`, []string{"a lifeline"}},
	{"dash", `The board—"all nine of us"—agreed.`, []string{"all nine of us"}},
	{"empty", `They wrote "" on the form.`, nil},
	{"title case", `She sang "Harbour Lights" at the end.`, []string{"Harbour Lights"}},
}

func TestQuotations(t *testing.T) {
	for _, c := range marked {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, q := range quotations(c.paragraph, text.Span{End: len(c.paragraph)}, nil) {
				got = append(got, q.inner.Of(c.paragraph))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestQuotationsAreLinear(t *testing.T) {
	for _, unit := range []string{`"`, `'`, `“`, ` 'as`, ` "a`, "`'"} {
		body := strings.Repeat(unit, 1<<20/len(unit))
		for _, q := range quotations(body, text.Span{End: len(body)}, nil) {
			if err := q.inner.Check(body); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func FuzzQuotations(f *testing.F) {
	for _, c := range marked {
		f.Add(c.paragraph)
	}
	f.Fuzz(func(t *testing.T, body string) {
		body = strings.ToValidUTF8(body, "\uFFFD") // as the text of an article is
		end := 0
		for _, q := range quotations(body, text.Span{End: len(body)}, nil) {
			for _, s := range []text.Span{q.inner, q.outer} {
				if err := s.Check(body); err != nil {
					t.Fatal(err)
				}
			}
			if !q.outer.Contains(q.inner) || q.outer.Start < end {
				t.Fatalf("%v lies outside of %v or overlaps what ends at %d", q.inner, q.outer, end)
			}
			end = q.outer.End
		}
	})
}
