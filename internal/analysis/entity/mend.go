package entity

import (
	"strings"

	"synoptic/article"
	"synoptic/internal/model/gazetteer"
)

// nearby is how many tokens after the full name the surname alone is looked for:
// about an article.
const nearby = 1500

// surnames makes persons of the single words that end a person's full name
// nearby: "Mara Ode … Ode". A chain sees one sentence, and a surname alone often
// stands where a group or a place could. What a list knows as a place stays.
func (s *Scratch) surnames() {
	if s.full == nil {
		s.full = map[uint32]int{}
	}
	clear(s.full)
	const places = uint32(gazetteer.Country | gazetteer.Place | gazetteer.Demonym)
	for i := range s.names {
		m := &s.names[i]
		last := &s.tokens[m.Last-1]
		at, ok := s.full[last.Norm]
		switch {
		case m.Last-m.First > 1 && m.Kind == article.Person:
			s.full[last.Norm] = m.Last
		case m.Last-m.First == 1 && ok && m.First-at < nearby && m.Kind != article.People && last.Lists>>2&places == 0:
			m.Kind = article.Person
			s.full[last.Norm] = m.Last
		}
	}
}

// twice cuts names that are written two times in a row, as where a heading runs
// into the text: of "INES ROE Ines Roe" the second stays.
func (s *Scratch) twice() {
	for i := range s.names {
		m := &s.names[i]
		half := (m.Last - m.First) / 2
		same := (m.Last-m.First)%2 == 0
		for k := m.First; same && k < m.First+half; k++ {
			same = s.tokens[k].Norm == s.tokens[k+half].Norm
		}
		if same {
			m.First += half
		}
	}
}

// cutTitle reports whether m is a title that was cut, "[Prime] Minister", and so
// no name: the corpus of agency news has many that its annotation tore apart.
func (s *Scratch) cutTitle(m Name) bool {
	lists, at := s.tokens[m.First].Lists>>2, s.tokens[m.First].Lists&3
	return m.Kind == article.Person && m.Last-m.First == 1 && lists&uint32(gazetteer.Title) != 0 && at == first
}

// given adds to a name in full the second half of a given name, which a hyphen
// joins to it: "Moon Jae-in". Tokens part it from the first half, and to the chain
// it is any word. A half with a capital is added only where the chain ended the
// name on the hyphen; another name may begin there. No name ends on a hyphen.
func given(m Name, body string, tokens []article.Token) Name {
	const longest = 5 // letters of either half
	name, open := m.Last, tokens[m.Last-1].Of(body) == "-"
	if open {
		name--
	}
	if name <= m.First {
		return m
	}
	m.Last = name
	if name-m.First < 2 || name+2 > len(tokens) {
		return m
	}
	first, hyphen, second := tokens[name-1], tokens[name], tokens[name+1]
	if hyphen.Of(body) != "-" || first.End != hyphen.Start || hyphen.End != second.Start || first.Len() > longest || second.Len() > longest {
		return m
	}
	half := second.Of(body)
	if open {
		half = strings.ToLower(half[:1]) + half[1:]
	}
	if strings.Trim(half, "abcdefghijklmnopqrstuvwxyz") != "" || describing[half] || second.Tag == article.VERB || second.Tag == article.ADJ {
		return m
	}
	m.Last = name + 2
	return m
}

// describing are words that a hyphen joins to a name without their being part of
// it: "a Marl-era law".
var describing = map[string]bool{
	"era": true, "led": true, "style": true, "type": true, "like": true, "run": true, "born": true, "based": true, "made": true, "owned": true,
	"held": true, "wide": true, "elect": true, "esque": true, "bound": true, "ally": true, "aide": true, "book": true, "area": true,
}
