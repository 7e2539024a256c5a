package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
)

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
	s.mu.Lock()
	defer s.mu.Unlock()
	return strconv.FormatInt(s.stories[story].Revision, 10)
}

// TestMerge makes one story of two; the address of the one that is gone leads
// to the other until the merging is undone.
func TestMerge(t *testing.T) {
	s := example(t)
	ferry, bridge := two(t, s)
	s.want(s.get("/story/"+ferry+"/correct?find=bridge"), http.StatusOK, "Bridge at Lunden shut")
	s.want(s.get("/story/"+ferry+"/correct?find=(("), http.StatusOK, `role="alert"`)
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
	s.want(s.post("/corrections/1/undo", nil), http.StatusNotFound)
}

// TestSplit makes a story of two accounts of another.
func TestSplit(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	r := s.post("/story/"+story+"/split", url.Values{"seen": {s.revision(story)}, "article": s.sequence[:2]})
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
		"/split?": {"article": {s.sequence[0]}}, "/merge?": {"seen": {seen}, "other": {story}}, "/remove?": {"seen": {"9999999999999999999"}, "article": {"a"}},
	} {
		s.want(s.post("/story/"+story+path, form), http.StatusBadRequest, "<h1>")
	}
	for path, form := range map[string]url.Values{
		"/merge": {"seen": {seen}, "other": {"none"}}, "/split": {"seen": {seen}, "article": {"none"}},
	} {
		s.want(s.post("/story/"+story+path, form), http.StatusNotFound)
	}
	s.want(s.post("/story/none/merge", url.Values{"seen": {"1"}, "other": {"x"}}), http.StatusNotFound)
}

// TestTwoCorrect lets the first of two who correct one story through, and tells
// the second what to do.
func TestTwoCorrect(t *testing.T) {
	s := example(t)
	story := s.onlyStory()
	seen := s.revision(story)
	var wait sync.WaitGroup
	replies := make([]reply, 2)
	for i := range replies {
		wait.Go(func() {
			replies[i] = s.post("/story/"+story+"/remove", url.Values{"seen": {seen}, "article": {s.sequence[i]}})
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
	id := s.sequence[0]
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
	r := s.post("/add", url.Values{"text": {"Frost in the orchards\n\nA late frost has taken half of the apple crop in the orchards of Vellin, growers said on Monday."}})
	s.want(r, http.StatusSeeOther)
	if to := r.Header.Get("Location"); !strings.HasPrefix(to, "/story/") {
		t.Errorf("goes to %s", to)
	}
	s.want(s.get(r.Header.Get("Location")), http.StatusOK, "Frost in the orchards", "1 account")
	s.want(s.get("/"), http.StatusOK, "Frost in the orchards")
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
	if len(s.articles) > 0 {
		t.Error("something was kept")
	}
}

// TestSources follows, takes over a list, and lets go.
func TestSources(t *testing.T) {
	s := serve(t, web.Options{})
	s.want(s.post("/sources", url.Values{"address": {"courier.example/feed.xml"}}), http.StatusSeeOther)
	s.want(s.get("/sources"), http.StatusOK, "https://courier.example/feed.xml", "Not asked yet")
	s.want(s.get("/"), http.StatusOK, "1 source will be asked")
	for _, bad := range []string{"", "nonsense", "ftp://x.example/", "javascript:alert(1)"} {
		s.want(s.post("/sources", url.Values{"address": {bad}}), http.StatusBadRequest, "not an address")
	}
	s.want(s.post("/sources", url.Values{"address": {"https://refused.example/"}}), http.StatusUnprocessableEntity, "robots.txt")
	s.want(s.upload("/sources/list", nil, "list", map[string]string{"x.opml": `<opml><outline xmlUrl="https://a.example/f"/><outline xmlUrl="https://refused.example/f"/></opml>`}), http.StatusOK, "1 source added", "robots.txt")
	s.want(s.upload("/sources/list", nil, "list", map[string]string{"x.opml": "nonsense"}), http.StatusUnprocessableEntity, "not OPML")
	s.want(s.post("/sources/list", nil), http.StatusBadRequest)
	s.want(s.post("/sources/"+store.SourceID("https://a.example/f")+"/drop", nil), http.StatusSeeOther)
	if r := s.get("/sources"); strings.Contains(r.body, "a.example") {
		t.Error("still followed")
	}
}

// TestVersions shows what changed from one version of an article to the next.
func TestVersions(t *testing.T) {
	s := example(t)
	ferry, _ := two(t, s)
	id := s.sequence[0]
	s.mu.Lock()
	old := s.articles[id][0]
	newer := *old.Article
	newer.Text = strings.Replace(newer.Text, "412 people", "nobody at all", 1)
	newer.Paragraphs = nil
	at := 0
	for line := range strings.SplitSeq(newer.Text, "\n") {
		p := old.Paragraphs[len(newer.Paragraphs)]
		p.Start, p.End = at, at+len(line)
		newer.Paragraphs = append(newer.Paragraphs, p)
		at = p.End + 1
	}
	_, _, err := s.keep(t.Context(), &newer)
	s.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
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
	s.mu.Lock()
	s.change(bridge, store.StoryGrown, "")
	s.mu.Unlock()
	s.settle()
	s.mu.Lock()
	s.change(ferry, store.StoryGrown, "")
	want := "id: " + strconv.FormatInt(s.stories[ferry].Revision, 10)
	s.mu.Unlock()
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
