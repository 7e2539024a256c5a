package gather

import (
	"path/filepath"
	"slices"
	"strings"
)

// The media types that the code looks at.
const (
	typeJSON  = "application/json"
	typeLines = "application/jsonl" // one JSON record a line
)

// endings are the names' endings that tell a media type. A folder stands for
// the files that have one, or one of them followed by ".gz".
var endings = map[string]string{
	".html":     "text/html",
	".htm":      "text/html",
	".xhtml":    "application/xhtml+xml",
	".txt":      "text/plain",
	".md":       "text/markdown",
	".markdown": "text/markdown",
	".json":     typeJSON,
	".jsonl":    typeLines,
	".ndjson":   typeLines,
}

// typeByEnding is the media type that a file's name tells, or "".
func typeByEnding(name string) string {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return endings[filepath.Ext(name)]
}

// What servers call JSON Lines, and what they say of a file whose type they do
// not know or do not tell.
var (
	lineTypes    = []string{typeLines, "application/jsonlines", "application/x-jsonlines", "application/x-jsonl", "application/ndjson", "application/x-ndjson"}
	unknownTypes = []string{"", "application/octet-stream", "application/gzip", "application/x-gzip"}
)

// typeOfPage is the media type of a page, given the one that the server
// declares and the name that its address ends in.
func typeOfPage(declared, name string) string {
	byEnding := typeByEnding(name)
	switch {
	case slices.Contains(unknownTypes, declared):
		return byEnding
	case slices.Contains(lineTypes, declared),
		byEnding == typeLines && (declared == "text/plain" || declared == typeJSON):
		return typeLines
	}
	return declared
}

// readable reports whether a declared media type can be that of text.
func readable(mediaType string) bool {
	switch {
	case strings.HasPrefix(mediaType, "text/"), mediaType == typeJSON, mediaType == "application/xml":
		return true
	case strings.HasSuffix(mediaType, "+json"):
		return true
	case strings.HasSuffix(mediaType, "+xml"):
		return !strings.HasPrefix(mediaType, "image/")
	}
	return slices.Contains(unknownTypes, mediaType) || slices.Contains(lineTypes, mediaType)
}

// contentType takes a Content-Type header apart. It is more forgiving than the
// standard library, which gives up on a parameter that stands twice; what is no
// name at all counts as not declared.
func contentType(header string) (mediaType, charset string) {
	mediaType, parameters, _ := strings.Cut(strings.ToLower(header), ";")
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.TrimSpace(name) == "charset" && charset == "" {
			charset = declaredName(strings.Trim(value, "\"' \t"))
		}
	}
	return declaredName(mediaType), charset
}

// declaredName is s without white space around it, or "" where it holds what
// may not be printed: it comes from a stranger and goes into messages.
func declaredName(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return s
}
