// Package collation lays the accounts of one story side by side. Articles with
// their analyses and the story's origins come in; points, figures, quotations
// and the other findings go out, each tied by [Cite] to the words that support
// it.
package collation

import (
	"strings"

	"synoptic/article"
	"synoptic/story"
	"synoptic/text"
)

// Account is one article of the story, with what was found in it.
type Account struct {
	*article.Article
	Analysis *article.Analysis
	Missing  article.Layers // layers that the engine has no pass for in the account's language
	Origin   int            // index into Collation.Origins
	Apart    bool           // it has no point in common with most others, which have some: it may tell another event
}

// Cut reports whether so much of the account seems to be missing that what it
// lacks is unknown rather than left out.
func (a Account) Cut() bool { return a.Completeness < 0.7 }

// Collation is the accounts of one story, side by side. Accounts stand in
// order of publication; findings name them by index. Rows stand in order of
// support, then of place in the earliest account.
type Collation struct {
	Engine     string
	Title      Cite // a headline of one of the accounts
	Language   string
	Accounts   []Account
	Origins    []story.Origin // articles are indexes into Accounts
	Highlights []Highlight
	Digest     []Highlight // more of the story, in the order in which it is mostly told
	Points     []Point
	Figures    []Figure
	Quotes     []Quote
	Voices     []Voice
	Naming     []Naming
	Wording    []Wording
	Positions  []Position
	Omissions  []Omission
	Leads      []Lead
	Prominence []Prominence
	Timeline   []Event
	Problems   []Problem

	copies *story.Copies // what accounts of different origins have copied; used while collating
}

// Untold reports whether what an account lacks is unknown rather than left out:
// part of it is missing, it is in another language than most, or it may tell
// another event.
func (c *Collation) Untold(account int) bool {
	a := c.Accounts[account]
	return a.Cut() || a.Apart || primary(a.Language) != primary(c.Language)
}

