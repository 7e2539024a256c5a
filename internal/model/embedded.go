package model

import _ "embed"

// Each model is one file in weights/. An embedded string is mapped with the
// binary and touched only when read, so a command that needs no model pays
// nothing for it. The pass that owns a model keeps what it makes of it behind
// sync.OnceValues.
var (
	//go:embed weights/token.model
	token string
	//go:embed weights/words.model
	words string
	//go:embed weights/tag.model
	tag string
	//go:embed weights/lemma.model
	lemma string
	//go:embed weights/gazetteer.model
	gazetteer string
	//go:embed weights/names.model
	names string
	//go:embed weights/attribution.model
	attribution string
	//go:embed weights/rarity.model
	rarity string
	//go:embed weights/match.model
	match string
	//go:embed weights/group.model
	group string
)

// Token is the weights by which sentences are found in a text without lines.
func Token() (*Model, error) { return Parse(token) }

// Words is the word classes that several passes share.
func Words() (*Model, error) { return Parse(words) }

// Tag is the weights of the part-of-speech tagger.
func Tag() (*Model, error) { return Parse(tag) }

// Lemma is the tables of the lemmatiser.
func Lemma() (*Model, error) { return Parse(lemma) }

// Gazetteer is the lists of names.
func Gazetteer() (*Model, error) { return Parse(gazetteer) }

// Names is the weights that find names.
func Names() (*Model, error) { return Parse(names) }

// Attribution is the weights that find who said what.
func Attribution() (*Model, error) { return Parse(attribution) }

// Rarity is how rare stems are in news at large.
func Rarity() (*Model, error) { return Parse(rarity) }

// Match is the trees that say whether two passages make the same claim.
func Match() (*Model, error) { return Parse(match) }

// Group is the trees that say whether an article belongs to a story.
func Group() (*Model, error) { return Parse(group) }
