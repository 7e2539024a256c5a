package page

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ldThing is one object of a page's JSON-LD (schema.org terms).
type ldThing map[string]any

// ldArticle finds the object that describes the account among a page's JSON-LD
// blocks, through arrays, @graph and nesting. Where several do, the one with
// the page's own headline wins, then the first. things leads from @id to the
// object, for references.
func ldArticle(doc *html.Node, title string) (article ldThing, things map[string]ldThing) {
	things = map[string]ldThing{}
	var articles []ldThing
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Script || !strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") || n.FirstChild == nil {
			continue
		}
		var v any
		if json.Unmarshal([]byte(ldText(n.FirstChild.Data)), &v) != nil {
			continue // broken blocks are common, and the page has other data
		}
		collectLD(v, 0, func(t ldThing) {
			if id := t.text("@id"); id != "" && len(t) > len(things[id]) {
				things[id] = t
			}
			if t.isArticle() {
				articles = append(articles, t)
			}
		})
	}
	for _, a := range articles {
		if title != "" && bare(a.text("headline")) == bare(title) {
			return a, things
		}
	}
	if len(articles) > 0 {
		return articles[0], things
	}
	return nil, things
}

// ldText makes what pages put into a script valid JSON where that is simple:
// comment marks around it go, and line ends within strings become spaces.
func ldText(s string) string {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		s = strings.TrimPrefix(s, mark)
	}
	for _, mark := range []string{"-->", "//]]>", "]]>", "/*]]>*/"} {
		s = strings.TrimSuffix(strings.TrimSpace(s), mark)
	}
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s), "; ")
}

// collectLD calls found for every object in v, outer ones first.
func collectLD(v any, depth int, found func(ldThing)) {
	if depth > 12 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collectLD(e, depth+1, found)
		}
	case map[string]any:
		found(v)
		for _, key := range sortedKeys(v) {
			collectLD(v[key], depth+1, found)
		}
	}
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

var articleTypes = set(`newsarticle article reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle reviewnewsarticle
	askpublicnewsarticle satiricalarticle liveblogposting blogposting report advertisercontentarticle`)

func (t ldThing) isArticle() bool {
	if t.text("headline") == "" && t.text("articleBody") == "" && t.text("datePublished") == "" {
		return false
	}
	return slices.ContainsFunc(flattenValue(t["@type"]), func(s string) bool {
		return articleTypes[strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(s, "http://schema.org/"), "https://schema.org/"))]
	})
}

// text is the first string of a property.
func (t ldThing) text(key string) string {
	for _, s := range flattenValue(t[key]) {
		return strings.TrimSpace(html.UnescapeString(s))
	}
	return ""
}

// persons lists the names of a property that holds a string, an object, a
// reference or a list of those. Of organizations only agencies count.
func (t ldThing) persons(key string, things map[string]ldThing) []string {
	var names []string
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		if depth > 4 {
			return
		}
		switch v := v.(type) {
		case string:
			names = append(names, splitNames(html.UnescapeString(v))...)
		case []any:
			for _, e := range v {
				walk(e, depth+1)
			}
		case map[string]any:
			thing := ldThing(v)
			if ref := things[thing.text("@id")]; ref != nil && thing["name"] == nil {
				thing = ref
			}
			for _, name := range flattenValue(thing["name"]) {
				name = html.UnescapeString(name)
				if _, known := agencyOf(name); known {
					names = append(names, strings.TrimSpace(name))
					continue
				}
				if !slices.ContainsFunc(flattenValue(thing["@type"]), func(s string) bool { return strings.HasSuffix(s, "Organization") }) {
					names = append(names, splitNames(name)...)
				}
			}
		}
	}
	walk(t[key], 0)
	return names
}

// splitNames cuts "By Ann Field, Bo Hill and Cy Marsh" into clean names.
func splitNames(s string) []string {
	if name := authorName(s); name != "" && !strings.ContainsAny(s, ",&") && !strings.Contains(s, " and ") {
		return []string{name}
	}
	s = strings.NewReplacer(" and ", ",", " & ", ",", ";", ",", " und ", ",", " et ", ",", "|", ",").Replace(s)
	var names []string
	for p := range strings.SplitSeq(s, ",") {
		if name := authorName(p); name != "" {
			names = append(names, name)
		}
	}
	return names
}
