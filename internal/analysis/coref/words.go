package coref

import (
	"strings"
	"sync"
)

// class is what a noun says of the thing it stands for.
type class uint16

// The classes. A noun in none of them stands for a thing.
const (
	human      class = 1 << iota
	male             // "spokesman"
	female           // "spokeswoman"
	body             // a group that acts as one: "ministry"
	company          // also a body
	crowd            // persons in the singular: "family", "police"; they are "they" as well as "it"
	country          //
	settlement       // "city"
	vague            // says too little to tell one person from the next: "man", "official"
)

// nouns are the nouns with a class, by lemma, put together when first needed.
var nouns = sync.OnceValue(func() map[string]class {
	m := map[string]class{}
	add := func(c class, words string) {
		for w := range strings.FieldsSeq(words) {
			m[w] |= c
		}
	}
	add(human, `accountant activist actor adviser advisor advocate agent aide ally ambassador analyst anchor architect archaeologist artist assistant
		astronaut astronomer athlete attacker attorney author backer banker baker barrister bishop biologist blogger boss boxer broadcaster broker
		builder campaigner candidate captain cardinal carer cashier celebrity ceo chair chairperson champion chancellor chef chemist chief child citizen
		civilian cleaner clerk cleric climber coach colleague colonel columnist comedian commander commentator commissioner composer conductor
		congressman congresswoman conservationist constable consultant contractor cook co-founder cofounder coordinator coroner correspondent councillor
		counsel counselor counsellor cousin creator critic customer cyclist dancer dealer dean defendant defender delegate demonstrator dentist deputy
		designer detainee detective developer dictator diplomat director dissident doctor donor driver drummer economist editor educator
		emir employee employer engineer entrepreneur envoy epidemiologist executive expert explorer farmer fighter filmmaker financier
		firefighter fisher founder friend fugitive gamer general geologist goalkeeper governor graduate grandchild guard guest guide guitarist gunman head
		historian homeowner host hostage hunter immigrant inmate inspector instructor interpreter interviewee interviewer inventor investigator investor jeweller
		jockey journalist judge juror justice keeper killer labourer landlord lawmaker lawyer leader lecturer legislator lecturer librarian lieutenant
		lobbyist magistrate magnate manager marshal mathematician mayor mechanic mediator member merchant meteorologist midfielder migrant militant minister miner
		minor moderator monarch motorcyclist motorist musician negotiator neighbour neighbor neurologist novelist nurse observer offender officer official
		operator opponent organizer organiser owner painter paramedic parent parliamentarian participant partner passenger pastor patient
		pedestrian performer philosopher photographer physician physicist pianist pilot plaintiff player poet policymaker politician pope premier
		presenter president priest principal prisoner prodigy producer professor programmer prosecutor protester protestor provost psychiatrist psychologist
		publisher pupil rabbi rapper rector refugee reporter representative rescuer researcher resident reviewer rider rival runner sailor
		scholar scientist sculptor secretary senator sergeant servant sheriff shooter shopper sibling singer skipper sociologist soldier solicitor
		songwriter speaker specialist spokesperson sprinter starlet statesman stepchild striker student successor superintendent supervisor supporter
		surgeon survivor suspect swimmer teacher technician teenager tenant terrorist therapist tourist trader trainer translator treasurer trustee tutor tycoon
		undersecretary veteran veterinarian victim villager violinist virologist visitor volunteer voter warden whistleblower winner winger witness worker wrestler
		writer youngster youth zookeeper predecessor incumbent billionaire millionaire baby toddler infant adult person somebody someone individual
		correspondent cameraman lifeguard harbourmaster stationmaster star superstar legend hero icon veteran newcomer frontman
		mayor-elect president-elect runner-up vice-president vice-chairman`)
	add(human|male, `man boy father dad son brother husband uncle nephew grandfather grandson stepfather stepson king prince duke baron count emperor sultan
		gentleman spokesman chairman businessman policeman fireman congressman salesman fisherman statesman craftsman cameraman gunman
		alderman nobleman sportsman clergyman monk widower groom boyfriend actor waiter lord sheikh sir godfather guy bloke lad`)
	add(human|female, `woman girl mother mum mom daughter sister wife aunt niece grandmother granddaughter stepmother stepdaughter queen princess duchess baroness
		countess empress lady spokeswoman chairwoman businesswoman policewoman congresswoman saleswoman nun widow bride girlfriend actress waitress
		heiress hostess goddess noblewoman sportswoman ballerina midwife dame godmother stewardess schoolgirl`)
	delete(m, "actor")
	m["actor"] = human
	add(human|vague, `man woman boy girl person somebody someone individual official member resident expert source adult child youth victim suspect patient
		passenger student worker employee participant witness customer citizen visitor guest fan user neighbour neighbor friend colleague supporter
		protester soldier officer voter migrant refugee survivor teenager player`)
	add(body, `administration agency alliance army assembly association authority board branch broadcaster bureau cabinet chamber
		charity church club coalition college commission committee congress consortium council court department directorate embassy executive
		faction federation foundation government group guild hospital institute institution inspectorate judiciary junta
		laboratory league legislature magazine militia ministry mosque movement museum network newspaper ngo office organisation
		organization outlet parliament party police prosecution regime regulator school secretariat senate society squad
		team think-tank tribunal troupe trust union unit university watchdog website`)
	add(body|company, `airline bank brand brewer broadcaster business builder carmaker chain company conglomerate contractor corporation developer
		distributor enterprise factory firm franchise insurer label lender maker manufacturer operator processor producer provider publisher
		retailer shipbuilder shipper startup start-up studio supermarket supplier utility`)
	add(crowd, `army audience band board cabinet club committee council couple crew crowd delegation family government group jury league militia
		majority minority pair panel police press public squad staff team trio troupe union`)
	add(country, `country nation state kingdom republic`)
	add(settlement, `city town village capital port suburb`)
	return m
})

