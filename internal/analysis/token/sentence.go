package token

import (
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// flat is the length in bytes from which a paragraph is taken to be a text that
// has lost its lines. Of 36,534 paragraphs of news none was as long.
const flat = 3000

// divide finds where the sentences of the paragraph end whose tokens begin at
// first: by the rules, and in a text without lines by the weights as well.
func (s *scanner) divide(first int) error {
	s.rules(first)
	if s.tokens[len(s.tokens)-1].End-s.tokens[first].Start < flat || !s.english {
		return nil
	}
	g, err := weights()
	if err != nil {
		return err
	}
	s.gaps(g, first)
	return nil
}

// longest is how many tokens a sentence has at most. The longest of 6,379 sentences
// of news has 390. What runs on without a full stop is no prose, and whatever works
// on a sentence at a time would take memory for all of it.
const longest = 1000

// sentences appends the sentences of the paragraph whose tokens begin at first.
func (s *scanner) sentences(found []article.Sentence, first, paragraph int) []article.Sentence {
	begin := first
	for t := first + 1; t <= len(s.tokens); t++ {
		if t-begin == longest && t < len(s.tokens) && !s.ends[t-first] {
			t = s.breath(begin, t, first)
		} else if t < len(s.tokens) && !s.ends[t-first] {
			continue
		}
		found = append(found, article.Sentence{
			Span:  text.Span{Start: s.tokens[begin].Start, End: s.tokens[t-1].End},
			First: begin, Last: t, Paragraph: paragraph,
		})
		begin = t
	}
	return found
}

// breath is where a sentence from begin is cut that runs on at t: behind the last
// mark in its second half, before the last word that a blank stands before, or at
// t.
func (s *scanner) breath(begin, t, first int) int {
	word := t
	for k := t; k > begin+(t-begin)/2; k-- {
		switch {
		case s.kinds[k-1-first] == mark:
			return k
		case word == t && s.spaced(k):
			word = k
		}
	}
	return word
}

// rules sets ends for the paragraph that begins at first.
func (s *scanner) rules(first int) {
	s.ends = append(s.ends[:0], make([]bool, len(s.tokens)-first)...)
	for i := first; i < len(s.tokens); {
		k := s.kinds[i-first]
		if k != stop && k != ellipsis && k != abbreviation && k != hour {
			i++
			continue
		}
		next := s.closed(i+1, first)
		if next < len(s.tokens) && s.finished(i, next, first) {
			s.ends[next-first] = true
		}
		i = next
	}
}

func (s *scanner) spaced(i int) bool { return i > 0 && s.tokens[i].Start > s.tokens[i-1].End }

// closed is the first token at or behind i that is not one of the marks that
// close what the stop before i ends.
func (s *scanner) closed(i, first int) int {
	for ; i < len(s.tokens); i++ {
		switch k := s.kinds[i-first]; {
		case k == closer || k == stop || k == ellipsis:
			if s.spaced(i) && k != stop {
				return i
			}
		case k == opener && s.reference(i, first):
			i += 2
		case k == straight && !s.spaced(i) && (i+1 == len(s.tokens) || s.spaced(i+1) || s.kinds[i+1-first] >= opener):
		default:
			return i
		}
	}
	return i
}

// reference reports whether a number in square brackets stands at i, which
// belongs to the sentence before it: "It sank.[7]"
func (s *scanner) reference(i, first int) bool {
	return i+2 < len(s.tokens) && s.text[s.tokens[i].Start] == '[' && s.kinds[i+1-first] == number && s.text[s.tokens[i+2].Start] == ']'
}

// finished reports whether a sentence ends between the stop at i, with what closes
// behind it, and the token at next.
func (s *scanner) finished(i, next, first int) bool {
	k := s.kinds[i-first]
	quoted := next > i+1
	w := next // the first word behind
	for w < len(s.tokens)-1 && (s.kinds[w-first] == opener || s.kinds[w-first] == straight) {
		w++
	}
	after := s.kinds[w-first]
	if !s.spaced(next) && s.text[s.tokens[next-1].End-1] < utf8.RuneSelf && (k != stop || after != upper) {
		return false // but scripts without blanks have none behind their full stop
	}
	switch k {
	case hour:
		return after == upper && !zones[s.tokens[w].Of(s.text)]
	case abbreviation:
		if quoted {
			return after == upper
		}
		return after == upper && starters[s.tokens[w].Of(s.text)]
	case ellipsis:
		return after == upper || after == number
	}
	bang := s.text[s.tokens[i].Start] != '.'
	switch after {
	case lower:
		return !bang && !quoted
	case mark:
		c := s.text[s.tokens[w].Start]
		return c != ',' && c != ';' && c != ':'
	case closer:
		return false
	}
	if bang && quoted && after == upper && s.spoken(w, first) {
		return false
	}
	return true
}

// spoken reports whether a name or two and a verb of speech stand at w, so that
// what is before it is their quotation: "Why?" Smith asked.
func (s *scanner) spoken(w, first int) bool {
	for n := 0; n < 4 && w < len(s.tokens); n, w = n+1, w+1 {
		if k := s.kinds[w-first]; k != upper && k != title && k != initial {
			return k == lower && speech[s.tokens[w].Of(s.text)]
		}
	}
	return false
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// starters are words that begin sentences much more often than names.
var starters = set("The", "A", "An", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "I", "You", "His", "Her", "Its", "Our", "Their",
	"My", "Your", "But", "And", "Or", "So", "Yet", "Nor", "For", "In", "On", "At", "By", "With", "From", "As", "If", "When", "While", "After", "Before",
	"Since", "Because", "Although", "Though", "However", "Meanwhile", "There", "Here", "What", "Who", "Why", "How", "Where", "Which", "Not", "No", "Some",
	"Many", "Most", "All", "Both", "Each", "Other", "Another", "Several", "Even", "Once", "Now", "Then", "To", "Of", "Under", "Over", "During", "Until",
	"Just", "Also", "Still", "Only", "Such", "Is", "Are", "Was", "Were", "Do", "Does", "Did", "Can", "Could", "Will", "Would", "Should", "Have", "Has",
	"Had", "Let", "Please", "Among", "Despite", "About", "Last", "Yes", "Well", "More", "Instead", "Nearly", "Earlier", "Later", "Asked", "According", "Like")

// zones are words behind an hour that do not begin a sentence.
var zones = set("EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "GMT", "UTC", "BST", "CET", "CEST", "IST", "Eastern", "Central",
	"Mountain", "Pacific", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
	"E.T.", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan.", "Feb.",
	"Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "Greenwich", "Beijing", "Moscow", "London", "Jerusalem", "Tokyo")

// speech are verbs that follow a quotation.
var speech = set("said", "says", "asked", "asks", "wrote", "writes", "replied", "added", "shouted", "told", "tweeted", "cried", "yelled", "exclaimed",
	"wondered", "responded", "answered", "demanded", "joked", "quipped", "continued", "chanted", "declared", "recalled", "called", "explained")
