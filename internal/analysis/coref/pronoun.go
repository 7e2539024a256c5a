package coref

import (
	"slices"

	"synoptic/article"
)

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
	kind, null := thing, r.standing(p)
	switch {
	case form.animate:
		kind = one
	case form.number == plural:
		kind = many
	}
	r.rivals = r.rivals[:0]
	agent := int32(-1) // the subject of the verb that the pronoun is the object of
	if p.role == object && p.verb >= 0 {
		if s := r.tree.subject(p.verb); s >= 0 && r.at[s] >= 0 {
			agent = r.phrases[r.at[s]].entity
		}
	}
	var blocked features
	for j, seen := i-1, 0; j >= 0 && seen < phrasesBack; j, seen = j-1, seen+1 {
		c := &r.phrases[j]
		back := p.sentence - c.sentence
		if back > sentencesBack {
			break
		}
		switch {
		case c.entity < 0:
			if f, ok := r.pronounOf(c.head); c.form == pronoun && ok && !f.relative && f.gender == form.gender && f.number == form.number && f.animate == form.animate {
				blocked = blockedBit
			}
		case c.joined && form.number == plural:
			r.contend(rival{-1, j, r.features(p, c, form, back) | blocked}, c, back)
		case c.entity != agent && (c.quote == p.quote || !c.mine) && r.agrees(form, c) && !r.barred(p, c):
			r.contend(rival{c.entity, j, r.features(p, c, form, back) | blocked}, c, back)
		}
	}
	r.ahead(i, form)
	r.commanded(i)
	best := r.best(kind, null)
	if r.oracle != nil {
		best = r.oracle(i, kind, null)
	}
	if best < 0 || r.rivals[best].entity < 0 {
		return
	}
	e := &r.entities[r.rivals[best].entity]
	if e.kind == 0 {
		return
	}
	p.entity = r.rivals[best].entity
	if e.kind == article.Person && e.gender == open {
		e.gender = form.gender
	}
}

// ahead adds the subject behind the pronoun i as a rival, where i stands in what
// opens the sentence and the subject has a name: "in her speech, Ana Prado said".
func (r *resolver) ahead(i int32, form pronounForm) {
	p := &r.phrases[i]
	if p.role == subject && r.tree.rel(p.verb) == article.Root {
		return
	}
	t := p.head
	for range 8 {
		h := r.tree.head(t)
		if h < 0 {
			return
		}
		if r.tree.rel(h) == article.Root && h > t {
			break
		}
		t = h
	}
	switch h := r.tree.head(t); r.tree.rel(t) {
	case article.Obl, article.Advcl, article.Nmod:
		if h < 0 {
			return
		}
		s := r.tree.subject(h)
		if s <= p.head || r.at[s] < 0 {
			return
		}
		if c := &r.phrases[r.at[s]]; c.mention >= 0 && c.entity >= 0 && !c.joined && r.agrees(form, c) {
			r.contend(rival{c.entity, r.at[s], r.features(p, c, form, 0) | 1<<follows}, c, 0)
		}
	}
}

// commanded drops the rivals that are named further on in the clause that the
// pronoun i is the subject of: in "she said Ana Prado would go" she is not Prado.
func (r *resolver) commanded(i int32) {
	p := &r.phrases[i]
	if p.role != subject || p.verb < 0 {
		return
	}
	for j := i + 1; j < int32(len(r.phrases)) && j < i+phrasesBack; j++ {
		if q := &r.phrases[j]; q.mention >= 0 && q.entity >= 0 && r.governs(p.verb, q.head) {
			r.rivals = slices.DeleteFunc(r.rivals, func(x rival) bool { return x.entity == q.entity })
		}
	}
}

// agrees reports whether a pronoun of this form can stand for what c does.
func (r *resolver) agrees(f pronounForm, c *phrase) bool {
	e := &r.entities[c.entity]
	if f.animate {
		return (e.kind == article.Person || e.kind == 0 && (e.class&human != 0 || e.proper)) && e.number == singular && agree(f.gender, e.gender)
	}
	if f.number == plural {
		return e.number == plural || e.kind == article.Group || e.kind == article.People || e.class&crowd != 0
	}
	return e.kind != article.Person && e.kind != article.People && e.number == singular && e.class&human == 0
}

// barred reports whether the grammar forbids that p stands for what c does: both
// depend on one verb, p is within c, or c says the quotation that p is in.
func (r *resolver) barred(p, c *phrase) bool {
	if p.sentence != c.sentence {
		return false
	}
	if c.verb == p.verb && (p.role == subject || p.role == object) &&
		(c.role == subject || c.role == object || c.role == oblique && p.role == subject) {
		return true
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
