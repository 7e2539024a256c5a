package conllu

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// Document is sentences that belong together.
type Document struct {
	Place     string // where it was read, with the line of its first sentence
	Sentences []Sentence
}

// Document reads up to the next "# newdoc", or limit sentences where that comes
// first, so that a treebank without such comments is read in pieces too. After
// the last it returns io.EOF.
func (r *Reader) Document(limit int) (*Document, error) {
	d := &Document{}
	for len(d.Sentences) < limit {
		s, err := r.Read()
		if errors.Is(err, io.EOF) && len(d.Sentences) > 0 {
			return d, nil
		}
		if err != nil {
			return nil, err
		}
		if len(d.Sentences) == 0 {
			d.Place = fmt.Sprintf("%s:%d", r.place, s.Line)
		} else if slices.ContainsFunc(s.Comments, func(c string) bool { return strings.HasPrefix(c, "# newdoc") }) {
			r.next = s
			return d, nil
		}
		d.Sentences = append(d.Sentences, *s)
	}
	return d, nil
}

// Article is the words of d as a text, a sentence a line, and an analysis that
// has these sentences and tokens. The words of a Range stand without white
// space between them. Language is set on the article.
func (d *Document) Article(language string) (*article.Article, *article.Analysis) {
	a := &article.Article{Place: d.Place, Language: language}
	n := &article.Analysis{Layers: article.Sentences | article.Tokens}
	var body strings.Builder
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if i > 0 {
			body.WriteByte('\n')
		}
		begin, first := body.Len(), len(n.Tokens)
		end := begin
		glued, within, last := true, 0, 0 // inside a Range: words up to last, then its own space
		space := false
		for j := range s.Rows {
			row := &s.Rows[j]
			switch row.Kind {
			case Empty:
				continue
			case Range:
				last, space = row.Last, row.SpaceAfter()
				continue
			}
			within++
			if !glued {
				body.WriteByte(' ')
			}
			form := strings.Map(lineless, row.Columns[Form])
			at := body.Len()
			body.WriteString(form)
			end = body.Len()
			n.Tokens = append(n.Tokens, article.Token{Span: text.Span{Start: at, End: end}})
			switch {
			case within < last:
				glued = true
			case within == last:
				glued = !space
			default:
				glued = !row.SpaceAfter()
			}
		}
		line := text.Span{Start: begin, End: end}
		n.Sentences = append(n.Sentences, article.Sentence{Span: line, First: first, Last: len(n.Tokens), Paragraph: i})
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: line})
	}
	a.Text = body.String()
	return a, n
}

// lineless puts a blank where a form has what ends a line elsewhere.
func lineless(r rune) rune {
	if r == '\n' || r == '\r' {
		return ' '
	}
	return r
}

// Fill writes the layers that n has into the columns of d, whose tokens n was
// made on. Columns that belong to a layer which was filled are replaced, also
// where they had a value; so FEATS go with the tags, DEPS and the empty words
// with the arcs. The rest stays as it was read.
func (d *Document) Fill(n *article.Analysis) {
	names := labels(n)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if n.Layers.Has(article.Arcs) {
			s.Rows = slices.DeleteFunc(s.Rows, func(r Row) bool { return r.Kind == Empty })
		}
		first := n.Sentences[i].First
		t := first
		for j := range s.Rows {
			if s.Rows[j].Kind == Word {
				s.Rows[j].fill(n, t, first, names)
				t++
			}
		}
	}
}

// fill writes what n says of its token t, in a sentence whose tokens begin at first.
func (r *Row) fill(n *article.Analysis, t, first int, names []string) {
	c := &r.Columns
	if n.Layers.Has(article.Tags) {
		c[UPOS], c[XPOS], c[Feats] = n.Tokens[t].Tag.String(), n.Tokens[t].XTag, "_"
	}
	if n.Layers.Has(article.Lemmas) {
		c[Lemma] = n.Tokens[t].Lemma
	}
	if n.Layers.Has(article.Arcs) {
		arc := n.Arcs[t]
		c[Head], c[Deprel], c[Deps] = "0", arc.Rel.String(), "_"
		if arc.Head >= 0 {
			c[Head] = strconv.Itoa(arc.Head - first + 1)
		}
	}
	if n.Layers.Has(article.Mentions) {
		var items []string
		for item := range strings.SplitSeq(c[Misc], "|") {
			if item != "_" && item != "" && !strings.HasPrefix(item, "NE=") {
				items = append(items, item)
			}
		}
		if names[t] != "" {
			items = append(items, "NE="+names[t])
		}
		c[Misc] = strings.Join(items, "|")
	}
}

