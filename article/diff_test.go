package article_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
	"synoptic/text"
)

// apply makes the new text out of the old one and the edits.
func apply(t *testing.T, before, after string, edits []article.Edit) string {
	t.Helper()
	var b strings.Builder
	at, end := 0, 0
	for i, e := range edits {
		if e.Old.Check(before) != nil || e.New.Check(after) != nil || e.Old.Start < at || e.New.Start < end {
			t.Fatalf("edit %d, %v to %v, behind %d and %d", i, e.Old, e.New, at, end)
		}
		if e.Old.Of(before) == e.New.Of(after) {
			t.Errorf("edit %d changes nothing: %q", i, e.Old.Of(before))
		}
		b.WriteString(before[at:e.Old.Start])
		b.WriteString(e.New.Of(after))
		at, end = e.Old.End, e.New.End
	}
	b.WriteString(before[at:])
	return b.String()
}

func TestDiff(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          []string
	}{
		{"", "", nil},
		{"The same.", "The same.", nil},
		{"", "All new.", []string{"+All new."}},
		{"All gone.", "", []string{"-All gone."}},
		{"Three people were hurt.", "Seven people were hurt.", []string{"-Three+Seven"}},
		{"About 1,200 came.", "About 1,300 came.", []string{"-1,200+1,300"}},
		{"It was 3.5 points.", "It was 3.7 points.", []string{"-3.5+3.7"}},
		{"The crew didn't go.", "The crew did go.", []string{"-didn't+did"}},
		{"The mayor said so.", "The acting mayor said so.", []string{"+acting "}},
		{"He left, she said.", "She left: she said.", []string{"-He+She", "-,+:"}},
		{"One big red ship", "One small blue ship", []string{"-big red+small blue"}},
		{"Title\nOne.\nTwo.\nThree.", "Title\nOne.\nThree.", []string{"-Two.\n"}},
		{"Title\nOne word.\nTwo words.", "Title!\nOne word.\nTwo more words.", []string{"+!", "+more "}},
		{"Zoë Łukasz", "Zoe Łukasz", []string{"-Zoë+Zoe"}},
		{"a\xffb", "a\xfeb", []string{"-\xff+\xfe"}},
	} {
		edits := article.Diff(c.before, c.after)
		var got []string
		for _, e := range edits {
			s := ""
			if !e.Old.Empty() {
				s += "-" + e.Old.Of(c.before)
			}
			if !e.New.Empty() {
				s += "+" + e.New.Of(c.after)
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q to %q: -want +got\n%s", c.before, c.after, diff)
		}
		if strings.ToValidUTF8(c.before, "") == c.before {
			if got := apply(t, c.before, c.after, edits); got != c.after {
				t.Errorf("%q to %q: applied, it is %q", c.before, c.after, got)
			}
		}
	}
}

func TestDiffMadeUp(t *testing.T) {
	words := []string{"ferry", "crew", "crew's", "1,200", "—", ".", "\n", " ", "  ", "Zoë", "東京", ",", "and", "\u0301"}
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		some := func(n int) []string {
			var list []string
			for range n {
				list = append(list, words[r.IntN(len(words))])
			}
			return list
		}
		before := some(r.IntN(60))
		after := append([]string{}, before...)
		for range r.IntN(6) {
			at := r.IntN(len(after) + 1)
			cut := min(at+r.IntN(4), len(after))
			after = append(append(append([]string{}, after[:at]...), some(r.IntN(4))...), after[cut:]...)
		}
		a, b := strings.Join(before, ""), strings.Join(after, "")
		edits := article.Diff(a, b)
		if got := apply(t, a, b, edits); got != b {
			t.Fatalf("seed %d: %q to %q by %v is %q", seed, a, b, edits, got)
		}
		if diff := cmp.Diff(edits, article.Diff(a, b)); diff != "" {
			t.Fatalf("seed %d: not the same twice\n%s", seed, diff)
		}
	}
}

// What is large or hostile takes no longer than a reader waits.
func TestDiffLarge(t *testing.T) {
	var a, b strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&a, "a%d ", i)
		fmt.Fprintf(&b, "b%d ", i)
	}
	begun := time.Now()
	edits := article.Diff(a.String(), b.String())
	if want := []article.Edit{{Old: text.Span{End: a.Len()}, New: text.Span{End: b.Len()}}}; !cmp.Equal(edits, want) {
		t.Errorf("%d edits", len(edits))
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("One big ship.\nTwo.", "One small ship.\nTwo!")
	f.Add("\u0301a", "a\u0301")
	f.Fuzz(func(t *testing.T, before, after string) {
		before, after = strings.ToValidUTF8(before, "?"), strings.ToValidUTF8(after, "?")
		if got := apply(t, before, after, article.Diff(before, after)); got != after {
			t.Errorf("%q", got)
		}
	})
}

func BenchmarkDiff(b *testing.B) {
	before := strings.Repeat("The crews of the Norvane ferry walked out on Monday, and three ships lay still.\n", 60)
	after := strings.Replace(strings.Replace(before, "three", "seven", 5), "Monday", "Tuesday", 1)
	b.ReportAllocs()
	for b.Loop() {
		article.Diff(before, after)
	}
}
