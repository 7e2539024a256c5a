package web_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"synoptic/examples"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/webtest"
)

// lateAccount is one more account of the example's story.
const lateAccount = "Norrack ferry talks go into the night\n\nTalks between Norrack Ferries and its crews went into the night on Thursday.\n\nAbout 380 people are still on the Corrow Islands, a spokesman said."

// two adds a second story to the example, and gives the IDs of both.
func two(t *testing.T, s *site) (ferry, bridge string) {
	t.Helper()
	ferry = s.onlyStory()
	added, err := s.Add(t.Context(), []newsroom.Upload{{Name: "bridge.txt", Body: []byte("Bridge at Lunden shut\n\nThe old bridge at Lunden was shut on Tuesday after cracks were found.")}})
	if err != nil {
		t.Fatal(err)
	}
	s.settle()
	return ferry, added.Stories[0]
}

func (s *site) revision(story string) string {
	s.Helper()
	return strconv.FormatInt(s.Story(s, story).Revision, 10)
}

// TestMerge makes one story of two; the address of the one that is gone leads
// to the other until the merging is undone.
func TestMerge(t *testing.T) {
	s := example(t)
	ferry, bridge := two(t, s)
	s.want(s.get("/story/"+ferry+"/correct?find=bridge"), http.StatusOK, "Bridge at Lunden shut")
	s.want(s.get("/story/"+ferry+"/correct?find=(("), http.StatusOK, `role="alert"`)
	lone := s.get("/story/" + bridge + "/correct")
	s.want(lone, http.StatusOK, "Merge")
	if strings.Contains(lone.body, "Split off") || strings.Contains(lone.body, "Take out") {
		t.Error("offers to take the only account out of a story, which would be refused")
	}
	r := s.post("/story/"+ferry+"/merge", url.Values{"seen": {s.revision(ferry)}, "address": {s.base + "/story/" + bridge + "#x"}})
	s.want(r, http.StatusSeeOther)
	if to := r.Header.Get("Location"); to != "/story/"+ferry+"#corrections" {
		t.Errorf("goes to %s", to)
	}
	s.want(s.get("/story/"+ferry), http.StatusOK, "7 accounts", "merged with", "/corrections/1/undo")
	r = s.get("/story/" + bridge)
	s.want(r, http.StatusFound)
	if to := r.Header.Get("Location"); to != "/story/"+ferry {
		t.Errorf("the merged story leads to %s", to)
	}
	s.want(s.get("/story/"+bridge+"/feed.atom"), http.StatusOK, "<entry")
	s.want(s.get("/corrections"), http.StatusOK, "merged with", "Norrack was ready", "Undo")
	s.want(s.post("/corrections/1/undo", url.Values{"to": {"/story/" + ferry}}), http.StatusSeeOther)
	s.want(s.get("/story/"+ferry), http.StatusOK, "6 accounts", "undone")
	s.want(s.get("/story/"+bridge), http.StatusOK, "Bridge at Lunden shut")
	s.want(s.post("/corrections/1/undo", nil), http.StatusUnprocessableEntity, "has been undone already")
	s.want(s.post("/corrections/2/undo", nil), http.StatusNotFound)
}

// TestSplit makes a story of two accounts of another.
func TestSplit(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	r := s.post("/story/"+story+"/split", url.Values{"seen": {s.revision(story)}, "article": s.members(story)[:2]})
	s.want(r, http.StatusSeeOther)
	s.want(s.get("/story/"+story), http.StatusOK, "4 accounts", "2 accounts made a story of their own")
	s.want(s.get("/?with=single"), http.StatusOK, "4 accounts", "2 accounts")
}

// TestBadCorrections sends forms that no page sends.
func TestBadCorrections(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	seen := s.revision(story)
	for path, form := range map[string]url.Values{
		"/merge": {"seen": {seen}}, "/split": {"seen": {seen}}, "/remove": {"seen": {seen}, "article": {"a", "b"}},
		"/split?": {"article": s.members(story)[:1]}, "/merge?": {"seen": {seen}, "other": {story}}, "/remove?": {"seen": {"9999999999999999999"}, "article": {"a"}},
	} {
		s.want(s.post("/story/"+story+path, form), http.StatusBadRequest, "<h1>")
	}
	s.want(s.post("/story/"+story+"/merge", url.Values{"seen": {seen}, "other": {"none"}}), http.StatusNotFound)
	s.want(s.post("/story/"+story+"/split", url.Values{"seen": {seen}, "article": {"none"}}), http.StatusUnprocessableEntity, "no article of the story is named")
	s.want(s.post("/story/none/merge", url.Values{"seen": {"1"}, "other": {"x"}}), http.StatusNotFound)
}