// labels is the name tag of each token, as B-PER and I-PER; "" outside of names.
func labels(n *article.Analysis) []string {
	tags := make([]string, len(n.Tokens))
	for _, m := range n.Mentions {
		for t := m.First; t < m.Last; t++ {
			prefix := "I-"
			if t == m.First {
				prefix = "B-"
			}
			tags[t] = prefix + m.Kind.String()
		}
	}
	return tags
}

// Make is the document that n found in a: what Fill would write, with
// SpaceAfter=No, the text of each sentence, and ranges over the words that were
// cut from one (don't).
func Make(a *article.Article, n *article.Analysis) *Document {
	d := &Document{Place: a.Place, Sentences: make([]Sentence, 0, len(n.Sentences))}
	names := labels(n)
	for i, s := range n.Sentences {
		if s.First == s.Last {
			continue
		}
		out := Sentence{Rows: make([]Row, 0, s.Last-s.First)}
		if len(d.Sentences) == 0 {
			out.Comments = append(out.Comments, "# newdoc id = "+form(a.Place))
		}
		out.Comments = append(out.Comments, "# sent_id = "+strconv.Itoa(i+1), "# text = "+strings.Join(strings.Fields(form(s.Of(a.Text))), " "))
		parts := 0 // how many words from here on are of the range above
		for t := s.First; t < s.Last; t++ {
			glued := t+1 < s.Last && n.Tokens[t].End == n.Tokens[t+1].Start
			if parts == 0 && glued {
				last := t
				for last+1 < s.Last && cut(a.Text, n.Tokens[last].Span, n.Tokens[last+1].Span) {
					last++
				}
				if last > t {
					whole := text.Span{Start: n.Tokens[t].Start, End: n.Tokens[last].End}
					r := Row{Kind: Range, Last: last - s.First + 1}
					r.Columns[ID] = strconv.Itoa(t-s.First+1) + "-" + strconv.Itoa(r.Last)
					r.Columns[Form] = form(whole.Of(a.Text))
					if last+1 == s.Last && endsGlued(n, last) || last+1 < s.Last && n.Tokens[last].End == n.Tokens[last+1].Start {
						r.Columns[Misc] = "SpaceAfter=No"
					}
					out.Rows = append(out.Rows, r)
					parts = last - t + 1
				}
			}
			var r Row
			r.Columns[ID] = strconv.Itoa(t - s.First + 1)
			r.Columns[Form] = form(n.Tokens[t].Of(a.Text))
			if parts > 0 {
				parts--
			} else if glued || t+1 == s.Last && endsGlued(n, t) {
				r.Columns[Misc] = "SpaceAfter=No"
			}
			r.fill(n, t, s.First, names)
			out.Rows = append(out.Rows, r)
		}
		d.Sentences = append(d.Sentences, out)
	}
	return d
}

// endsGlued reports whether the token behind t, of the next sentence, begins
// where t ends.
func endsGlued(n *article.Analysis, t int) bool {
	return t+1 < len(n.Tokens) && n.Tokens[t].End == n.Tokens[t+1].Start
}

// cut reports whether the words at a and b are of one orthographic word: letters
// meet letters ("can|not") or the apostrophe of a clitic ("Ode|'s").
func cut(body string, a, b text.Span) bool {
	if a.End != b.Start {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(a.Of(body))
	after, size := utf8.DecodeRuneInString(b.Of(body))
	if after == '\'' || after == '’' {
		if size == b.Len() {
			return false
		}
		after, _ = utf8.DecodeRuneInString(body[b.Start+size:])
	}
	return unicode.IsLetter(before) && unicode.IsLetter(after) && !unicode.Is(unicode.Ideographic, after)
}

// form is words as a column can hold them.
func form(s string) string {
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// Write writes the sentences of d to w.
func (d *Document) Write(w io.Writer) error {
	out := NewWriter(w)
	for i := range d.Sentences {
		if err := out.Write(&d.Sentences[i]); err != nil {
			return err
		}
	}
	return out.Flush()
}
