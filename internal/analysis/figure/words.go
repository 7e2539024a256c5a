package figure

import "synoptic/internal/number"

// closed are words that no counted thing begins with or goes on over: function
// words, common adverbs, verbs of saying and being.
var closed = set("a an the this that these those and or but nor so yet if as than then of to in on at by for from with without into onto upon over under above below " +
	"between among amid across after before during since until till per via about around through throughout toward towards against along near off out up down within " +
	"behind beyond inside outside despite except like unlike he she it they we you i him her them us me his its their our your my who whom whose which what when where why how " +
	"is are was were be been being am has have had having do does did will would can could shall should may might must not no yes also too very just only even still already ago " +
	"later earlier today yesterday tomorrow tonight now here there again ever never always often while because although though whether each every both either neither " +
	"said say says saying told tells according went go goes going gone came come comes got get gets took take takes made make makes gave give gives saw see sees " +
	"remain remains remained began begin begins became become becomes left leave leaves away apart overall together instead mostly mainly largely including compared " +
	"worth alone total combined respectively 's it's that's he's she's don't didn't isn't wasn't aren't weren't killed " +
	"last next because versus vs among amongst plus minus equals times this however therefore thus perhaps")

// nominal are adjectives and participles that stand for people by themselves
// after a number: "seven dead and 50 injured".
var nominal = set("dead injured wounded missing hurt killed displaced homeless others more unaccounted trapped detained arrested hospitalised hospitalized abducted " +
	"infected ill sick evacuated rescued alive")

// plurals are nouns whose plural does not end in s.
var plurals = set("people men women children police troops cattle sheep fish deer aircraft spacecraft crew personnel staff feet teeth mice geese oxen media data " +
	"criteria phenomena bacteria " +
	"grandchildren schoolchildren stepchildren alumni youth elderly offspring livestock poultry species " +
	"series headquarters clergy folk salmon cod")

// singular looks like a plural and is none.
var singular = set("gas bus crisis basis analysis bonus campus virus status census consensus corpus chaos atlas canvas cosmos lens news politics economics ethics mathematics " +
	"physics athletics gymnastics diabetes measles perhaps always sometimes afterwards besides overseas across previous various famous serious dangerous religious precious " +
	"victorious continuous numerous enormous tremendous nervous generous cautious indigenous conscious obvious anonymous autonomous less unless toes yes plus thus was is his " +
	"hers its ours theirs this as has does goes says")

// labels are nouns that a number names, not counts, when it follows them.
var labels = set("section sections chapter chapters page pages paragraph article articles part phase room flight channel group level tier type row line lane route highway interstate road " +
	"platform gate number numbers no nos nr nrs figure table version day week year season episode round stage game match set grade class category step item lot model seed rank ranked " +
	"ward district precinct proposition title form schedule resolution rule question exhibit apartment apt suite box exit junction division zone sector war volume vol issue code " +
	"zip unit act mk mark appendix annex clause bus train tram building block pier terminal hole lap reactor pool band command order verse psalm top last covid under " +
	"studio area formula mach problem protocol windows gen generation")

// indexes and makes are names that numbers follow as part of them, also before
// a plural.
var makes = set("boeing airbus iphone galaxy pixel ipad playstation xbox falcon apollo p stoxx ftse cac nikkei dow russell nasdaq topix asx tsx euro windows android ios model mazda audi bmw peugeot " +
	"renault porsche hiv covid sars influenza channel type radio bbc cnn fox euronext catch formula super group division league pac big")

// sequels make a time of what looks like a rate: "a week earlier".
var sequels = set("earlier later ago before after from since")

// streetsFirst begin the name of a street.
var streetsFirst = set("ave avenue rue via calle")

// streets are words that end the name of a street.
var streets = set("street st road rd avenue ave av boulevard blvd way lane ln drive dr court ct place pl square terrace close crescent highway parkway pkwy alley row quay gardens mews strasse rue via calle")

// months of a calendar keep a number beside them from being a count.
var months = set("january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec")

// persons are pronouns whose "is" or "was" before a bare number tells an age.
var persons = set("he she who i")

// possessives go before a decade of life: "in her mid-50s".
var possessives = set("his her their my your our")

// leadIns are words before a four-digit number that make it a year.
var leadIns = set("in since by of from until till before after during between early late mid summer winter spring autumn fall year season to through the its their his her our this " +
	"january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec circa")

// pronounOne are words that make "one" a pronoun or a part of an idiom: before
// it, and after it.
var (
	oneBefore = set("no any every each the this that which some another only last next first such other not")
	oneAfter  = set("another day morning evening night afternoon time thing who that which can could should would will might may must is was has had does did knows and or but to in on at for by with from as " +
		"if when because than so too more after before 's way where side hand moment they he she we it i you")
)

func set(words string) *number.Phrases[bool] {
	entries := map[string]bool{}
	for start, i := 0, 0; i <= len(words); i++ {
		if i == len(words) || words[i] == ' ' {
			if i > start {
				entries[words[start:i]] = true
			}
			start = i + 1
		}
	}
	return number.NewPhrases(entries)
}
