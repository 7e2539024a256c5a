package gather

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		robots string
		allow  string // paths, with spaces between
		deny   string
	}{
		{"empty", "", "/ /a", ""},
		{"nobody", "User-agent: *\nDisallow: /\n", "/robots.txt", "/ /a /a?b"},
		{"an empty rule forbids nothing", "User-agent: *\nDisallow:\n", "/ /a", ""},
		{"a prefix", "User-agent: *\nDisallow: /pri\n", "/ /p /Private", "/pri /private /pri/vate?x"},
		{"our group and not the others'", "User-agent: *\nDisallow: /\n\nUser-agent: synoptic\nDisallow: /own\n", "/ /a", "/own"},
		{"our group though it is empty", "User-agent: *\nDisallow: /\n\nUser-agent: Synoptic\nDisallow:\n", "/ /a", ""},
		{"a version behind the name", "User-agent: Synoptic/2.0 (x)\nDisallow: /a", "/b", "/a"},
		{"a longer name is another's", "User-agent: SynopticBot\nDisallow: /\n\nUser-agent: Syn\nDisallow: /", "/a", ""},
		{"one group for several", "User-agent: other\nUser-agent: SYNOPTIC\nDisallow: /a\n", "/b", "/a"},
		{"groups of one name are one", "User-agent: synoptic\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: synoptic\nDisallow: /b", "/c", "/a /b"},
		{"a blank line ends no group", "User-agent: synoptic\n\n\nDisallow: /a\n\nDisallow: /b", "/c", "/a /b"},
		{"other lines part no names", "User-agent: synoptic\nSitemap: https://x.example/s\nUser-agent: x\nDisallow: /a", "/", "/a"},
		{"rules before any name", "Disallow: /\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"a star with words behind", "User-agent: * # all\nDisallow: /a", "/b", "/a"},
		{"a star and more is no star", "User-agent: *x\nDisallow: /", "/b", ""},
		{"the longest rule decides", "User-agent: *\nAllow: /a/b\nDisallow: /a\nDisallow: /a/b/c\n", "/a/b /a/bc", "/a /a/c /a/b/c"},
		{"of equal ones that which allows", "User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", ""},
		{"a star counts in the length", "User-agent: *\nDisallow: /a*\nAllow: /a\n", "", "/a /ab"},
		{"a star", "User-agent: *\nDisallow: /*/draft\nDisallow: *.pdf\n", "/draft /a/draf /pdf", "/a/draft /a/b/drafts /x.pdf /x.pdf?y"},
		{"an end", "User-agent: *\nDisallow: /*.php$\nDisallow: /end$\n", "/a.php5 /a.php?x /end/ /ends", "/a.php /x/a.php /a.php.php /end"},
		{"a dollar inside is one", "User-agent: *\nDisallow: /a$b\n", "/a", "/a$b /a$bc"},
		{"a star, escaped, is one", "User-agent: *\nDisallow: /a%2Ab\n", "/axb", "/a*b /a%2ab"},
		{"a dollar, escaped, is one", "User-agent: *\nDisallow: /a%24\n", "/a", "/a$ /a$b /a%24"},
		{"many stars", "User-agent: *\nDisallow: /**a**b$\n", "/ab/ /b/a", "/ab /xaxb /a/b/b"},
		{"the last part does not overlap", "User-agent: *\nDisallow: /ab*ba$\n", "/aba", "/abba /abxba"},
		{"escapes", "User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /%62%61r\n", "/cafe", "/café /caf%c3%a9/x /bar /b%61r"},
		{"escapes the other way", "User-agent: *\nDisallow: /café\n", "/caf%C3", "/caf%C3%A9"},
		{"reserved ones in a query", "User-agent: *\nDisallow: /go?to=https://x.example\n", "/go?to=http", "/go?to=https%3A%2F%2Fx.example/y"},
		{"a lone percent sign", "User-agent: *\nDisallow: /100%\n", "/100", "/100% /100%25"},
		{"a path that is none", "User-agent: *\nDisallow: a\n", "/a", ""},
		{"capitals count in paths, not in keys", "USER-AGENT: *\nDISALLOW: /A\n", "/a", "/A"},
		{"spaces and comments", " user-agent : * # all\n disallow :  /a  # not this\n#disallow: /b", "/b", "/a"},
		{"returns, mark and no newline", "\xEF\xBB\xBFUser-agent: *\rDisallow: /a\r\nDisallow: /b", "/c", "/a /b"},
		{"a page in its place", "<!DOCTYPE html><html><head><style>a:hover{}</style></head><body>Not: found</body></html>", "/ /a", ""},
		{"no text at all", "\x00\xff\xfe:\x80:\n:\n::", "/a", ""},
	}
	for _, test := range tests {
		r := parseRobots([]byte(test.robots), product)
		for _, path := range strings.Fields(test.allow) {
			if ok, line := r.allowed(path); !ok {
				t.Errorf("%s: %s is refused by %q", test.name, path, line)
			}
		}
		for _, path := range strings.Fields(test.deny) {
			if ok, line := r.allowed(path); ok {
				t.Errorf("%s: %s is allowed by %q", test.name, path, line)
			}
		}
	}
}

