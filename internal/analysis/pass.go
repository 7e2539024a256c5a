// Package analysis runs passes over an article: each is a value that says which
// layers it needs and which it gives, and a pipeline refuses an order that
// leaves a need unmet. An article comes in, its analysis goes out. The passes
// themselves live in the folders below and know nothing of each other.
package analysis

import (
	"context"
	"fmt"
	"runtime"

	"synoptic/article"
)

// Pass fills some layers of an analysis from others.
type Pass struct {
	Name     string         // one lower-case word
	Doc      string         // one line: what it finds
	Language string         // BCP 47 primary tag that it understands; "" for any
	Needs    article.Layers // must be filled before
	Gives    article.Layers // are filled after
	Run      func(a *article.Article, n *article.Analysis) error
}

// Pipeline is passes in an order that has been checked. It keeps no state
// between articles and may be used by several goroutines at once.
type Pipeline struct {
	engine string
	passes []Pass
}

// New checks that every pass has a name and something to run, that no two give
// the same layer, and that each need is given by an earlier pass that
// understands at least the same languages.
func New(engine string, passes ...Pass) (*Pipeline, error) {
	given := map[article.Layers]Pass{}
	var have article.Layers
	for _, p := range passes {
		if p.Name == "" || p.Run == nil {
			return nil, fmt.Errorf("pass %q: it has no name or nothing to run", p.Name)
		}
		if !have.Has(p.Needs) {
			return nil, fmt.Errorf("pass %s: needs %v, which no pass before it gives", p.Name, p.Needs&^have)
		}
		for layer := article.Layers(1); layer <= article.All; layer <<= 1 {
			if by, ok := given[layer]; ok && p.Gives.Has(layer) {
				return nil, fmt.Errorf("pass %s: gives %v, as %s does before it", p.Name, layer, by.Name)
			}
			if by := given[layer]; p.Needs.Has(layer) && by.Language != "" && by.Language != p.Language {
				return nil, fmt.Errorf("pass %s: needs %v, which %s gives for %q alone", p.Name, layer, by.Name, by.Language)
			}
			if p.Gives.Has(layer) {
				given[layer] = p
			}
		}
		have |= p.Gives
	}
	return &Pipeline{engine: engine, passes: passes}, nil
}

// Missing is the layers that the pipeline can fill, but not for an article in
// language.
func (p *Pipeline) Missing(language string) article.Layers {
	var missing article.Layers
	for _, pass := range p.passes {
		if !pass.understands(language) {
			missing |= pass.Gives
		}
	}
	return missing
}

// Run analyses one article. A pass for another language is left out, and so is
// one whose needs a pass left out would have met.
func (p *Pipeline) Run(ctx context.Context, a *article.Article) (*article.Analysis, error) {
	n := &article.Analysis{}
	if err := p.Continue(ctx, a, n); err != nil {
		return nil, err
	}
	return n, nil
}

// Continue fills in the layers that n lacks. A pass whose layers are all there
// already, from words that were cut elsewhere for one, is left out.
func (p *Pipeline) Continue(ctx context.Context, a *article.Article, n *article.Analysis) error {
	n.Engine = p.engine
	for _, pass := range p.passes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !pass.understands(a.Language) || !n.Layers.Has(pass.Needs) || n.Layers.Has(pass.Gives) {
			continue
		}
		if err := pass.try(a, n); err != nil {
			return fmt.Errorf("%s: pass %s: %w", a.Place, pass.Name, err)
		}
		n.Layers |= pass.Gives
		if len(a.Text) > huge {
			runtime.GC()
			runtime.GC() // what a sync.Pool keeps goes with the second
		}
	}
	return nil
}

// huge is the length in bytes of a text from which on what a pass worked in is
// collected before the next begins, which takes as much. Collecting takes less
// than a hundredth of the time that any pass takes for such a text.
const huge = 1 << 20

// try runs the pass. A mistake of ours in it is an error of this article: what
// somebody wrote must not stop the reading of all others.
func (p Pass) try(a *article.Article, n *article.Analysis) (err error) {
	defer func() {
		if mistake := recover(); mistake != nil {
			err = fmt.Errorf("a mistake of ours, please report it: %v", mistake)
		}
	}()
	return p.Run(a, n)
}

func (p Pass) understands(language string) bool {
	return p.Language == "" || language == p.Language || len(language) > len(p.Language) &&
		language[:len(p.Language)] == p.Language && language[len(p.Language)] == '-'
}