// primary is the language of a tag without its region: "en" of "en-GB".
func primary(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// Problem is an input that could not be read, or could not be read whole.
type Problem struct {
	Place string // path, path with line, or address
	Err   error  // the reason, without the place
}

// String is the place, a colon and the reason.
func (p Problem) String() string { return p.Place + ": " + p.Err.Error() }

// Cite is words of one account. It is made by NewCite alone, which checks that
// the words are there, so that whatever holds one is grounded.
type Cite struct {
	account int
	span    text.Span
}

// Account is the index of the account that is cited.
func (c Cite) Account() int { return c.account }

// Span is the place of the words in the account's text.
func (c Cite) Span() text.Span { return c.span }

// Zero reports whether c cites nothing. No finding holds such a cite but where
// its comment allows it.
func (c Cite) Zero() bool { return c.span.Empty() }

// Source is whose words or claim a passage gives, as far as it is known.
type Source struct {
	Name string    // resolved name ("Steve Witkoff"), "" for the account itself
	Span text.Span // the mention in the passage's account ("he"); empty where none is
}

// Passage is words that say a point, and whose claim they are.
type Passage struct {
	Cite
	Source Source
	Near   bool // it is like others of the point, and not surely the claim of the words that stand for it
}

// Status is how the accounts stand to a point.
type Status string

// The statuses of a point.
const (
	Agreed   Status = "agreed"   // at least two origins say it
	Single   Status = "single"   // one origin says it, or all that say it are one copy
	Disputed Status = "disputed" // passages of it stand against each other
)

// Point is one fact or one statement of a party, with the passages that say it.
type Point struct {
	Status   Status
	Origins  int       // how many origins say it, those that copy one passage counted once
	Roots    []string  // who stands at the end of each chain of attribution of the point's own claim, where one is named
	Rooted   int       // how many roots it has: Roots, and the origins that give it as their own; 1 where all have it from one source
	Passages []Passage // by account, then by place; at least one
	Text     Cite      // the passage that stands for the point
	Disputes []Dispute // what stands against each other in it; none unless it is disputed
}

// OneRoot reports whether several origins say the point and all have it from one
// source.
func (p Point) OneRoot() bool { return p.Status == Agreed && p.Rooted == 1 && len(p.Roots) == 1 }

// DisputeKind is how the sides of a dispute stand against each other.
type DisputeKind string

// The kinds of disputes.
const (
	Denied       DisputeKind = "denial"        // the second side denies what the first says
	Contradicted DisputeKind = "contradiction" // one side says that something is so, the other that it is not
	OtherFigure  DisputeKind = "figure"        // each side gives another number
	OtherDate    DisputeKind = "date"          // each side gives another day
)

// Dispute is words of a point that cannot all be right.
type Dispute struct {
	Kind   DisputeKind
	Sides  [][]Cite // at least two, that of most origins first; a denial comes second
	Figure int      // of OtherFigure, index into Figures
}

// Highlight is a sentence of an account that carries what most of them say.
type Highlight struct {
	Text     Cite
	Support  []Cite // passages that say the same, Text's own among them
	Accounts int
	Origins  int
}

// Verdict is how the cells of a figure row stand to each other.
type Verdict string

// The verdicts.
const (
	Same       Verdict = "same"
	Compatible Verdict = "compatible" // both can be true: "over 57,000" beside 59,587
	Superseded Verdict = "superseded" // the dates show a later count
	Differ     Verdict = "differ"
	OneAccount Verdict = "single"
)

// Figure is one quantity as several accounts give it.
type Figure struct {
	Label   string // what is counted, in words of the accounts
	Unit    string // base unit, "" for a bare count
	Verdict Verdict
	Cells   []Cell // by account, then by place; at least one
}

// Cell is a quantity as one passage gives it.
type Cell struct {
	Cite                    // the number with its modifier and unit
	Passage Cite            // the sentence that it stands in
	Figure  *article.Figure // its value, bounds and unit
	Source  Source
}

// Relation is how a variant stands to the fullest form of an utterance.
type Relation string

// The relations.
const (
	Whole      Relation = "whole"
	Cut        Relation = "cut"        // words are left out
	Spliced    Relation = "spliced"    // separate sentences are joined as one
	Differs    Relation = "differs"    // other words stand between the marks
	Paraphrase Relation = "paraphrase" // no marks
)

// Quote is one utterance, in every form in which the accounts give it.
type Quote struct {
	Speaker  Speaker
	Variants []Variant // by account, then by place; at least one
}

// Speaker is whom an utterance is given to.
type Speaker struct {
	Name string // "" where it stays open
	Role string // as the accounts word it
}

// Variant is an utterance as one account gives it.
type Variant struct {
	Cite     // the words, without their quotation marks
	Kind     article.AttributionKind
	Relation Relation
	Missing  []Cite // words of the fullest variant that this one leaves out
	Cue      Cite   // may be zero
	Speaker  Source
}

// Voice is one who speaks in the accounts.
type Voice struct {
	Name  string
	Named bool   // it is a name, an office or a body; a description in an account's words otherwise, which may be of several
	Turns []Turn // by account
}

// Turn is how much one account lets a voice speak. How often that is, is told by
// where in the running text it begins.
type Turn struct {
	Account     int
	Quotations  int // stretches in quotation marks
	Words       int // words of content, in marks or not
	DirectWords int // those in quotation marks
	Lead        int // how many times it speaks in the headline and the first fifth
	Middle      int // in the three fifths after it
	End         int // in the last fifth
}

// Times is how many times the account lets the voice speak.
func (t Turn) Times() int { return t.Lead + t.Middle + t.End }

// Naming is how the accounts label one person, group or place.
type Naming struct {
	Entity string
	Labels []Label
}

// Label is one label, with every place where it is used.
type Label struct {
	Text  string
	Cites []Cite
}

// Wording is the sentences of a point, laid side by side.
type Wording struct {
	Point    int // index into Points
	Variants []Worded
}

// Worded is a point in the words of one account.
type Worded struct {
	Cite
	Loaded []Cite // words of it that colour what they say
}

// Position is what a party wants, demands, offers, accepts, refuses, pledges,
// denies, or accuses another of.
type Position struct {
	Holder string // its name, or what the accounts call it ("the union")
	Kind   string // wants, demands, offers, accepts, refuses, pledges, accuses, denies
	Toward string // whom it is turned to, "" where nobody is named
	Cites  []Cite
	// Opposed is where other accounts tell that the holder accepts what is
	// refused here, or refuses what is accepted: surely the same, on the same day.
	Opposed []Cite
}

// Omission tells which accounts have a point that at least two origins have.
// Every account is in one of the three lists.
type Omission struct {
	Point   int // index into Points
	Present []int
	Absent  []int
	Unknown []int // the account is cut, or was badly extracted
}

// Lead is what an account opens with.
type Lead struct {
	Text   Cite  // the first sentence of its running text
	Points []int // the points of several origins that its first paragraph carries, indexes into Points
}

// Prominence is a point that stands high in one account and low in another.
type Prominence struct {
	Point     int     // index into Points
	High, Low []Place // by account; at least one each
}

// Place is where in an account a sentence stands.
type Place struct {
	Cite
	Paragraph int // of its running text, from 1; 0 for the headline
	Of        int // how many paragraphs of running text the account has
}

// Event is a dated happening.
type Event struct {
	Date    article.Date
	Text    Cite
	Support []Cite
}
