package story_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"synoptic/article"
	"synoptic/story"
)

var day = time.Date(2031, 5, 1, 12, 0, 0, 0, time.UTC)

// piece is an article of the invented events below.
type piece struct {
	id    string
	event string
	hours int
	lines []string
}

var pieces = []piece{
	{"a1", "bridge", 0, []string{"Bridge over the Tessel collapses near Orvane", "A road bridge over the river Tessel collapsed near Orvane on Thursday morning and four cars fell into the water.", "Divers pulled two people out alive, the fire brigade of Orvane said."}},
	{"b1", "strike", 1, []string{"Marlow ferry crews walk out over night shifts", "Crews of the Marlow ferries walked out on Thursday after talks on night shifts broke down.", "The Seamen's Union said the strike would last until Sunday."}},
	{"a2", "bridge", 2, []string{"Four cars in river after Orvane bridge collapse", "Four cars fell into the Tessel when the bridge at Orvane gave way.", "Two people were rescued by divers of the fire brigade; others are missing."}},
	{"c1", "budget", 3, []string{"Lowen parliament passes budget by one vote", "The parliament of Lowen passed the budget for next year by a single vote on Thursday evening.", "Finance minister Irena Dahl called it a budget of the possible."}},
	{"b2", "strike", 4, []string{"Marlow ferries strike strands island commuters", "Hundreds of commuters were stranded on the islands as ferry crews in Marlow went on strike over night shifts.", "The Seamen's Union and the company will not meet before Sunday."}},
	{"a3", "bridge", 5, []string{"Orvane bridge: engineers had warned of cracks", "Engineers warned of cracks in the bridge over the Tessel near Orvane two years before it collapsed.", "The ministry had put off repairs, papers show."}},
	{"c2", "budget", 6, []string{"Dahl's budget scrapes through in Lowen", "Irena Dahl's budget scraped through the parliament of Lowen with a majority of one vote.", "Two members of the opposition were absent."}},
}

func (p piece) article() *article.Article {
	return made("https://news.example/"+p.id, day.Add(time.Duration(p.hours)*time.Hour), p.lines...)
}

func (p piece) record() story.Record {
	a := p.article()
	return story.Record{ID: p.id, Sketch: story.NewSketch(a), Published: a.Published.Time}
}

func add(g *story.Grouper, p piece) story.Assignment {
	r := p.record()
	return g.Add(r.ID, r.Sketch, r.Published)
}

// partition is the stories as a sorted list of their articles.
func partition(g *story.Grouper, ids []string) []string {
	members := map[string][]string{}
	for _, id := range ids {
		members[g.Story(id)] = append(members[g.Story(id)], id)
	}
	var out []string
	for _, m := range members {
		out = append(out, strings.Join(m, " "))
	}
	slices.Sort(out)
	return out
}

func ids(pieces []piece) []string {
	var out []string
	for _, p := range pieces {
		out = append(out, p.id)
	}
	return out
}

func TestGrouperTellsEventsApart(t *testing.T) {
	var g story.Grouper
	for _, p := range pieces {
		add(&g, p)
	}
	g.Settle()
	if got, want := partition(&g, ids(pieces)), []string{"a1 a2 a3", "b1 b2", "c1 c2"}; !slices.Equal(got, want) {
		t.Errorf("stories are %q, want %q", got, want)
	}
}

func TestAddTwiceChangesNothing(t *testing.T) {
	var g story.Grouper
	first := add(&g, pieces[0])
	if !first.New || first.Story == "" || first.Why != "" {
		t.Errorf("the first article: %+v", first)
	}
	if again := add(&g, pieces[0]); again.New || again.Story != first.Story {
		t.Errorf("again: %+v, want story %s", again, first.Story)
	}
	if m := g.Members(first.Story); !slices.Equal(m, []string{"a1"}) {
		t.Errorf("members are %q", m)
	}
}

