package parse

import (
	"fmt"
	"math"

	"synoptic/article"
	"synoptic/internal/kernel"
	"synoptic/internal/model"
)

// Shape is the size of a network.
type Shape struct {
	Width  int // of a token's vector: half of it reads forwards, half backwards; a multiple of 32
	Layers int
	Arc    int // width of the vectors that are matched for arcs, a multiple of 16
	Rel    int // width of the layer that names relations, a multiple of 16
}

// Linear is a matrix with what makes sums of its products numbers again: bias
// is in sums, factors take sums to 16 bits.
type Linear struct {
	kernel.Matrix
	Bias    []int32
	Factors []float32
}

// Network is a parser's weights. It is read-only and may be used by several
// goroutines at once.
//
// A token's vector is the squashed sum of its rows of the embedding table.
// Layers of simple recurrent units read the sentence both ways. What they give
// is turned into four vectors: the token as a dependent and as a head, once for
// arcs and once for relations. The product of a dependent's vector with a
// head's, and the distance, score an arc (after Dozat and Manning 2017); the
// squashed sum of their other two vectors is what the relation is read from.
type Network struct {
	Shape
	Words       []uint32 // hashes of the words that have rows of their own, in order of the rows
	Table       []int8   // embeddings, Width a row, with 1 as 64
	Layers      []Layer
	Heads       Linear  // Width to 2·Arc, with 1 as kernel.Half, and 2·Rel, with 1 as kernel.Sum
	RootArc     []int8  // the root as a head, with 1 as kernel.Activation
	RootRel     []int16 // with 1 as kernel.Sum
	Distance    []int32 // for each class of distance, what it adds to an arc's score
	RelDistance []int16 // Rel for each class, with 1 as kernel.Sum
	Out         Linear  // Rel to relations

	vocabulary *Vocabulary
	between    []int32 // what distances add, by head - dependent + maxPiece
}

// Layer is one layer of recurrent units. Its sums are candidates, with 1 as
// kernel.Half, and two gates, with 1 as kernel.Sum; in each the units that
// read forwards come first.
type Layer struct {
	In                Linear
	Forward, Backward kernel.Unit
}

// Outputs is how many outputs the relations have, more than there are.
const Outputs = 64

// Distances is how many classes of distance there are; Distance sorts the way
// from a token to its head into them. The root is the last.
const Distances = 32

// Distance is the class of the distance to a head, in tokens, not 0.
func Distance(distance int) int {
	side := 0
	if distance < 0 {
		distance, side = -distance, 15
	}
	class := 14
	for i, most := range [...]int{1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 17, 23, 32, 48} {
		if distance <= most {
			class = i
			break
		}
	}
	return side + class
}

// Prepare makes what follows from the weights. It must be called once, after
// they are set and before any sentence is parsed, and reports weights that do
// not fit together.
func (n *Network) Prepare() error {
	n.vocabulary = NewVocabulary(n.Words)
	if got, want := len(n.Table), n.vocabulary.Rows()*n.Width; got != want {
		return fmt.Errorf("parse: a table of %d numbers for %d words, not %d", got, len(n.Words), want)
	}
	if n.Width%32 != 0 || n.Arc%16 != 0 || n.Rel%16 != 0 || n.Width == 0 || n.Arc == 0 || n.Rel == 0 {
		return fmt.Errorf("parse: widths %d, %d and %d", n.Width, n.Arc, n.Rel)
	}
	check := func(l Linear, in, out int) error {
		if l.In != in || l.Out != out || len(l.Packed) != in*out || len(l.Bias) != out || len(l.Factors) != out {
			return fmt.Errorf("parse: a matrix of %d by %d where %d by %d belongs", l.In, l.Out, in, out)
		}
		for _, f := range l.Factors {
			if !(f >= 0 && f <= 64) {
				return fmt.Errorf("parse: a factor of %g", f)
			}
		}
		return nil
	}
	for _, l := range n.Layers {
		if err := check(l.In, n.Width, 3*n.Width); err != nil {
			return err
		}
		for _, u := range []kernel.Unit{l.Forward, l.Backward} {
			if len(u.PeepForget) != n.Width/2 || len(u.PeepOutput) != n.Width/2 {
				return fmt.Errorf("parse: %d and %d peepholes", len(u.PeepForget), len(u.PeepOutput))
			}
		}
	}
	if err := check(n.Heads, n.Width, 2*(n.Arc+n.Rel)); err != nil {
		return err
	}
	if err := check(n.Out, n.Rel, Outputs); err != nil {
		return err
	}
	if len(n.RootArc) != n.Arc || len(n.RootRel) != n.Rel || len(n.Distance) != Distances || len(n.RelDistance) != Distances*n.Rel {
		return fmt.Errorf("parse: weights of the root or of distances are missing")
	}
	n.between = make([]int32, 2*maxPiece+1)
	for i := range n.between {
		if i != maxPiece {
			n.between[i] = n.Distance[Distance(i-maxPiece)]
		}
	}
	n.between[maxPiece] = math.MinInt32 / 2 // no token is its own head
	return nil
}

