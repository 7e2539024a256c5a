package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"synoptic/internal/analysis/figure"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web"
	"synoptic/internal/web/api"
	"synoptic/internal/web/mcp"
	"synoptic/internal/web/webtest"
)

// Whatever pages read through serves the tools.
var _ mcp.Engine = web.Engine(nil)

// Compare takes articles that are kept, and reads addresses only where the server
// is for who may change things.
func TestCompare(t *testing.T) {
	e := webtest.Filled(t)
	asked := make(chan string, 100)
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		http.NotFound(w, r)
	}))
	t.Cleanup(outlet.Close)
	for transport, reads := range map[string]bool{"streams": true, "http": false} {
		s := connect(t, transport, e)
		articles, _ := call[list[api.Hit]](t, s, "search_articles", map[string]any{"query": "lighthouse"})
		var ids []string
		for _, h := range articles.Items {
			ids = append(ids, h.Article.ID)
		}
		compared, _ := call[struct{ Stories []mcp.Side }](t, s, "compare", map[string]any{"articles": ids})
		if len(compared.Stories) != 1 || len(compared.Stories[0].Accounts) != 2 {
			t.Errorf("%s: %+v", transport, compared)
		}
		got, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "compare", Arguments: map[string]any{"addresses": []string{outlet.URL + "/a"}, "articles": ids}})
		if err != nil {
			t.Fatal(err)
		}
		if refused := got.IsError && strings.Contains(got.Content[0].(*sdk.TextContent).Text, "only for who may change things"); refused == reads || (len(asked) > 0) != reads {
			t.Errorf("%s: refused %t, asked %d: %+v", transport, refused, len(asked), got)
		}
		for len(asked) > 0 {
			<-asked
		}
		tools, err := s.ListTools(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range tools.Tools {
			if world := x.Name == "compare" && reads; *x.Annotations.OpenWorldHint != world {
				t.Errorf("%s: %s reads from the web: %t", transport, x.Name, !world)
			}
		}
	}
}

// A key in an article's address is told only where the server is for who may
// change things.
func TestKeys(t *testing.T) {
	e := webtest.Filled(t)
	e.Put(t, func(ctx context.Context, w store.Writer) error {
		list, _, err := w.Articles(ctx, store.ArticleFilter{Story: e.Other}, store.Page{Limit: 1})
		if err != nil {
			return err
		}
		k := list[0]
		a := *k.Article
		a.Address = "https://tarrow.example/news/1?token=sesame"
		k.Article, k.ID = &a, store.ArticleID(&a)
		if _, err = w.PutArticle(ctx, k, nil); err != nil {
			return err
		}
		return w.Join(ctx, store.Membership{Article: k.ID, Story: e.Other})
	})
	for transport, told := range map[string]bool{"streams": true, "http": false} {
		s := connect(t, transport, e)
		stories, _ := call[mcp.Side](t, s, "read_story", map[string]any{"story": e.Other})
		c, whole := call[map[string]any](t, s, "read_collation", map[string]any{"story": e.Other})
		if b, err := json.Marshal([]any{stories, c}); err != nil || strings.Contains(string(b)+whole, "sesame") != told {
			t.Errorf("%s: a story tells the key: %t, %v", transport, !told, err)
		}
		hits, text := call[list[api.Hit]](t, s, "search_articles", map[string]any{"query": "lighthouse"})
		if b, err := json.Marshal(hits); err != nil || strings.Contains(string(b)+text, "sesame") != told || !strings.Contains(string(b), "tarrow.example/news/1?token=") {
			t.Errorf("%s: a search tells the key: %t, %v", transport, !told, err)
		}
	}
}