// TestTwoCorrect lets the first of two who correct one story through, and tells
// the second what to do.
func TestTwoCorrect(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	seen := s.revision(story)
	var wait sync.WaitGroup
	articles := s.members(story)
	replies := make([]reply, 2)
	for i := range replies {
		wait.Go(func() {
			replies[i] = s.post("/story/"+story+"/remove", url.Values{"seen": {seen}, "article": {articles[i]}})
		})
	}
	wait.Wait()
	if replies[0].StatusCode != http.StatusSeeOther {
		replies[0], replies[1] = replies[1], replies[0]
	}
	s.want(replies[0], http.StatusSeeOther)
	s.want(replies[1], http.StatusConflict, "Somebody else was faster", `href="/story/`+story+`"`, "as it stands now")
}

// TestForget removes an article for good.
func TestForget(t *testing.T) {
	s := example(t)
	id := s.members(s.onlyStory())[0]
	s.want(s.post("/article/"+id+"/forget", nil), http.StatusSeeOther)
	s.want(s.get("/article/"+id), http.StatusNotFound)
	s.want(s.get("/"), http.StatusOK, "5 accounts")
}

// TestAdd reads addresses, a text and files; what cannot be read is told.
func TestAdd(t *testing.T) {
	s := serve(t, web.Options{})
	s.want(s.get("/"), http.StatusOK, "Read the news side by side", "Load the example")
	s.want(s.upload("/add", nil, "file", nil), http.StatusBadRequest, "nothing in it")
	s.want(s.post("/add", url.Values{"addresses": {"not an address"}}), http.StatusBadRequest, "“not”")
	s.want(s.post("/add", url.Values{"addresses": {"javascript:alert(1)"}}), http.StatusBadRequest)
	s.want(s.upload("/add", nil, "file", map[string]string{"x.bin": "\x00\x01\x02"}), http.StatusUnprocessableEntity, "Could not be read", "x.bin")
	frost := url.Values{"text": {"Frost in the orchards\n\nA late frost has taken half of the apple crop in the orchards of Vellin, growers said on Monday."}}
	r := s.post("/add", frost)
	s.want(r, http.StatusSeeOther)
	if to := r.Header.Get("Location"); !strings.HasPrefix(to, "/story/") {
		t.Errorf("goes to %s", to)
	}
	s.want(s.get(r.Header.Get("Location")), http.StatusOK, "Frost in the orchards", "1 account")
	s.want(s.get("/"), http.StatusOK, "Frost in the orchards")
	again := s.post("/add", frost)
	s.want(again, http.StatusSeeOther)
	if to := again.Header.Get("Location"); to != r.Header.Get("Location") {
		t.Errorf("what is kept already leads to %q, not to its story", to)
	}
}

// TestCompare compares without keeping: each story among the files has an
// address for a while.
func TestCompare(t *testing.T) {
	s := serve(t, web.Options{})
	files := map[string]string{}
	for i := range 2 {
		files[fmt.Sprintf("b%d.txt", i)] = fmt.Sprintf("Bridge at Lunden shut (%d)\n\nThe old bridge at Lunden was shut on Tuesday after cracks were found in %d of its piers.", i, i+2)
		files[fmt.Sprintf("g%d.txt", i)] = fmt.Sprintf("Glacier loses mass (%d)\n\nThe glacier above Sorn lost %d metres of ice last year, researchers said.", i, i+4)
	}
	r := s.upload("/compare", nil, "file", files)
	s.want(r, http.StatusSeeOther)
	at := r.Header.Get("Location")
	s.want(s.get(at), http.StatusOK, "Bridge at Lunden", "Other stories among them")
	s.want(s.get(at+"/2"), http.StatusOK, "Glacier loses mass")
	s.want(s.get(at+"/2.html"), http.StatusOK, "<style>")
	s.want(s.get(at+"/3"), http.StatusNotFound)
	s.want(s.get(at+"/x"), http.StatusNotFound)
	s.want(s.upload("/compare", nil, "file", map[string]string{"one.txt": "Bridge shut\n\nThe bridge is shut."}), http.StatusUnprocessableEntity, "At least two")
	if s.totals().Articles > 0 {
		t.Error("something was kept")
	}
}

