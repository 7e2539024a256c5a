package story

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"synoptic/article"
	"synoptic/text"
)

// shingle is how many words in a row count as one piece of copy. Five are
// enough to tell a writer's own sentence from a borrowed one, and short enough
// to survive a light rewrite.
const shingle = 5

// copied is the share of an account's pieces that must stand in another for
// the two to carry the same copy. Where both credit one wire, less will do.
const (
	copied       = 0.45
	copiedByWire = 0.30
)

// Origins divides articles into origins: those that carry the same copy
// together, every other alone. Copy is found by sequences of words outside of
// quotation marks, so that two accounts that quote one statement are not taken
// for one. The cost is linear in words, and in how often pieces recur.
func Origins(articles []*article.Article) []Origin {
	pieces := make([][]uint64, len(articles))
	holders := map[uint64][]int32{}
	for i, a := range articles {
		pieces[i] = shingles(a)
		for _, h := range pieces[i] {
			holders[h] = append(holders[h], int32(i))
		}
	}
	shared := map[[2]int32]int{}
	for _, in := range holders {
		for x := range in {
			for y := range in[:x] {
				shared[[2]int32{in[y], in[x]}]++
			}
		}
	}

	joined := make([]int, len(articles))
	for i := range joined {
		joined[i] = i
	}
	find := func(i int) int {
		for joined[i] != i {
			joined[i] = joined[joined[i]]
			i = joined[i]
		}
		return i
	}
	best := make([]float64, len(articles))
	why := make([]Why, len(articles))
	for _, p := range sortedPairs(shared) {
		i, j := int(p[0]), int(p[1])
		share := float64(shared[p]) / float64(min(len(pieces[i]), len(pieces[j])))
		wire := sameWire(articles[i], articles[j])
		if share < copied && (!wire || share < copiedByWire) {
			continue
		}
		for _, k := range []int{i, j} {
			best[k] = max(best[k], share)
			switch {
			case wire:
				why[k] = ByBoth
			case why[k] == "":
				why[k] = ByCopy
			}
		}
		i, j = find(i), find(j)
		joined[max(i, j)] = min(i, j)
	}
	return collect(articles, find, best, why)
}

func sortedPairs(shared map[[2]int32]int) [][2]int32 {
	pairs := make([][2]int32, 0, len(shared))
	for p := range shared {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b [2]int32) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	return pairs
}

func collect(articles []*article.Article, find func(int) int, best []float64, why []Why) []Origin {
	var origins []Origin
	at := map[int]int{}
	for i, a := range articles {
		root := find(i)
		k, ok := at[root]
		if !ok {
			k = len(origins)
			at[root] = k
			origins = append(origins, Origin{Name: a.Outlet.Name})
		}
		o := &origins[k]
		o.Articles = append(o.Articles, i)
		if best[i] > 0 && (o.Shared == 0 || best[i] < o.Shared) {
			o.Shared = best[i]
		}
		if o.Why != ByBoth && why[i] != "" {
			o.Why = why[i]
		}
	}
	for k := range origins {
		if len(origins[k].Articles) > 1 {
			origins[k].Copied = copiedIn(articles, origins[k].Articles)
		}
		if name := wireOf(articles, origins[k].Articles); name != "" && len(origins[k].Articles) > 1 {
			origins[k].Name = name
		}
	}
	return origins
}

// wireOf is the wire that the most accounts of an origin credit, "" for none.
func wireOf(articles []*article.Article, members []int) string {
	var names []string
	counts := map[string]int{}
	for _, i := range members {
		for _, name := range wires(articles[i]) {
			if counts[name] == 0 {
				names = append(names, name)
			}
			counts[name]++
		}
	}
	if len(names) == 0 {
		return ""
	}
	return slices.MaxFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[a], counts[b]), cmp.Compare(b, a))
	})
}

func wires(a *article.Article) []string {
	var names []string
	for _, c := range a.Credits {
		if c.Role == article.Wire && !slices.Contains(names, c.Agency) {
			names = append(names, c.Agency)
		}
	}
	return names
}

func sameWire(a, b *article.Article) bool {
	theirs := wires(b)
	return slices.ContainsFunc(wires(a), func(name string) bool { return slices.Contains(theirs, name) })
}

// copiedIn is the parts of each member's running text that stand in another
// member too: the words of every run that two of them share.
func copiedIn(articles []*article.Article, members []int) [][]text.Span {
	holders := map[uint64]int{} // members by run
	for _, i := range members {
		for _, h := range shingles(articles[i]) {
			holders[h]++
		}
	}
	copied := make([][]text.Span, len(members))
	for n, i := range members {
		runs(articles[i], func(h uint64, span text.Span) {
			if holders[h] < 2 {
				return
			}
			if last := len(copied[n]) - 1; last >= 0 && copied[n][last].Overlaps(span) {
				copied[n][last] = copied[n][last].Cover(span)
			} else {
				copied[n] = append(copied[n], span)
			}
		})
	}
	return copied
}

// shingles hashes the runs of an article, each hash once.
func shingles(a *article.Article) []uint64 {
	var hashes []uint64
	runs(a, func(h uint64, _ text.Span) { hashes = append(hashes, h) })
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// runs calls do for every run of words of an article's running text that lies
// within one paragraph and outside of quotation marks, in order, with its hash.
func runs(a *article.Article, do func(hash uint64, span text.Span)) {
	var words []ownWord
	for _, p := range a.Paragraphs {
		if p.Kind != article.Body {
			continue
		}
		words = ownWords(p.Span, a.Text, words[:0])
		for i := 0; i+shingle <= len(words); i++ {
			run := words[i : i+shingle]
			if slices.ContainsFunc(run, func(w ownWord) bool { return w.hash == quoted }) {
				continue
			}
			h := uint64(offset64)
			for _, w := range run {
				h = (h ^ w.hash) * prime64
			}
			do(h, run[0].Cover(run[shingle-1].Span))
		}
	}
}

// ownWord is a word where it stands, or quoted.
type ownWord struct {
	text.Span
	hash uint64
}

// FNV-1a (Fowler, Noll, Vo), 64 bits.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

// quoted stands in a list of words for what was said in quotation marks.
const quoted = 0

// ownWords appends each word of a paragraph, hashed in lower case and without
// marks; a stretch in double quotation marks is one quoted.
func ownWords(p text.Span, body string, words []ownWord) []ownWord {
	var h uint64
	var at text.Span
	inside := false
	flush := func() {
		if h != 0 && !inside {
			words = append(words, ownWord{at, h})
		}
		h = 0
	}
	for i := p.Start; i < p.End; {
		r, n := utf8.DecodeRuneInString(body[i:p.End])
		i += n
		switch {
		case r == '"' || r == '“' || r == '”' || r == '«' || r == '»':
			flush()
			if inside = !inside; inside {
				words = append(words, ownWord{hash: quoted})
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if h == 0 {
				h, at.Start = offset64, i-n
			}
			h, at.End = (h^uint64(unicode.ToLower(r)))*prime64, i
		case r == '\'' || r == '’' || r == '‘' || r == '´':
			// An apostrophe parts no word, whichever way it is written.
		default:
			flush()
		}
	}
	flush()
	return words
}
