package main

import (
	"fmt"
	"slices"
	"strings"

	"synoptic/article"
	"synoptic/internal/analysis/parse"
)

// What later passes read off the parse most: who says, and what is counted.
var (
	speech   = strings.Fields("say says said saying tell tells told telling add adds added adding report reports reported claim claims claimed announce announces announced deny denies denied warn warns warned insist insists insisted argue argues argued state states stated explain explains explained write writes wrote ask asks asked note notes noted suggest suggests suggested")
	counting = strings.Fields("kill kills killed killing injure injures injured injuring wound wounds wounded arrest arrests arrested detain detained displace displaced destroy destroys destroyed cost costs lose loses lost win wins won raise raises raised cut cuts reach reaches reached spend spends spent pay pays paid sell sells sold buy buys bought include includes included")
)

// tally counts arcs of one kind.
type tally struct{ found, gold, both int }

func (c tally) String() string {
	p, r := float64(c.both)/float64(max(1, c.found)), float64(c.both)/float64(max(1, c.gold))
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f (%d)", p, r, f, c.gold)
}

// confusion prints how each relation comes out, with its subtypes apart and head and
// name both right, then what the arcs are that are most often taken for others.
func (o *parseSettings) confusion(n *parse.Network) {
	kinds := map[string]*tally{}
	count := func(kind string) *tally {
		if kinds[kind] == nil {
			kinds[kind] = &tally{}
		}
		return kinds[kind]
	}
	wrong := map[string]int{}
	var s parse.Scratch
	for _, set := range o.devSets {
		for _, t := range set {
			s.Reset()
			s.Add(n.Vocabulary(), t.words, t.tags, t.xtags)
			n.Parse(&s)
			for i := range t.words {
				head, rel := s.Arc(i)
				of := func(head int, rel article.Rel) []string {
					kinds := []string{rel.String()}
					word := ""
					if head >= 0 {
						word = strings.ToLower(t.words[head])
					}
					switch b := base(rel); {
					case b == "nsubj" && slices.Contains(speech, word):
						kinds = append(kinds, "= subject of a speech verb")
					case (b == "obj" || rel == article.NsubjPass) && slices.Contains(counting, word):
						kinds = append(kinds, "= object of a counting verb")
					case b == "nummod":
						kinds = append(kinds, "= what a number counts")
					}
					return kinds
				}
				same := head == t.heads[i] && rel == t.rels[i]
				for _, k := range of(head, rel) {
					count(k).found++
				}
				for _, k := range of(t.heads[i], t.rels[i]) {
					count(k).gold++
					if same || k[0] == '=' && head == t.heads[i] && base(rel) == base(t.rels[i]) {
						count(k).both++
					}
				}
				switch {
				case same:
				case head != t.heads[i] && rel == t.rels[i]:
					wrong[rel.String()+" of another head"]++
				default:
					wrong[t.rels[i].String()+" taken for "+rel.String()]++
				}
			}
		}
	}
	var names []string
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		fmt.Fprintf(o.log, "%-28s %v\n", k, kinds[k])
	}
	names = names[:0]
	for k := range wrong {
		names = append(names, k)
	}
	slices.SortFunc(names, func(a, b string) int {
		if wrong[a] != wrong[b] {
			return wrong[b] - wrong[a]
		}
		return strings.Compare(a, b)
	})
	for _, k := range names[:min(30, len(names))] {
		fmt.Fprintf(o.log, "%5d %s\n", wrong[k], k)
	}
}
