package attribution

import (
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

// classes maps the hash of a lemma, verb or noun, to its class.
var classes = sync.OnceValue(func() map[uint32]string {
	table := map[uint32]string{}
	for class, lemmas := range map[string]string{
		Assertive: `say tell add state write tweet post announce declare explain reply respond answer note remark comment recall continue
			conclude report repeat reiterate stress emphasize emphasise underline underscore insist argue describe call dub label term name
			characterize characterise portray refer mention speak talk discuss predict forecast warn caution advise inform notify brief assert
			affirm attest testify observe read quip joke shout whisper cry yell scream chant sing echo elaborate clarify specify detail outline
			relate recount narrate pronounce proclaim maintain reassure assure remind interject retort counter quote cite email text message
			phrase summarize summarise testify statement remark comment announcement report quote word message speech letter tweet warning
			prediction declaration reply response answer rule find according per publish issue release broadcast blog boast brag vent lament
			complain complaint joke gush enthuse marvel muse opine estimate calculate compare liken depict`,
		Factive: `confirm reveal admit acknowledge concede disclose show prove demonstrate know realize realise learn discover recognize recognise
			establish expose uncover notice see hear remember forget regret confess confession admission revelation confirmation discovery
			document illustrate indicate highlight divulge tout unveil aware find`,
		Hedging: `suggest claim allege appear seem hint imply speculate rumor rumour purport reportedly allegedly apparently insinuate intimate
			suspect guess suppose assume presume allegation suggestion claim rumour speculation hint theorize theorise hypothesize posit
			contend contention assertion propose so-called supposedly presumably expect likely`,
		Accusing: `accuse blame condemn denounce charge criticize criticise slam blast decry attack fault indict implicate scold rebuke chide
			chastise excoriate lambast lambaste lash rip skewer assail castigate berate disparage deride mock ridicule insult vilify malign
			smear accusation blame condemnation criticism attack charge hit target knock hammer eviscerate rail bash impugn sue`,
		Denying: `deny reject dismiss refuse refute rebut rebuff dispute contradict disavow disown decline disagree deflect discount repudiate
			denial rejection refusal dismissal contest challenge disclaim rule-out pooh-pooh brush debunk`,
		Demanding: `demand order urge ask request call-for insist implore beg plead press pressure command instruct direct require exhort
			encourage appeal petition invite beseech compel tell want summon demand order request appeal plea call advocate lobby recommend
			recommendation invite ultimatum`,
		Promising: `promise vow pledge swear guarantee commit undertake threaten agree offer promise vow pledge threat guarantee commitment
			agreement offer volunteer`,
		Believing: `believe think feel consider regard view deem imagine perceive judge reckon figure understand interpret doubt opinion belief
			view thought feeling impression sense perception judgement judgment assessment trust convince sure certain confident conviction
			conclude see assess ponder contemplate wonder mind envision`,
		Intending: `want wish hope plan intend aim seek decide desire prefer mean try consider resolve attempt look propose prepare
			intention plan hope wish desire aim goal decision ambition willing eager ready determined vie strive push endeavor endeavour
			expect long yearn bid`,
		Fearing: `fear worry dread concern anxious afraid worried concerned alarmed fear worry concern anxiety panic nervous wary scared
			fret agonize`,
		Asking: `ask question inquire enquire query wonder grill quiz interview press question inquiry query demand-to-know investigate`,
		Supporting: `support back endorse praise hail applaud welcome laud commend celebrate favor favour defend approve champion admire
			thank congratulate like love appreciate embrace support endorsement praise backing approval defense defence compliment credit
			respect side tout promote salute`,
		Opposing: `oppose object protest hate dislike loathe resent detest despise disapprove boycott resist opposition objection protest
			hatred disdain contempt outrage disgust disapproval question distance repel reprimand resentment`,
	} {
		for lemma := range strings.FieldsSeq(lemmas) {
			if _, taken := table[hash(lemma)]; !taken {
				table[hash(lemma)] = class
			}
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
	table := classes()
	head := d.headOf(r)
	if c := table[d.nodes[head].lemma]; c != "" && d.nodes[head].Flags&word.Letter != 0 {
		return d.negated(r, c)
	}
	for i := r.last - 1; i >= r.first; i-- {
		if c := table[d.nodes[i].lemma]; c != "" {
			return d.negated(r, c)
		}
	}
	return ""
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
