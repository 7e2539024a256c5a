package token_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/analysis/token"
)

// TestHostile: whatever the text, the spans can be sliced and the time is linear.
func TestHostile(t *testing.T) {
	const million, some = 1_000_000, 100_000
	for name, text := range map[string]string{
		"quotation marks":  strings.Repeat("\"", million),
		"single marks":     strings.Repeat("'", some),
		"curly marks":      strings.Repeat("“‘", some/2),
		"spaced marks":     strings.Repeat("\" ", million),
		"brackets":         strings.Repeat("([{", million/3) + strings.Repeat("}])", million/3),
		"stops":            strings.Repeat(".", some),
		"spaced stops":     strings.Repeat(". ", some),
		"stops and marks":  strings.Repeat(".\"(", some/3),
		"bangs":            strings.Repeat("?!", some/2),
		"one word":         strings.Repeat("a", 10*million),
		"one line":         strings.Repeat("The boat left. ", 10*million/15),
		"initials":         strings.Repeat("A.", some/2),
		"dotted":           strings.Repeat("ab.", some/3),
		"dotted capitals":  strings.Repeat("Ab.Cd.", some/6),
		"hyphens":          strings.Repeat("re-", some/3),
		"digits":           strings.Repeat("1", some),
		"dashed digits":    strings.Repeat("12-", some/3),
		"commas in digits": strings.Repeat("1,", some/2),
		"slashes":          strings.Repeat("a/", some/2),
		"at signs":         strings.Repeat("a@", some/2),
		"addresses":        strings.Repeat("http://(", some/8),
		"open addresses":   strings.Repeat("www.(", some/5),
		"mailboxes":        strings.Repeat("a.b-c+", some/6),
		"ampersands":       strings.Repeat("a&", some/2),
		"clitics":          strings.Repeat("x's", some/3),
		"apostrophes":      strings.Repeat("a'", some/2),
		"nulls":            strings.Repeat("a\x00", some/2),
		"broken":           strings.Repeat("a\xff\xc3(", some/4),
		"continuations":    strings.Repeat("\x80", some),
		"broken marks":     strings.Repeat("\x80(\x80", some/3),
		"combining":        "e" + strings.Repeat("\u0301", some/2),
		"joiners":          strings.Repeat("\u200d", some/3),
		"ideographs":       strings.Repeat("港", some/3),
		"emoji":            strings.Repeat("👩‍👩‍👧", some/18),
		"white space":      strings.Repeat(" \u00a0\t", some/4),
		"titles":           strings.Repeat("Mr. ", some/4),
		"numbers":          strings.Repeat("1. ", some/3),
	} {
		t.Run(name, func(t *testing.T) {
			a := lines(text, "en")
			began := time.Now()
			analyse(t, a)
			// A quadratic step over these would take minutes.
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("%d bytes took %v", len(text), took)
			}
		})
	}
}

// TestParagraphsAreIndependent: what a paragraph is cut into does not depend on
// the ones around it.
func TestParagraphsAreIndependent(t *testing.T) {
	paragraphs := []string{
		"'Twas the dockers' day, “said” Mr. Ode.", "\"An open mark.", "(An open bracket", "...", "", "He's 'here", "Item 2.", "2. Item",
		"a\xffb\x80", "Ships 5kg", "港は閉鎖された。再開は未定。",
	}
	var want []string
	for _, p := range paragraphs {
		a := lines(p, "en")
		if s := show(a, analyse(t, a)); s != "" {
			want = append(want, s)
		}
	}
	all := lines(strings.Join(paragraphs, "\n"), "en")
	if got := show(all, analyse(t, all)); got != strings.Join(want, " | ") {
		t.Errorf("together\n%s\napart\n%s", got, strings.Join(want, " | "))
	}
}

// FuzzPass: the analysis is sound for any bytes, the same twice, leaves no
// letter or digit of valid text out, and does not care for its neighbours.
func FuzzPass(f *testing.F) {
	for _, seed := range []string{
		"Mr. Ode's 5% (\"it can't\") at 5 p.m. Friday... No. 7!", "``Go,'' he said -- 'tis 1960's U.S.-led www.example.org/x", "a\xff\x80b.\x80", "港は。👩‍👩‍👧 2. X",
		"$5,000.50 f@x.org #tag @you 2016-11-07 713-555-0199 and/or :-)", "\u200d'\u0301s n't’t", "x.y.z.doc ..?! \"' ’’",
	} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, english bool) {
		language := "fr"
		if english {
			language = "en"
		}
		a := lines(text, language)
		n := analyse(t, a)
		if again := analyse(t, a); !slices.Equal(n.Tokens, again.Tokens) || !slices.Equal(n.Sentences, again.Sentences) {
			t.Fatal("two runs differ")
		}
		if utf8.ValidString(text) {
			covered := make([]bool, len(text))
			for _, tok := range n.Tokens {
				for i := tok.Start; i < tok.End; i++ {
					covered[i] = true
				}
			}
			for i, c := range []byte(text) {
				if !covered[i] && ('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9') {
					t.Fatalf("byte %d, %q, is in no token", i, c)
				}
			}
		}
		for i, s := range n.Sentences {
			if s.First == s.Last {
				t.Fatalf("sentence %d has no tokens", i)
			}
		}
		if len(text) < 1000 {
			behind := lines(text+"\nThe end.", language)
			m := &article.Analysis{}
			if err := token.Pass.Run(behind, m); err != nil {
				t.Fatal(err)
			}
			if utf8.ValidString(text) && !slices.Equal(m.Tokens[:len(n.Tokens)], n.Tokens) {
				t.Fatal("a paragraph behind changes what is before it")
			}
		}
	})
}
