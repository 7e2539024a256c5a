package attribution

import (
	"synoptic/article"
	"synoptic/internal/model/gazetteer"
	"synoptic/text"
)

// mentions are the names of the article: those of its analysis, or, as long as
// no pass has filled them, runs of proper nouns that begin with a first name.
func (d *document) mentions() []article.Mention {
	n := d.analysis
	if n.Layers.Has(article.Mentions) {
		return n.Mentions
	}
	lists, err := gazetteer.Embedded()
	if err != nil {
		return nil
	}
	surnames := map[string]bool{}
	var out []article.Mention
	for _, s := range n.Sentences {
		for i := s.First; i < s.Last; i++ {
			k := i
			for k < s.Last && d.nodes[k].tag == article.PROPN && k-i < 4 {
				k++
			}
			for i < k && titles[d.words(i)] {
				i++
			}
			if k == i {
				continue
			}
			_, in := lists.Longest(func(j int) uint32 { return d.nodes[i+j].Norm }, 1)
			if k-i > 1 && in&gazetteer.FirstName != 0 && in&(gazetteer.Place|gazetteer.Country) == 0 || k-i == 1 && surnames[d.words(i)] {
				surnames[d.words(k-1)] = true
				out = append(out, article.Mention{Span: text.Span{Start: n.Tokens[i].Start, End: n.Tokens[k-1].End}, First: i, Last: k, Kind: article.Person, Entity: -1})
			}
			i = k
		}
	}
	return out
}

var titles = map[string]bool{
	"Mr": true, "Mr.": true, "Mrs": true, "Mrs.": true, "Ms": true, "Ms.": true, "Dr": true, "Dr.": true, "Sir": true,
	"President": true, "Minister": true, "Prime": true, "Mayor": true, "Sen.": true, "Rep.": true, "Gov.": true, "MP": true, "Constable": true, "Chief": true,
}
