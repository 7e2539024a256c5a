package match

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Stemmer takes the inflection off English words (Porter's second stemmer,
// Snowball) after irregular forms have been put in their base form and number
// words in digits.
type Stemmer struct{ env *snowballstem.Env }

// NewStemmer makes a stemmer. It is not for several goroutines.
func NewStemmer() Stemmer { return Stemmer{snowballstem.NewEnv("")} }

// Stem is the stem of a word in lower case.
func (s Stemmer) Stem(word string) string {
	if base, ok := irregular[word]; ok {
		word = base
	}
	if digits, ok := numerals[word]; ok {
		return digits
	}
	if word != "" && '0' <= word[0] && word[0] <= '9' {
		return strings.ReplaceAll(word, ",", "")
	}
	s.env.SetCurrent(word)
	english.Stem(s.env)
	return s.env.Current()
}

// numerals are the number words that news writes out.
var numerals = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
	"seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
	"sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}

// irregular leads forms of verbs and nouns that no suffix rule undoes to their
// base form.
var irregular = func() map[string]string {
	forms := map[string]string{}
	for line := range strings.Lines(`
arise arose arisen
awake awoke awoken
bear bore borne
beat beaten
become became
begin began begun
bend bent
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fly flew flown flies
forbid forbade forbidden
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go went gone goes
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
know knew known
lay laid
lead led
learn learnt
leave left
lend lent
lie lay lain lying
light lit
lose lost
make made
mean meant
meet met
overthrow overthrew overthrown
overtake overtook overtaken
pay paid
plead pled
prove proven
ride rode ridden
ring rang rung
rise rose risen
run ran
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
slay slew slain
sleep slept
slide slid
speak spoke spoken
speed sped
spend spent
spin spun
spring sprang sprung
stand stood
steal stole stolen
stick stuck
strike struck stricken
strive strove striven
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
think thought
throw threw thrown
undergo underwent undergone
understand understood
uphold upheld
wake woke woken
wear wore worn
weep wept
win won
wind wound
withdraw withdrew withdrawn
withhold withheld
withstand withstood
write wrote written
man men
woman women
policeman policemen
policewoman policewomen
fireman firemen
gunman gunmen
spokesman spokesmen
spokeswoman spokeswomen
congressman congressmen
lawmaker lawmakers
child children
person people
foot feet
life lives
wife wives
knife knives
half halves
leaf leaves
crisis crises
die dying died dies
tie tying
`) {
		words := strings.Fields(line)
		for i, w := range words {
			if i > 0 {
				forms[w] = words[0]
			}
		}
	}
	delete(forms, "leaves") // of "leave" more often than of "leaf"
	delete(forms, "wound")  // the injury more often than the past of "wind"
	delete(forms, "lay")
	return forms
}()

// stopwords say nothing of what a sentence is about.
var stopwords = set(`
a an the this that these those some any each every both such
i me my we us our ours you your yours he him his she her hers it its they them their theirs himself herself itself themselves
who whom whose which what there here
is are was were be been being am 're 's 'm has have had having 've do does did doing done
will would shall should can could may might must ca wo sha 'll 'd
and or but nor so yet if because as while when where than then though although how why whether unless
of in on at by for with from to into onto about over under after before since until during between among against
through out up down off per via also too very just only even more most much many other others another around near
along across within toward towards upon amid behind beyond above below away back
said say says saying told tell tells telling added add adds according mr mrs ms dr not n't no never
now still already once again however meanwhile get got gets getting one own same way well
`)

// negations turn what a sentence says round.
var negations = set(`not n't no never neither nor without cannot`)

// openers begin a clause when they stand after its beginning.
var openers = set(`
that which who whom whose when while where after before as because since until although though if unless whether but amid despite
following including adding saying
`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
