package story_test

import (
	"bytes"
	"testing"

	"synoptic/story"
)

func TestSketchIsSmall(t *testing.T) {
	s := newSynthetic(t, 2)
	for range 50 {
		a, _ := s.next()
		data, err := story.NewSketch(a).MarshalBinary()
		if err != nil || len(data) > 2048 {
			t.Fatalf("%d bytes, error %v", len(data), err)
		}
	}
}

func FuzzSketch(f *testing.F) {
	for _, p := range pieces[:3] {
		data, err := story.NewSketch(p.article()).MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)-1])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s story.Sketch
		if s.UnmarshalBinary(data) != nil {
			return
		}
		again, err := s.MarshalBinary()
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("%x is written as %x, error %v", data, again, err)
		}
		var g story.Grouper
		g.Add("a", s, day)
		g.Add("b", s, day)
	})
}