// TestSources follows, takes over a list, and lets go.
func TestSources(t *testing.T) {
	s := serve(t, web.Options{})
	outlet := webtest.Outlet(t)
	s.want(s.post("/sources", url.Values{"address": {outlet + "/feed.xml"}}), http.StatusSeeOther)
	s.want(s.get("/sources"), http.StatusOK, outlet+"/feed.xml", "Ansel Courier", "Not asked yet")
	bare := strings.TrimPrefix(outlet, "http://") + "/feed.xml"
	s.want(s.post("/sources", url.Values{"address": {bare}}), http.StatusUnprocessableEntity, "https://"+bare)
	s.want(s.get("/"), http.StatusOK, "1 source will be asked")
	s.want(s.post("/sources", url.Values{"address": {" "}}), http.StatusBadRequest, "<bdi>the address</bdi>: <bdi>it is empty</bdi>")
	for _, bad := range []string{"nonsense", "ftp://x.example/", "javascript:alert(1)"} {
		s.want(s.post("/sources", url.Values{"address": {bad}}), http.StatusBadRequest, "not an address")
	}
	s.want(s.post("/sources", url.Values{"address": {outlet + "/refused"}}), http.StatusUnprocessableEntity, "robots.txt")
	s.want(s.upload("/sources/list", nil, "list", map[string]string{"x.opml": `<opml version="2.0"><body><outline xmlUrl="` + outlet + `/more/feed.xml"/><outline xmlUrl="file:///etc/passwd"/></body></opml>`}), http.StatusOK, "1 source added", "list:1")
	s.want(s.upload("/sources/list", nil, "list", map[string]string{"x.opml": "nonsense"}), http.StatusUnprocessableEntity, "the list")
	s.want(s.post("/sources/list", nil), http.StatusBadRequest)
	s.want(s.post("/sources/"+store.SourceID(outlet+"/more/feed.xml")+"/drop", nil), http.StatusSeeOther)
	if r := s.get("/sources"); strings.Contains(r.body, "/more/feed.xml") {
		t.Error("still followed")
	}
}

// TestVersions shows what changed from one version of an article to the next.
func TestVersions(t *testing.T) {
	s := example(t)
	ferry, _ := two(t, s)
	const name = "aldmoor-register.json"
	record, err := examples.FerryTalks.ReadFile("ferry-talks/" + name)
	if err != nil {
		t.Fatal(err)
	}
	record = bytes.Replace(record, []byte("412 people"), []byte("nobody at all"), 1)
	added, err := s.Add(t.Context(), []newsroom.Upload{{Name: name, Body: record}})
	if err != nil || len(added.Articles) != 1 || !added.Articles[0].Changed {
		t.Fatal(added, err)
	}
	id := added.Articles[0].ID
	s.settle()
	s.want(s.get("/article/"+id), http.StatusOK, "nobody at all", "Version 1", "what changed")
	s.want(s.get("/article/"+id+"?version=1"), http.StatusOK, "412 people")
	s.want(s.get("/story/"+ferry), http.StatusOK, "Changed after it was published", "/article/"+id+"?version=2&amp;since=1")
	s.want(s.get("/article/"+id+"?version=2&since=1"), http.StatusOK, "<del>412 people</del>", "<ins>nobody at all</ins>")
}

// TestStream hears of a change of a story, and of none that is not.
func TestStream(t *testing.T) {
	s := example(t)
	ferry, bridge := two(t, s)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/live?story="+ferry+"&after="+s.revision(ferry), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("a stream of %s", kind)
	}
	lines := bufio.NewScanner(resp.Body)
	s.Happen(t, store.Event{Kind: store.StoryGrown, Story: bridge})
	s.settle()
	s.Happen(t, store.Event{Kind: store.StoryGrown, Story: ferry})
	want := "id: " + s.revision(ferry)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			if "id: "+id != want {
				t.Errorf("told of %s, not of %s", id, want)
			}
			return
		}
	}
	t.Errorf("told of nothing: %v", lines.Err())
}