func TestCopyJoinsItsOrigin(t *testing.T) {
	wire := []string{
		"The harbour of Brevane was closed on Monday after a tanker ran aground in fog at the mouth of the estuary.",
		"No oil has leaked so far, a spokeswoman of the coast guard told reporters at the pier in the afternoon.",
		"Two tugs are on their way from the mainland and will try to free the ship with the tide before midnight.",
	}
	var g story.Grouper
	add(&g, piece{"a", "", 0, append([]string{"Tanker aground off Brevane"}, wire...)})
	got := add(&g, piece{"b", "", 5, append([]string{"Fog shuts port"}, wire...)})
	if got.New || got.Why != "copied text" || g.Story("a") != got.Story {
		t.Errorf("the copy: %+v", got)
	}
}

func TestEditionsStayApart(t *testing.T) {
	var g story.Grouper
	a := add(&g, piece{"a", "", 0, []string{"Kessel cycling tour, day 2: live updates"}})
	b := add(&g, piece{"b", "", 19, []string{"Kessel cycling tour, day 21: live updates"}})
	g.Settle()
	if g.Story("a") == g.Story("b") {
		t.Errorf("day 2 and day 21 are one story: %+v, %+v", a, b)
	}
}

// stream is the articles of the corpora where they are, in their order, and
// synthetic ones, of which some come at one moment.
func stream(t *testing.T) []story.Record {
	t.Helper()
	var records []story.Record
	s := newSynthetic(t, 3)
	for k := range 300 {
		a, _ := s.next()
		records = append(records, story.Record{ID: a.Address, Sketch: story.NewSketch(a), Published: a.Published.Time.Truncate(time.Hour)})
		if k%3 == 0 {
			p := pieces[k/3%len(pieces)]
			r := p.record()
			r.ID = fmt.Sprintf("%s.%d", p.id, k)
			records = append(records, r)
		}
	}
	data, err := os.ReadFile(corpus + "headlines-dev.jsonl")
	if err != nil {
		t.Log("no corpora beside the checkout: synthetic articles alone")
		return records
	}
	for i, line := range strings.Split(string(data), "\n")[:400] {
		var r struct{ Title string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		records = append(records, story.Record{ID: fmt.Sprint("h", i), Sketch: story.NewSketch(made("", day, r.Title)), Published: day.Add(time.Duration(i) * time.Hour)})
	}
	return records
}

// TestRestore stops a Grouper at several places, hands what is in the window to
// a new one, and goes on with both.
func TestRestore(t *testing.T) {
	records := stream(t)
	settings := story.Grouper{Window: 100 * time.Hour, Least: 150} // articles leave the window
	for _, stop := range []int{1, 90, 350, 600} {
		if stop+100 > len(records) {
			break
		}
		kept := settings
		for _, r := range records[:stop] {
			kept.Add(r.ID, r.Sketch, r.Published)
		}
		var known []story.Record
		for _, r := range records[:stop] {
			if r.Story = kept.Story(r.ID); r.Story != "" {
				data, err := r.Sketch.MarshalBinary()
				if err != nil {
					t.Fatal(err)
				}
				if err := r.Sketch.UnmarshalBinary(data); err != nil {
					t.Fatal(err)
				}
				known = append(known, r)
			}
		}
		restored := settings
		restored.Restore(known)
		for _, r := range records[stop:min(stop+200, len(records))] {
			a, b := kept.Add(r.ID, r.Sketch, r.Published), restored.Add(r.ID, r.Sketch, r.Published)
			if fmt.Sprint(a) != fmt.Sprint(b) {
				t.Fatalf("after %d: article %s: %+v, restored %+v", stop, r.ID, a, b)
			}
		}
		if a, b := kept.Settle(), restored.Settle(); fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("after %d: settled to %+v, restored to %+v", stop, a, b)
		}
	}
}

// TestChangesAreTold follows the stories by what Add returns alone.
func TestChangesAreTold(t *testing.T) {
	var g story.Grouper
	told := map[string]string{}
	follow := func(a story.Assignment) {
		for _, m := range a.Merged {
			for id, s := range told {
				if s == m.From {
					told[id] = m.To
				}
			}
			if got := g.Resolve(m.From); got != g.Resolve(m.To) {
				t.Errorf("story %s leads to %s, want %s", m.From, got, g.Resolve(m.To))
			}
		}
	}
	records := stream(t)
	for _, r := range records {
		a := g.Add(r.ID, r.Sketch, r.Published)
		told[r.ID] = a.Story
		// What moved may have merged after, or before: the last word counts.
		follow(a)
		for _, m := range a.Moved {
			told[m.What] = g.Story(m.What)
		}
	}
	for _, r := range records {
		if told[r.ID] != g.Story(r.ID) {
			t.Errorf("article %s: told to be in %s, it is in %s", r.ID, told[r.ID], g.Story(r.ID))
		}
	}
}

