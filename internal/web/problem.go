package web

import (
	"context"
	"errors"
	"net/http"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// problem is what stands in the way of an answer, as a visitor is told.
type problem struct {
	status int
	title  string
	text   string
}

// Error is the title.
func (p problem) Error() string { return p.title }

// The problems that are ours to find.
var (
	errNoPage      = problem{http.StatusNotFound, "There is no such page", "It may have been removed, or its address mistyped. Perhaps a search finds it."}
	errMethod      = problem{http.StatusMethodNotAllowed, "Not in that way", "There is something at this address, but it does not take this kind of request."}
	errSignIn      = problem{http.StatusUnauthorized, "Sign in first", ""}
	errReadOnly    = problem{http.StatusForbidden, "You may read, not change", "The token that you signed in with allows no changes."}
	errAddresses   = problem{http.StatusForbidden, "Addresses are not read for you", "The token that you signed in with may only read. Drop saved pages, or paste a text, to compare them."}
	errCrossOrigin = problem{http.StatusForbidden, "Refused", "A page of another site asked for this change."}
	errHost        = problem{http.StatusMisdirectedRequest, "Not known by that name", "This server answers to localhost only. A proxy before it must be named when it is started."}
	errTooMany     = problem{http.StatusTooManyRequests, "Too much at once", "Wait a moment, then try again."}
	errBusy        = problem{http.StatusServiceUnavailable, "Busy", "Too many are at it. Wait a moment, then try again."}
)

// badRequest is a form or a parameter that cannot be read.
func badRequest(text string) problem {
	return problem{http.StatusBadRequest, "That cannot be read", text}
}

// badForm is why the body of a request could not be read.
func badForm(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return problem{http.StatusRequestEntityTooLarge, "Too large", "At most 64 MB can be sent at once."}
	}
	return badRequest("The form is not as this page sends it.")
}

// explain is the problem that an error stands for.
func explain(err error) problem {
	var p problem
	var refusal newsroom.Refusal
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &refusal):
		return problem{http.StatusUnprocessableEntity, "That cannot be done", "Nothing has changed: " + refusal.Error() + "."}
	case errors.Is(err, store.ErrNotFound):
		return errNoPage
	case errors.Is(err, store.ErrCursor):
		return badRequest("The list has no such page. Begin at its first.")
	case errors.Is(err, store.ErrConflict):
		return problem{
			http.StatusConflict, "Somebody else was faster",
			"The story has changed since you opened it, so nothing was done. Look at it as it stands now; if your correction still holds, make it again.",
		}
	case errors.Is(err, store.ErrReadOnly):
		return problem{http.StatusServiceUnavailable, "Nothing can be changed", "The database cannot be written to."}
	case errors.Is(err, store.ErrFull):
		return problem{http.StatusInsufficientStorage, "The disk is full", "Make room, then try again. Nothing that was kept is lost."}
	case errors.Is(err, context.DeadlineExceeded):
		return problem{http.StatusGatewayTimeout, "That took too long", "It was given up. Try again with less, or later."}
	}
	return problem{http.StatusInternalServerError, "Something went wrong", "The log of the server says more."}
}

// fail shows what went wrong. Nobody is there to see it when the visitor has
// gone.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return
	}
	p := explain(err)
	if p.status >= http.StatusInternalServerError {
		s.Logger.Error("request failed", "method", r.Method, "path", r.URL.Path, "err", err)
	}
	w.Header().Del("Content-Length")
	w.Header().Set("Cache-Control", "no-store")
	programs := s.forProgram(r.URL.Path)
	switch p {
	case errSignIn:
		if !programs && r.Method == http.MethodGet && r.Header.Get("Authorization") == "" && wantsPage(r) {
			http.Redirect(w, r, loginAddress(r), http.StatusSeeOther)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="Synoptic", charset="UTF-8"`)
	case errTooMany, errBusy:
		w.Header().Set("Retry-After", "5")
	}
	if programs {
		_ = writeProblem(w, p) // who has gone is told nothing
		return
	}
	f := s.frame(r, p.title)
	f.bare = p.status == http.StatusUnauthorized || p.status == http.StatusMisdirectedRequest
	if err := s.show(w, r, p.status, problemPage(f, p, backTo(r, p))); err != nil {
		s.Logger.Error("the page of an error cannot be made", "err", err)
	}
}