// Vocabulary is the rows of the embedding table, after Prepare.
func (n *Network) Vocabulary() *Vocabulary { return n.vocabulary }

// Add puts the network into b.
func (n *Network) Add(b *model.Builder) {
	linear := func(name string, l Linear) {
		model.Add(b, name+".weights", model.Tensor[int8]{Data: l.Packed, Shape: []int{l.In, l.Out}})
		model.Add(b, name+".bias", model.Tensor[int32]{Data: l.Bias})
		model.Add(b, name+".factors", model.Tensor[float32]{Data: l.Factors})
	}
	model.Add(b, "shape", model.Tensor[int32]{Data: []int32{int32(n.Width), int32(len(n.Layers)), int32(n.Arc), int32(n.Rel)}})
	model.Add(b, "words", model.Tensor[uint32]{Data: n.Words})
	model.Add(b, "table", model.Tensor[int8]{Data: n.Table, Shape: []int{len(n.Table) / n.Width, n.Width}, Scale: 1. / 64})
	for i, l := range n.Layers {
		name := fmt.Sprintf("layer%d", i)
		linear(name, l.In)
		for _, p := range []struct {
			name string
			data []int16
		}{{"forget.forward", l.Forward.PeepForget}, {"output.forward", l.Forward.PeepOutput}, {"forget.backward", l.Backward.PeepForget}, {"output.backward", l.Backward.PeepOutput}} {
			model.Add(b, name+"."+p.name, model.Tensor[int16]{Data: p.data, Scale: 1. / (1 << 13)})
		}
	}
	linear("heads", n.Heads)
	model.Add(b, "root.arc", model.Tensor[int8]{Data: n.RootArc, Scale: 1. / kernel.Activation})
	model.Add(b, "root.relation", model.Tensor[int16]{Data: n.RootRel, Scale: 1. / kernel.Sum})
	model.Add(b, "distance", model.Tensor[int32]{Data: n.Distance, Scale: 1. / (kernel.Activation * kernel.Activation)})
	model.Add(b, "distance.relation", model.Tensor[int16]{Data: n.RelDistance, Shape: []int{Distances, n.Rel}, Scale: 1. / kernel.Sum})
	linear("out", n.Out)
}

