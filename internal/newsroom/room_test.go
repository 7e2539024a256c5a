package newsroom_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"synoptic"
	"synoptic/collation"
	"synoptic/examples"
	"synoptic/internal/gather/warc"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// open opens the collection in a file, with a clock that the test moves.
func open(t *testing.T, path string) *synoptic.Collection {
	t.Helper()
	engine, err := synoptic.Open(synoptic.Options{AllowPrivate: true, Delay: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	c, err := engine.OpenCollection(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(c.Close(), engine.Close()); err != nil {
			t.Error(err)
		}
	})
	return c
}

func fresh(t *testing.T) *synoptic.Collection { return open(t, filepath.Join(t.TempDir(), "test.db")) }

// text is an account as somebody pastes it.
func text(title, body string) newsroom.Upload {
	return newsroom.Upload{Body: []byte(title + "\n\n" + body)}
}

var (
	ferry  = text("Corrow ferries stop as crews walk out", "Ferry crews on the Corrow Islands walked out on Wednesday after talks between Norrack Ferries and the Brevany Seafarers Union broke down in Port Ansel.\n\nThe union wants a pay rise of 9 percent. Norrack Ferries offered 5.5 percent over two years.")
	ferry2 = text("Brevany union calls ferry crews out in Corrow", "The Brevany Seafarers Union called out ferry crews on the Corrow Islands on Wednesday. Talks with Norrack Ferries in Port Ansel broke down over pay.\n\nNorrack Ferries had offered 5.5 percent, the union wants 9 percent.")
	ferry3 = text("No ferries to the Corrow Islands", "Passengers were stranded on the Corrow Islands on Wednesday when crews of Norrack Ferries walked out. The Brevany Seafarers Union wants 9 percent more pay and says that talks in Port Ansel are over.")
	cheese = text("Champion cheese is stolen from village hall", "A prize-winning wheel of blue cheese was taken from the village hall in Lower Maddon overnight, its maker Hettie Rowland said on Sunday.\n\nPolice asked shopkeepers to look out for unusual offers.")
)

func add(t *testing.T, c *synoptic.Collection, in ...newsroom.Upload) newsroom.Added {
	t.Helper()
	added, err := c.Add(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range added.Problems {
		t.Fatal(p)
	}
	return added
}

// stories is the articles of each story that stands, by title, in order.
func stories(t *testing.T, c *synoptic.Collection) []string {
	t.Helper()
	var out []string
	err := c.View(t.Context(), func(r store.Reader) error {
		list, _, err := r.Stories(t.Context(), store.StoryFilter{}, store.Page{})
		if err != nil {
			return err
		}
		for _, s := range list {
			members, err := r.Members(t.Context(), s.ID)
			if err != nil {
				return err
			}
			var titles []string
			for _, m := range members {
				k, err := r.Article(t.Context(), m.Article)
				if err != nil {
					return err
				}
				if k.Story != s.ID {
					t.Errorf("article %q says that it is in story %s, not %s", k.Headline(), k.Story, s.ID)
				}
				titles = append(titles, k.Headline())
			}
			if s.Articles != len(members) {
				t.Errorf("story %q counts %d articles and has %d", s.Title, s.Articles, len(members))
			}
			slices.Sort(titles)
			out = append(out, strings.Join(titles, " | "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func wantStories(t *testing.T, c *synoptic.Collection, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := stories(t, c); !slices.Equal(got, want) {
		t.Errorf("stories:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const (
	ferryTitle  = "Corrow ferries stop as crews walk out"
	ferry2Title = "Brevany union calls ferry crews out in Corrow"
	ferry3Title = "No ferries to the Corrow Islands"
	cheeseTitle = "Champion cheese is stolen from village hall"
)

// What is added is grouped, and laid side by side when it is asked for.
func TestAdd(t *testing.T) {
	c := fresh(t)
	added := add(t, c, ferry, cheese, ferry2)
	if len(added.Stories) != 2 || len(added.Articles) != 3 {
		t.Fatalf("added %d articles to %d stories, want 3 and 2", len(added.Articles), len(added.Stories))
	}
	wantStories(t, c, ferry2Title+" | "+ferryTitle, cheeseTitle)

	laid, err := c.Collate(t.Context(), added.Stories[0])
	if err != nil {
		t.Fatal(err)
	}
	if n := len(laid.Collation.Accounts); n != 2 || len(laid.Articles) != 2 {
		t.Errorf("%d accounts and %d articles, want 2", n, len(laid.Articles))
	}
	for i, a := range laid.Collation.Accounts {
		if laid.Articles[i].Article != a.Article {
			t.Errorf("article %d is not that of account %d", i, i)
		}
	}
	again, err := c.Collate(t.Context(), added.Stories[0])
	if err != nil || again != laid {
		t.Error("a story that has not changed is laid out again")
	}

	// The same once more changes nothing, and tells what is there.
	before := last(t, c)
	repeated := add(t, c, ferry, cheese, ferry2)
	if !slices.Equal(repeated.Stories, added.Stories) || len(repeated.Articles) != 3 {
		t.Errorf("added again: %+v", repeated)
	}
	for _, put := range repeated.Articles {
		if put.New || put.Changed || put.ID == "" || put.Version != 1 {
			t.Errorf("added again: %+v", put)
		}
	}
	if after := last(t, c); after != before {
		t.Errorf("adding the same again made events %d to %d", before+1, after)
	}
}

// Whoever adds articles is told of the stories that they are in, also where one
// of them makes one story of two that those before it had begun.
func TestAddTellsStandingStories(t *testing.T) {
	c := fresh(t)
	var in []newsroom.Upload
	for _, name := range []string{"ansel-courier.html", "corrow-islander.html", "daily-lantern.html", "radio-brevany.html"} {
		body, err := examples.FerryTalks.ReadFile("ferry-talks/" + name)
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, newsroom.Upload{Name: name, Body: body})
	}
	added := add(t, c, in...)
	merged := false
	err := c.View(t.Context(), func(r store.Reader) error {
		events, err := r.Events(t.Context(), 0, 100)
		for _, e := range events {
			merged = merged || e.Kind == store.StoryMerged
		}
		return err
	})
	if err != nil || !merged {
		t.Fatalf("no two stories became one: %v", err)
	}
	if got := stories(t, c); len(got) != 1 || len(added.Stories) != 1 {
		t.Fatalf("told of stories %q, where there are %q", added.Stories, got)
	}
	if laid, err := c.Collate(t.Context(), added.Stories[0]); err != nil || laid.Story.ID != added.Stories[0] {
		t.Errorf("told of story %s, which has become part of another: %v", added.Stories[0], err)
	}
}

// Comparing keeps nothing, lays side by side what two accounts or more tell, and
// says of an account that stands alone that it does.
func TestCompare(t *testing.T) {
	c := fresh(t)
	for _, x := range []struct {
		in     []newsroom.Upload
		sizes  []int // accounts of each collation
		alone  string
		reason string
	}{
		{[]newsroom.Upload{ferry, cheese, ferry2}, []int{2}, "text 2", "another event"},
		{[]newsroom.Upload{cheese}, nil, "text 1", "stands alone"},
	} {
		collations, problems, err := c.Compare(t.Context(), x.in)
		if err != nil {
			t.Fatal(err)
		}
		var sizes []int
		for _, one := range collations {
			sizes = append(sizes, len(one.Accounts))
		}
		if !slices.Equal(sizes, x.sizes) {
			t.Errorf("%d texts: collations of %v accounts, not %v", len(x.in), sizes, x.sizes)
		}
		if len(problems) != 1 || problems[0].Place != x.alone || !strings.Contains(problems[0].Err.Error(), x.reason) {
			t.Errorf("%d texts: problems %v", len(x.in), problems)
		}
	}
	wantStories(t, c)

	// What is kept is compared like what is not.
	add(t, c, ferry, ferry2)
	collations, problems, err := c.Compare(t.Context(), []newsroom.Upload{ferry, ferry2})
	if err != nil || len(problems) > 0 || len(collations) != 1 || len(collations[0].Figures) == 0 {
		t.Errorf("two accounts that are kept: %d collations, %v, %v", len(collations), problems, err)
	}

	// An article that is kept is named by its ID, and counts once.
	var ids []string
	err = c.View(t.Context(), func(r store.Reader) error {
		list, _, err := r.Articles(t.Context(), store.ArticleFilter{}, store.Page{})
		for _, k := range list {
			ids = append(ids, k.ID)
		}
		return err
	})
	if err != nil || len(ids) != 2 {
		t.Fatalf("articles %v: %v", ids, err)
	}
	collations, problems, err = c.Compare(t.Context(), nil, ids[0], "none", ids[1], ids[0])
	if err != nil || len(collations) != 1 || len(collations[0].Accounts) != 2 {
		t.Errorf("by their IDs: %d collations, %v", len(collations), err)
	}
	if len(problems) != 1 || problems[0].String() != "article none: no such article is kept" {
		t.Errorf("one that is not there: %v", problems)
	}
	collations, problems, err = c.Compare(t.Context(), []newsroom.Upload{ferry2, cheese}, ids[0])
	if err != nil || len(problems) != 1 || len(collations) != 1 || len(collations[0].Accounts) != 2 {
		t.Errorf("one that is kept beside texts: %d collations, %v, %v", len(collations), problems, err)
	}
}

func last(t *testing.T, c *synoptic.Collection) (number int64) {
	t.Helper()
	err := c.View(t.Context(), func(r store.Reader) (err error) {
		number, err = r.LastEvent(t.Context())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// Archives that are dropped hold as many articles as they hold.
func TestAddArchive(t *testing.T) {
	var archive bytes.Buffer
	out, err := warc.NewWriter(&archive, "test", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range []newsroom.Upload{ferry, cheese} {
		title, _, _ := strings.Cut(string(u.Body), "\n")
		err := out.Write(warc.Response{
			Address: fmt.Sprintf("https://outlet.example/%d", i), Date: time.Now(), Type: "text/html", Body: []byte(page(title, body(u))),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	c := fresh(t)
	add(t, c, newsroom.Upload{Name: "dropped.warc.gz", Body: archive.Bytes()})
	wantStories(t, c, ferryTitle, cheeseTitle)
}

func TestExampleAndDigest(t *testing.T) {
	c := fresh(t)
	added, err := c.AddExample(t.Context())
	if err != nil || len(added.Problems) > 0 {
		t.Fatal(err, added.Problems)
	}
	if len(added.Articles) != 6 || len(added.Stories) != 1 {
		t.Fatalf("the example gives %d articles in %d stories", len(added.Articles), len(added.Stories))
	}
	if err := c.Digest(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	list, err := c.Stories(t.Context(), 10)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	s := list[0]
	if s.Digested != s.Revision || s.Articles != 6 || s.Origins == 0 || s.Origins > 6 || s.Title == "" || s.Language != "en" {
		t.Errorf("story %+v", s)
	}
	var d newsroom.Digest
	if err := json.Unmarshal(s.Digest, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Outlets) != 6 || len(d.Origins) != 6 || len(d.Highlights) == 0 || d.Grew[len(d.Grew)-1].Accounts != 6 {
		t.Errorf("digest %+v", d)
	}
}

// Until a digest is made nothing is said of origins, and a story ranks by what it
// may have; what has lost an article is counted anew.
func TestOriginsUnknown(t *testing.T) {
	c := fresh(t)
	added := add(t, c, ferry, ferry2)
	read := func(id string) (s store.Story) {
		t.Helper()
		err := c.View(t.Context(), func(r store.Reader) (err error) {
			s, err = r.Story(t.Context(), id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	talks := read(added.Stories[0])
	if talks.Articles != 2 || talks.Origins != 0 || talks.Counted() {
		t.Errorf("origins that nobody has counted: %+v", talks)
	}
	digest := func() {
		t.Helper()
		if err := c.Digest(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	digest()
	if s := read(talks.ID); s.Origins != 2 || !s.Counted() || s.Rank != talks.Rank {
		t.Errorf("counted: %+v; it ranked %g before", s, talks.Rank)
	}
	add(t, c, ferry3)
	if s := read(talks.ID); s.Articles == 3 && (s.Counted() || s.Origins != 2) {
		t.Errorf("grown since it was counted: %+v", s)
	}
	removal := store.Correction{Kind: store.Removed, Story: talks.ID, Articles: []string{added.Articles[1].ID}}
	if err := c.Correct(t.Context(), &removal, 0); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{removal.Story, removal.Other} {
		if s := read(id); s.Origins != 0 || s.Counted() {
			t.Errorf("parted: %+v", s)
		}
	}
	digest()
	if s := read(removal.Other); s.Origins != 1 || !s.Counted() {
		t.Errorf("counted anew: %+v", s)
	}
}

// Corrections outrank the model, are undone, and are told.
func TestCorrections(t *testing.T) {
	c := fresh(t)
	added := add(t, c, ferry, ferry2, cheese)
	talks, theft := added.Stories[0], added.Stories[1]
	whole := ferry2Title + " | " + ferryTitle

	removal := store.Correction{Kind: store.Removed, Story: talks, Articles: []string{added.Articles[1].ID}}
	if err := c.Correct(t.Context(), &removal, 0); err != nil {
		t.Fatal(err)
	}
	wantStories(t, c, ferryTitle, ferry2Title, cheeseTitle)
	add(t, c, ferry3) // the model would join all three
	for _, s := range stories(t, c) {
		if strings.Contains(s, ferryTitle) && strings.Contains(s, ferry2Title) {
			t.Errorf("what was parted by hand is one again: %s", s)
		}
	}
	if err := c.Undo(t.Context(), removal.ID, "ann"); err != nil {
		t.Fatal(err)
	}
	if err := c.Undo(t.Context(), removal.ID, "ann"); err == nil {
		t.Error("a correction is undone twice")
	}

	merge := store.Correction{Kind: store.Merged, Story: talks, Other: theft}
	if err := c.Correct(t.Context(), &merge, 0); err != nil {
		t.Fatal(err)
	}
	if got := stories(t, c); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, cheeseTitle) && strings.Contains(s, ferryTitle) }) {
		t.Errorf("not merged: %q", got)
	}
	laid, err := c.Collate(t.Context(), theft)
	if err != nil || laid.Story.ID != talks {
		t.Errorf("the address of a merged story leads to %v, %v", laid, err)
	}
	if err := c.Undo(t.Context(), merge.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := stories(t, c); !slices.Contains(got, cheeseTitle) {
		t.Errorf("the merge is not undone: %q, want one of %q", got, whole)
	}
	if laid, err := c.Collate(t.Context(), theft); err != nil || laid.Story.ID != theft {
		t.Errorf("the story that stands again is not at its address: %v", err)
	}
}

func TestCorrectionsThatCannotBe(t *testing.T) {
	c := fresh(t)
	added := add(t, c, ferry, ferry2, cheese)
	talks, theft := added.Stories[0], added.Stories[1]
	for name, x := range map[string]store.Correction{
		"with itself":    {Kind: store.Merged, Story: talks, Other: talks},
		"with nothing":   {Kind: store.Merged, Story: talks, Other: "nowhere"},
		"of nothing":     {Kind: store.Merged, Story: "nowhere", Other: talks},
		"all of it":      {Kind: store.Parted, Story: talks, Articles: []string{added.Articles[0].ID, added.Articles[2].ID}},
		"none of it":     {Kind: store.Parted, Story: talks},
		"of another":     {Kind: store.Removed, Story: talks, Articles: []string{"nobody"}},
		"no such change": {Kind: "paint", Story: talks},
		"the whole":      {Kind: store.Parted, Story: theft, Articles: []string{added.Articles[1].ID}},
	} {
		before := last(t, c)
		if err := c.Correct(t.Context(), &x, 0); err == nil {
			t.Errorf("%s: corrected", name)
		}
		if after := last(t, c); after != before {
			t.Errorf("%s: refused, and yet something happened", name)
		}
	}
	seen := last(t, c)
	add(t, c, ferry3)
	x := store.Correction{Kind: store.Merged, Story: talks, Other: theft}
	if err := c.Correct(t.Context(), &x, seen-100); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a story that has changed meanwhile: %v", err)
	}
}

func TestForget(t *testing.T) {
	c := fresh(t)
	added := add(t, c, ferry, ferry2, cheese)
	if err := c.Forget(t.Context(), added.Articles[0].ID, added.Articles[2].ID); err != nil {
		t.Fatal(err)
	}
	wantStories(t, c, ferry2Title)
	if err := c.Forget(t.Context(), added.Articles[0].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("forgotten twice: %v", err)
	}
	n, err := c.ForgetAll(t.Context(), store.ArticleFilter{})
	if err != nil || n != 1 {
		t.Errorf("forgot %d of 1: %v", n, err)
	}
	wantStories(t, c)
	add(t, c, ferry) // and it starts anew
	wantStories(t, c, ferryTitle)
}

// Two newsrooms on one database take turns without losing sight of each other,
// and one that is opened again goes on as if it had never stopped.
func TestTakingTurns(t *testing.T) {
	one := fresh(t)
	add(t, one, ferry)
	add(t, one, cheese)
	add(t, one, ferry2)
	add(t, one, ferry3)

	path := filepath.Join(t.TempDir(), "shared.db")
	first, second := open(t, path), open(t, path)
	add(t, first, ferry)
	add(t, second, cheese)
	add(t, first, ferry2)
	add(t, open(t, path), ferry3)
	var want, got bytes.Buffer
	if err := errors.Join(one.Export(t.Context(), &want, nil), second.Export(t.Context(), &got, nil)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want.Bytes(), got.Bytes()) {
		t.Errorf("exports differ:\n%s\n%s", want.Bytes(), got.Bytes())
	}
}

// An export that is imported gives the same export but for the sums of the bytes
// that were read: every version in its order, also one that goes back to an
// earlier text. What is kept already gains what comes after it, and nothing
// twice.
func TestExportKeepsVersions(t *testing.T) {
	c := fresh(t)
	version := func(u newsroom.Upload, path, from, to string) newsroom.Upload {
		title, rest, _ := strings.Cut(string(u.Body), "\n\n")
		record, err := json.Marshal(map[string]any{
			"title": title, "text": strings.ReplaceAll(strings.Replace(rest, from, to, 1), "\n\n", "\n"), "url": "https://outlet.example" + path,
			"date_publish": "2026-03-18T07:05:00Z", "authors": []string{"Greta Hollin"}, "outlet": "Ansel Courier", "language": "en",
		})
		if err != nil {
			t.Fatal(err)
		}
		return newsroom.Upload{Name: "a.json", Body: record}
	}
	first := version(ferry, "/1", "", "")
	add(t, c, first)
	add(t, c, version(cheese, "/2", "", ""))
	add(t, c, version(ferry, "/1", "9 percent", "8 percent"))
	add(t, c, first)
	add(t, c, version(ferry2, "/3", "", ""))
	add(t, c, version(ferry, "/1", "9 percent", "7 percent"))

	sums := regexp.MustCompile(`"sha256":"[0-9a-f]*"`)
	export := func(c *synoptic.Collection) string {
		var b bytes.Buffer
		if err := c.Export(t.Context(), &b, nil); err != nil {
			t.Fatal(err)
		}
		return sums.ReplaceAllString(b.String(), "")
	}
	want := export(c)
	archive := filepath.Join(t.TempDir(), "all.jsonl")
	var file bytes.Buffer
	if err := errors.Join(c.Export(t.Context(), &file, nil), os.WriteFile(archive, file.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		before []newsroom.Upload
		sum    newsroom.Imported // of the first import
		same   bool              // the export is the same in the end
	}{
		"into an empty collection":   {nil, newsroom.Imported{Articles: 3, Versions: 3}, true},
		"where its beginning is":     {[]newsroom.Upload{first}, newsroom.Imported{Articles: 2, Versions: 1}, false},
		"where an earlier one is":    {[]newsroom.Upload{first, version(ferry, "/1", "9 percent", "8 percent")}, newsroom.Imported{Articles: 2, Versions: 2}, true},
		"where all of it is":         {[]newsroom.Upload{version(ferry, "/1", "9 percent", "7 percent")}, newsroom.Imported{Articles: 2, Unchanged: 1}, false},
		"where it has another story": {[]newsroom.Upload{version(ferry, "/1", "9 percent", "6 percent")}, newsroom.Imported{Articles: 2, Versions: 1}, false},
	} {
		c := fresh(t)
		for _, u := range x.before {
			add(t, c, u)
		}
		imported := func() newsroom.Imported {
			sum, err := c.Import(t.Context(), []string{archive}, func(_ newsroom.Imported, problems []collation.Problem) {
				for _, p := range problems {
					t.Errorf("%s: %v", name, p)
				}
			})
			if err != nil {
				t.Fatal(name, err)
			}
			sum.Done, sum.Total = 0, 0
			return sum
		}
		if sum := imported(); sum != x.sum {
			t.Errorf("%s: imported %+v, want %+v", name, sum, x.sum)
		}
		got := export(c)
		if x.same && got != want {
			t.Errorf("%s:\n%s\nbecame\n%s", name, want, got)
		}
		if sum := imported(); sum != (newsroom.Imported{Unchanged: 3}) || export(c) != got {
			t.Errorf("%s: imported again: %+v", name, sum)
		}
	}
}

// A version that cannot be read is told, and the others are kept.
func TestImportOfBrokenVersion(t *testing.T) {
	c := fresh(t)
	const record = `{"title":"Ferries stop","url":"https://outlet.example/1","text":"%s"}`
	told := func(of string) string {
		return fmt.Sprintf(record, "Ferry crews walked out on Wednesday, the union said. It wants "+of+" percent more.")
	}
	line := strings.TrimSuffix(told("9"), "}") + `,"earlier":[` + told("7") + `,{"title":"Ferries"},` + told("8") + `]}`
	added, err := c.Add(t.Context(), []newsroom.Upload{{Name: "a.json", Body: []byte(line)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(added.Problems) != 1 || added.Problems[0].Err.Error() != "version 2: record without a text" {
		t.Errorf("problems %v", added.Problems)
	}
	if list := kept(t, c); len(list) != 1 || list[0].Version != 3 || !strings.Contains(list[0].Text, "9 percent") {
		t.Errorf("kept %+v", list)
	}
}

// outlet is a server with a feed and pages that a test changes.
type outlet struct {
	*httptest.Server
	mu    sync.Mutex
	feed  string
	pages map[string]string
	hits  atomic.Int64
}

func newOutlet(t *testing.T) *outlet {
	o := &outlet{pages: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/feed.xml", func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		defer o.mu.Unlock()
		w.Header().Set("Content-Type", "application/rss+xml")
		tag := fmt.Sprintf(`"%d"`, len(o.feed))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Corrow News</title><link>%s/</link>%s</channel></rss>`, o.URL, o.feed)
	})
	mux.HandleFunc("/news/", func(w http.ResponseWriter, r *http.Request) {
		o.hits.Add(1)
		o.mu.Lock()
		defer o.mu.Unlock()
		page, ok := o.pages[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusGone)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	})
	o.Server = httptest.NewServer(mux)
	t.Cleanup(o.Close)
	return o
}

// publish puts an article into the feed, with a page unless body is "".
func (o *outlet) publish(path, title, body string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.feed += fmt.Sprintf(`<item><title>%s</title><link>%s%s</link><guid>%s</guid><pubDate>%s</pubDate><description>In short: %s.</description></item>`,
		title, o.URL, path, path, time.Now().UTC().Format(time.RFC1123Z), title)
	if body != "" {
		o.pages[path] = page(title, body)
	}
}

func page(title, body string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>%s</title></head><body><article><h1>%s</h1><p>%s</p></article></body></html>`,
		title, title, strings.ReplaceAll(body, "\n\n", "</p><p>"))
}

func body(u newsroom.Upload) string {
	_, body, _ := strings.Cut(string(u.Body), "\n\n")
	return body
}

// A feed leads to pages; a page that cannot be had is stood for by its entry; a
// page that changes gets a new version; what has not changed is not read again.
func TestGather(t *testing.T) {
	o := newOutlet(t)
	o.publish("/news/1", ferryTitle, body(ferry))
	o.publish("/news/2", cheeseTitle, "")
	c := fresh(t)
	now := time.Now()
	c.Now = func() time.Time { return now }
	s, err := c.Follow(t.Context(), o.URL+"/feed.xml", "")
	if err != nil || s.Kind != store.Feed || s.Title != "Corrow News" {
		t.Fatal(s, err)
	}
	sum := gathering(t, c)
	if sum.Sources != 1 || sum.Added != 2 {
		t.Fatalf("gathered %+v, want two articles", sum)
	}
	wantStories(t, c, ferryTitle, cheeseTitle)
	for _, k := range kept(t, c) {
		if k.Headline() == cheeseTitle && k.Completeness > 0.5 {
			t.Errorf("what stands in the feed alone is said to be complete: %g", k.Completeness)
		}
		if k.Source != s.ID {
			t.Errorf("%q came by source %q", k.Headline(), k.Source)
		}
	}

	hits := o.hits.Load()
	now = now.Add(30 * time.Minute)
	if sum := gathering(t, c); sum.Added+sum.Changed != 0 || o.hits.Load() != hits {
		t.Errorf("nothing was new, and yet: %+v, %d pages read", sum, o.hits.Load()-hits)
	}

	o.mu.Lock()
	o.pages["/news/1"] = page(ferryTitle, strings.Replace(body(ferry), "9 percent", "8 percent", 1))
	o.mu.Unlock()
	o.publish("/news/3", ferry2Title, body(ferry2))
	now = now.Add(25 * time.Hour)
	sum = gathering(t, c)
	if sum.Added != 1 || sum.Changed != 1 {
		t.Fatalf("gathered %+v, want one new and one changed", sum)
	}
	wantStories(t, c, ferry2Title+" | "+ferryTitle, cheeseTitle)

	// A page that is taken away keeps what it said, and not what its entry says,
	// also where the entry is new.
	o.mu.Lock()
	delete(o.pages, "/news/3")
	o.feed = strings.Replace(o.feed, "In short: "+ferry2Title, "Taken back: "+ferry2Title, 1)
	o.mu.Unlock()
	now = now.Add(25 * time.Hour)
	if sum := gathering(t, c); sum.Added+sum.Changed != 0 || sum.Problems == 0 {
		t.Errorf("gathered %+v, want a page that is not there any more", sum)
	}
	for _, k := range kept(t, c) {
		if k.Headline() == ferry2Title && (k.Version != 1 || k.Completeness < 0.5) {
			t.Errorf("what was taken away is version %d, complete to %g", k.Version, k.Completeness)
		}
	}

	var events []store.EventKind
	_ = c.View(t.Context(), func(r store.Reader) error {
		list, err := r.Events(t.Context(), 0, 100)
		for _, e := range list {
			events = append(events, e.Kind)
		}
		return err
	})
	if !slices.Contains(events, store.ArticleChanged) {
		t.Errorf("a silent correction is not told: %v", events)
	}
}

// What a page leaves open of its date, author and outlet is taken from the list
// that led to it, also when it is looked at again; what the page says stands.
func TestGatherTakesFactsOfEntries(t *testing.T) {
	o := newOutlet(t)
	o.publish("/news/1", ferryTitle, body(ferry))
	o.publish("/news/2", cheeseTitle, body(cheese))
	now := time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
	o.mu.Lock()
	o.feed = `<item><title>` + ferryTitle + `</title><link>` + o.URL + `/news/1</link><dc:creator>Greta Hollin</dc:creator><pubDate>Wed, 18 Mar 2026 07:05:00 GMT</pubDate></item>
		<item><title>` + cheeseTitle + `</title><link>` + o.URL + `/news/2</link><author>Greta Hollin</author><pubDate>Wed, 18 Mar 2026 07:05:00 GMT</pubDate></item>`
	o.pages["/news/2"] = strings.Replace(o.pages["/news/2"], "<head>",
		`<head><meta name="author" content="Edda Marsh"><meta property="article:published_time" content="2026-03-15T20:00:00Z">`, 1)
	o.mu.Unlock()
	c := fresh(t)
	c.Now = func() time.Time { return now }
	if _, err := c.Follow(t.Context(), o.URL+"/feed.xml", ""); err != nil {
		t.Fatal(err)
	}
	check := func(version int) {
		t.Helper()
		if sum := gathering(t, c); sum.Problems > 0 {
			t.Fatalf("gathered %+v", sum)
		}
		got := map[string]string{}
		for _, k := range kept(t, c) {
			got[k.Headline()] = fmt.Sprint(k.Version, " ", k.Published, " ", k.Authors)
		}
		want := map[string]string{
			ferryTitle:  fmt.Sprint(version, " 2026-03-18T07:05:00Z [Greta Hollin]"),
			cheeseTitle: "1 2026-03-15T20:00:00Z [Edda Marsh]",
		}
		if !maps.Equal(got, want) {
			t.Errorf("kept %q, want %q", got, want)
		}
	}
	check(1)
	o.mu.Lock()
	o.pages["/news/1"] = page(ferryTitle, strings.Replace(body(ferry), "9 percent", "8 percent", 1))
	o.mu.Unlock()
	now = now.Add(2 * time.Hour)
	check(2)
}

func gathering(t *testing.T, c *synoptic.Collection) newsroom.Gathered {
	t.Helper()
	sum, err := c.Gather(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func kept(t *testing.T, c *synoptic.Collection) []store.Kept {
	t.Helper()
	var list []store.Kept
	err := c.View(t.Context(), func(r store.Reader) (err error) {
		list, _, err = r.Articles(t.Context(), store.ArticleFilter{}, store.Page{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A list of sources says what each of them holds, and the first visit corrects
// what it says wrongly. A page without an account is no source.
func TestListOfSources(t *testing.T) {
	o := newOutlet(t)
	o.publish("/news/1", ferryTitle, body(ferry))
	o.pages["/news/2"] = page(cheeseTitle, body(cheese))
	o.pages["/news/gone"] = "<!doctype html><html><body><a href=/>This domain is for sale</a></body></html>"
	one := fresh(t)
	for _, path := range []string{"/feed.xml", "/news/2"} {
		if _, err := one.Follow(t.Context(), o.URL+path, ""); err != nil {
			t.Fatal(err)
		}
	}
	var list bytes.Buffer
	err := one.View(t.Context(), func(r store.Reader) error {
		sources, err := r.Sources(t.Context())
		return errors.Join(err, newsroom.WriteList(&list, sources))
	})
	if err != nil {
		t.Fatal(err)
	}
	const open, end = `<opml version="2.0"><body>`, `</body></opml>`
	feed, notice := `<outline xmlUrl="`+o.URL+`/feed.xml"/>`, `<outline type="rss" xmlUrl="`+o.URL+`/news/2"/>`
	wrong := strings.Replace(feed, "<outline", `<outline xmlns:s="urn:synoptic:opml" s:holds="page"`, 1)
	for name, x := range map[string]struct {
		list   string
		before string
	}{
		"as it was written":     {list.String(), "feed page"},
		"where nothing is said": {open + feed + notice + end, "feed feed"},
		"where it is wrong":     {open + wrong + notice + end, "page feed"},
	} {
		c := fresh(t)
		kinds := func() string {
			var out []string
			err := c.View(t.Context(), func(r store.Reader) error {
				for _, path := range []string{"/feed.xml", "/news/2"} {
					s, err := r.Source(t.Context(), store.SourceID(o.URL+path))
					if err != nil || s.Problem != "" {
						return errors.Join(err, errors.New(s.Problem))
					}
					out = append(out, string(s.Kind))
				}
				return nil
			})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return strings.Join(out, " ")
		}
		if _, problems, err := c.FollowList(t.Context(), strings.NewReader(x.list)); err != nil || len(problems) > 0 {
			t.Fatal(name, err, problems)
		}
		if got := kinds(); got != x.before {
			t.Errorf("%s: followed as %s, want %s", name, got, x.before)
		}
		if sum := gathering(t, c); sum.Failed > 0 {
			t.Errorf("%s: gathered %+v", name, sum)
		}
		if got := kinds(); got != "feed page" {
			t.Errorf("%s: after the first visit %s", name, got)
		}
		wantStories(t, c, ferryTitle, cheeseTitle)
	}

	c := fresh(t)
	if _, _, err := c.FollowList(t.Context(), strings.NewReader(open+`<outline xmlUrl="`+o.URL+`/news/gone"/>`+end)); err != nil {
		t.Fatal(err)
	}
	if sum := gathering(t, c); sum.Failed != 1 {
		t.Errorf("a page without an account passes for a source: %+v", sum)
	}
}

// A source that is silent for days is told, and so is one that answers again.
func TestDeadSource(t *testing.T) {
	o := newOutlet(t)
	o.publish("/news/1", ferryTitle, body(ferry))
	c := fresh(t)
	now := time.Now()
	c.Now = func() time.Time { return now }
	if _, err := c.Follow(t.Context(), o.URL+"/feed.xml", ""); err != nil {
		t.Fatal(err)
	}
	gathering(t, c)
	o.Close()
	for range 12 {
		now = now.Add(24 * time.Hour)
		gathering(t, c)
	}
	var told bool
	_ = c.View(t.Context(), func(r store.Reader) error {
		list, err := r.Events(t.Context(), 0, 1000)
		for _, e := range list {
			told = told || e.Kind == store.SourceDead
		}
		return err
	})
	if !told {
		t.Error("a source that has been silent for twelve days is not told")
	}
}

func TestWait(t *testing.T) {
	c := fresh(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	got := make(chan int64, 1)
	go func() {
		n, _ := c.Wait(ctx, 0)
		got <- n
	}()
	add(t, c, ferry)
	if n := <-got; n == 0 {
		t.Error("nobody was woken")
	}
}

// What an earlier version of the engine has looked at is looked at again.
func TestTendAfterUpgrade(t *testing.T) {
	c := fresh(t)
	version := c.Version
	c.Version = "0.0.1"
	added := add(t, c, ferry, ferry2)
	c.Version = version
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan error, 1)
	go func() { done <- c.Tend(ctx) }()
	for range 200 {
		err := c.View(t.Context(), func(r store.Reader) error {
			_, err := r.Analysis(t.Context(), added.Articles[1].ID, 1, version)
			return err
		})
		if err == nil {
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
			return
		}
		if !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("nobody has looked again")
}

// Of many who compare at once most wait, and no longer than they may.
func TestCompareAtOnce(t *testing.T) {
	c := fresh(t)
	asked, answer := make(chan struct{}, 64), make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		asked <- struct{}{}
		<-answer
	}))
	defer slow.Close()
	var g sync.WaitGroup
	most := max(2, runtime.GOMAXPROCS(0))
	for i := range most {
		g.Go(func() {
			_, _, _ = c.Compare(t.Context(), []newsroom.Upload{{Address: fmt.Sprintf("%s/%d", slow.URL, i)}, ferry, ferry2})
		})
	}
	<-asked
	for { // until all of them hold their place
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		_, _, err := c.Compare(ctx, nil) // which takes no time where there is room
		stop()
		if errors.Is(err, context.DeadlineExceeded) {
			break
		}
	}
	close(answer)
	g.Wait()
	if _, _, err := c.Compare(t.Context(), []newsroom.Upload{ferry, ferry2}); err != nil {
		t.Error(err)
	}
}
