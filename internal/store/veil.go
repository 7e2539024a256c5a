package store

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Hidden stands in an address where somebody's key stood.
const Hidden = "***"

// Veiled is r for who may only read: the addresses that it tells, and those
// within problems and notes, are without user names and passwords, and Hidden
// stands for values that look like keys.
func Veiled(r Reader) Reader { return veiled{r} }

type veiled struct{ Reader }

// Article implements [ArticleReader].
func (v veiled) Article(ctx context.Context, id string) (Kept, error) {
	k, err := v.Reader.Article(ctx, id)
	return k.Veiled(), err
}

// Versions implements [ArticleReader].
func (v veiled) Versions(ctx context.Context, id string) ([]Kept, error) {
	list, err := v.Reader.Versions(ctx, id)
	return veiledAll(list), err
}

// Articles implements [ArticleReader].
func (v veiled) Articles(ctx context.Context, f ArticleFilter, p Page) ([]Kept, string, error) {
	list, next, err := v.Reader.Articles(ctx, f, p)
	return veiledAll(list), next, err
}

// Sequence implements [ArticleReader].
func (v veiled) Sequence(ctx context.Context, after int64, limit int) ([]Kept, int64, error) {
	list, last, err := v.Reader.Sequence(ctx, after, limit)
	return veiledAll(list), last, err
}

// Capture implements [ArticleReader].
func (v veiled) Capture(ctx context.Context, id string, version int) (Capture, error) {
	c, err := v.Reader.Capture(ctx, id, version)
	c.Address = veil(c.Address, names)
	return c, err
}

// Search implements [ArticleReader].
func (v veiled) Search(ctx context.Context, q Query, p Page) ([]Hit, string, error) {
	hits, next, err := v.Reader.Search(ctx, q, p)
	for i := range hits {
		hits[i].Kept = hits[i].Kept.Veiled()
	}
	return hits, next, err
}

// Unanalysed implements [FindingReader].
func (v veiled) Unanalysed(ctx context.Context, engine string, limit int) ([]Kept, error) {
	list, err := v.Reader.Unanalysed(ctx, engine, limit)
	return veiledAll(list), err
}

// NamedIn implements [FindingReader].
func (v veiled) NamedIn(ctx context.Context, name string, p Page) ([]Kept, string, error) {
	list, next, err := v.Reader.NamedIn(ctx, name, p)
	return veiledAll(list), next, err
}

// Source implements [SourceReader].
func (v veiled) Source(ctx context.Context, id string) (Source, error) {
	s, err := v.Reader.Source(ctx, id)
	return s.veiled(), err
}

// Sources implements [SourceReader].
func (v veiled) Sources(ctx context.Context) ([]Source, error) {
	list, err := v.Reader.Sources(ctx)
	for i := range list {
		list[i] = list[i].veiled()
	}
	return list, err
}

// Events implements [Reader].
func (v veiled) Events(ctx context.Context, after int64, limit int) ([]Event, error) {
	list, err := v.Reader.Events(ctx, after, limit)
	return veiledNotes(list), err
}

// History implements [StoryReader].
func (v veiled) History(ctx context.Context, story string, p Page) ([]Event, string, error) {
	list, next, err := v.Reader.History(ctx, story, p)
	return veiledNotes(list), next, err
}

// Veiled is k for who may only read. Its address leads to what was published, so
// only what can be nothing but a key is hidden in it.
func (k Kept) Veiled() Kept {
	if k.Article == nil {
		return k
	}
	address, place := veil(k.Address, names), veil(k.Place, names)
	if address != k.Address || place != k.Place {
		a := *k.Article
		a.Address, a.Place = address, place
		k.Article = &a
	}
	return k
}

func veiledAll(list []Kept) []Kept {
	for i := range list {
		list[i] = list[i].Veiled()
	}
	return list
}

func (s Source) veiled() Source {
	s.Address, s.Title, s.Problem = veil(s.Address, namesOrLooks), veil(s.Title, namesOrLooks), veil(s.Problem, namesOrLooks)
	return s
}

func veiledNotes(list []Event) []Event {
	for i := range list {
		list[i].Note = veil(list[i].Note, namesOrLooks)
	}
	return list
}