// Words that part one description from another: "the former envoy" is not the
// envoy, "another officer" is somebody new.
var parting = set(`former ex ex- previous new next then late future incoming outgoing other another first second third deputy vice acting interim
	own such same-named different fellow rival opposing ordinary alleged unnamed unidentified several many few most some any each every no both either
	whole entire rest`)

// Nouns of speech acts and the verbs that report them; who is their subject
// does not stand as "he" inside of the quotation.
var speech = set(`say tell add write tweet explain argue claim insist note warn announce state reply ask recall remark admit acknowledge declare stress
	believe think hope suggest continue report conclude joke shout post respond describe deny testify observe comment agree confirm promise assert allege accuse maintain complain criticise criticize condemn praise predict reveal disclose
	estimate recommend urge demand concede caution stress reiterate contend testify quip`)

// kindWords are the nouns in names of places that say what they are, beside
// those of the table of nouns.
var kindWords = set(`airport avenue bay beach bridge building canal castle cathedral cemetery coast county creek dam desert district forest
	gulf harbour harbor hill island islands lake library mountain mountains park peninsula plaza province region reserve river road sea
	square stadium station strait street temple territory theatre theater tower valley volcano`)

// modal are auxiliaries that make a predicate one that may not hold.
var modal = set("will would can could may might shall should must ca wo")

// titleGender are words before a name that tell the gender of who bears it.
var titleGender = map[string]gender{
	"mr": masculine, "mr.": masculine, "mister": masculine, "sir": masculine, "lord": masculine, "father": masculine, "brother": masculine,
	"mrs": feminine, "mrs.": feminine, "ms": feminine, "ms.": feminine, "miss": feminine, "dame": feminine, "lady": feminine, "sister": feminine, "madam": feminine,
	"madame": feminine, "pope": masculine, "rabbi": masculine, "imam": masculine, "sheikh": masculine, "ayatollah": masculine,
}

// addresses stand before a name and describe nobody.
var addresses = set("mr mr. mrs mrs. ms ms. miss mister madam madame sir dame lord lady dr dr. rev rev. reverend hon hon.")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