func TestRobotsTellTheLine(t *testing.T) {
	t.Parallel()
	r := parseRobots([]byte("User-agent: *\n  Disallow: /a/*/b$  # drafts\n"), product)
	if ok, line := r.allowed("/a/x/b"); ok || line != "Disallow: /a/*/b$" {
		t.Errorf("got %v by %q", ok, line)
	}
}

func TestRobotsCountUpToTheirLimit(t *testing.T) {
	t.Parallel()
	head := "User-agent: *\nDisallow: /first\n"
	cut := "Disallow: /second/one\n"
	filler := strings.Repeat("#", mostRobots-len(head)-len(cut)/2-1) + "\n"
	r := parseRobots([]byte(head+filler+cut+"Disallow: /third\n"), product)
	for path, want := range map[string]bool{"/first": false, "/second/one": true, "/sec": true, "/third": true} {
		if ok, line := r.allowed(path); ok != want {
			t.Errorf("%s: allowed is %v, by %q", path, ok, line)
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{
		"2": 2 * time.Second, "0.5": time.Second / 2, "3600": mostDelay, "Inf": mostDelay,
		"": 0, "-1": 0, "NaN": 0, "soon": 0,
	} {
		robots := fmt.Sprintf("User-agent: *\nCrawl-delay: %s\nDisallow: /a\n\nUser-agent: x\nCrawl-delay: 9", value)
		if got := parseRobots([]byte(robots), product).delay; got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}

func FuzzRobots(f *testing.F) {
	for _, robots := range []string{
		"User-agent: *\nDisallow: /\n", "User-agent: synoptic\nAllow: /a*b$\nDisallow: /%2\nCrawl-delay: 1e9", "a:\r:\n",
	} {
		f.Add([]byte(robots), "/axb?c=%41%2f")
	}
	f.Fuzz(func(t *testing.T, robots []byte, path string) {
		r := parseRobots(robots, product)
		ok, line := r.allowed(path)
		if !ok && line == "" {
			t.Error("refused, and no line says so")
		}
		if r.delay < 0 || r.delay > mostDelay {
			t.Errorf("a delay of %v", r.delay)
		}
		normal := normalPath(path)
		if again := normalPath(normal); again != normal {
			t.Errorf("normal form of %q is %q, and of that %q", path, normal, again)
		}
		// How an address is escaped makes no difference.
		if u, err := url.Parse("https://x.example" + path); err == nil && strings.HasPrefix(path, "/") && u.RawQuery == "" && u.Fragment == "" && !u.ForceQuery {
			if same, _ := r.allowed(u.EscapedPath()); same != ok && !strings.Contains(path, "#") {
				t.Errorf("%q: %v, escaped %q: %v", path, ok, u.EscapedPath(), same)
			}
		}
	})
}

func BenchmarkRobots(b *testing.B) {
	var robots strings.Builder
	robots.WriteString("User-agent: *\n")
	for i := range 300 {
		fmt.Fprintf(&robots, "Disallow: /section-%d/*/print$\n", i)
	}
	r := parseRobots([]byte(robots.String()), product)
	b.ReportAllocs()
	for b.Loop() {
		if ok, _ := r.allowed("/section-299/2025/ferry-talks-go-on/print"); ok {
			b.Fatal("it is allowed")
		}
	}
}
