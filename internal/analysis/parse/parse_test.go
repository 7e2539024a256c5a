package parse

import (
	"math/rand/v2"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/kernel"
	"synoptic/internal/model"
	"synoptic/text"
)

// random is a network of chance weights.
func random(shape Shape, words []string, seed uint64) *Network {
	r := rand.New(rand.NewPCG(seed, 5))
	bytes := func(n int) []int8 {
		b := make([]int8, n)
		for i := range b {
			b[i] = int8(r.IntN(255) - 127)
		}
		return b
	}
	fractions := func(n int) []int16 {
		f := make([]int16, n)
		for i := range f {
			f[i] = int16(r.IntN(8192) - 4096)
		}
		return f
	}
	linear := func(in, out int, factor float32) Linear {
		l := Linear{Matrix: kernel.Pack(bytes(in*out), in, out), Bias: make([]int32, out), Factors: make([]float32, out)}
		for i := range l.Factors {
			l.Factors[i] = factor
		}
		return l
	}
	n := &Network{Shape: shape}
	for _, w := range words {
		n.Words = append(n.Words, Hash(w))
	}
	n.Table = bytes(NewVocabulary(n.Words).Rows() * shape.Width)
	for range shape.Layers {
		n.Layers = append(n.Layers, Layer{
			In:       linear(shape.Width, 3*shape.Width, 0.2),
			Forward:  kernel.Unit{PeepForget: fractions(shape.Width / 2), PeepOutput: fractions(shape.Width / 2)},
			Backward: kernel.Unit{PeepForget: fractions(shape.Width / 2), PeepOutput: fractions(shape.Width / 2)},
		})
	}
	n.Heads = linear(shape.Width, 2*(shape.Arc+shape.Rel), 0.2)
	n.RootArc, n.RootRel = bytes(shape.Arc), fractions(shape.Rel)
	n.Distance, n.RelDistance = make([]int32, Distances), fractions(Distances*shape.Rel)
	n.Out = linear(shape.Rel, Outputs, 0.01)
	if err := n.Prepare(); err != nil {
		panic(err)
	}
	return n
}

// annotate makes an article of sentences, words parted by blanks, each with its
// tag after a slash.
func annotate(sentences ...string) (*article.Article, *article.Analysis) {
	a, n := &article.Article{Place: "test"}, &article.Analysis{}
	var body strings.Builder
	for _, s := range sentences {
		first, begin := len(n.Tokens), body.Len()
		for i, word := range strings.Fields(s) {
			if i > 0 {
				body.WriteByte(' ')
			}
			form, tags, _ := strings.Cut(word, "/")
			tag, xtag, _ := strings.Cut(tags, "/")
			if form == "" {
				form = word
			}
			at := body.Len()
			body.WriteString(form)
			n.Tokens = append(n.Tokens, article.Token{Span: text.Span{Start: at, End: body.Len()}, Tag: article.ParseTag(tag), XTag: xtag})
		}
		n.Sentences = append(n.Sentences, article.Sentence{Span: text.Span{Start: begin, End: body.Len()}, First: first, Last: len(n.Tokens)})
		body.WriteByte('\n')
	}
	a.Text = body.String()
	return a, n
}

func checked(t *testing.T, network *Network, a *article.Article, n *article.Analysis) {
	t.Helper()
	var p parser
	p.parse(network, a, n)
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	for i, arc := range n.Arcs {
		if (arc.Head == -1) != (arc.Rel == article.Root) || arc.Rel == article.NoRel {
			t.Fatalf("token %d: head %d by %v", i, arc.Head, arc.Rel)
		}
	}
}

var small = Shape{Width: 32, Layers: 2, Arc: 16, Rel: 16}

