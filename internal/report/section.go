package report

import (
	"strconv"

	"synoptic/collation"
)

// Section is a part of a report.
type Section string

// The sections, in the order in which they are shown.
const (
	Highlights Section = "highlights"
	Digest     Section = "digest"
	Accounts   Section = "accounts"
	Disputes   Section = "disputes"
	Points     Section = "points"
	Figures    Section = "figures"
	Quotes     Section = "quotes"
	Positions  Section = "positions"
	Voices     Section = "voices"
	Naming     Section = "naming"
	Wording    Section = "wording"
	Omissions  Section = "omissions"
	Leads      Section = "leads"
	Prominence Section = "prominence"
	Timeline   Section = "timeline"
	Problems   Section = "problems"
)

// heading is a section with what stands over it.
type heading struct {
	section Section
	heading string
}

// sections is every section, in order.
var sections = []heading{
	{Highlights, "Highlights"},
	{Digest, "At length"},
	{Accounts, "Accounts and origins"},
	{Disputes, "Disputed"},
	{Points, "Points"},
	{Figures, "Figures"},
	{Quotes, "Quotations"},
	{Positions, "Positions"},
	{Voices, "Voices"},
	{Naming, "Naming"},
	{Wording, "Wording"},
	{Omissions, "What each leaves out"},
	{Leads, "What each opens with"},
	{Prominence, "High in one, low in another"},
	{Timeline, "Timeline"},
	{Problems, "Problems"},
}

// againHeading stands over points that say little which a point before them has
// not said.
const againHeading = "Agreed in much the same sentences"

// Sections lists every section, in the order in which they are shown.
func Sections() []Section {
	list := make([]Section, len(sections))
	for i, s := range sections {
		list[i] = s.section
	}
	return list
}

// rows is how many findings c has for a section; one with none is left out.
func (s Section) rows(c *collation.Collation) int {
	switch s {
	case Highlights:
		return len(c.Highlights)
	case Digest:
		return len(c.Digest)
	case Accounts:
		return len(c.Accounts)
	case Disputes:
		n := 0
		for _, p := range c.Points {
			n += len(p.Disputes)
		}
		return n
	case Points:
		return len(c.Points)
	case Figures:
		return len(c.Figures)
	case Quotes:
		return len(c.Quotes)
	case Positions:
		return len(c.Positions)
	case Voices:
		return len(c.Voices)
	case Naming:
		return len(c.Naming)
	case Wording:
		return len(c.Wording)
	case Omissions:
		return len(c.Omissions)
	case Leads:
		return len(c.Leads)
	case Prominence:
		return len(c.Prominence)
	case Timeline:
		return len(c.Timeline)
	case Problems:
		return len(c.Problems)
	}
	return 0
}

// formatNumber writes x without an exponent.
func formatNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// counted is "1 account", "2 accounts".
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
