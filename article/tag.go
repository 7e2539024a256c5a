package article

// Tag is a universal part of speech (Universal Dependencies, version 2).
type Tag uint8

// The universal parts of speech; the zero value is a token without a tag.
const (
	NoTag Tag = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
	X
)

var tags = [...]string{
	"", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
	"PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
}

// String is the tag as treebanks write it, "" for NoTag.
func (t Tag) String() string { return tags[t] }

// ParseTag is the tag that String writes as s, or NoTag.
func ParseTag(s string) Tag {
	for i, name := range tags {
		if name == s {
			return Tag(i)
		}
	}
	return NoTag
}

// Rel is a universal dependency relation, with the subtypes that English
// treebanks use most.
type Rel uint8

// The relations; the zero value is an arc without one.
const (
	NoRel Rel = iota
	Acl
	AclRelcl
	Advcl
	AdvclRelcl
	Advmod
	Amod
	Appos
	Aux
	AuxPass
	Case
	Cc
	CcPreconj
	Ccomp
	Clf
	Compound
	CompoundPrt
	Conj
	Cop
	Csubj
	CsubjPass
	Dep
	Det
	DetPredet
	Discourse
	Dislocated
	Expl
	Fixed
	Flat
	Goeswith
	Iobj
	List
	Mark
	Nmod
	NmodPoss
	NmodUnmarked
	Nsubj
	NsubjPass
	Nummod
	Obj
	Obl
	OblAgent
	OblUnmarked
	Orphan
	Parataxis
	Punct
	Reparandum
	Root
	Vocative
	Xcomp
)

var rels = [...]string{
	"", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
	"cc:preconj", "ccomp", "clf", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:pass", "dep", "det",
	"det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
	"nmod:poss", "nmod:unmarked", "nsubj", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked",
	"orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
}

// String is the relation as treebanks write it, "" for NoRel.
func (r Rel) String() string { return rels[r] }

// ParseRel is the relation that treebanks write as s; of a subtype that is not
// in the table it is the relation above it, and NoRel of what is none.
func ParseRel(s string) Rel {
	for i, name := range rels {
		if name == s {
			return Rel(i)
		}
	}
	for i := range s {
		if s[i] == ':' {
			return ParseRel(s[:i])
		}
	}
	return NoRel
}
