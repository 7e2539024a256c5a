package figure

import (
	"maps"
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/text"
)

// Bases are the base units in which figures of a unit may be kept, by the name
// or sign that somebody asks for it by: "day" for "hours", "kilogram" and "GBP"
// for "pounds", every dollar for "dollars". What is in no table is counted:
// "crew" for "crews". The name itself comes first, since it may be a base.
func Bases(name string) []string {
	name = strings.Join(strings.Fields(name), " ")
	bases := []string{name}
	add := func(more ...string) {
		for _, base := range more {
			if !slices.Contains(bases, base) {
				bases = append(bases, base)
			}
		}
	}
	f := finder{a: &article.Article{Text: name}, english: true}
	f.lex = f.lexer.Lex(name, text.Span{End: len(name)})
	u, to, measured := f.unitAt(0, &amount{})
	if measured = measured && to == len(f.lex); measured {
		add(u.base)
	}
	if u, ok := symbols[name]; ok { // those too that count only where they are written to a number
		measured = true
		add(u.base)
	}
	codes := currenciesOf(&f, name)
	add(codes...)
	if !measured && len(codes) == 0 && !strings.Contains(name, "/") {
		add(singular1(strings.ToLower(name)))
	}
	return bases
}

// currenciesOf are the codes that the name or sign of a currency may stand for.
func currenciesOf(f *finder, name string) []string {
	c, n := names.Match(f.lex, 0)
	if n == 0 || n < len(f.lex) {
		c = codes[name]
	}
	if c.code == "" {
		c = codes[strings.ToUpper(name)]
	}
	if runes := []rune(name); c.code == "" && len(runes) == 1 {
		c = signs[runes[0]]
	}
	switch lower := strings.ToLower(name); {
	case c.code == dollar, c.code == "cent":
		return append([]string{dollar}, slices.Sorted(maps.Values(local))...)
	case c.code != "":
		return []string{c.code}
	case lower == "pound", lower == "pounds": // of weight by the table, of money by what stands around them
		return []string{"GBP"}
	}
	return nil
}
