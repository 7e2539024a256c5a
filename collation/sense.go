package collation

import (
	"strings"

	"synoptic/internal/match"
)

// vocabulary takes the inflection off words.
type vocabulary struct{ match.Stemmer }

func newVocabulary() *vocabulary { return &vocabulary{match.NewStemmer()} }

// stem is a word without its inflection, in lower case.
func (v *vocabulary) stem(word string) string {
	return v.Stem(strings.ReplaceAll(strings.ToLower(word), "’", "'"))
}

// shareSense reports whether two stems are the same or stand for one another.
func shareSense(a, b string) bool { return a == b && a != "" || match.ShareSense(a, b) }

// stopwords are English words that say nothing of what a sentence is about.
var stopwords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
		a an the this that these those some any each every no such
		i me my we us our you your he him his she her it its they them their who whom whose which what
		is are was were be been being am has have had having do does did doing will would shall should can could may might must
		ca wo n't not 's s 'll 're 've 'd ’s n’t
		and or but nor so yet if because as while when where than then there here how why
		of in on at by for with from to into onto about over under after before since until during between among against
		through out up down off per via also too very just only even more most much many other another
		said says say saying told tell added according mr mrs ms dr`) {
		set[w] = true
	}
	return set
}()
