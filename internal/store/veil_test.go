package store

import "testing"

// Addresses are told without what lets somebody in, and else as they are: those
// of sources without all that may be a key, those of articles, which lead to what
// was published, without what can be nothing else.
func TestVeil(t *testing.T) {
	for _, x := range []struct{ address, source, article string }{
		{"https://tarrow.example/feed", "", ""},
		{"https://ann:sesame@tarrow.example/feed", "https://tarrow.example/feed", "https://tarrow.example/feed"},
		{"https://ann:se@same@tarrow.example:8443/feed", "https://tarrow.example:8443/feed", "https://tarrow.example:8443/feed"},
		{"https://sesame@tarrow.example?x=1", "https://tarrow.example?x=1", "https://tarrow.example?x=1"},
		{"https://tarrow.example/@ann/feed?to=a@b", "", ""},
		{"https://tarrow.example/feed?token=sesame&format=rss", "https://tarrow.example/feed?token=***&format=rss", "https://tarrow.example/feed?token=***&format=rss"},
		{"https://tarrow.example/feed?api_key=a&apiKey=b&API-KEY=c&apikey=d", "https://tarrow.example/feed?api_key=***&apiKey=***&API-KEY=***&apikey=***", "https://tarrow.example/feed?api_key=***&apiKey=***&API-KEY=***&apikey=***"},
		{"https://tarrow.example/feed?api%5Fkey=a", "https://tarrow.example/feed?api%5Fkey=***", "https://tarrow.example/feed?api%5Fkey=***"},
		{"https://tarrow.example/feed?lang=en;access_token=a", "https://tarrow.example/feed?lang=en;access_token=***", "https://tarrow.example/feed?lang=en;access_token=***"},
		{"https://tarrow.example/feed#access_token=a&state=b", "https://tarrow.example/feed#access_token=***&state=b", "https://tarrow.example/feed#access_token=***&state=b"},
		{"https://tarrow.example/f?X-Amz-Signature=a&X-Amz-Date=b", "https://tarrow.example/f?X-Amz-Signature=***&X-Amz-Date=b", "https://tarrow.example/f?X-Amz-Signature=***&X-Amz-Date=b"},
		// A key, or the name of an article, a section, a page.
		{"https://tarrow.example/feed?key=sesame", "https://tarrow.example/feed?key=***", ""},
		{"https://tarrow.example/feed?key=a1b2c3d4e5f6a7b8c9", "https://tarrow.example/feed?key=***", "https://tarrow.example/feed?key=***"},
		{"https://tarrow.example/story?sid=101&page=2", "https://tarrow.example/story?sid=***&page=2", ""},
		{"https://tarrow.example/story?id=a1b2c3d4e5f6a7b8c9", "https://tarrow.example/story?id=***", ""},
		{"https://tarrow.example/feed?u=0d9f3a52-7c1e-4b7a-9a51-2f6f2a6f0c11", "https://tarrow.example/feed?u=***", ""},
		// Near to the names and looks of keys.
		{"https://tarrow.example/feed?keyword=ferry&author=ann&monkey=x&passage=3&design=1", "", ""},
		{"https://tarrow.example/feed?q=ferry-strike-2026-talks&from=20260313&n=12345678901234567890", "", ""},
		{"https://tarrow.example/feed?token=&token", "", ""},
		{"https://tarrow.example/token=sesame", "", ""},
		// Words around addresses.
		{`Get "https://tarrow.example/feed?token=sesame": no such host`, `Get "https://tarrow.example/feed?token=***": no such host`, `Get "https://tarrow.example/feed?token=***": no such host`},
		{"http://ann:x@a.example/ to https://b.example/?token=sesame, then no more", "http://a.example/ to https://b.example/?token=***, then no more", "http://a.example/ to https://b.example/?token=***, then no more"},
		{"status 404, token=sesame", "", ""},
		{"", "", ""},
	} {
		for _, y := range []struct {
			what, want string
			secret     func(name, value string) bool
		}{{"source", x.source, namesOrLooks}, {"article", x.article, names}} {
			want := y.want
			if want == "" {
				want = x.address
			}
			if got := veil(x.address, y.secret); got != want {
				t.Errorf("%s of a %s: %s, not %s", x.address, y.what, got, want)
			}
		}
	}
}