// Load is the network that m holds, prepared.
func Load(m *model.Model) (*Network, error) {
	shape := model.Read[int32](m, "shape", 4).Data
	if err := m.Err(); err != nil {
		return nil, err
	}
	n := &Network{Shape: Shape{Width: int(shape[0]), Layers: int(shape[1]), Arc: int(shape[2]), Rel: int(shape[3])}}
	linear := func(name string, in, out int) Linear {
		return Linear{
			Matrix:  kernel.Matrix{In: in, Out: out, Packed: model.Read[int8](m, name+".weights", in, out).Data},
			Bias:    model.Read[int32](m, name+".bias", out).Data,
			Factors: model.Read[float32](m, name+".factors", out).Data,
		}
	}
	n.Words = model.Read[uint32](m, "words", -1).Data
	n.Table = model.Read[int8](m, "table", -1, n.Width).Data
	for i := range n.Shape.Layers {
		name := fmt.Sprintf("layer%d", i)
		peep := func(part string) []int16 { return model.Read[int16](m, name+"."+part, n.Width/2).Data }
		n.Layers = append(n.Layers, Layer{
			In:       linear(name, n.Width, 3*n.Width),
			Forward:  kernel.Unit{PeepForget: peep("forget.forward"), PeepOutput: peep("output.forward")},
			Backward: kernel.Unit{PeepForget: peep("forget.backward"), PeepOutput: peep("output.backward")},
		})
		if m.Err() != nil {
			break
		}
	}
	n.Heads = linear("heads", n.Width, 2*(n.Arc+n.Rel))
	n.RootArc = model.Read[int8](m, "root.arc", n.Arc).Data
	n.RootRel = model.Read[int16](m, "root.relation", n.Rel).Data
	n.Distance = model.Read[int32](m, "distance", Distances).Data
	n.RelDistance = model.Read[int16](m, "distance.relation", Distances, n.Rel).Data
	n.Out = linear("out", n.Rel, Outputs)
	if err := m.Err(); err != nil {
		return nil, err
	}
	if err := n.Prepare(); err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name(), err)
	}
	return n, nil
}

// maxPiece is how many tokens are parsed as one: scoring every pair costs their
// square. Of the treebanks' 18,475 sentences all but a handful are shorter.
const maxPiece = 192

// Scratch is what one goroutine needs to parse: sentences are added, then
// parsed together, and the arcs of each token can be read until the next Reset.
type Scratch struct {
	rows  []int32 // Slots a token
	cuts  []int   // piece i is the tokens cuts[i]:cuts[i+1]
	heads []int32 // within the piece, its length for the root
	rels  []article.Rel

	states      []int16
	activations []uint8
	sums        []int32
	scaled      []int16
	state       []int16
	vectors     []uint8 // of dependents and heads for arcs, 2·Arc a token
	packed      kernel.Matrix
	bias        []int32
	scores      []int32
	hidden      []uint8
	decoder     Decoder
}

// Reset forgets all sentences.
func (s *Scratch) Reset() {
	s.rows, s.cuts = s.rows[:0], append(s.cuts[:0], 0)
}

// Len is how many tokens were added since Reset.
func (s *Scratch) Len() int { return len(s.rows) / Slots }

// Add adds a sentence, or a piece of one, of at most maxPiece tokens.
func (s *Scratch) Add(v *Vocabulary, words []string, tags []article.Tag, xtags []string) {
	s.rows = v.Lookup(s.rows, words, tags, xtags)
	s.cuts = append(s.cuts, len(s.rows)/Slots)
}

// Arc is the head and relation of a token, both counted from Reset on; the head
// is -1 for the root of the token's piece.
func (s *Scratch) Arc(token int) (head int, rel article.Rel) {
	return int(s.heads[token]), s.rels[token]
}

func pad(n, to int) int { return (n + to - 1) / to * to }

func size[T any](b *[]T, n int) []T {
	if cap(*b) < n {
		*b = make([]T, n+n/4)
	}
	*b = (*b)[:n]
	return *b
}

// Parse finds the arcs of all sentences that were added.
func (n *Network) Parse(s *Scratch) {
	count := s.Len()
	if count == 0 {
		return
	}
	n.read(s)
	n.arcs(s)
	n.relations(s)
}

// block is how many rows go through a matrix at once, so that their sums stay
// close to the processor.
const block = 64

// apply multiplies the rows of src, l.In bytes each, with l and scales the sums.
func (s *Scratch) apply(dst []int16, src []uint8, rows int, l *Linear) {
	for i := 0; i < rows; i += block {
		some := min(block, rows-i)
		sums := size(&s.sums, some*l.Out)
		kernel.Multiply(sums, src[i*l.In:], l.In, some, &l.Matrix, l.Bias)
		kernel.Scale(dst[i*l.Out:], sums, l.Factors)
	}
}

