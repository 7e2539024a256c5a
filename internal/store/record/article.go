package record

import (
	"synoptic/article"
	"synoptic/text"
)

// The first byte of a record is its form. It counts up when the form changes,
// or the numbers of what article counts: tags, relations and kinds.
const (
	articleForm  = 1
	analysisForm = 1
)

// Article is a in the form that databases hold.
func Article(a *article.Article) []byte {
	w := writer{b: make([]byte, 0, len(a.Text)+512)}
	w.byte(articleForm)
	for _, s := range [...]string{a.Place, a.Address, a.Outlet.Name, a.Outlet.Domain, a.Outlet.Country, a.Text, a.Language} {
		w.bytes(s)
	}
	w.span(a.Title, 0)
	w.size(len(a.Paragraphs), a.Paragraphs == nil)
	end := 0
	for _, p := range a.Paragraphs {
		w.span(p.Span, end)
		end = p.End
		kind := uint8(p.Kind) << 1
		if p.Gap {
			kind |= 1
		}
		w.byte(kind)
	}
	w.size(len(a.Authors), a.Authors == nil)
	for _, s := range a.Authors {
		w.bytes(s)
	}
	w.size(len(a.Credits), a.Credits == nil)
	for _, c := range a.Credits {
		w.bytes(c.Agency)
		w.word(string(c.Role))
		w.span(c.Span, 0)
	}
	w.date(a.Published)
	w.date(a.Updated)
	w.float(a.Completeness)
	w.b = append(w.b, a.SHA256[:]...)
	return Pack(w.b)
}

