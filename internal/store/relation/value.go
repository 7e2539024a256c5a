package relation

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/internal/store"
)

// stampLayout sorts as the times do.
const stampLayout = "2006-01-02T15:04:05.000000000Z"

// stamp is a point in time as tables hold it, "" for the zero one. Times before
// the year 1 and behind the year 9999 are moved to the nearest within.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.UTC()
	if y := t.Year(); y < 1 {
		t = time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)
	} else if y > 9999 {
		t = time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)
	}
	return t.Format(stampLayout)
}

// published is what articles are ordered and narrowed by, "" when unknown.
func published(d article.Date) string {
	if !d.Known() {
		return ""
	}
	return stamp(d.Time)
}

// clock scans what stamp wrote.
type clock struct{ into *time.Time }

// Scan implements sql.Scanner.
func (c clock) Scan(value any) error {
	s, ok := value.(string)
	if !ok {
		return fmt.Errorf("time %v of type %T", value, value)
	}
	if s == "" {
		*c.into = time.Time{}
		return nil
	}
	t, err := time.Parse(stampLayout, s)
	if err != nil {
		return err
	}
	*c.into = t
	return nil
}

// clean is a string that every database can hold: UTF-8 without NUL.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// maxShort is how many bytes of a name are looked up: what an index of
// PostgreSQL takes is bounded.
const maxShort = 240

// short is a clean string of at most maxShort bytes.
func short(s string) string {
	s = clean(s)
	if len(s) <= maxShort {
		return s
	}
	n := maxShort
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// like is s as a pattern that stands for itself, behind ESCAPE '\'.
var like = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// limit is how many entries a page has at most.
func limit(p store.Page) int { return count(p.Limit) }

func count(n int) int {
	if n <= 0 {
		return 50
	}
	return n
}

// cursor is the end of a page: the list that it belongs to and what orders it.
func cursor(list string, keys ...any) string {
	b, err := json.Marshal(append([]any{list}, keys...))
	if err != nil {
		return "" // keys are strings and finite numbers
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// maxCursor is how long a cursor may be.
const maxCursor = 4096

// readCursor fills keys with those of a cursor of the list.
func readCursor(list, s string, keys ...any) error {
	bad := fmt.Errorf("%w: cursor %.60q", store.ErrCursor, s)
	if len(s) > maxCursor {
		return bad
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return bad
	}
	var parts []json.RawMessage
	if json.Unmarshal(b, &parts) != nil || len(parts) != len(keys)+1 {
		return bad
	}
	var of string
	if json.Unmarshal(parts[0], &of) != nil || of != list {
		return bad
	}
	for i, key := range keys {
		if string(parts[i+1]) == "null" || json.Unmarshal(parts[i+1], key) != nil {
			return bad
		}
		if text, ok := key.(*string); ok && *text != clean(*text) {
			return bad
		}
	}
	return nil
}

// page cuts a list that was read with one entry more than the page has, and
// gives the cursor of what comes behind.
func page[T any](list []T, size int, end func(*T) string) ([]T, string) {
	if len(list) <= size {
		return list, ""
	}
	list = list[:size]
	return list, end(&list[size-1])
}

// blob scans bytes, nil and empty apart.
type blob struct{ into *[]byte }

// Scan implements sql.Scanner.
func (b blob) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*b.into = nil
	case []byte:
		*b.into = append([]byte{}, v...)
	default:
		return fmt.Errorf("bytes of type %T", value)
	}
	return nil
}
