package store

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
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
