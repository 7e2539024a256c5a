package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"

	"synoptic/internal/store"
)

// Access is who may come in. It is a setting of the collection, in hashes, which
// a server heeds while it runs.
type Access struct {
	Password string  `json:",omitempty"` // as HashPassword writes it; "" for none
	Tokens   []Token `json:",omitempty"`
}

// accessName is the name of the setting.
const accessName = "access"

// ReadAccess is the access that is kept; nobody need sign in where none is.
func ReadAccess(ctx context.Context, r store.Reader) (a Access, err error) {
	value, err := r.Value(ctx, accessName)
	if errors.Is(err, store.ErrNotFound) {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(value, &a)
}

// Keep keeps a in place of the access that was kept.
func (a Access) Keep(ctx context.Context, w store.Writer) error {
	value, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return w.SetValue(ctx, accessName, value)
}

// guards reports whether anybody must sign in.
func (a Access) guards() bool { return a.Password != "" || len(a.Tokens) > 0 }

// holder is the visitor whom the hash of a token or of the password lets in.
func (a Access) holder(hash string) (visitor, bool) {
	for _, t := range a.Tokens {
		if subtle.ConstantTimeCompare([]byte(hash), []byte(strings.ToLower(t.Hash))) == 1 {
			v := visitor{may: read, by: t.Name}
			if t.Write {
				v.may = write
			}
			return v, true
		}
	}
	return visitor{may: write}, a.Password != "" && hash == a.Password
}

// Token lets a program or a feed reader in, as "Authorization: Bearer …" or as
// the password of basic authentication; a person may sign in with it too.
type Token struct {
	Name  string
	Hash  string // as HashToken writes it
	Write bool   // may change things
}

// NewToken is a secret that nobody guesses.
func NewToken() string { return "syn_" + strings.ToLower(rand.Text()) }

// HashToken is what is kept of a token: SHA-256 in hexadecimal. It is long and
// random, so a slow hash would save nothing.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// password is an argon2id hash with what it was made with.
type password struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
	salt    []byte
	hash    []byte
}

// HashPassword writes a password as is customary for argon2id, with the second
// set of parameters that RFC 9106 recommends.
func HashPassword(secret string) string {
	p := password{memory: 64 << 10, passes: 3, threads: 4, salt: make([]byte, 16)}
	_, _ = rand.Read(p.salt) // never fails
	p.hash = p.of(secret, 32)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.threads,
		base64.RawStdEncoding.EncodeToString(p.salt), base64.RawStdEncoding.EncodeToString(p.hash))
}

func parsePassword(s string) (p password, err error) {
	bad := fmt.Errorf("password hash: not argon2id as in $argon2id$v=19$m=65536,t=3,p=4$salt$hash")
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, bad
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); n != 3 || err != nil {
		return p, bad
	}
	if p.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, bad
	}
	if p.hash, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return p, bad
	}
	if p.memory < 8 || p.memory > 1<<20 || p.passes < 1 || p.passes > 64 || p.threads < 1 || len(p.salt) < 8 || len(p.hash) < 16 {
		return p, bad
	}
	return p, nil
}

func (p password) of(secret string, length uint32) []byte {
	return argon2.IDKey([]byte(secret), p.salt, p.passes, p.memory, p.threads, length)
}

func (p password) fits(secret string) bool {
	return subtle.ConstantTimeCompare(p.of(secret, uint32(len(p.hash))), p.hash) == 1
}

// visitor is who asks, and what they may do.
type visitor struct {
	may     need
	by      string // what corrections are signed with; "" where nobody signed in
	session bool   // there is a session to end

	changed <-chan struct{} // closed once somebody else may come in than when this one did
}

type visitorKey struct{}

func visitorOf(ctx context.Context) visitor {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v
}

// visitor is who r comes from, and an error where they may not do what is
// needed.
func (s *Server) visitor(r *http.Request, n need) (visitor, error) {
	if n == open {
		return s.known(r, s.door.last()), nil
	}
	changed := s.door.changes()
	a, err := s.door.access(r.Context(), bearsSecret(r))
	if err != nil {
		return visitor{}, err
	}
	v := s.known(r, a)
	v.changed = changed
	switch {
	case v.may >= n:
		return v, nil
	case v.may == open:
		return v, errSignIn
	}
	return v, errReadOnly
}

