package attribution

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
)

// ofWork reports whether the marks of q, which open at token i, give the title
// of a work and not somebody's words: the words are set as a title, and what
// stands before them is done to a work (`wrote "The Long Road"`) or names its
// kind (`the song "Blue Water"`, `a film called "The Last Ferry"`).
func (d *document) ofWork(q quotation, i int) bool {
	if i == 0 || !inTitleCase(q.inner.Of(d.article.Text)) {
		return false
	}
	before := i - 1
	if v := &d.nodes[before]; v.tag == article.VERB {
		switch {
		case v.lemma == hash("read"):
			return before > 0 && d.reader(before-1)
		case worked()[v.lemma]:
			return true
		case v.lemma == hash("call") || v.lemma == hash("title") || v.lemma == hash("entitle"):
			before--
		}
	} else if d.words(before) == "," {
		before--
	}
	return before >= 0 && d.nodes[before].tag == article.NOUN && works()[d.nodes[before].lemma]
}

// reader reports whether token i before "read" speaks for a person who reads,
// not for a sign that has words on it.
func (d *document) reader(i int) bool {
	switch v := &d.nodes[i]; v.tag {
	case article.PROPN, article.PART, article.AUX:
		return true
	default:
		return v.xtag == hash("PRP") && !d.is(i, "it")
	}
}

// worked are lemmas of verbs of what is done to a work.
var worked = sync.OnceValue(func() map[uint32]bool { return lemmas("write sing watch play perform publish film") })

// works are lemmas of kinds of works.
var works = sync.OnceValue(func() map[uint32]bool { return lemmas("book film song album novel poem movie play memoir opera") })

func lemmas(list string) map[uint32]bool {
	set := map[uint32]bool{}
	for lemma := range strings.FieldsSeq(list) {
		set[hash(lemma)] = true
	}
	return set
}

// inTitleCase reports whether all words but small ones have a capital, and no
// mark ends a sentence.
func inTitleCase(words string) bool {
	if strings.ContainsAny(words[len(words)-1:], ".!?") {
		return false
	}
	first := true
	for w := range strings.FieldsSeq(words) {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && (first || !small(w)) {
			return false
		}
		first = false
	}
	return true
}

// small reports whether a title writes w without a capital.
func small(w string) bool {
	switch w {
	case "a", "an", "the", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "for", "by", "with", "from", "as":
		return true
	}
	return false
}
