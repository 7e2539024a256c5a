package collation

import "strings"

// verb is what a verb tells of who does it, by lemma.
type verb struct {
	stance string // the kind of position that it takes, "" for none
	pair   int    // 0 for none
	other  bool   // which of the two sides of the pair it is on
}

// The pairs of sides: who does the one does not do the other.
const (
	consent = iota + 1
	attendance
	permission
	growth
	course
	opening
	guilt
	life
)

// verbs are the verbs by which a party takes a position, and those in pairs of
// sides. Verbs that say so only in some senses ("ask", "offer condolences") are
// left out.
var verbs = func() map[string]verb {
	table := map[string]verb{}
	for _, row := range []struct {
		lemmas string
		verb
	}{
		{"accept agree approve endorse", verb{stance: "accepts", pair: consent}},
		{"back support welcome", verb{pair: consent}},
		{"favour favor", verb{stance: "wants", pair: consent}},
		{"refuse reject decline rebuff oppose", verb{stance: "refuses", pair: consent, other: true}},
		{"veto", verb{pair: consent, other: true}},
		{"want seek wish", verb{stance: "wants"}},
		{"demand insist require", verb{stance: "demands"}},
		{"offer propose", verb{stance: "offers"}},
		{"pledge promise vow commit", verb{stance: "pledges"}},
		{"accuse blame", verb{stance: "accuses"}},
		{"deny dispute refute", verb{stance: "denies"}},
		{"attend join", verb{pair: attendance}},
		{"skip boycott miss", verb{pair: attendance, other: true}},
		{"allow permit authorise authorize", verb{pair: permission}},
		{"ban bar forbid prohibit block", verb{pair: permission, other: true}},
		{"rise increase climb grow gain jump", verb{pair: growth}},
		{"fall drop decrease shrink plunge sink", verb{pair: growth, other: true}},
		{"resume restart", verb{pair: course}},
		{"suspend halt", verb{pair: course, other: true}},
		{"open reopen", verb{pair: opening}},
		{"close shut", verb{pair: opening, other: true}},
		{"convict", verb{pair: guilt}},
		{"acquit clear", verb{pair: guilt, other: true}},
		{"survive", verb{pair: life}},
		{"die perish", verb{pair: life, other: true}},
	} {
		for lemma := range strings.FieldsSeq(row.lemmas) {
			table[lemma] = row.verb
		}
	}
	return table
}()
