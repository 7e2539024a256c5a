package coref

import (
	"math/bits"

	"synoptic/article"
)

// kind is one of the three kinds of pronouns, which have weights of their own.
type kind uint8

const (
	one   kind = iota // he, she
	thing             // it
	many              // they
	kinds
)

// rival is one entity that a pronoun could stand for.
type rival struct {
	entity   int32 // -1 for one that has none, such as "Ann and Bob"
	phrase   int32 // the nearest phrase for it
	features features
}

// features are what speaks for a rival or against it, as a set.
type features uint64

// The features: of the rival's nearest phrase, of its entity, and of both with
// the pronoun. The last few are of the pronoun alone; they weigh for leaving it
// open.
const (
	sameSentence = iota
	sentenceBefore
	twoBefore
	threeBefore
	asOther // roles, in the order of their constants
	asSubject
	asObject
	asOblique
	asPossessor
	asWithin
	asPredicate
	byBare // forms, in the order of their constants
	byName
	byDefinite
	byIndefinite
	byOwned
	byPronoun
	sameRole
	isLead
	commands     // it is the subject of a verb above the pronoun
	owner        // and the pronoun is a possessive
	reports      // and that verb says something
	sexKnown     // gender is known and agrees
	otherQuote   // only one is in a quotation, or they are in two
	saysBefore   // it says something, in another sentence, and the pronoun is in a quotation
	once         // how many phrases it had
	twice        //
	often        //
	always       //
	isPerson     //
	isGroup      //
	isPlace      //
	isNamed      // otherwise
	isNothing    // of no kind
	isCrowd      //
	isBody       // of no name, but a body
	isPlural     //
	isJoined     // "Ann and Bob"
	nearest      // no rival stands nearer
	far          // in the same sentence, but more than a dozen words away
	wasSubject   // of this sentence or of the one before, in any of its phrases
	wasLead      // the same
	isTopic      // lead of the sentence before, as the pronoun is of this one
	follows      // it is the subject behind the pronoun: "in her speech, Prado"
	blockedPlace // a like pronoun that was left open stands between
	nullBias     // of the pronoun, for leaving it open
	nullQuote
	nullSubject
	nullObject
	nullOblique
	nullPossessor
	nullLead
	nullFirst // in the first sentences of the article
	featureCount
)

const blockedBit features = 1 << blockedPlace

const (
	sentencesBack = 3  // how far back an antecedent may stand
	phrasesBack   = 64 // and how many phrases
)

// standing is the features of the pronoun p alone.
func (r *resolver) standing(p *phrase) features {
	f := features(1) << nullBias
	if p.quote != 0 {
		f |= 1 << nullQuote
	}
	switch p.role {
	case subject:
		f |= 1 << nullSubject
	case object:
		f |= 1 << nullObject
	case oblique:
		f |= 1 << nullOblique
	case possessor:
		f |= 1 << nullPossessor
	}
	if p.lead {
		f |= 1 << nullLead
	}
	if p.sentence < 2 {
		f |= 1 << nullFirst
	}
	return f
}

// features is what links the pronoun p to the phrase c, so many sentences back.
func (r *resolver) features(p, c *phrase, form pronounForm, back int32) features {
	f := features(1)<<(sameSentence+back) | 1<<(asOther+c.role) | 1<<(byBare+c.form)
	set := func(place int, on bool) {
		if on {
			f |= 1 << place
		}
	}
	set(sameRole, c.role == p.role)
	set(isLead, c.lead)
	above := back == 0 && c.role == subject && r.governs(c.verb, p.head)
	set(commands, above)
	set(owner, above && p.role == possessor)
	set(reports, above && speech[r.lemma(c.verb)])
	set(far, back == 0 && p.head-c.head > 12)
	set(otherQuote, p.quote != c.quote)
	set(saysBefore, p.quote != 0 && back > 0 && r.speaks(p, c))
	set(isTopic, c.lead && p.lead && back == 1)
	if c.entity < 0 || c.joined && form.number == plural {
		return f | 1<<isJoined
	}
	e := &r.entities[c.entity]
	set(sexKnown, e.gender != open && form.gender != open)
	switch {
	case e.phrases <= 1:
		f |= 1 << once
	case e.phrases == 2:
		f |= 1 << twice
	case e.phrases <= 4:
		f |= 1 << often
	default:
		f |= 1 << always
	}
	switch {
	case e.kind == article.Person:
		f |= 1 << isPerson
	case e.kind == article.Group && e.name >= 0:
		f |= 1 << isGroup
	case e.kind == article.Location:
		f |= 1 << isPlace
	case e.kind != 0 && e.name >= 0:
		f |= 1 << isNamed
	case e.kind != 0:
		f |= 1 << isBody
	default:
		f |= 1 << isNothing
	}
	set(isCrowd, e.class&crowd != 0)
	set(isPlural, e.number == plural)
	return f
}

// contend adds a rival that stands at c, so many sentences back. Of one that is
// there already the nearer place counts.
func (r *resolver) contend(b rival, c *phrase, back int32) {
	var was features
	if back <= 1 && c.role == subject {
		was |= 1 << wasSubject
	}
	if back <= 1 && c.lead {
		was |= 1 << wasLead
	}
	for k := range r.rivals {
		if x := &r.rivals[k]; x.entity == b.entity && b.entity >= 0 {
			x.features |= was
			return
		}
	}
	if len(r.rivals) == 0 {
		was |= 1 << nearest
	}
	b.features |= was
	r.rivals = append(r.rivals, b)
}

// sum is the weight of a set of features.
func (f features) sum(kind kind) int32 {
	s := int32(0)
	for ; f != 0; f &= f - 1 {
		s += weights[bits.TrailingZeros64(uint64(f))][kind]
	}
	return s
}

// best is the index of the rival that a pronoun of this kind stands for; -1
// where none stands out, among them and against leaving the pronoun open. Who
// reports the clause that the pronoun is in need only come first.
func (r *resolver) best(kind kind, null features) int {
	best, score, next := -1, int32(0), null.sum(kind)
	for k := range r.rivals {
		switch s := r.rivals[k].features.sum(kind); {
		case best < 0:
			best, score = k, s
		case s > score:
			best, score, next = k, s, max(next, score)
		default:
			next = max(next, s)
		}
	}
	if best < 0 || score-next < lead[kind] && r.rivals[best].features&(1<<reports) == 0 {
		return -1
	}
	return best
}

// lead is how far a rival must be ahead, by kind of pronoun, in the unit of the
// weights.
var lead = [kinds]int32{one: 60, thing: 120, many: 90}
