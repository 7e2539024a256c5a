package article

import "strings"

// wordSet is words by hash, as sameWord tells them apart.
type wordSet map[uint32]struct{}

func newWordSet(words string) wordSet {
	s := wordSet{}
	for w := range strings.FieldsSeq(words) {
		s[hashWord(hashStart, w)] = struct{}{}
	}
	return s
}

func (s wordSet) has(w string) bool {
	_, ok := s[hashWord(hashStart, w)]
	return ok
}

// nameTables are the words that the comparison of names knows.
var nameTables = struct {
	articles, honorifics, reigns, generations, particles, sureParticles, familyFirst, forms, generic, places, joints wordSet
	aliases                                                                                                          map[uint32]uint32  // of all words to that of the first name of the row
	short                                                                                                            map[uint32][]uint8 // of a given name to the rows it is in
}{
	articles: newWordSet("the"),
	honorifics: newWordSet(`mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron rev reverend father fr sister rabbi imam sheikh
		shaikh ayatollah pope cardinal archbishop bishop saint st king queen prince princess emperor duke duchess president pres premier prime
		minister chancellor secretary sen senator rep representative congressman congresswoman gov governor mayor ambassador envoy gen general
		lt lieutenant col colonel maj major capt captain sgt sergeant cpl corporal pvt private adm admiral cmdr commander det detective insp
		inspector constable officer chief judge justice attorney coach hon honourable honorable`),
	reigns:        newWordSet("pope cardinal king queen prince princess emperor empress duke duchess sultan emir sheikh saint st sister lord lady"),
	generations:   newWordSet("jr sr ii iii iv"),
	particles:     newWordSet("von van der den de del della di da dos du la le bin ibn ben al el abu ter ten zu"),
	sureParticles: newWordSet("von bin ibn abu ter zu"), // no given names
	// Family names that stand first in Chinese, Korean and Vietnamese names, without those that are as usual as given names elsewhere.
	familyFirst: newWordSet(`xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo ma luo liang song zheng xie tang feng yu
		dong cai peng zeng xiao tian deng cao jiang qin wei ye cui hao qian kim park choi jung jeong kang cho yoon jang lim shin kwon hwang ahn
		moon nguyen tran pham hoang phan vu vo dang bui ngo duong`),
	forms: newWordSet("inc ltd limited plc corp corporation co llc llp gmbh ag sa nv bv spa ab asa oyj kk lp pty incorporated"),
	generic: newWordSet(`group holdings company companies motor motors university airlines airways bank technologies international industries
		records pictures entertainment stores foods`),
	places: newWordSet("strip"),
	joints: newWordSet("of the and & for in on to at de la"),
	aliases: aliases(
		"us|usa|united states|united states of america|america",
		"uk|united kingdom|britain|great britain",
		"un|united nations",
		"eu|european union",
		"uae|united arab emirates|emirates",
		"drc|dr congo|democratic republic of congo|democratic republic of the congo",
		"prc|peoples republic of china|china",
		"dprk|north korea",
		"rok|south korea",
		"holland|netherlands",
		"burma|myanmar",
		"ivory coast|cote divoire",
		"czechia|czech republic",
		"turkey|turkiye",
		"nyc|new york city|new york",
		"washington|washington dc|dc",
		"kyiv|kiev",
	),
	short: shortForms(`
		abigail abby|abraham abe|albert al bert|alexander alex sasha|alexandra alex sandra|alfred alf fred|andrew andy drew|anthony tony|
		barbara barb|benjamin ben benny|catherine cathy kate katherine kathryn katie|charles charlie chuck|christopher chris|christine chris|
		daniel dan danny|david dave|deborah deb debbie|donald don|douglas doug|edward ed eddie ted|elizabeth liz beth betty|frederick fred|
		geoffrey geoff|gerald gerry jerry|gregory greg|henry harry|isaac ike|jacob jake|james jim jimmy|jeffrey jeff|jennifer jen jenny|
		jonathan jon|joseph joe|joshua josh|judith judy|kenneth ken|lawrence larry|leonard len|margaret maggie meg peggy|
		matthew matt|michael mike mick|mohammed mohammad muhammad mohamed mohamad muhammed|nathaniel nate nathan|nicholas nick|
		pamela pam|patricia pat patty|patrick pat|peter pete|philip phil phillip|raymond ray|rebecca becky|richard rick dick|robert bob rob bobby|
		ronald ron|samuel sam|stephen steve steven|susan sue|theodore ted teddy|thomas tom|timothy tim|victoria vicky|
		walter walt|william bill will billy|zachary zach`),
}

func aliases(rows ...string) map[uint32]uint32 {
	m := map[uint32]uint32{}
	for _, row := range rows {
		first, _, _ := strings.Cut(row, "|")
		for name := range strings.SplitSeq(row, "|") {
			m[hashWords(strings.Fields(name))] = hashWords(strings.Fields(first))
		}
	}
	return m
}

func shortForms(rows string) map[uint32][]uint8 {
	m := map[uint32][]uint8{}
	i := uint8(0)
	for row := range strings.SplitSeq(rows, "|") {
		for w := range strings.FieldsSeq(row) {
			h := hashWord(hashStart, w)
			m[h] = append(m[h], i)
		}
		i++
	}
	return m
}
