package main

import (
	"encoding/gob"
	"fmt"
	"os"
)

// floats is a network as it is kept between runs, for teaching another.
type floats struct {
	Shape   [5]int
	Weights [][]float32
}

func (n *network) save(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	s := n.shape
	kept := floats{Shape: [5]int{s.width, s.layers, s.arc, s.label, s.rels}}
	for _, w := range n.all() {
		kept.Weights = append(kept.Weights, w.data)
	}
	if err := gob.NewEncoder(f).Encode(kept); err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.Close()
}

func loadNetwork(path string) (*network, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var kept floats
	if err := gob.NewDecoder(f).Decode(&kept); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	n := &network{shape: shape{kept.Shape[0], kept.Shape[1], kept.Shape[2], kept.Shape[3], kept.Shape[4]}}
	n.layers = make([]layer, n.shape.layers)
	at := 0
	take := func(w **weight) {
		*w = &weight{data: kept.Weights[at]}
		at++
	}
	for _, w := range []**weight{&n.table, &n.heads, &n.headBias, &n.rootArc, &n.rootRel, &n.distance, &n.relDist, &n.out, &n.outBias} {
		take(w)
	}
	for i := range n.layers {
		take(&n.layers[i].in)
		take(&n.layers[i].bias)
		take(&n.layers[i].peep)
	}
	return n, nil
}

// take gives n the weights of another network of its shape.
func (n *network) take(from *network) error {
	if n.shape != from.shape || len(n.table.data) != len(from.table.data) {
		return fmt.Errorf("a network of shape %+v, not %+v", from.shape, n.shape)
	}
	to, weights := n.all(), from.all()
	for i, w := range weights {
		copy(to[i].data, w.data)
		copy(to[i].mean, w.data)
	}
	return nil
}
