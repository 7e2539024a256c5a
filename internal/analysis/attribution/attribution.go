// Package attribution finds who said, thought or wanted what: a source, a cue
// and a content, as the literature on attribution relations has them (Pareti
// 2015; Newell, Margolin and Ruths 2018). An article with its sentences, tokens,
// tags, lemmas and names comes in; attributions go out, in order of place.
//
// Two chains do the finding: one labels the cues of a sentence, among the tokens
// that a gate lets through to it; the other, once for each cue, the source and
// the content around it. A third model weighs the likeliest labellings of the
// second, and trees choose among them, or none. What stands in quotation marks
// and is left over is given to its speaker by rule. Speakers are then tied to
// names.
package attribution

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"synoptic/article"
	"synoptic/internal/analysis"
	"synoptic/internal/model"
	"synoptic/internal/model/chain"
	"synoptic/internal/model/forest"
	"synoptic/internal/model/word"
	"synoptic/text"
)

// Pass fills the attributions of English.
var Pass = analysis.Pass{
	Name:     "attribution",
	Doc:      "who said what in which words: source, cue and content; and who gives each figure",
	Language: "en",
	Needs:    article.Sentences | article.Tokens | article.Tags | article.Lemmas | article.Mentions | article.Arcs,
	Gives:    article.Attributions,
	Run:      run,
}

// Model is the weights of the chains.
type Model struct {
	Lexicon *word.Lexicon

	// Gate labels tokens, each alone, with GateLabels. Where it is nil all are
	// let through.
	Gate *chain.Chain

	Cues   *chain.Chain // labels the tokens of a sentence with CueLabels
	Frames *chain.Chain // labels the units around a cue with FrameLabels

	// Readings weighs whole labellings of a frame, as one token each, with
	// ReadingLabels.
	Readings *chain.Chain

	Choice *forest.Trees // tells the log odds of a reading to be worth taking
}

var embedded = sync.OnceValues(func() (*Model, error) {
	weights, err := model.Attribution()
	if err != nil {
		return nil, err
	}
	m := new(Model)
	if m.Lexicon, err = word.Embedded(); err != nil {
		return nil, err
	}
	if m.Gate, err = chain.Read(weights, "gate"); err != nil {
		return nil, err
	}
	if m.Cues, err = chain.Read(weights, "cues"); err != nil {
		return nil, err
	}
	if m.Frames, err = chain.Read(weights, "frames"); err != nil {
		return nil, err
	}
	if m.Readings, err = chain.Read(weights, "readings"); err != nil {
		return nil, err
	}
	m.Choice = forest.Read(weights, "choice")
	return m, weights.Err()
})

var finders = sync.Pool{New: func() any { return new(Finder) }}

func run(a *article.Article, n *article.Analysis) error {
	m, err := embedded()
	if err != nil {
		return err
	}
	f := finders.Get().(*Finder)
	defer finders.Put(f)
	f.m = m
	n.Attributions = f.Find(a, n)
	n.Attribute()
	return nil
}

// Finder finds the attributions of one article after another and keeps its
// memory between them. It serves one goroutine at a time.
type Finder struct {
	m        *Model
	doc      document
	path     chain.Path
	sums     chain.Sums
	whole    chain.Sums // of readings
	features []uint32
	frame    frame
	cues     []cue
	readings []reading
	weighed  []weighed
	likely   float32   // sum of how likely the best readings are
	facts    []float32 // of one reading
	kin      []float32 // the last of them, which are of its cue
	found    []finding
	read     int // found[:read] are those of the chains, in order of their cues
	people   people
}

// NewFinder is a finder with the weights of m.
func NewFinder(m *Model) *Finder { return &Finder{m: m} }

// finding is one attribution on its way.
type finding struct {
	source  tokens
	cue     tokens
	content []tokens
	heir    int // where there is no source: the finding whose speaker goes on, -1 for none
	by      int // 1 + the finding that passes its words on, 0 for none
	speaker article.Source
	at      int // first token of all
}

// FindCues are the cues of an article, for the second chain to be fitted on.
func (f *Finder) FindCues(a *article.Article, n *article.Analysis) []FoundCue {
	f.doc.lay(f.m.Lexicon, a, n)
	f.findCues()
	out := make([]FoundCue, len(f.cues))
	for i, c := range f.cues {
		out[i] = FoundCue{f.doc.span(c.tokens), c.sure}
	}
	return out
}

// FoundCue is a cue that the first chain found, and how sure the chain was, in
// steps from 1 up.
type FoundCue struct {
	text.Span
	Sure uint32
}

// cue is a stretch that the first chain labels, and how sure it was: how far the
// best labels with it are ahead of the best without, and that as a degree, 0
// where it found none.
type cue struct {
	tokens
	lead int32
	sure uint32
}