// read turns rows into vectors that know their sentence, and those into vectors
// of dependents and heads: s.vectors and s.scaled.
func (n *Network) read(s *Scratch) {
	count := s.Len()
	padded := pad(count, kernel.Rows)
	w, half := n.Width, n.Width/2
	states, activations := size(&s.states, padded*w), size(&s.activations, padded*w)
	for i := range count {
		kernel.Embed(states[i*w:(i+1)*w], activations[i*w:], n.Table, s.rows[i*Slots:(i+1)*Slots])
	}
	state := size(&s.state, half)
	for i := range n.Layers {
		l := &n.Layers[i]
		sums := size(&s.scaled, padded*3*w)
		s.apply(sums, activations, padded, &l.In)
		for p := range len(s.cuts) - 1 {
			first, length := s.cuts[p], s.cuts[p+1]-s.cuts[p]
			at, end := first*w, (first+length)*w
			clear(state)
			l.Forward.Run(sums[3*at:3*end], states[at:end], activations[at:end], state, w, length, false)
			clear(state)
			l.Backward.Run(sums[3*at+half:3*end], states[at+half:end], activations[at+half:end], state, w, length, true)
		}
	}
	out, arcs := n.Heads.Out, 2*n.Arc
	scaled := size(&s.scaled, padded*out)
	s.apply(scaled, activations, padded, &n.Heads)
	vectors := size(&s.vectors, (count+kernel.Rows)*arcs)
	for i := range count {
		kernel.Squash(vectors[i*arcs:], scaled[i*out:i*out+arcs])
	}
}

// arcs finds the heads.
func (n *Network) arcs(s *Scratch) {
	arcs := 2 * n.Arc
	heads := size(&s.heads, s.Len())
	for p := range len(s.cuts) - 1 {
		first, length := s.cuts[p], s.cuts[p+1]-s.cuts[p]
		vectors := s.vectors[first*arcs:]
		m := &s.packed
		m.In, m.Out = n.Arc, pad(length+1, kernel.Columns)
		size(&m.Packed, m.In*m.Out)
		bias := size(&s.bias, m.Out)
		for j := range length {
			bias[j] = m.SetColumn(j, vectors[j*arcs+n.Arc:(j+1)*arcs])
		}
		clear(bias[length:])
		bias[length] = m.SetSigned(length, n.RootArc) + n.Distance[Distances-1]
		rows := pad(length, kernel.Rows)
		scores := size(&s.scores, rows*m.Out)
		kernel.Multiply(scores, vectors, arcs, rows, m, bias)
		for i := range length {
			row := scores[i*m.Out:][:length]
			for j, d := range n.between[maxPiece-i:][:length] {
				row[j] += d
			}
		}
		for i, head := range s.decoder.Heads(scores, m.Out, length) {
			heads[first+i] = int32(head)
		}
	}
}

// relations names the arcs.
func (n *Network) relations(s *Scratch) {
	count, w, out := s.Len(), n.Rel, n.Heads.Out
	padded := pad(count, kernel.Rows)
	hidden := size(&s.hidden, padded*w)
	rels := size(&s.rels, count)
	for p := range len(s.cuts) - 1 {
		first, last := s.cuts[p], s.cuts[p+1]
		for i := first; i < last; i++ {
			own, from, class := s.scaled[i*out+2*n.Arc:][:w], n.RootRel, Distances-1
			if head := int(s.heads[i]); head >= 0 {
				s.heads[i] = int32(first + head)
				from, class = s.scaled[(first+head)*out+2*n.Arc+w:][:w], Distance(first+head-i)
			}
			kernel.SquashSum(hidden[i*w:], own, from, n.RelDistance[class*w:])
		}
	}
	for i := 0; i < padded; i += block {
		some := min(block, padded-i)
		sums := size(&s.sums, some*Outputs)
		kernel.Multiply(sums, hidden[i*w:], w, some, &n.Out.Matrix, n.Out.Bias)
		for j := i; j < min(i+some, count); j++ {
			rels[j] = article.Root
			if s.heads[j] >= 0 {
				rels[j] = best(sums[(j-i)*Outputs:], n.Out.Factors)
			}
		}
	}
}

// best is the relation that scores most, never the root's.
func best(sums []int32, factors []float32) article.Rel {
	found, top := article.Dep, float32(math.Inf(-1))
	for r := article.Acl; r <= article.Xcomp; r++ {
		if score := float32(sums[r]) * factors[r]; score > top && r != article.Root {
			found, top = r, score
		}
	}
	return found
}