// ReadArticle is the article that Article was given.
func ReadArticle(b []byte) (*article.Article, error) {
	b, err := Unpack(b)
	if err != nil {
		return nil, err
	}
	r := reader{b: b}
	if r.byte() != articleForm {
		return nil, ErrDamaged
	}
	a := new(article.Article)
	for _, s := range [...]*string{&a.Place, &a.Address, &a.Outlet.Name, &a.Outlet.Domain, &a.Outlet.Country, &a.Text, &a.Language} {
		*s = r.bytes()
	}
	a.Title = r.span(0)
	a.Paragraphs = list[article.Paragraph](&r, 3)
	end := 0
	for i := range a.Paragraphs {
		s := r.span(end)
		end = s.End
		kind := r.upTo(uint8(article.Note)<<1 | 1)
		a.Paragraphs[i] = article.Paragraph{Span: s, Kind: article.ParagraphKind(kind >> 1), Gap: kind&1 != 0}
	}
	a.Authors = list[string](&r, 1)
	for i := range a.Authors {
		a.Authors[i] = r.bytes()
	}
	a.Credits = list[article.Credit](&r, 4)
	for i := range a.Credits {
		a.Credits[i] = article.Credit{Agency: r.bytes(), Role: article.Role(r.word()), Span: r.span(0)}
	}
	a.Published = r.date()
	a.Updated = r.date()
	a.Completeness = r.float()
	if len(r.b) >= len(a.SHA256) {
		r.b = r.b[copy(a.SHA256[:], r.b):]
	} else {
		r.fail()
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return a, nil
}

// Analysis is n in the form that databases hold.
func Analysis(n *article.Analysis) []byte {
	w := writer{b: make([]byte, 0, 12*len(n.Tokens)+512)}
	w.byte(analysisForm)
	w.bytes(n.Engine)
	w.uint(uint64(n.Layers))
	w.sentences(n.Sentences)
	w.tokens(n.Tokens)
	w.size(len(n.Arcs), n.Arcs == nil)
	for i, a := range n.Arcs {
		switch a.Head {
		case -1:
			w.int(0) // no token is its own head
		case i:
			w.int(1 << 40)
		default:
			w.int(a.Head - i)
		}
	}
	for _, a := range n.Arcs {
		w.byte(uint8(a.Rel))
	}
	w.size(len(n.Mentions), n.Mentions == nil)
	for _, m := range n.Mentions {
		w.placed(n, m.Span, m.First, m.Last)
		w.byte(uint8(m.Kind))
		w.int(m.Entity)
	}
	w.size(len(n.Entities), n.Entities == nil)
	for _, e := range n.Entities {
		w.byte(uint8(e.Kind))
		w.span(e.Name, 0)
	}
	w.size(len(n.References), n.References == nil)
	for _, r := range n.References {
		w.placed(n, r.Span, r.First, r.Last)
		w.byte(uint8(r.Form))
		w.int(r.Entity)
	}
	w.size(len(n.Moments), n.Moments == nil)
	for _, m := range n.Moments {
		w.span(m.Span, 0)
		w.date(m.Date)
	}
	w.size(len(n.Figures), n.Figures == nil)
	for i := range n.Figures {
		w.figure(&n.Figures[i])
	}
	w.size(len(n.Attributions), n.Attributions == nil)
	for i := range n.Attributions {
		w.attribution(&n.Attributions[i])
	}
	return Pack(w.b)
}

func (w *writer) sentences(list []article.Sentence) {
	w.size(len(list), list == nil)
	end, last := 0, 0
	for _, s := range list {
		w.span(s.Span, end)
		w.int(s.First - last)
		w.int(s.Last - s.First)
		w.int(s.Paragraph)
		end, last = s.End, s.Last
	}
}

func (w *writer) tokens(list []article.Token) {
	w.size(len(list), list == nil)
	end := 0
	for i := range list {
		w.span(list[i].Span, end)
		end = list[i].End
	}
	for i := range list {
		w.byte(uint8(list[i].Tag))
	}
	for i := range list {
		w.word(list[i].XTag)
	}
	for i := range list {
		w.word(list[i].Lemma)
	}
}

// placed writes the tokens of a span and, where it is not theirs, the span.
func (w *writer) placed(n *article.Analysis, s text.Span, first, last int) {
	w.int(first)
	w.int(last - first)
	if s == of(n, first, last) {
		w.byte(0)
		return
	}
	w.byte(1)
	w.span(s, 0)
}

// of is the span of tokens, empty where there are none.
func of(n *article.Analysis, first, last int) text.Span {
	if first < 0 || last > len(n.Tokens) || first >= last {
		return text.Span{}
	}
	return text.Span{Start: n.Tokens[first].Start, End: n.Tokens[last-1].End}
}

func (w *writer) figure(f *article.Figure) {
	w.span(f.Span, 0)
	w.float(f.Value)
	w.float(f.Low)
	w.float(f.High)
	w.word(f.Unit)
	w.float(f.Norm.Value)
	w.word(f.Norm.Unit)
	w.word(string(f.Modifier))
	w.word(string(f.Factuality))
	w.span(f.Of, f.Start)
	w.date(f.AsOf)
	w.int(f.Source)
}

func (w *writer) attribution(t *article.Attribution) {
	w.span(t.Source.Span, 0)
	w.word(t.Source.Name)
	w.word(t.Source.Role)
	w.int(t.Source.Entity)
	w.span(t.Cue, t.Source.Start)
	for _, spans := range [...][]text.Span{t.Content, t.Quoted} {
		w.size(len(spans), spans == nil)
		from := t.Source.Start
		for _, s := range spans {
			w.span(s, from)
			from = s.End
		}
	}
	w.word(string(t.Kind))
	w.word(t.Class)
	w.int(t.Parent)
}

// ReadAnalysis is the analysis that Analysis was given.
func ReadAnalysis(b []byte) (*article.Analysis, error) {
	b, err := Unpack(b)
	if err != nil {
		return nil, err
	}
	r := reader{b: b}
	if r.byte() != analysisForm {
		return nil, ErrDamaged
	}
	n := &article.Analysis{Engine: r.bytes(), Layers: article.Layers(r.uint())}
	n.Sentences = r.sentences()
	n.Tokens = r.tokens()
	n.Arcs = list[article.Arc](&r, 2)
	for i := range n.Arcs {
		switch head := r.int(); head {
		case 0:
			n.Arcs[i].Head = -1
		case 1 << 40:
			n.Arcs[i].Head = i
		default:
			n.Arcs[i].Head = i + head
		}
	}
	for i := range n.Arcs {
		n.Arcs[i].Rel = article.Rel(r.upTo(uint8(article.Xcomp)))
	}
	n.Mentions = list[article.Mention](&r, 5)
	for i := range n.Mentions {
		m := &n.Mentions[i]
		m.Span, m.First, m.Last = r.placed(n)
		m.Kind, m.Entity = article.MentionKind(r.upTo(uint8(article.Product))), r.int()
	}
	n.Entities = list[article.Entity](&r, 3)
	for i := range n.Entities {
		n.Entities[i] = article.Entity{Kind: article.MentionKind(r.upTo(uint8(article.Product))), Name: r.span(0)}
	}
	n.References = list[article.Reference](&r, 5)
	for i := range n.References {
		f := &n.References[i]
		f.Span, f.First, f.Last = r.placed(n)
		f.Form, f.Entity = article.ReferenceForm(r.upTo(uint8(article.Description))), r.int()
	}
	n.Moments = list[article.Moment](&r, 4)
	for i := range n.Moments {
		n.Moments[i] = article.Moment{Span: r.span(0), Date: r.date()}
	}
	n.Figures = list[article.Figure](&r, 42)
	for i := range n.Figures {
		r.figure(&n.Figures[i])
	}
	n.Attributions = list[article.Attribution](&r, 12)
	for i := range n.Attributions {
		r.attribution(&n.Attributions[i])
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return n, nil
}

func (r *reader) sentences() []article.Sentence {
	out := list[article.Sentence](r, 5)
	end, last := 0, 0
	for i := range out {
		s := &out[i]
		s.Span = r.span(end)
		s.First = last + r.int()
		s.Last = s.First + r.int()
		s.Paragraph = r.int()
		end, last = s.End, s.Last
	}
	return out
}

func (r *reader) tokens() []article.Token {
	out := list[article.Token](r, 5)
	end := 0
	for i := range out {
		out[i].Span = r.span(end)
		end = out[i].End
	}
	for i := range out {
		out[i].Tag = article.Tag(r.upTo(uint8(article.X)))
	}
	for i := range out {
		out[i].XTag = r.word()
	}
	for i := range out {
		out[i].Lemma = r.word()
	}
	return out
}

func (r *reader) placed(n *article.Analysis) (s text.Span, first, last int) {
	first = r.int()
	last = first + r.int()
	if r.byte() == 0 {
		return of(n, first, last), first, last
	}
	return r.span(0), first, last
}

func (r *reader) figure(f *article.Figure) {
	f.Span = r.span(0)
	f.Value, f.Low, f.High = r.float(), r.float(), r.float()
	f.Unit = r.word()
	f.Norm = article.Quantity{Value: r.float(), Unit: r.word()}
	f.Modifier = article.Modifier(r.word())
	f.Factuality = article.Factuality(r.word())
	f.Of = r.span(f.Start)
	f.AsOf = r.date()
	f.Source = r.int()
}

func (r *reader) attribution(t *article.Attribution) {
	t.Source.Span = r.span(0)
	t.Source.Name, t.Source.Role = r.word(), r.word()
	t.Source.Entity = r.int()
	t.Cue = r.span(t.Source.Start)
	for _, spans := range [...]*[]text.Span{&t.Content, &t.Quoted} {
		*spans = list[text.Span](r, 2)
		from := t.Source.Start
		for i := range *spans {
			(*spans)[i] = r.span(from)
			from = (*spans)[i].End
		}
	}
	t.Kind = article.AttributionKind(r.word())
	t.Class = r.word()
	t.Parent = r.int()
}