func TestCorrectionsOutrankTheModel(t *testing.T) {
	t.Run("apart", func(t *testing.T) {
		var g story.Grouper
		if _, err := g.Cannot("a1", "a2"); err != nil { // before they come
			t.Fatal(err)
		}
		for _, p := range pieces {
			add(&g, p)
		}
		g.Settle()
		if g.Story("a1") == g.Story("a2") {
			t.Error("a1 and a2 are in one story")
		}
		done, err := g.Cannot("b1", "b2") // afterwards
		if err != nil || done.Story == "" || g.Story("b1") == g.Story("b2") {
			t.Errorf("b1 and b2: %+v, %v", done, err)
		}
		g.Settle()
		if g.Story("b1") == g.Story("b2") {
			t.Error("settling has put b1 and b2 together again")
		}
	})
	t.Run("together", func(t *testing.T) {
		var g story.Grouper
		for _, p := range pieces[:4] {
			add(&g, p)
		}
		for _, pair := range [][2]string{{"a1", "b1"}, {"c1", "c2"}} {
			if _, err := g.Must(pair[0], pair[1]); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range pieces[4:] {
			add(&g, p)
		}
		g.Settle()
		if g.Story("a1") != g.Story("b1") || g.Story("c1") != g.Story("c2") {
			t.Error("what belongs together is apart")
		}
	})
	t.Run("contradictions", func(t *testing.T) {
		var g story.Grouper
		must := func(a, b string) error { _, err := g.Must(a, b); return err }
		cannot := func(a, b string) error { _, err := g.Cannot(a, b); return err }
		if err := errors.Join(must("a", "b"), must("b", "c"), cannot("x", "c")); err != nil {
			t.Fatal(err)
		}
		if err := cannot("a", "c"); !errors.Is(err, story.ErrContradiction) {
			t.Errorf("a cannot stand with c: error %v", err)
		}
		if err := must("a", "x"); !errors.Is(err, story.ErrContradiction) {
			t.Errorf("a must stand with x: error %v", err)
		}
		if err := cannot("a", "b"); err != nil { // takes the first back
			t.Error(err)
		}
		if err := must("a", "x"); err != nil {
			t.Error(err)
		}
	})
}

// TestGroupIsFreeOfOrder gives the same articles in several orders.
func TestGroupIsFreeOfOrder(t *testing.T) {
	var want string
	for turn := range len(pieces) {
		order := slices.Concat(pieces[turn:], pieces[:turn])
		var articles []*article.Article
		for _, p := range order {
			articles = append(articles, p.article())
		}
		var got []string
		for _, s := range story.Group(articles, story.Picked) {
			var names []string
			for _, i := range s.Articles {
				names = append(names, order[i].id)
			}
			got = append(got, s.ID+" "+strings.Join(names, " "))
		}
		if turn == 0 {
			want = strings.Join(got, "\n")
		} else if have := strings.Join(got, "\n"); have != want {
			t.Errorf("turned by %d:\n%s\nwant\n%s", turn, have, want)
		}
	}
}

func TestWindowIsBounded(t *testing.T) {
	g := story.Grouper{Window: time.Hour, Least: 20}
	s := newSynthetic(t, 9)
	var all []string
	for range 300 {
		a, _ := s.next()
		g.Add(a.Address, story.NewSketch(a), a.Published.Time)
		all = append(all, a.Address)
	}
	live := 0
	for _, id := range all {
		if g.Story(id) != "" {
			live++
		}
	}
	if live < 20 || live > 62 { // a minute apart, an hour's worth
		t.Errorf("%d articles are in the window", live)
	}
}