// worthLook is how sure the first chain must be of a cue for the second to look
// at it: of 85 that were next, 5 would have been taken.
const worthLook = 3

// degree sorts by how much the best sequence of the first chain with a cue is
// ahead of the best with none, in the unit of its weights.
func degree(lead int32) uint32 {
	n := uint32(1)
	for _, step := range [...]int32{10, 20, 30, 40, 55, 75, 100, 130, 170} {
		if lead >= step {
			n++
		}
	}
	return n
}

// Find is the attributions of an article.
func (f *Finder) Find(a *article.Article, n *article.Analysis) []article.Attribution {
	f.doc.lay(f.m.Lexicon, a, n)
	f.findCues()
	f.weigh()
	f.found = slices.Grow(f.found[:0], len(f.weighed))
	for k := range f.weighed {
		f.look(k)
	}
	f.formulas()
	f.speech()
	f.nested()
	f.cited()
	f.order()
	f.people.read(&f.doc)
	f.speakers()
	out := make([]article.Attribution, 0, len(f.found))
	place := make([]int, len(f.found)) // 1 + where each finding is in out
	for i := range f.found {
		if t, ok := f.attribution(&f.found[i]); ok {
			out = append(out, t)
			place[i] = len(out)
		}
	}
	for i := range f.found {
		if by := f.found[i].by; by > 0 && place[i] > 0 {
			out[place[i]-1].Parent = place[by-1] - 1
		}
	}
	parents(out)
	return out
}

func (f *Finder) findCues() {
	f.cues = f.cues[:0]
	for _, s := range f.doc.analysis.Sentences {
		f.path.Begin()
		for i := s.First; i < s.Last; i++ {
			if !f.couldBeCue(i, tokens{s.First, s.Last}) {
				f.path.Step(f.m.Cues, &shut)
				continue
			}
			f.features = f.doc.cueFeatures(f.features[:0], i, tokens{s.First, s.Last})
			f.step(f.m.Cues)
		}
		for i, l := range f.path.End() {
			switch l {
			case cueBegin:
				f.cues = append(f.cues, cue{tokens: tokens{s.First + i, s.First + i}})
				fallthrough
			case cueInside:
				c := &f.cues[len(f.cues)-1]
				c.last++
				c.lead = max(c.lead, f.path.Lead(f.m.Cues, i, cueNone))
				c.sure = degree(c.lead)
			}
		}
	}
}

// eachCue yields each cue with the cues near it in its paragraph, itself too.
func (f *Finder) eachCue(yield func(c cue, all []cue) bool) {
	for first := 0; first < len(f.cues); {
		last := first + 1
		for last < len(f.cues) && f.doc.paragraph(f.cues[last].first) == f.doc.paragraph(f.cues[first].first) {
			last++
		}
		for k := first; k < last; k++ {
			if !yield(f.cues[k], f.cues[max(first, k-nearby):min(last, k+nearby)]) {
				return
			}
		}
		first = last
	}
}

// step adds a position with f.features to f.path, and returns what label 0 has
// of its own there.
func (f *Finder) step(c *chain.Chain) int32 {
	var scores chain.Scores
	f.sums.Add(c, &scores, f.features)
	f.path.Step(c, &scores)
	return scores[0]
}

// look takes a weighed cue for what it is read as; with no content in sight it
// was none.
func (f *Finder) look(k int) {
	if f.weighed[k].sure < worthLook {
		return
	}
	c := f.weighed[k].tokens
	t := finding{cue: c, heir: -1}
	if r, ok := f.choose(k); ok {
		t.source, t.content = r.source, slices.Clone(r.content)
	}
	if source, content := f.doc.inverted(c); !content.empty() {
		t.source, t.content = source, append(t.content[:0], content)
	}
	if len(t.content) == 0 {
		if source, content := f.doc.trailing(c); !content.empty() {
			t.source, t.content = source, append(t.content, content)
		}
	}
	if len(t.content) == 0 && !f.doc.leadsOn(c) {
		return
	}
	if f.doc.names(&t) || f.doc.onlyTitle(t.content) {
		return
	}
	if f.doc.torn(t.source, c) || f.doc.circumstance(t.source) {
		t.source = tokens{}
	}
	t.source = f.doc.withoutAdverb(t.source)
	f.found = append(f.found, t)
}

// inverted reads a headline that ends with its source: "Firm knew of cracks,
// says inspector".
func (d *document) inverted(cue tokens) (source, content tokens) {
	at := d.sentence[cue.first]
	s := d.analysis.Sentences[at]
	if d.style[at] != heading || cue.first < s.First+2 || !speech()[d.nodes[d.headOf(cue)].lemma] {
		return source, content
	}
	if before := cue.first - 1; d.words(before) != "," && !d.nodes[before].mark {
		return source, content
	}
	if p := d.phrase(cue.last, s.Last); p.first == cue.last && p.last == s.Last {
		return p, tokens{s.First, cue.first}
	}
	return source, content
}

