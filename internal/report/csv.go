package report

import (
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"synoptic/collation"
	"synoptic/text"
)

// CSV writes one section of c with a line of column names: one row a cell, a
// variant, a passage. IDs and offsets are those of the JSON: start and end
// count code points of the account's text. A cell of text that a spreadsheet
// would run as a formula begins with an apostrophe.
func CSV(w io.Writer, c *collation.Collation, section Section) error {
	s := &sheet{view: view{c}, out: csv.NewWriter(w), points: make([]*text.CodePoints, len(c.Accounts))}
	for i, a := range c.Accounts {
		s.points[i] = text.NewCodePoints(a.Text)
	}
	if err := s.section(section); err != nil {
		return err
	}
	s.out.Flush()
	return s.out.Error()
}

type sheet struct {
	view
	out    *csv.Writer
	points []*text.CodePoints // one an account
	err    error
}

// citeColumns are the columns that cite fills.
var citeColumns = []string{"account", "outlet", "place", "start", "end", "text"}

// head writes column names; "cite" stands for citeColumns.
func (s *sheet) head(names ...string) {
	var row []string
	for _, name := range names {
		if name == "cite" {
			row = append(row, citeColumns...)
		} else {
			row = append(row, name)
		}
	}
	s.write(row)
}

// row writes cells: strings are text and made harmless, numbers are not text,
// cites take the columns of citeColumns.
func (s *sheet) row(cells ...any) {
	var row []string
	for _, cell := range cells {
		switch cell := cell.(type) {
		case string:
			row = append(row, harmless(cell))
		case int:
			row = append(row, strconv.Itoa(cell))
		case float64:
			row = append(row, amount(cell))
		case bool:
			row = append(row, strconv.FormatBool(cell))
		case collation.Cite:
			start, end := s.points[cell.Account()].Span(cell.Span())
			row = append(row, s.account(cell.Account())...)
			row = append(row, strconv.Itoa(start), strconv.Itoa(end), harmless(s.Words(cell)))
		}
	}
	s.write(row)
}

func (s *sheet) write(row []string) {
	if s.err == nil {
		s.err = s.out.Write(row)
	}
}

// account is the columns that say which account a row stands on.
func (s *sheet) account(i int) []string {
	return []string{collation.AccountID(i), harmless(s.name(i)), harmless(s.Accounts[i].Place)}
}

// amount is x as a number, "" where it is an open bound.
func amount(x float64) string {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return ""
	}
	return formatNumber(x)
}