// Whatever comes in, and whatever the weights, a tree comes out.
func TestShapesOfInput(t *testing.T) {
	rows := strings.Repeat("12.5/NUM 7/NUM –/PUNCT n/a/X 3/NUM ", 300)
	for name, in := range map[string][]string{
		"nothing":       {},
		"no words":      {"", "", ""},
		"one word":      {"Rain/NOUN"},
		"only marks":    {"…/PUNCT", "!/PUNCT ?/PUNCT !/PUNCT"},
		"5,000 words":   {strings.Repeat("word/NOUN ", 5000)},
		"long list":     {strings.Repeat("Ilse/PROPN Varga/PROPN ,/PUNCT ", 500)},
		"a table":       {rows},
		"many at once":  strings.Split(strings.Repeat("We/PRON left/VERB ./PUNCT\n", 400), "\n"),
		"no tags":       {"these have no tags"},
		"another":       {"Der/X Fluß/X steigt/X", "水位/X が/X 上がる/X", "\u0301\u0301/X \xff\xfe/X"},
		"exactly":       {strings.Repeat("a/DET ", maxPiece)},
		"one more":      {strings.Repeat("a/DET ", maxPiece+1)},
		"long and more": {"Short/ADJ one/NUM", strings.Repeat("b/X ", 3*maxPiece), "Short/ADJ again/ADV"},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(4) {
				a, n := annotate(in...)
				checked(t, random(small, []string{"word", "varga"}, seed), a, n)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("The/DET mayor/NOUN resigned/VERB ./PUNCT", uint64(1))
	f.Add("a b c\nd e\n\nf", uint64(2))
	network := random(small, []string{"the", "mayor"}, 9)
	f.Fuzz(func(t *testing.T, in string, seed uint64) {
		a, n := annotate(strings.Split(strings.ToValidUTF8(in, "?"), "\n")...)
		for i := range n.Tokens {
			if seed>>(i%64)&1 == 1 {
				n.Tokens[i].Tag = article.Tag(seed >> (i % 60) % 18)
			}
		}
		checked(t, network, a, n)
	})
}

// Sentences must not touch each other: each has the same arcs alone and among
// others.
func TestSentencesAlone(t *testing.T) {
	in := []string{"The/DET ferry/NOUN sank/VERB", "Two/NUM people/NOUN ,/PUNCT both/DET sailors/NOUN ,/PUNCT drowned/VERB ./PUNCT", "Why/ADV ?/PUNCT", strings.Repeat("x/X ", 100)}
	network := random(small, []string{"ferry"}, 3)
	a, n := annotate(in...)
	checked(t, network, a, n)
	for i, s := range n.Sentences {
		b, m := annotate(in[i])
		checked(t, network, b, m)
		for j, arc := range m.Arcs {
			got := n.Arcs[s.First+j]
			if got.Head >= 0 {
				got.Head -= s.First
			}
			if got != arc {
				t.Errorf("sentence %d token %d: %v among others, %v alone", i, j, got, arc)
			}
		}
	}
}

// Weights are the same after they were written and read.
func TestLoad(t *testing.T) {
	network := random(small, []string{"ferry", "sank"}, 4)
	b := &model.Builder{Name: "parse"}
	network.Add(b)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(m)
	if err != nil {
		t.Fatal(err)
	}
	a, n := annotate("The/DET old/ADJ ferry/NOUN sank/VERB off/ADP the/DET coast/NOUN ./PUNCT")
	checked(t, network, a, n)
	b2, n2 := annotate("The/DET old/ADJ ferry/NOUN sank/VERB off/ADP the/DET coast/NOUN ./PUNCT")
	checked(t, loaded, b2, n2)
	for i := range n.Arcs {
		if n.Arcs[i] != n2.Arcs[i] {
			t.Errorf("token %d: %v before, %v after", i, n.Arcs[i], n2.Arcs[i])
		}
	}
	for name, damage := range map[string]func(*Network){
		"table":   func(n *Network) { n.Table = n.Table[1:] },
		"factors": func(n *Network) { n.Heads.Factors[3] = 1e9 },
		"width":   func(n *Network) { n.Width = 40 },
		"root":    func(n *Network) { n.RootRel = nil },
		"matrix":  func(n *Network) { n.Out.Packed = n.Out.Packed[4:] },
	} {
		broken := random(small, []string{"ferry", "sank"}, 4)
		damage(broken)
		if broken.Prepare() == nil {
			t.Errorf("a damaged %s goes unseen", name)
		}
	}
}

func TestVocabulary(t *testing.T) {
	v := NewVocabulary([]uint32{Hash("ferry"), Hash("1990"), Hash("Ödön")})
	for word, want := range map[string]int{"Ferry": 1, "FERRY": 1, "2026": 2, "199": 0, "ödön": 3, "ferries": 0, "": 0} {
		if got := v.Row(Hash(word)); got != want {
			t.Errorf("%q has row %d, want %d", word, got, want)
		}
	}
	rows := v.Lookup(nil, []string{"Ferry", "no.", ""}, []article.Tag{article.NOUN, article.X, article.X}, []string{"NN", "", "HYPH"})
	if len(rows) != 3*Slots {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		if row < 0 || int(row) >= v.Rows() {
			t.Errorf("row %d of %d at %d", row, v.Rows(), i)
		}
	}
}

func TestDistance(t *testing.T) {
	seen := map[int]bool{}
	for d := 1; d < 300; d++ {
		right, left := Distance(d), Distance(-d)
		if right == left || right >= Distances-1 || left >= Distances-1 || d > 1 && right < Distance(d-1) {
			t.Errorf("%d to the right is %d, to the left %d", d, right, left)
		}
		seen[right], seen[left] = true, true
	}
	if len(seen) != 30 {
		t.Errorf("%d classes", len(seen))
	}
}

func BenchmarkShape(b *testing.B) {
	sentence := "Officials/NOUN in/ADP the/DET capital/NOUN said/VERB on/ADP Monday/PROPN that/SCONJ at/ADV least/ADJ forty/NUM people/NOUN ,/PUNCT most/ADJ of/ADP them/PRON farmers/NOUN ,/PUNCT had/AUX left/VERB the/DET flooded/VERB valley/NOUN ./PUNCT"
	var in []string
	for range 100 {
		in = append(in, sentence)
	}
	for name, shape := range map[string]Shape{"192x3": {192, 3, 128, 128}, "256x3": {256, 3, 128, 128}, "256x4": {256, 4, 128, 128}} {
		network := random(shape, []string{"said"}, 1)
		// As with fitted weights, the best heads nearly always make a tree.
		network.Distance[Distance(-1)], network.Distance[Distances-1] = 1<<23, 1<<22
		if err := network.Prepare(); err != nil {
			b.Fatal(err)
		}
		a, n := annotate(in...)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var p parser
			for b.Loop() {
				p.parse(network, a, n)
			}
			b.ReportMetric(float64(len(n.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
