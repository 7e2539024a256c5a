package story_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"synoptic/article"
	"synoptic/story"
	"synoptic/text"
)

// corpus is the folder of corpora that may stand beside the checkout.
const corpus = "../../shared/corpora/stories/"

// material is what synthetic articles are made of: the headlines and sentences
// of some events.
type material struct{ headlines, sentences [][]string }

// source reads the events of the corpus, or invents some where it is missing.
func source(tb testing.TB) material {
	tb.Helper()
	data, err := os.ReadFile(corpus + "events-dev.jsonl")
	if err != nil {
		tb.Log("no corpora beside the checkout: the material is invented")
		return invented()
	}
	var m material
	at := map[int]int{}
	for line := range strings.Lines(string(data)) {
		var r struct {
			Title, Text string
			Story       int
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			tb.Fatal(err)
		}
		k, ok := at[r.Story]
		if !ok {
			k = len(m.headlines)
			at[r.Story] = k
			m.headlines, m.sentences = append(m.headlines, nil), append(m.sentences, nil)
		}
		m.headlines[k] = append(m.headlines[k], r.Title)
		for s := range strings.SplitSeq(strings.ReplaceAll(r.Text, "\n", " "), ". ") {
			if n := len(strings.Fields(s)); 8 <= n && n <= 40 {
				m.sentences[k] = append(m.sentences[k], s+".")
			}
		}
	}
	return m
}

// invented is material of made-up words.
func invented() material {
	lot := rand.New(rand.NewPCG(5, 5))
	words := make([]string, 3000)
	for i := range words {
		words[i] = syllables(lot.Uint64(), 2+lot.IntN(2))
	}
	var m material
	for range 30 {
		own := make([]string, 60)
		for i := range own {
			own[i] = words[lot.IntN(len(words))]
		}
		sentence := func(n int) string {
			parts := make([]string, n)
			for i := range parts {
				if parts[i] = own[lot.IntN(len(own))]; lot.IntN(3) == 0 {
					parts[i] = words[lot.IntN(len(words))]
				}
				if lot.IntN(5) == 0 {
					parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
				}
			}
			return strings.Join(parts, " ") + "."
		}
		var headlines, sentences []string
		for range 10 {
			headlines = append(headlines, sentence(8))
		}
		for range 120 {
			sentences = append(sentences, sentence(20))
		}
		m.headlines, m.sentences = append(m.headlines, headlines), append(m.sentences, sentences)
	}
	return m
}

// syllables is a made-up word.
func syllables(seed uint64, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte("bdfgklmnprstvz"[seed%14])
		seed /= 14
		b.WriteByte("aeiou"[seed%5])
		seed /= 5
		if seed%3 == 0 {
			b.WriteByte("lmnrst"[seed%6])
		}
		seed /= 3
	}
	return b.String()
}

// synthetic gives articles of ever new events without end: each event is two of
// the material's, with names of its own in place of theirs; an article is a
// headline and sentences of it. Events overlap in time, and some go on for long.
type synthetic struct {
	material
	lot  *rand.Rand
	live []event
	now  time.Time
	made int

	vocabulary []string
}

type event struct {
	number     uint64
	main, side int
	left       int // articles to come
}

func newSynthetic(tb testing.TB, seed uint64) *synthetic {
	s := &synthetic{material: source(tb), lot: rand.New(rand.NewPCG(seed, 1)), now: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)}
	for _, sentences := range s.sentences {
		for _, line := range sentences {
			for w := range strings.FieldsSeq(line) {
				if len(w) >= 4 && w == strings.ToLower(w) {
					s.vocabulary = append(s.vocabulary, w)
				}
			}
		}
	}
	return s
}

// next is an article with the number of its event.
func (s *synthetic) next() (*article.Article, uint64) {
	s.now = s.now.Add(time.Minute)
	if len(s.live) < 400 || s.lot.IntN(6) == 0 {
		s.live = append(s.live, event{s.lot.Uint64(), s.lot.IntN(len(s.headlines)), s.lot.IntN(len(s.headlines)), 1 + int(6*s.lot.ExpFloat64())})
	}
	k := s.lot.IntN(len(s.live))
	e := &s.live[k]
	number := e.number
	lines := []string{s.rename(pick(s.lot, s.headlines[e.main]), number)}
	for i := range 12 {
		from := e.main
		if i%4 == 3 {
			from = e.side
		}
		if len(s.sentences[from]) > 0 {
			lines = append(lines, s.rename(pick(s.lot, s.sentences[from]), number))
		}
	}
	if e.left--; e.left <= 0 {
		s.live[k] = s.live[len(s.live)-1]
		s.live = s.live[:len(s.live)-1]
	}
	s.made++
	return made(fmt.Sprintf("https://news.example/%d", s.made), s.now, lines...), number
}

func pick(lot *rand.Rand, from []string) string { return from[lot.IntN(len(from))] }

// rename gives an event names of its own, and other words for most of what it
// has in common with its material.
func (s *synthetic) rename(line string, number uint64) string {
	words := strings.Fields(line)
	for i, w := range words {
		seed := number
		for _, c := range []byte(w) {
			seed = seed*1099511628211 + uint64(c)
		}
		seed ^= seed >> 31
		if len(w) >= 4 && seed%4 != 0 {
			words[i] = s.vocabulary[seed%uint64(len(s.vocabulary))]
		}
		if i > 0 && unicode.IsUpper(rune(w[0])) {
			name := syllables(seed^seed>>29, 3)
			words[i] = strings.ToUpper(name[:1]) + name[1:]
		}
	}
	return strings.Join(words, " ")
}

// made is an article of a headline and paragraphs.
func made(address string, published time.Time, lines ...string) *article.Article {
	a := &article.Article{Address: address, Text: strings.Join(lines, "\n"), Language: "en"}
	a.Published = article.Date{Time: published, Precision: article.Minute}
	at := 0
	for i, line := range lines {
		span := text.Span{Start: at, End: at + len(line)}
		kind := article.Body
		if i == 0 {
			a.Title, kind = span, article.Headline
		}
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: span, Kind: kind})
		at = span.End + 1
	}
	return a
}

// BenchmarkAdd is what an article costs with a window full of others: it should
// not depend on how many they are.
func BenchmarkAdd(b *testing.B) {
	for _, size := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			from := newSynthetic(b, 1)
			g := story.Grouper{Window: time.Minute, Least: size}
			var records []story.Record
			for range size {
				a, number := from.next()
				records = append(records, story.Record{ID: a.Address, Sketch: story.NewSketch(a), Published: a.Published.Time, Story: fmt.Sprint(number)})
			}
			g.Restore(records)
			var sketches []story.Record
			for range 3000 {
				a, _ := from.next()
				sketches = append(sketches, story.Record{ID: a.Address, Sketch: story.NewSketch(a), Published: a.Published.Time})
			}
			k := 0
			next := func() {
				r := sketches[k%len(sketches)]
				g.Add(fmt.Sprint(r.ID, "#", k), r.Sketch, r.Published)
				k++
			}
			for range 1000 { // tables that Restore has filled to the brim grow once
				next()
			}
			runtime.GC()
			b.ReportAllocs()
			for b.Loop() {
				next()
			}
		})
	}
}

func BenchmarkSketch(b *testing.B) {
	from := newSynthetic(b, 1)
	a, _ := from.next()
	words := a.Words()
	b.ReportAllocs()
	for b.Loop() {
		story.NewSketch(a)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}