// tail is how many tokens may follow a verb of speech that ends its sentence:
// "said at a meeting on Monday".
const tail = 8

// trailing reads a sentence that ends with who said it, where the second chain
// saw nothing: "The line will close, the board said on Monday."
func (d *document) trailing(cue tokens) (source, content tokens) {
	s := d.analysis.Sentences[d.sentence[cue.first]]
	head := d.headOf(cue)
	if !speech()[d.nodes[head].lemma] || d.nodes[head].quote > 0 || s.Last-cue.last > tail {
		return source, content
	}
	for k := max(int(d.nodes[head].first), s.First); k < cue.first; k++ {
		v := &d.nodes[k]
		if int(v.head) != head || v.rel != article.Nsubj || int(v.last)+1 != cue.first {
			continue
		}
		from := int(v.first)
		if from > s.First+tail/2 && d.words(from-1) == "," && d.nodes[from-1].quote == 0 {
			return tokens{from, cue.first}, tokens{s.First, from - 1}
		}
	}
	return source, content
}

// labelling are lemmas of cues before marks that give a name or a title, not words.
var labelling = map[uint32]bool{hash("nickname"): true, hash("title"): true, hash("entitle"): true, hash("christen"): true}

// names reports whether a finding gives a name: "the Heron, nicknamed “the
// Duchess”".
func (d *document) names(t *finding) bool { return labelling[d.nodes[d.headOf(t.cue)].lemma] }

// onlyTitle reports whether a content is the title of a work: `she wrote "The
// Long Road"` says nothing.
func (d *document) onlyTitle(content []tokens) bool {
	for _, c := range content {
		for i := c.first; i < c.last; i++ {
			if !d.nodes[i].title && d.wordy(i) {
				return false
			}
		}
	}
	return len(content) > 0
}

// torn reports whether a source begins or ends within a quotation that the cue
// stands outside of: it cannot be one.
func (d *document) torn(r, cue tokens) bool {
	if r.empty() {
		return false
	}
	for _, i := range []int{r.first, r.last - 1} {
		q := d.nodes[i].quote
		if q == 0 || q == d.nodes[cue.first].quote {
			continue
		}
		if run := d.runs[q-1]; run.first < r.first || run.last > r.last {
			return true
		}
	}
	return false
}

// circumstance reports whether a source is a phrase behind a preposition that hangs
// on a verb: where or when something was said ("in the rain").
func (d *document) circumstance(r tokens) bool {
	if r.empty() || d.nodes[r.first].tag != article.ADP || d.nodes[r.first].rel != article.Case {
		return false
	}
	head := int(d.nodes[r.first].head)
	return r.has(head) && (d.nodes[head].rel == article.Obl || d.nodes[head].rel == article.Advmod)
}

// withoutAdverb is a source without an adverb at its start that tells of the verb:
// "previously the board".
func (d *document) withoutAdverb(r tokens) tokens {
	if r.len() > 1 && d.nodes[r.first].tag == article.ADV && d.nodes[r.first].rel == article.Advmod && !r.has(int(d.nodes[r.first].head)) {
		r.first++
	}
	return r
}

// order sorts the findings by place, without those that found no content, and
// mends what refers to them by index.
func (f *Finder) order() {
	index := make([]int, 0, len(f.found))
	for i := range f.found {
		t := &f.found[i]
		if len(t.content) == 0 {
			continue
		}
		t.at = t.content[0].first
		if !t.cue.empty() {
			t.at = min(t.at, t.cue.first)
		}
		if !t.source.empty() {
			t.at = min(t.at, t.source.first)
		}
		index = append(index, i)
	}
	slices.SortStableFunc(index, func(i, k int) int {
		a, b := &f.found[i], &f.found[k]
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(b.content[0].last, a.content[0].last))
	})
	f.keep(index)
	index = index[:0]
	for i := range f.found {
		if !f.withinSpeech(i) {
			index = append(index, i)
		}
	}
	f.keep(index)
}

// keep makes the findings those that index names, in its order.
func (f *Finder) keep(index []int) {
	place := make([]int, len(f.found))
	for i := range place {
		place[i] = -1
	}
	kept := make([]finding, len(index))
	for to, from := range index {
		place[from] = to
		kept[to] = f.found[from]
	}
	for i := range kept {
		if h := kept[i].heir; h >= 0 {
			kept[i].heir = place[h]
		}
		if by := kept[i].by; by > 0 {
			kept[i].by = place[by-1] + 1
		}
	}
	f.found = kept
}