// connect is a client of the SDK on either transport: over streams one that may
// have addresses read, over HTTP one that may not.
func connect(t *testing.T, transport string, e mcp.Engine) *sdk.ClientSession {
	t.Helper()
	server := mcp.NewServer(e, mcp.Options{Version: "0.0.0-test", Units: figure.Bases, Editor: transport == "streams"})
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "0"}, nil)
	var to sdk.Transport
	if transport == "streams" {
		in, toServer := io.Pipe()
		fromServer, out := io.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- mcp.Serve(t.Context(), server, in, out) }()
		to = &sdk.IOTransport{Reader: fromServer, Writer: toServer}
		t.Cleanup(func() {
			select {
			case err := <-ended:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(10 * time.Second):
				t.Error("the server does not end with its client")
			}
		})
	} else {
		h := httptest.NewServer(mcp.Handler(func(*http.Request) *sdk.Server { return server }))
		t.Cleanup(h.Close)
		to = &sdk.StreamableClientTransport{Endpoint: h.URL}
	}
	session, err := client.Connect(t.Context(), to, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// call calls a tool and decodes what it gives.
func call[T any](t *testing.T, s *sdk.ClientSession, tool string, arguments map[string]any) (T, string) {
	t.Helper()
	var out T
	got, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	text := got.Content[0].(*sdk.TextContent).Text
	if got.IsError {
		t.Fatalf("%s: %s", tool, text)
	}
	b, err := json.Marshal(got.StructuredContent)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return out, text
}

type list[T any] struct {
	Items []T
	Next  string
}

func TestTransports(t *testing.T) {
	for _, transport := range []string{"streams", "http"} {
		t.Run(transport, func(t *testing.T) {
			s := connect(t, transport, webtest.Filled(t))
			tools, err := s.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, x := range tools.Tools {
				names = append(names, x.Name)
				if !x.Annotations.ReadOnlyHint || x.OutputSchema == nil {
					t.Errorf("%s: %+v", x.Name, x.Annotations)
				}
			}
			slices.Sort(names)
			if got := strings.Join(names, " "); got != "compare list_stories read_article read_collation read_story search_articles search_figures search_quotations" {
				t.Error(got)
			}

			var documents []map[string]any
			for _, u := range webtest.Accounts {
				documents = append(documents, map[string]any{"name": u.Name, "text": string(u.Body)})
			}
			documents = append(documents, map[string]any{"name": "cheese.txt", "text": "Cheese fair opens in Marsk\n\nThe cheese fair in Marsk opens with ninety stalls, its master Ada Quill said."})
			compared, text := call[struct{ Stories []mcp.Side }](t, s, "compare", map[string]any{"documents": documents})
			if len(compared.Stories) != 1 || len(compared.Stories[0].Accounts) != 2 || len(compared.Stories[0].Points) == 0 {
				t.Errorf("%+v", compared)
			}
			if !strings.Contains(text, "240,000 euros") || !strings.Contains(text, "310,000 euros") {
				t.Errorf("the figures are missing:\n%s", text)
			}

			if !strings.Contains(text, "\nNot compared: cheese.txt: tells another event than the rest\n") {
				t.Errorf("what came of the third text is missing:\n%s", text)
			}

			found, text := call[list[api.Quotation]](t, s, "search_quotations", map[string]any{"words": "lamp"})
			if len(found.Items) == 0 || !strings.Contains(text, "Zoë Brandt") || !strings.Contains(text, found.Items[0].Cite.Article) {
				t.Errorf("%+v\n%s", found, text)
			}
		})
	}
}

// Every line that gives words ends with where they stand, and they stand there;
// a point has the words of one account and the places of all.
func TestCites(t *testing.T) {
	e := webtest.Filled(t)
	s := connect(t, "http", e)
	texts := map[string][]rune{}
	article := func(id string) []rune {
		if texts[id] == nil {
			a, _ := call[api.Article](t, s, "read_article", map[string]any{"article": id})
			texts[id] = []rune(a.Text)
		}
		return texts[id]
	}
	cite := regexp.MustCompile(`article (\w+), (\d+)–(\d+)`)
	check := func(what, text string) {
		t.Helper()
		n := 0
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "- ") {
				continue
			}
			for _, m := range cite.FindAllStringSubmatch(line, -1) {
				start, _ := strconv.Atoi(m[2])
				end, _ := strconv.Atoi(m[3])
				if body := article(m[1]); start >= end || end > len(body) {
					t.Errorf("%s: %s lies outside of its article", what, m[0])
				} else if words := strings.Join(strings.Fields(string(body[start:end])), " "); !strings.HasPrefix(line, "- p") && !strings.Contains(line, words) {
					t.Errorf("%s: %s is %q, which is not in %s", what, m[0], words, line)
				}
				n++
			}
		}
		if n == 0 {
			t.Errorf("%s: no cites in\n%s", what, text)
		}
	}
	for _, story := range []string{e.Example, e.Other} {
		side, text := call[mcp.Side](t, s, "read_story", map[string]any{"story": story, "most": 200})
		check("read_story", text)
		for _, p := range side.Points {
			for _, c := range p.Cites {
				if got := string(article(c.Article)[c.Start:c.End]); got != c.Text {
					t.Errorf("%s is %q, not %q", p.ID, got, c.Text)
				}
			}
		}
	}
	_, text := call[list[api.Figure]](t, s, "search_figures", map[string]any{"unit": "euros"})
	check("search_figures", text)
	_, text = call[list[api.Quotation]](t, s, "search_quotations", map[string]any{"limit": 100})
	check("search_quotations", text)
	_, text = call[list[api.Quotation]](t, s, "search_quotations", map[string]any{"speaker": "brandt"})
	check("search_quotations of a family name", text)
}

