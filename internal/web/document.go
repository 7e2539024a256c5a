package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
)

// document is bytes as they go out.
type document struct {
	kind   string // media type
	body   []byte
	tag    string // of the bytes, as in ETag
	zip    sync.Once
	zipped []byte    // with gzip, made when somebody first takes it; nil where that saves nothing
	until  time.Time // when it must be made again though nothing has happened; zero for never
}

func newDocument(kind string, body []byte) *document {
	sum := sha256.Sum256(body)
	return &document{kind: kind, body: body, tag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`}
}

// over reports whether d must be made again.
func (d *document) over() bool { return !d.until.IsZero() && time.Now().After(d.until) }

// size is the bytes that d takes, with room for the packed form.
func (d *document) size() int { return len(d.body) + len(d.body)/4 }

// packed is the body under gzip, nil where that saves nothing.
func (d *document) packed() []byte {
	d.zip.Do(func() {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(d.body) // a buffer takes everything
		_ = w.Close()
		if b.Len() < len(d.body)*9/10 {
			d.zipped = b.Bytes()
		}
	})
	return d.zipped
}

// keepNot tells browsers to ask each time whether what they have is still so.
const keepNot = "private, no-cache"

// write answers r with d, or with nothing but the status where r has it.
func (d *document) write(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	setDefault(h, "Cache-Control", keepNot)
	h["Vary"] = vary
	body, tag := d.body, d.tag
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(d.body) > 1024 {
		if packed := d.packed(); packed != nil {
			body, tag = packed, strings.TrimSuffix(d.tag, `"`)+`-gzip"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Type", d.kind)
	if status == http.StatusOK {
		h.Set("Etag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // who has gone away is told nothing
}

var vary = []string{"Accept-Encoding, Cookie"}

func setDefault(h http.Header, name, value string) {
	if h.Get(name) == "" {
		h.Set(name, value)
	}
}

// matches reports whether an If-None-Match names tag.
func matches(header, tag string) bool {
	if header == "" {
		return false
	}
	return slices.ContainsFunc(strings.Split(header, ","), func(s string) bool {
		s = strings.TrimSpace(s)
		return s == "*" || strings.TrimPrefix(s, "W/") == tag
	})
}

const htmlType = "text/html; charset=utf-8"

// show answers with a page that is made for r alone.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	d, err := rendered(r.Context(), page)
	if err != nil {
		return err
	}
	d.write(w, r, status)
	return nil
}

func rendered(ctx context.Context, page templ.Component) (*document, error) {
	var b bytes.Buffer
	if err := page.Render(ctx, &b); err != nil {
		return nil, err
	}
	return newDocument(htmlType, b.Bytes()), nil
}

// longestKey keeps what a visitor makes up from filling the memory with keys.
const longestKey = 512

// held answers with the document of key at version, made where it is not held:
// once for all who ask, and to the end even when they go away.
func (s *Server) held(w http.ResponseWriter, r *http.Request, key string, version int64, make func(ctx context.Context) (*document, error)) error {
	build := func() (*document, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 45*time.Second)
		defer cancel()
		return make(ctx)
	}
	var d *document
	var err error
	if len(key) <= longestKey {
		d, err = s.pages.get(key, version, build)
	} else {
		d, err = build()
	}
	if err != nil {
		return err
	}
	d.write(w, r, http.StatusOK)
	return nil
}
