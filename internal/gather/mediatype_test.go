package gather

import "testing"

func TestContentType(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][2]string{
		"":                                      {"", ""},
		"text/html":                             {"text/html", ""},
		" Text/HTML ; Charset = 'UTF-8' ":       {"text/html", "utf-8"},
		"text/html; charset=a; charset=b":       {"text/html", "a"},
		"text/html;charset=;charset=\"koi8-r\"": {"text/html", "koi8-r"},
		"text/html; boundary=x; q":              {"text/html", ""},
		"; charset=utf-8":                       {"", "utf-8"},
		"text/\x1b[31mred; charset=\xff":        {"", ""},
	} {
		mediaType, charset := contentType(header)
		if mediaType != want[0] || charset != want[1] {
			t.Errorf("%q: got %q and %q, want %q", header, mediaType, charset, want)
		}
	}
}

func TestTypeOfPage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		declared, name, want string
		readable             bool
	}{
		{"", "talks.html", "text/html", true},
		{"", "talks", "", true},
		{"text/html", "talks.jsonl", "text/html", true},
		{"text/plain", "crawl.JSONL.gz", typeLines, true},
		{"application/json", "crawl.ndjson", typeLines, true},
		{"application/x-jsonlines", "crawl", typeLines, true},
		{"application/octet-stream", "talks.md", "text/markdown", true},
		{"application/gzip", "talks.txt.gz", "text/plain", true},
		{"application/ld+json", "talks", "application/ld+json", true},
		{"application/atom+xml", "talks", "application/atom+xml", true},
		{"image/svg+xml", "talks.svg", "image/svg+xml", false},
		{"application/pdf", "talks.txt", "application/pdf", false},
		{"video/mp4", "talks", "video/mp4", false},
	} {
		if got := typeOfPage(test.declared, test.name); got != test.want || readable(test.declared) != test.readable {
			t.Errorf("%s of type %q: got %q, want %q; readable is %v", test.name, test.declared, got, test.want, !test.readable)
		}
	}
}