// veil is s with every address in it without its user information, and with
// Hidden for the values of its query and its fragment that are secret.
func veil(s string, secret func(name, value string) bool) string {
	var b strings.Builder
	for {
		at := strings.Index(s, "://")
		if at < 0 {
			break
		}
		at += len("://")
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`<>", r) })
		if end < 0 {
			end = len(s)
		}
		end = len(strings.TrimRight(s[:end], ".,:;)"))
		veilAddress(&b, s[:end], secret)
		s = s[end:]
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s)
	return b.String()
}

// veilAddress writes what stands behind the scheme of an address.
func veilAddress(b *strings.Builder, s string, secret func(name, value string) bool) {
	host := s
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		host = s[:i]
	}
	s = s[strings.LastIndexByte(host, '@')+1:]
	i := strings.IndexAny(s, "?#")
	if i < 0 {
		b.WriteString(s)
		return
	}
	b.WriteString(s[:i])
	for i < len(s) {
		b.WriteByte(s[i]) // what parts two pairs
		rest := s[i+1:]
		end := strings.IndexAny(rest, "&;?#")
		if end < 0 {
			end = len(rest)
		}
		name, value, paired := strings.Cut(rest[:end], "=")
		b.WriteString(name)
		if paired {
			b.WriteByte('=')
			if value != "" && secret(unescaped(name), unescaped(value)) {
				value = Hidden
			}
			b.WriteString(value)
		}
		i += 1 + end
	}
}

func unescaped(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

// names finds keys by what they are called, where that says enough.
func names(name, value string) bool {
	switch named(name) {
	case key:
		return true
	case perhaps:
		return random(value)
	}
	return false
}

// namesOrLooks finds keys by what they may be called or look like.
func namesOrLooks(name, value string) bool { return named(name) != other || random(value) }

// naming is what the name of a parameter says of its value.
type naming uint8

const (
	other   naming = iota
	perhaps        // it may be a key, or the name of something: ?key=, ?sid=
	key
)

var (
	keyWords = []string{
		"token", "secret", "password", "passwd", "passphrase", "pwd", "auth", "authorization", "oauth", "bearer", "jwt",
		"apikey", "signature", "sig", "hmac", "credential", "credentials",
	}
	keyEndings   = []string{"token", "secret", "password", "signature", "apikey", "accesskey", "authkey", "userkey", "feedkey", "rsskey", "privatekey"}
	perhapsWords = []string{"key", "pass", "sid", "session"}
)

func named(name string) naming {
	words := nameWords(name)
	for i, w := range words {
		switch {
		case slices.Contains(keyWords, w), w == "key" && i > 0,
			slices.ContainsFunc(keyEndings, func(end string) bool { return strings.HasSuffix(w, end) }):
			return key
		}
	}
	for _, w := range words {
		if slices.Contains(perhapsWords, w) || strings.HasSuffix(w, "sessid") || strings.HasSuffix(w, "sessionid") {
			return perhaps
		}
	}
	return other
}

// nameWords are the words of a name, in small letters: "api" and "key" of
// "api_key", "api-key", "apiKey" and "API.Key".
func nameWords(name string) []string {
	var words []string
	begun, small := false, false
	for _, r := range name {
		if !unicode.IsLetter(r) {
			begun, small = false, false
			continue
		}
		if !begun || small && unicode.IsUpper(r) {
			words = append(words, "")
		}
		begun, small = true, unicode.IsLower(r)
		words[len(words)-1] += string(unicode.ToLower(r))
	}
	return words
}

// leastRandom is how many letters and digits in a row nobody writes by hand.
const leastRandom = 16

// random reports whether a value looks made up by a machine, as keys are: letters
// and digits, mixed, in one long run. The parts of a UUID count as one.
func random(value string) bool {
	run, letters, digits, hex := 0, false, false, hexadecimal(value)
	for _, r := range value {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			run, letters = run+1, true
		case '0' <= r && r <= '9':
			run, digits = run+1, true
		case r == '-' && hex:
		default:
			run, letters, digits = 0, false, false
		}
		if run >= leastRandom && letters && digits {
			return true
		}
	}
	return false
}

// hexadecimal reports whether s has nothing but hexadecimal digits and hyphens.
func hexadecimal(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'f') && (r < 'A' || r > 'F')
	}) < 0
}
