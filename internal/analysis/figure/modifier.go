package figure

import (
	"synoptic/article"
	"synoptic/internal/number"
)

// before are the words that bound a number and stand before it.
var before = number.NewEndings(map[string]article.Modifier{
	"more than|over|at least|a least|above|upwards of|upward of|in excess of|exceeding|exceeds|exceeded|exceed|greater than|higher than|beyond|north of":                                                         article.Over,
	"not less than|no less than|no fewer than|not fewer than|no lower than|a minimum of|minimum of|minimum|well over|just over|slightly over|a little over|far over":                                             article.Over,
	"just more than|a little more than|slightly more than|well above|just above|older than|larger than|longer than|surpassing|surpassed|topping|topped|> |≥|> =":                                                 article.Over,
	"far more than|many more than|surpasses|tops|better than|or over|or more than":                                                                                                                               article.Over,
	"less than|fewer than|under|below|up to|at most|no more than|not more than|as many as|as much as|a maximum of|maximum of|smaller than|shorter than":                                                          article.Under,
	"younger than|lower than|no greater than|no longer than|just under|slightly under|a little under|well under|well below|just below|no higher than|not exceeding|south of|< |≤|< =":                            article.Under,
	"slightly less than|just less than|a little less than|far fewer than|far less than|not exceed|sub -":                                                                                                         article.Under,
	"nearly|almost|close to|approaching|not quite|virtually|just shy of|shy of|just short of|nearing":                                                                                                            article.Nearly,
	"about|around|some|roughly|approximately|approx|circa|ca|estimated|an estimated|~ |≈|in the region of|in the order of|on the order of|something like|somewhere around|barely|round about|or around|or about": article.About,
	"perhaps|maybe|about an estimated|in the neighborhood of|in the neighbourhood of":                                                                                                                            article.About,
	"exactly|precisely|just|only|a total of|total of|a combined|a whole|a record":                                                                                                                                article.Exact,
	"another|an additional|additional|a further|further|an extra|extra":                                                                                                                                          article.Exact,
})

// after are the words that bound a number and stand after it, or after what it
// counts.
var after = number.NewPhrases(map[string]article.Modifier{
	"or more|or above|or higher|or over|or older|or longer|or greater|and above|and over|and up|plus|- plus|+": article.Over,
	"or less|or fewer|or under|or below|or younger|or lower":                                                   article.Under,
	"or so|- odd|odd|or thereabouts|more or less|give or take|- ish|ish":                                       article.About,
})

// moves are the words that say by how much something changed. With "by" they
// may stand apart from the number by an adverb.
var moves = number.NewEndings(map[string]move{
	"rose|rise|rises|rising|risen|up|jumped|jump|jumps|jumping|climbed|climb|climbs|climbing|surged|surge|surges|surging":                       {article.Up, measured},
	"soared|soar|soaring|grew|grow|grows|growing|grown|increased|increase|increases|increasing|rallied|rally|rallies|rallying|spiked":           {article.Up, measured},
	"rose by|rise by|rises by|rising by|risen by|up by|jumped by|climbed by|surged by|soared by|grew by|grow by|grown by|growing by|higher by":  {article.Up, every},
	"increased by|increase by|increases by|increasing by|raised by|raise by|raising by|lifted by|upward by|upwards by|boosted by|expanded by":   {article.Up, every},
	"rise of|increase of|jump of|gain of|gains of|growth of|surge of|leap of":                                                                   {article.Up, every},
	"gained|gain|gains|gaining|added|adds|adding|advanced|advance|advances|advancing|ticked up|edged up|put on|gained by|advanced by|firmed":    {article.Up, parts},
	"fell|fall|falls|falling|fallen|down|dropped|drop|drops|dropping|declined|decline|declines|declining|slid|slide|slides|sliding":             {article.Down, measured},
	"slipped|slip|slips|plunged|plunge|plunging|tumbled|tumble|tumbling|dipped|dip|plummeted|plummet|plummeting|sank|sink|sinking|shrank":       {article.Down, measured},
	"decreased|decrease|decreases|decreasing|eased|contracted|retreated":                                                                        {article.Down, measured},
	"fell by|fall by|falls by|falling by|fallen by|down by|dropped by|drop by|dropping by|declined by|decline by|slid by|slipped by|plunged by": {article.Down, every},
	"tumbled by|dipped by|sank by|shrank by|shrink by|decreased by|decrease by|reduced by|reduce by|reducing by|cut by|lowered by|lower by":     {article.Down, every},
	"fall of|drop of|decline of|decrease of|reduction of|slump of|dip of|downward by|contracted by":                                             {article.Down, every},
	"lost|lose|loses|losing|shed|sheds|shedding|lost by":                                                                                        {article.Down, parts},
})

// move is a change and the amounts that its words tell of: "dropped 3%" is a
// change, "dropped 50 bombs" is none, and "lost $5" only a loss.
type move struct {
	modifier article.Modifier
	of       kindOfAmount
}

type kindOfAmount uint8

const (
	every kindOfAmount = iota
	measured
	parts // percentages and points
)
