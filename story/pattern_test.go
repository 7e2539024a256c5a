package story

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/examples/stream"
	"synoptic/internal/page"
)

// Many events that are told by one pattern stay apart: what they have in common
// is sentences, not names. Without its guards the model makes one story of every
// kind of mishap.
func TestOnePatternManyEvents(t *testing.T) {
	var b bytes.Buffer
	if err := stream.Write(&b, 800); err != nil {
		t.Fatal(err)
	}
	var articles []*article.Article
	lines := bufio.NewScanner(&b)
	for lines.Scan() {
		a, err := page.Read(page.Input{Place: "stream.json", MediaType: "application/json", Body: bytes.Clone(lines.Bytes())})
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a)
	}
	var town []string // each event has a town of its own
	for _, a := range articles {
		_, rest, _ := strings.Cut(a.Text[a.Title.End:], " in ")
		name, _, _ := strings.Cut(rest, " ")
		town = append(town, name)
	}
	same := func(stories []Story) (pairs, right int) {
		for _, s := range stories {
			for i, x := range s.Articles {
				for _, y := range s.Articles[:i] {
					pairs++
					if town[x] == town[y] {
						right++
					}
				}
			}
		}
		return pairs, right
	}
	stories := Gather(articles)
	pairs, right := same(stories)
	if float64(right) < 0.95*float64(pairs) {
		t.Errorf("%d stories; of %d pairs that stand in one story %d are of one event", len(stories), pairs, right)
	}
}
