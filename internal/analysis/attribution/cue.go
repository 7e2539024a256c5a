package attribution

// cues are verbs that tell of speech or thought, in the forms in which they
// stand in news, with the class of their lemma. The classes are those of the
// literature on reporting verbs (Hooper 1975; Recasens, Danescu-Niculescu-Mizil
// and Jurafsky 2013), with accusing and denying apart.
var cues = func() map[string]string {
	forms := map[string][]string{
		"assertive": {
			"said", "says", "say", "saying", "told", "tells", "telling", "added", "adds", "adding", "stated", "states", "wrote", "writes",
			"writing", "tweeted", "posted", "announced", "announces", "announcing", "declared", "declares", "declaring", "explained", "explains",
			"explaining", "replied", "replies", "responded", "answered", "noted", "notes", "noting", "remarked", "commented", "recalled",
			"recalling", "continued", "concluded", "asked", "asks", "asking", "reported", "reports", "reporting", "repeated", "reiterated",
			"stressed", "stresses", "stressing", "emphasized", "emphasised", "insisted", "insists", "insisting", "argued", "argues", "arguing",
			"described", "describes", "describing", "called", "calling", "dubbed", "labelled", "labeled", "promised", "vowed", "pledged",
			"warned", "warns", "warning", "urged", "urges", "urging", "quipped", "joked", "shouted", "whispered", "cried", "testified", "read", "reads",
			"joking", "tweeting", "praised", "hailed", "greeted", "quoted",
		},
		"factive":   {"confirmed", "confirms", "confirming", "revealed", "reveals", "revealing", "admitted", "admits", "acknowledged", "acknowledges", "conceded"},
		"hedging":   {"suggested", "suggests", "suggesting", "claimed", "claims", "claiming", "alleged", "alleges", "alleging", "believed", "believes", "thought", "thinks", "hinted", "speculated"},
		"accusing":  {"accused", "accuses", "accusing", "blamed", "blames", "blaming", "condemned", "condemns", "condemning", "denounced", "criticized", "criticised", "slammed", "decried"},
		"denying":   {"denied", "denies", "denying", "rejected", "rejects", "rejecting", "dismissed", "dismisses", "dismissing", "refused"},
		"demanding": {"demanded", "demands", "demanding", "ordered", "insist"},
	}
	table := map[string]string{}
	for class, words := range forms {
		for _, w := range words {
			table[w] = class
		}
	}
	return table
}()
