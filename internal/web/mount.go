package web

import (
	"encoding/json"
	"net/http"
	"strings"
)

// Mount is what else answers below a path, behind the same guard as the pages:
// the API, say, or the door for assistants.
type Mount struct {
	Path    string // with a slash at its end: "/api/"
	Handler http.Handler
	// Reads reports whether a request of another method than GET or HEAD changes
	// nothing, so that who may only read may send it; nil means that none does.
	Reads func(r *http.Request) bool
}

// User is who sent a request that came through a server, as corrections are
// signed; "" where nobody signed in.
func User(r *http.Request) string { return visitorOf(r.Context()).by }

// Editor reports whether who sent a request that came through a server may
// change things.
func Editor(r *http.Request) bool { return visitorOf(r.Context()).may == write }

// needs is what a request to m must be allowed to do.
func (m Mount) needs(r *http.Request) need {
	if r.Method == http.MethodGet || r.Method == http.MethodHead || m.Reads != nil && m.Reads(r) {
		return read
	}
	return write
}

// mount lets a handler answer below its path.
func (s *Server) mount(m Mount) http.Handler {
	reading := s.route(m.Path, read, s.handOver(m, read))
	writing := s.route(m.Path, write, s.handOver(m, write))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if m.needs(r) == write {
			writing.ServeHTTP(w, r)
		} else {
			reading.ServeHTTP(w, r)
		}
	})
}

func (s *Server) handOver(m Mount, n need) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		r, cancel := s.whileLetIn(r, n)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, uploadBytes)
		m.Handler.ServeHTTP(w, r)
		if n == write {
			return s.journal.catchUp(r.Context())
		}
		return nil
	}
}

// forProgram reports whether a path is a mount's, where no page is of use.
func (s *Server) forProgram(path string) bool {
	for _, m := range s.Mounts {
		if strings.HasPrefix(path, m.Path) {
			return true
		}
	}
	return false
}

// writeProblem answers with p as programs read it (RFC 9457).
func writeProblem(w http.ResponseWriter, p problem) error {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.status)
	return json.NewEncoder(w).Encode(struct {
		Status int    `json:"status"`
		Title  string `json:"title"`
		Detail string `json:"detail,omitempty"`
	}{p.status, p.title, p.text})
}