// bearsSecret reports whether r comes with what is to let it in.
func bearsSecret(r *http.Request) bool {
	_, err := r.Cookie(cookieName)
	return err == nil || r.Header.Get("Authorization") != ""
}

// known is the visitor that a cookie or a token tells of. Where a server listens
// beyond this machine, taking the last token back lets nobody in, not everybody.
func (s *Server) known(r *http.Request, a Access) visitor {
	if !a.guards() && s.local {
		return visitor{may: write}
	}
	if c, err := r.Cookie(cookieName); err == nil {
		if hash, ok := s.sessions.get(c.Value); ok {
			if v, ok := a.holder(hash); ok {
				v.session = true
				return v
			}
		}
	}
	secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		_, secret, ok = r.BasicAuth()
	}
	if ok {
		if v, found := a.holder(HashToken(secret)); found {
			return v
		}
	}
	return visitor{}
}

const (
	cookieName    = "synoptic"
	sessionLength = 14 * 24 * time.Hour
	mostSessions  = 1000
)

// sessions are held in memory: whoever stops the server signs everybody out.
type sessions struct {
	clock func() time.Time
	mu    sync.Mutex
	open  map[[sha256.Size]byte]session // by the hash of what the cookie holds
}

// session lasts no longer than the token or the password that it began with.
type session struct {
	hash string // of either
	ends time.Time
}

func (s *sessions) begin(hash string) string {
	secret := rand.Text() + rand.Text()
	now := s.clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) >= mostSessions {
		var oldest [sha256.Size]byte
		ends := now.Add(2 * sessionLength)
		for key, x := range s.open {
			if x.ends.Before(ends) {
				oldest, ends = key, x.ends
			}
		}
		delete(s.open, oldest)
	}
	s.open[sha256.Sum256([]byte(secret))] = session{hash, now.Add(sessionLength)}
	return secret
}

// get is the hash that a session began with.
func (s *sessions) get(secret string) (hash string, ok bool) {
	key := sha256.Sum256([]byte(secret))
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.open[key]
	if ok && s.clock().After(x.ends) {
		delete(s.open, key)
		return "", false
	}
	return x.hash, ok
}

func (s *sessions) end(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, sha256.Sum256([]byte(secret)))
}

func (s *Server) loginForm(w http.ResponseWriter, r *http.Request) error {
	a, err := s.door.access(r.Context(), true)
	if err != nil {
		return err
	}
	if !a.guards() {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	return s.show(w, r, http.StatusOK, loginPage(s.frame(r, "Sign in"), local(r.URL.Query().Get("to")), ""))
}

func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	to := local(r.PostForm.Get("to"))
	if !s.limits.client(r).logins.Allow() {
		return errTooMany
	}
	hash, err := s.signIn(r.Context(), r.PostForm.Get("password"))
	if err != nil {
		return err
	}
	if hash == "" {
		return s.show(w, r, http.StatusUnauthorized, loginPage(s.frame(r, "Sign in"), to, "That is not the password, nor a token."))
	}
	http.SetCookie(w, s.cookie(r, s.sessions.begin(hash), int(sessionLength/time.Second)))
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// signIn is the hash of the token or of the password that a secret is, "" where
// it is neither.
func (s *Server) signIn(ctx context.Context, secret string) (hash string, err error) {
	a, err := s.door.access(ctx, true)
	if err != nil {
		return "", err
	}
	hash = HashToken(secret)
	if _, ok := a.holder(hash); ok {
		return hash, nil
	}
	if a.Password == "" {
		return "", nil
	}
	p, err := parsePassword(a.Password)
	if err != nil {
		return "", err
	}
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if !p.fits(secret) {
		return "", nil
	}
	return a.Password, nil
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(cookieName); err == nil {
		s.sessions.end(c.Value)
	}
	http.SetCookie(w, s.cookie(r, "", -1))
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func (s *Server) cookie(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: r.TLS != nil || strings.HasPrefix(s.Public, "https://"),
	}
}

// local is a path of ours to go to, "/" for any other address.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\n\r\t") {
		return "/"
	}
	return to
}
