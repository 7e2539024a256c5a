package web

import (
	_ "embed" // style, script and icon
	"net/http"
	"sync"

	"synoptic/internal/report"
)

//go:embed static/site.css
var siteStyle string

//go:embed static/site.js
var siteScript string

//go:embed static/icon.svg
var icon []byte

// assets are the files that pages load, each under a name that changes with
// what is in it, so that browsers may keep it for good.
type assets struct {
	style, script, pageScript string // addresses
	files                     map[string]*document
}

// loadAssets makes them when the first page is asked for.
var loadAssets = sync.OnceValue(func() assets {
	a := assets{files: map[string]*document{"icon.svg": newDocument("image/svg+xml", icon)}}
	add := func(name, ending, kind, body string) string {
		d := newDocument(kind, []byte(body))
		name += "-" + d.tag[1:len(d.tag)-1] + ending
		a.files[name] = d
		return "/static/" + name
	}
	a.style = add("site", ".css", "text/css; charset=utf-8", report.Style()+siteStyle)
	a.script = add("site", ".js", "text/javascript; charset=utf-8", siteScript)
	a.pageScript = add("page", ".js", "text/javascript; charset=utf-8", report.Script())
	return a
})

func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	d, ok := loadAssets().files[r.PathValue("file")]
	if !ok {
		return errNoPage
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	d.write(w, r, http.StatusOK)
	return nil
}

func (s *Server) icon(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=86400")
	loadAssets().files["icon.svg"].write(w, r, http.StatusOK)
	return nil
}
