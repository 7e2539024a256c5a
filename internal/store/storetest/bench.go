package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/internal/store"
)

// stream makes up articles of about 700 words of a vocabulary that is as uneven
// as a language's.
type stream struct {
	r     *rand.Rand
	zipf  *rand.Zipf
	words []string
	n     int
}

func newStream() *stream {
	r := rand.New(rand.NewPCG(1, 2))
	s := &stream{r: r, zipf: rand.NewZipf(r, 1.1, 3, 29_999)}
	for range 30_000 {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteByte("bdfgklmnprstvz"[r.IntN(14)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		s.words = append(s.words, b.String())
	}
	return s
}

func (s *stream) next() *article.Article {
	line := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = s.words[s.zipf.Uint64()]
		}
		return strings.Join(list, " ") + "."
	}
	paragraphs := []string{line(8)}
	for range 17 {
		paragraphs = append(paragraphs, line(40))
	}
	s.n++
	return news(s.n, article.Outlet{Name: "Outlet", Domain: fmt.Sprintf("outlet%d.example", s.n%40)}, noon.Add(time.Duration(s.n)*time.Minute), paragraphs...)
}

// Bench measures a store that open makes: articles kept in updates of 64, bytes
// of the database an article, and searches among 10,000.
func Bench(b *testing.B, open func(b *testing.B) store.Store) {
	const batch, most = 64, 10_000
	put := func(b *testing.B, s store.Store, from *stream, n int) {
		if err := s.Update(b.Context(), func(w store.Writer) error {
			for range n {
				a := from.next()
				if _, err := w.PutArticle(b.Context(), store.Kept{Article: a, Seen: noon}, nil); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("insert", func(b *testing.B) {
		s, from := open(b), newStream()
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			put(b, s, from, batch)
			n += batch
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
	})
	s, from := open(b), newStream()
	for from.n < most {
		put(b, s, from, batch)
	}
	text := 0
	for again := newStream(); again.n < 200; {
		text += len(again.next().Text)
	}
	var totals store.Totals
	if err := s.View(b.Context(), func(r store.Reader) (err error) {
		totals, err = r.Totals(b.Context())
		return err
	}); err != nil {
		b.Fatal(err)
	}
	rare, common := from.words[5000], from.words[20]
	for _, c := range []struct{ name, query string }{
		{"rare word", rare},
		{"common word", common},
		{"two words", common + " " + from.words[300]},
		{"phrase", `"` + from.words[0] + " " + from.words[3] + `"`},
		{"rejected", from.words[200] + " -" + common},
	} {
		b.Run(c.name, func(b *testing.B) {
			q, err := store.ParseQuery(c.query)
			if err != nil {
				b.Fatal(err)
			}
			hits := 0
			for b.Loop() {
				if err := s.View(b.Context(), func(r store.Reader) error {
					list, _, err := r.Search(b.Context(), q, store.Page{Limit: 20})
					hits = len(list)
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(hits), "hits")
			b.ReportMetric(float64(totals.Bytes)/float64(totals.Articles), "bytes/article")
			b.ReportMetric(float64(text)/200, "text/article")
		})
	}
}
