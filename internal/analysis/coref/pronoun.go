package coref

import "synoptic/article"

// pronounForm is what a pronoun says of what it stands for.
type pronounForm struct {
	gender    gender
	number    number
	animate   bool
	reflexive bool
	relative  bool
}

// pronounOf is the pronoun at token t; false where it is none that the pass
// resolves. I, we and you depend on who speaks and are left to attribution.
func (r *resolver) pronounOf(t int32) (pronounForm, bool) {
	w := r.lower(t)
	switch w {
	case "he", "him", "his", "himself":
		return pronounForm{gender: masculine, animate: true, reflexive: w == "himself"}, true
	case "she", "her", "hers", "herself":
		return pronounForm{gender: feminine, animate: true, reflexive: w == "herself"}, true
	case "it", "its", "itself":
		return pronounForm{reflexive: w == "itself"}, r.tree.rel(t) != article.Expl
	case "they", "them", "their", "theirs", "themselves":
		return pronounForm{number: plural, reflexive: w == "themselves"}, true
	case "who", "whom", "whose":
		return pronounForm{animate: true, relative: true}, r.relativized(t) >= 0
	}
	return pronounForm{}, false
}

// relativized is the noun that the relative clause of the pronoun t is about, -1
// where t asks a question.
func (r *resolver) relativized(t int32) int32 {
	for range 5 {
		if t < 0 {
			return -1
		}
		switch r.tree.rel(t) {
		case article.AclRelcl:
			return r.tree.head(t)
		case article.Ccomp, article.Root, article.Parataxis:
			return -1
		}
		t = r.tree.head(t)
	}
	return -1
}

// rival is one entity that a pronoun could stand for.
type rival struct {
	entity int32 // -1 for one that has none, such as "Ann and Bob"
	phrase int32 // its last phrase
	score  int32
}

// How a pronoun's antecedent is chosen. Weights and bounds are in the same unit.
const (
	sentencesBack = 3  // how far back an antecedent may stand
	phrasesBack   = 64 //
	leastScore    = 95
	leastLead     = 20 // ahead of the next
)

// pronoun ties the pronoun i to an entity where one stands out.
func (r *resolver) pronoun(i int32) {
	p := &r.phrases[i]
	form, _ := r.pronounOf(p.head)
	switch {
	case form.relative:
		if h := r.at[r.relativized(p.head)]; h >= 0 && r.phrases[h].entity >= 0 && !r.phrases[h].joined {
			if e := &r.entities[r.phrases[h].entity]; e.kind == article.Person || e.class&human != 0 {
				p.entity = r.phrases[h].entity
			}
		}
		return
	case form.reflexive:
		if p.verb >= 0 {
			if s := r.tree.subject(p.verb); s >= 0 && r.at[s] >= 0 {
				q := &r.phrases[r.at[s]]
				if q.entity >= 0 && !q.joined && r.agrees(form, q) {
					p.entity = q.entity
				}
			}
		}
		return
	}
	r.rivals = r.rivals[:0]
	blocked := int32(0)
	for j, seen := i-1, 0; j >= 0 && seen < phrasesBack; j, seen = j-1, seen+1 {
		c := &r.phrases[j]
		back := p.sentence - c.sentence
		if back > sentencesBack {
			break
		}
		if c.entity < 0 {
			if f, ok := r.pronounOf(c.head); c.form == pronoun && ok && !f.relative && f.gender == form.gender && f.number == form.number && f.animate == form.animate {
				blocked = 40 // one like it was left open
			}
			continue
		}
		if c.joined && form.number == plural {
			r.contend(rival{-1, j, r.score(p, c, form, back) - blocked})
			continue
		}
		if !r.agrees(form, c) || r.barred(p, c) {
			continue
		}
		r.contend(rival{c.entity, j, r.score(p, c, form, back) - blocked})
	}
	best, next := -1, int32(0)
	for k := range r.rivals {
		switch {
		case best < 0:
			best = k
		case r.rivals[k].score > r.rivals[best].score:
			best, next = k, max(next, r.rivals[best].score)
		default:
			next = max(next, r.rivals[k].score)
		}
	}
	if best < 0 {
		return
	}
	b := r.rivals[best]
	if b.entity < 0 || b.score < leastScore || b.score-next < leastLead || r.entities[b.entity].kind == 0 {
		return
	}
	p.entity = b.entity
	if e := &r.entities[b.entity]; e.kind == article.Person && e.gender == open {
		e.gender = form.gender
	}
}