// harmless makes a cell that a spreadsheet would run as a formula begin with
// an apostrophe, as OWASP's page on CSV injection advises. The tab and the
// carriage return count, since spreadsheets skip them, and so do the full-width
// forms of the signs.
func harmless(cell string) string {
	if strings.IndexAny(cell, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}

func (s *sheet) section(section Section) error {
	switch section {
	case Highlights:
		s.highlights("highlight", s.Highlights)
	case Digest:
		s.highlights("sentence", s.Digest)
	case Accounts:
		s.accounts()
	case Disputes:
		s.head("point", "kind", "side", "cite")
		for i, p := range s.Points {
			for _, d := range p.Disputes {
				for side, cites := range d.Sides {
					for _, c := range cites {
						s.row(collation.PointID(i), string(d.Kind), side+1, c)
					}
				}
			}
		}
	case Points:
		s.head("point", "status", "origins", "roots", "cite", "source", "near")
		for i, p := range s.Points {
			for _, passage := range p.Passages {
				s.row(collation.PointID(i), string(p.Status), p.Origins, strings.Join(p.Roots, "; "), passage.Cite, passage.Source.Name, passage.Near)
			}
		}
	case Figures:
		s.figureCells()
	case Quotes:
		s.variants()
	case Positions:
		s.head("position", "holder", "kind", "toward", "cite")
		for i, p := range s.Positions {
			for _, c := range p.Cites {
				s.row(i+1, p.Holder, p.Kind, p.Toward, c)
			}
		}
	case Voices:
		s.head("voice", "account", "outlet", "place", "quotations", "words", "direct_words", "named", "turns", "lead", "middle", "end")
		for _, v := range s.Voices {
			for _, turn := range v.Turns {
				account := s.account(turn.Account)
				s.row(v.Name, account[0], account[1], account[2], turn.Quotations, turn.Words, turn.DirectWords,
					strconv.FormatBool(v.Named), turn.Times(), turn.Lead, turn.Middle, turn.End)
			}
		}
	case Naming:
		s.head("entity", "label", "cite")
		for _, n := range s.Naming {
			for _, l := range n.Labels {
				for _, c := range l.Cites {
					s.row(n.Entity, l.Text, c)
				}
			}
		}
	case Wording:
		s.head("point", "cite", "loaded")
		for _, w := range s.Wording {
			for _, v := range w.Variants {
				s.row(collation.PointID(w.Point), v.Cite, s.joined(v.Loaded))
			}
		}
	case Omissions:
		s.omissions()
	case Leads:
		s.head("cite", "points")
		for _, l := range s.Leads {
			points := make([]string, len(l.Points))
			for i, p := range l.Points {
				points[i] = collation.PointID(p)
			}
			s.row(l.Text, strings.Join(points, "; "))
		}
	case Prominence:
		s.head("point", "stands", "paragraph", "of", "cite")
		for _, p := range s.Prominence {
			for _, x := range p.High {
				s.row(collation.PointID(p.Point), "high", x.Paragraph, x.Of, x.Cite)
			}
			for _, x := range p.Low {
				s.row(collation.PointID(p.Point), "low", x.Paragraph, x.Of, x.Cite)
			}
		}
	case Timeline:
		s.head("event", "date", "precision", "cite")
		for i, e := range s.Timeline {
			for _, c := range e.Support {
				s.row(i+1, e.Date.String(), e.Date.Precision.String(), c)
			}
		}
	case Problems:
		s.head("place", "error")
		for _, p := range s.Problems {
			s.row(p.Place, p.Err.Error())
		}
	default:
		return fmt.Errorf("section %q: not one of %v", section, Sections())
	}
	return s.err
}

// highlights has a row a passage that supports a sentence; kind names what is
// numbered.
func (s *sheet) highlights(kind string, list []collation.Highlight) {
	s.head(kind, "accounts", "origins", "cite")
	for i, h := range list {
		for _, c := range h.Support {
			s.row(i+1, h.Accounts, h.Origins, c)
		}
	}
}

// joined is the words of cites, as one cell.
func (s *sheet) joined(cites []collation.Cite) string {
	parts := make([]string, len(cites))
	for i, c := range cites {
		parts[i] = s.Words(c)
	}
	return strings.Join(parts, "; ")
}

func (s *sheet) accounts() {
	s.head("account", "outlet", "place", "mark", "url", "title", "authors", "published", "updated", "language",
		"words", "completeness", "origin", "origin_name", "credits", "missing_layers", "sha256")
	for i, a := range s.Accounts {
		id := s.account(i)
		s.row(id[0], id[1], id[2], mark(i), s.address(i), a.Headline(), strings.Join(a.Authors, "; "), a.Published.String(), a.Updated.String(),
			a.Language, a.Words(), a.Completeness, collation.OriginID(a.Origin), s.Origins[a.Origin].Name, credits(a.Credits),
			a.Missing.String(), hex.EncodeToString(a.SHA256[:]))
	}
}

func (s *sheet) figureCells() {
	s.head("figure", "label", "verdict", "cite", "value", "low", "high", "unit", "norm_value", "norm_unit", "modifier",
		"as_of", "source", "passage")
	for i, f := range s.Figures {
		for _, c := range f.Cells {
			n := c.Figure
			s.row(collation.FigureID(i), f.Label, string(f.Verdict), c.Cite, n.Value, n.Low, n.High, n.Unit, n.Norm.Value, n.Norm.Unit,
				string(n.Modifier), n.AsOf.String(), c.Source.Name, s.Words(c.Passage))
		}
	}
}

func (s *sheet) variants() {
	s.head("quote", "speaker", "role", "cite", "kind", "relation", "missing", "cue", "named")
	for i, q := range s.Quotes {
		for _, v := range q.Variants {
			named := v.Speaker.Span.Of(s.Accounts[v.Account()].Text)
			s.row(collation.QuoteID(i), q.Speaker.Name, q.Speaker.Role, v.Cite, string(v.Kind), string(v.Relation),
				s.joined(v.Missing), s.Words(v.Cue), named)
		}
	}
}

func (s *sheet) omissions() {
	s.head("point", "account", "outlet", "place", "state", "point_text")
	for _, o := range s.Omissions {
		for account := range s.Accounts {
			id := s.account(account)
			s.row(collation.PointID(o.Point), id[0], id[1], id[2], state(o, account), s.Words(s.Points[o.Point].Text))
		}
	}
}
