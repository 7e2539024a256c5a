package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"synoptic/collation"
	"synoptic/internal/store"
	"synoptic/internal/web/jsonld"
)

// frame is what stands around every page.
type frame struct {
	title   string
	here    string // the address of the entry of the menu that is open, "" for none
	query   string // what stands in the search box
	feed    string // the address of the page's feed without its ending, "" for none
	live    string // where the page hears of changes, "" where it does not
	report  bool   // the page holds a collation, and has its script
	things  string // what the page is about, as schema.org has it, in JSON; "" for nothing
	bare    bool   // no menu: nobody has signed in
	may     need
	session bool
	engine  string // the program's version
}

// frame is a frame for whoever asks r.
func (s *Server) frame(r *http.Request, title string) frame {
	v := visitorOf(r.Context())
	return frame{title: title, may: v.may, session: v.session, bare: s.door.last().guards() && v.may == open, engine: s.Version}
}

// describe gives the page what it is about. Addresses in it are relative where
// the server does not know its own, since pages are held for all who ask.
func (s *Server) describe(f *frame, about func(public string) jsonld.Thing) error {
	b, err := about(strings.TrimSuffix(s.Public, "/")).Script()
	f.things = string(b)
	return err
}

// rights is the part of a key under which pages are held that differ by who
// may do what.
func (f frame) rights() string {
	return strconv.Itoa(int(f.may)) + strconv.FormatBool(f.session)
}

// menu is what leads to the pages, in order.
var menu = []struct{ address, label string }{
	{"/", "Today"},
	{"/search", "Search"},
	{"/name", "People"},
	{"/outlet", "Outlets"},
	{"/sources", "Sources"},
	{"/compare", "Compare"},
	{"/state", "State"},
}

// wantsPage reports whether a person in front of a browser asks.
func wantsPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// loginAddress is where to sign in and come back to what r asks for.
func loginAddress(r *http.Request) string {
	return "/login?to=" + url.QueryEscape(r.URL.RequestURI())
}

// backTo is the page to go on from after p: that of the story where a
// correction of it met another.
func backTo(r *http.Request, p problem) string {
	if id := r.PathValue("id"); p.status == http.StatusConflict && strings.HasPrefix(r.URL.Path, "/story/") {
		return storyAddress(id)
	}
	return "/"
}

func storyAddress(id string) string   { return "/story/" + url.PathEscape(id) }
func articleAddress(id string) string { return "/article/" + url.PathEscape(id) }
func changeAddress(k store.Kept) string {
	return articleAddress(k.ID) + "?version=" + strconv.Itoa(k.Version) + "&since=" + strconv.Itoa(k.Version-1)
}
func personAddress(name string) string  { return "/name?of=" + url.QueryEscape(name) }
func outletAddress(name string) string  { return "/outlet?of=" + url.QueryEscape(name) }
func searchAddress(query string) string { return "/search?q=" + url.QueryEscape(query) }

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

// counted is "1 account", "2 accounts", "2 stories".
func counted(n int, noun string) string {
	if n != 1 {
		if stem, ok := strings.CutSuffix(noun, "y"); ok {
			noun = stem + "ie"
		}
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// grouped is n with commas.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// seeOther sends whoever has changed something to a page that shows it.
func (s *Server) seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	if err := s.journal.catchUp(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// feedAddress is where the page's feed is in one of its forms.
func (f frame) feedAddress(ending string) string {
	if f.query != "" {
		return f.feed + ending + "?q=" + url.QueryEscape(f.query)
	}
	return f.feed + ending
}

// placed is a problem in words.
type placed struct{ place, reason string }

func placedOf(problems []collation.Problem) []placed {
	list := make([]placed, len(problems))
	for i, p := range problems {
		list[i] = placed{p.Place, p.Err.Error()}
	}
	return list
}

func escaped(s string) string { return url.QueryEscape(s) }