func TestReading(t *testing.T) {
	e := webtest.Filled(t)
	s := connect(t, "streams", e)
	stories, text := call[list[api.Story]](t, s, "list_stories", map[string]any{"limit": 1})
	if len(stories.Items) != 1 || stories.Items[0].ID != e.Example || !strings.Contains(text, "[story "+e.Example+"]: 6 articles, 5 origins, ") {
		t.Errorf("%+v\n%s", stories, text)
	}
	stories, _ = call[list[api.Story]](t, s, "list_stories", map[string]any{"limit": 1, "cursor": stories.Next})
	if len(stories.Items) != 1 || stories.Items[0].ID != e.Other || stories.Next != "" {
		t.Errorf("%+v", stories)
	}
	stories, _ = call[list[api.Story]](t, s, "list_stories", map[string]any{"query": "lighthouse"})
	if len(stories.Items) != 1 {
		t.Errorf("%+v", stories)
	}
	c, _ := call[map[string]any](t, s, "read_collation", map[string]any{"story": e.Other, "parts": []string{"figures"}})
	if c["format"] != "synoptic/1" || c["figures"] == nil || c["points"] != nil {
		t.Errorf("%v", c)
	}
	side, text := call[mcp.Side](t, s, "read_story", map[string]any{"story": e.Example, "most": 1})
	if len(side.Points) != 1 || side.More["points"] == 0 || !strings.Contains(text, fmt.Sprintf("## Points (%d more)", side.More["points"])) {
		t.Errorf("%v\n%s", side.More, text)
	}
	hits, _ := call[list[api.Hit]](t, s, "search_articles", map[string]any{"query": "ferry"})
	if len(hits.Items) < 4 {
		t.Errorf("%d hits", len(hits.Items))
	}
}

// mistaken is an engine with a mistake of ours in it.
type mistaken struct{ mcp.Engine }

func (mistaken) Collate(context.Context, string) (*newsroom.Laid, error) {
	panic("beyond /secret/path")
}

// A mistake of ours fails the call that meets it, and nothing else.
func TestMistake(t *testing.T) {
	e := webtest.Filled(t)
	s := connect(t, "http", mistaken{e})
	got, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "read_story", Arguments: map[string]any{"story": e.Example}})
	if err != nil || !got.IsError || strings.Contains(got.Content[0].(*sdk.TextContent).Text, "secret") {
		t.Errorf("%+v %v", got, err)
	}
	if stories, _ := call[list[api.Story]](t, s, "list_stories", nil); len(stories.Items) != 2 {
		t.Errorf("%d stories after it", len(stories.Items))
	}
}

func TestRefusals(t *testing.T) {
	e := webtest.Filled(t)
	s := connect(t, "streams", e)
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"read_story", map[string]any{"story": "none"}, "not found"},
		{"read_story", map[string]any{"story": e.Example, "most": 5000}, "between 1 and 200"},
		{"read_collation", map[string]any{"story": e.Example, "parts": []string{"weather"}}, "weather"},
		{"read_article", map[string]any{"article": "none"}, "not found"},
		{"list_stories", map[string]any{"limit": -1}, "between 1 and 100"},
		{"list_stories", map[string]any{"cursor": "made-up"}, "cursor"},
		{"list_stories", map[string]any{"query": "\"open"}, "query, byte"},
		{"search_articles", map[string]any{"query": "((("}, "query, byte"},
		{"search_articles", map[string]any{"query": " "}, "words to search for are needed"},
		{"compare", map[string]any{}, "between 1 and 64"},
		{"compare", map[string]any{"addresses": []string{"file:///etc/passwd"}}, "https://"},
		{"compare", map[string]any{"documents": []map[string]any{{"text": " "}}}, "no text"},
	} {
		got, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: c.tool, Arguments: c.arguments})
		if err != nil || !got.IsError || !strings.Contains(got.Content[0].(*sdk.TextContent).Text, c.want) ||
			strings.Contains(got.Content[0].(*sdk.TextContent).Text, "news.db") {
			t.Errorf("%s %v: %+v %v", c.tool, c.arguments, got, err)
		}
	}
	for _, arguments := range []any{map[string]any{"story": 7}, map[string]any{"tale": "x"}, []string{"x"}} {
		got, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "read_story", Arguments: arguments})
		if err == nil && !got.IsError {
			t.Errorf("%v was taken", arguments)
		}
	}
	e.Break(errors.New("disk I/O error at /secret/path"))
	got, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "list_stories", Arguments: map[string]any{}})
	if err != nil || !got.IsError || strings.Contains(got.Content[0].(*sdk.TextContent).Text, "secret") {
		t.Errorf("%+v %v", got, err)
	}
}