// contend adds a rival, or the better place of one that is there.
func (r *resolver) contend(b rival) {
	for k := range r.rivals {
		if x := &r.rivals[k]; x.entity == b.entity && b.entity >= 0 {
			if b.score > x.score {
				*x = b
			}
			return
		}
	}
	r.rivals = append(r.rivals, b)
}

// agrees reports whether a pronoun of this form can stand for what c does.
func (r *resolver) agrees(f pronounForm, c *phrase) bool {
	e := &r.entities[c.entity]
	if f.animate {
		return (e.kind == article.Person || e.kind == 0 && e.class&human != 0) && e.number == singular && agree(f.gender, e.gender)
	}
	if f.number == plural {
		return e.number == plural || e.kind == article.Group || e.kind == article.People || e.class&crowd != 0
	}
	return e.kind != article.Person && e.kind != article.People && e.number == singular && e.class&human == 0
}

// barred reports whether the grammar forbids that p stands for what c does: both
// depend on one verb, c is the subject of p's verb, p is within c, or c says the
// quotation that p is in.
func (r *resolver) barred(p, c *phrase) bool {
	if p.sentence != c.sentence {
		return false
	}
	if p.role == subject || p.role == object {
		if c.verb == p.verb && (c.role == subject || c.role == object || c.role == oblique && p.role == subject) {
			return true
		}
		if p.role == object && p.verb >= 0 {
			if s := r.tree.subject(p.verb); s >= 0 && r.at[s] >= 0 && r.phrases[r.at[s]].entity == c.entity {
				return true
			}
		}
	}
	t := p.head
	for range 6 {
		if t = r.tree.head(t); t < 0 {
			break
		}
		if t == c.head {
			return true
		}
		switch r.tree.rel(t) {
		case article.Conj, article.Appos, article.AclRelcl, article.Acl, article.Parataxis:
			return r.speaks(p, c)
		}
	}
	return r.speaks(p, c)
}

// speaks reports whether c is who says the quotation that p is in.
func (r *resolver) speaks(p, c *phrase) bool {
	return p.quote != 0 && c.quote == 0 && c.role == subject && c.verb >= 0 && speech[r.lemma(c.verb)]
}

// score is how much speaks for c, so many sentences back, as what p stands for.
func (r *resolver) score(p, c *phrase, f pronounForm, back int32) int32 {
	e := &r.entities[c.entity]
	s := [sentencesBack + 1]int32{100, 60, 20, 0}[back]
	s += [...]int32{other: 5, subject: 40, object: 15, oblique: 0, possessor: 10, within: -15, predicate: -20}[c.role]
	s += [...]int32{bare: -10, name: 15, definite: 5, indefinite: 0, owned: 5, pronoun: 25}[c.form]
	s += 4 * min(e.phrases, 6)
	if c.lead {
		s += 10
	}
	if c.role == p.role {
		s += 10
	}
	if back == 0 && c.role == subject && r.governs(c.verb, p.head) {
		s += 25
	}
	if e.gender != open && f.gender != open {
		s += 15
	}
	if !f.animate && f.number == singular && e.kind == article.Location {
		s -= 15
	}
	if p.quote != c.quote {
		s -= 15
		if r.speaks(p, c) {
			s -= 60
		}
	}
	return s
}

// governs reports whether token t depends on v, however far.
func (r *resolver) governs(v, t int32) bool {
	for range 12 {
		if t < 0 {
			return false
		}
		if t == v {
			return true
		}
		t = r.tree.head(t)
	}
	return false
}