// withinSpeech reports whether the cue of finding i stands in quotation marks
// within another's content: "I think" in what somebody says is theirs. The
// findings are in order of place.
func (f *Finder) withinSpeech(i int) bool {
	c := f.found[i].cue
	if c.empty() || f.doc.nodes[c.first].quote == 0 {
		return false
	}
	for k := max(0, i-nearby); k < i; k++ {
		for _, r := range f.found[k].content {
			if r.has(c.first) {
				return true
			}
		}
	}
	return false
}

// attribution is the finished form of a finding.
func (f *Finder) attribution(t *finding) (article.Attribution, bool) {
	d := &f.doc
	out := article.Attribution{Source: t.speaker, Cue: d.span(t.cue), Parent: -1}
	if !t.cue.empty() {
		out.Class = d.class(t.cue)
	}
	for _, c := range t.content {
		s := d.span(c).Trim(d.article.Text, edgeOfContent)
		if !s.Empty() {
			out.Content = append(out.Content, s)
		}
	}
	out.Content, out.Quoted = d.cutAtMarks(out.Content)
	if len(out.Content) == 0 {
		return out, false
	}
	out.Kind = d.kind(&out)
	return out, true
}

// edgeOfContent are the marks that do not belong to a content at its edges.
func edgeOfContent(r rune) bool {
	return unicode.IsSpace(r) || r == ',' || r == ':' || r == ';' || r == '—' || r == '–'
}

// cutAtMarks takes the quotation marks off contents that they enclose, and lists
// what stands within marks.
func (d *document) cutAtMarks(content []text.Span) (cut, inner []text.Span) {
	for _, s := range content {
		from, _ := slices.BinarySearchFunc(d.quotes, s.Start, func(q quotation, at int) int { return cmp.Compare(q.outer.End, at+1) })
		for k := from; k < len(d.quotes) && d.quotes[k].outer.Start < s.End; k++ {
			q := d.quotes[k]
			starts, ends := s.Start >= q.outer.Start, s.End <= q.outer.End
			switch {
			case starts && ends:
				s.Start, s.End = max(s.Start, q.inner.Start), min(s.End, q.inner.End)
			case starts && s.Start <= q.inner.Start:
				s.Start = q.outer.Start
			case ends && s.End >= q.inner.End:
				s.End = q.outer.End
			}
		}
		if s.Empty() {
			continue
		}
		for k := from; k < len(d.quotes) && d.quotes[k].outer.Start < s.End; k++ {
			if part := d.quotes[k].inner.Intersect(s); !part.Empty() && !d.quotes[k].title {
				inner = append(inner, part)
			}
		}
		cut = append(cut, s)
	}
	return cut, inner
}

// kind tells from the marks how a content is given.
func (d *document) kind(t *article.Attribution) article.AttributionKind {
	if len(t.Quoted) == 0 {
		return article.Indirect
	}
	sentence, letters, marked := false, 0, 0
	for _, q := range t.Quoted {
		sentence = sentence || d.utterance(q)
		marked += d.letters(q)
	}
	for _, c := range t.Content {
		letters += d.letters(c)
	}
	switch {
	case marked == letters && sentence:
		return article.Direct
	case marked < letters && sentence:
		return article.Mixed
	}
	return article.Partial
}

// utterance reports whether words could be a whole utterance: they begin as a
// sentence does, or end as one, and are more than a phrase.
func (d *document) utterance(s text.Span) bool {
	words := strings.TrimLeft(s.Of(d.article.Text), "[(…. '‘\"“")
	if strings.Count(words, " ") < 2 && !strings.ContainsAny(words[max(0, len(words)-1):], ".!?") {
		return false
	}
	for _, r := range words {
		return unicode.IsUpper(r) || unicode.IsDigit(r)
	}
	return false
}

// nearby is how many attributions before one may hold it: a parent begins no
// later than its child.
const nearby = 64

// parents sets the parent of each attribution that has none yet: the one with
// the smallest content that holds its cue and its content, of two with the same
// content the inner. They are in order of place.
func parents(all []article.Attribution) {
	for i := range all {
		if all[i].Parent >= 0 {
			continue
		}
		best := 0
		for k := max(0, i-nearby); k < i; k++ {
			for _, c := range all[k].Content {
				held := c.Contains(all[i].Content[0]) && (all[i].Cue.Empty() || c.Contains(all[i].Cue))
				if held && c != all[i].Content[0] && (best == 0 || c.Len() < best || c.Len() == best && all[k].Parent == all[i].Parent) {
					best, all[i].Parent = c.Len(), k
				}
			}
		}
	}
}
