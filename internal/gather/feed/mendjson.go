package feed

import (
	"bytes"
	"encoding/json"
	"strings"

	jsonfeed "github.com/mmcdole/gofeed/json"
)

// mendJSON gives a JSON Feed that was cut an end, and leaves the items out that
// have members of another type than they may have, as well as such members of
// the feed itself. What cannot be helped comes
// back as it is.
func mendJSON(text string) string {
	if !json.Valid([]byte(text)) {
		text = closeJSON(text)
	}
	var members map[string]json.RawMessage
	var items []json.RawMessage
	if json.Unmarshal([]byte(text), &members) != nil || json.Unmarshal(members["items"], &items) != nil {
		return text
	}
	var kept [][]byte
	for _, item := range items {
		if readable(`"items": [` + string(item) + `]`) {
			kept = append(kept, item)
		}
	}
	delete(members, "items")
	for name, value := range members {
		key, err := json.Marshal(name)
		if err != nil || !readable(string(key)+": "+string(value)) {
			delete(members, name)
		}
	}
	members["items"] = append(append([]byte("["), bytes.Join(kept, []byte(","))...), ']')
	mended, err := json.Marshal(members)
	if err != nil {
		return text
	}
	return string(mended)
}

// readable reports whether a feed can have a member.
func readable(member string) bool {
	alone := `{"version": "https://jsonfeed.org/version/1.1", ` + member + `}`
	_, err := new(jsonfeed.Parser).Parse(strings.NewReader(alone))
	return err == nil
}

// closeJSON ends a JSON document that was cut: after the last whole item of a
// list in the outermost object.
func closeJSON(s string) string {
	depth, end := 0, -1
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
			if c == '}' && depth == 2 {
				end = i + 1
			}
		}
	}
	if end < 0 {
		return s
	}
	return s[:end] + "]}"
}
