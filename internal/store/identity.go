package store

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strconv"
	"strings"

	"synoptic/article"
)

// ArticleID is the name of an article through all its versions: made from its
// canonical address, or where it has none from the place and the bytes that it
// was read from.
func ArticleID(a *article.Article) string {
	if a.Address != "" {
		return identity("article", a.Address)
	}
	return identity("article", a.Place, hex.EncodeToString(a.SHA256[:]))
}

// SourceID is the name of the source at an address.
func SourceID(address string) string { return identity("source", address) }

// identity is 16 letters and digits: the first 80 bits of a SHA-256.
func identity(kind string, parts ...string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// StoryID is the name of a story that somebody made by a correction, of the
// first of its articles. Stories that the model begins are named by it.
func StoryID(article string, correction int64) string {
	return identity("story", article, strconv.FormatInt(correction, 10))
}
