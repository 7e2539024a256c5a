package attribution

import (
	"cmp"
	"strings"
	"sync"

	"synoptic/internal/model/word"
)

// The classes of cues. They follow the literature on complement-taking verbs:
// assertive and factive of Hooper (1975, On Assertive Predicates) and Kiparsky
// and Kiparsky (1970, Fact); hedging of Hyland (2005, Metadiscourse), as listed
// in Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013, Linguistic Models for
// Analyzing and Detecting Biased Language); the rest are the verbs of
// communication, judgement, desire and psychological state of Levin (1993,
// English Verb Classes and Alternations, 29 to 37), cut by what a reader wants
// to know: does the source stand by the content, doubt it, want it or fear it.
const (
	Assertive  = "assertive"  // says that it is so
	Factive    = "factive"    // the writer takes the content for true
	Hedging    = "hedging"    // the writer, or the source, keeps a distance
	Accusing   = "accusing"   // somebody is at fault
	Denying    = "denying"    // says that it is not so, or will not
	Demanding  = "demanding"  // wants somebody to act
	Promising  = "promising"  // binds the source
	Believing  = "believing"  // is in the source's mind
	Intending  = "intending"  // the source means to do it
	Fearing    = "fearing"    // the source does not want it to be so
	Asking     = "asking"     // wants to know
	Supporting = "supporting" // is for it
	Opposing   = "opposing"   // is against it
)

// classLemmas lists the lemmas of each class, verbs and nouns; none is in two.
var classLemmas = map[string]string{
	Assertive: `according add advise affirm announce announcement answer argue assert assure attest blog boast brag brief broadcast calculate call
		caution chant characterise characterize cite clarify comment compare complain complaint conclude continue counter cry declaration
		declare depict describe detail discuss dub echo elaborate email emphasise emphasize enthuse estimate explain forecast gush inform
		insist interject issue joke label lament letter liken maintain marvel mention message muse name narrate note notify observe opine
		outline per phrase portray post predict prediction proclaim pronounce publish quip quote read reassure recall recount refer
		reiterate relate release remark remind repeat reply report respond response retort rule say scream shout sing speak specify speech
		state statement stress summarise summarize talk tell term testify text tweet underline underscore vent warn warning whisper word
		write yell`,
	Factive: `acknowledge admission admit aware concede confess confession confirm confirmation demonstrate disclose discover discovery divulge
		document establish expose find forget hear highlight illustrate indicate know learn notice prove realise realize recognise
		recognize regret remember reveal revelation see show tout uncover unveil`,
	Hedging: `allegation allege allegedly apparently appear assertion assume claim contend contention guess hint hypothesize imply insinuate
		intimate likely posit presumably presume purport reportedly rumor rumour seem so-called speculate speculation suggest suggestion
		suppose supposedly suspect theorise theorize`,
	Accusing: `accusation accuse assail attack bash berate blame blast castigate charge chastise chide condemn condemnation criticise criticism
		criticize decry denounce deride disparage eviscerate excoriate fault hammer hit implicate impugn indict insult knock lambast
		lambaste lash malign mock rail rebuke ridicule rip scold skewer slam smear sue target vilify`,
	Denying: `brush challenge contest contradict debunk decline deflect denial deny disagree disavow disclaim discount dismiss dismissal disown
		dispute pooh-pooh rebuff rebut refusal refuse refute reject rejection repudiate rule-out`,
	Demanding: `advocate appeal beg beseech call-for command compel demand direct encourage exhort implore instruct invite lobby order petition
		plea plead pressure recommend recommendation request require summon ultimatum urge`,
	Promising: `agree agreement commit commitment guarantee offer pledge promise swear threat threaten undertake volunteer vow`,
	Believing: `assess assessment belief believe certain confident consider contemplate conviction convince deem doubt envision feel feeling
		figure imagine impression interpret judge judgement judgment mind opinion perceive perception ponder reckon regard sense sure
		think thought trust understand view`,
	Intending: `aim ambition attempt bid decide decision desire determined eager endeavor endeavour expect goal hope intend intention plan prefer
		prepare propose push ready resolve seek strive try vie want willing wish yearn`,
	Fearing: `afraid agonize alarmed anxiety anxious concern concerned dread fear fret nervous panic scared wary worried worry`,
	Asking:  `ask demand-to-know enquire grill inquire inquiry interview investigate press query question quiz wonder`,
	Supporting: `admire applaud appreciate approval approve back backing celebrate champion commend compliment congratulate credit defence defend
		defense embrace endorse endorsement favor favour hail laud like love praise promote respect salute side support thank welcome`,
	Opposing: `boycott contempt despise detest disapproval disapprove disdain disgust dislike hate hatred loathe object objection oppose
		opposition outrage protest repel reprimand resent resentment resist`,
}

// classes maps the hash of a lemma to its class.
var classes = sync.OnceValue(func() map[uint32]string {
	table := map[uint32]string{}
	for class, lemmas := range classLemmas {
		for lemma := range strings.FieldsSeq(lemmas) {
			table[hash(lemma)] = class
		}
	}
	return table
})

// speech are the lemmas of verbs that give words: where one stands beside a
// quotation and has a subject, it attributes it.
var speech = sync.OnceValue(func() map[uint32]bool {
	set := map[uint32]bool{}
	for lemma := range strings.FieldsSeq(`say tell add state write tweet post announce declare explain reply respond answer note remark comment
		recall continue conclude report repeat reiterate stress emphasize emphasise insist argue describe call dub label term warn caution
		observe read quip joke shout whisper cry yell scream chant testify assert affirm claim allege suggest admit acknowledge concede
		confess confirm deny ask inquire wonder vow promise pledge urge lament complain boast counter retort predict recount proclaim
		advise think believe`) {
		set[hash(lemma)] = true
	}
	return set
})

// class is the class of the cue r: of its head, or else of the last of its
// tokens that has one.
func (d *document) class(r tokens) string {
	head := d.headOf(r)
	if c := d.classOf(head); c != "" && d.nodes[head].flags&word.Letter != 0 {
		return d.negated(r, c)
	}
	for i := r.last - 1; i >= r.first; i-- {
		if c := d.classOf(i); c != "" {
			return d.negated(r, c)
		}
	}
	return ""
}

// classOf is the class of token i: of its lemma, or of the word as it stands
// where that is listed for itself: "according" tells, "accord" does not.
func (d *document) classOf(i int) string {
	table := classes()
	return cmp.Or(table[d.nodes[i].lemma], table[d.nodes[i].norm])
}

// negated is the class of a cue that may be negated: "did not say", "never
// claimed" tell what was not said, which readers take for a denial; "does not
// believe" stays a belief.
func (d *document) negated(r tokens, class string) string {
	if class != Assertive && class != Promising && class != Supporting {
		return class
	}
	for i := r.first; i < r.last; i++ {
		switch d.nodes[i].lemma {
		case hash("not"), hash("never"):
			if class == Supporting {
				return Opposing
			}
			return Denying
		}
	}
	return class
}
