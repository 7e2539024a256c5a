package model

import (
	"slices"
	"strings"
	"testing"
)

func build(t *testing.T) string {
	t.Helper()
	b := &Builder{Name: "toy", About: "made for a test"}
	Add(b, "small", Tensor[int8]{Data: []int8{-128, 0, 127}, Scale: 0.5})
	Add(b, "rows", Tensor[float32]{Data: []float32{1, 2, 3, 4, 5, -6.5}, Shape: []int{2, 3}})
	Add(b, "none", Tensor[uint16]{})
	b.AddStrings("words", []string{"", "gull", "é"})
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestRoundTrip(t *testing.T) {
	data := build(t)
	for shift := range 4 { // embedded files may begin at any address
		shifted := strings.Repeat(" ", shift) + data
		m, err := Parse(shifted[shift:])
		if err != nil {
			t.Fatal(err)
		}
		small, rows := Read[int8](m, "small", 3), Read[float32](m, "rows", -1, 3)
		none, words := Read[uint16](m, "none"), m.Strings("words")
		if m.Err() != nil {
			t.Fatal(m.Err())
		}
		if !slices.Equal(small.Data, []int8{-128, 0, 127}) || small.Scale != 0.5 {
			t.Errorf("shift %d: small is %v", shift, small)
		}
		if !slices.Equal(rows.Data, []float32{1, 2, 3, 4, 5, -6.5}) || !slices.Equal(rows.Shape, []int{2, 3}) || rows.Scale != 1 {
			t.Errorf("shift %d: rows is %v", shift, rows)
		}
		if len(none.Data) != 0 {
			t.Errorf("shift %d: none is %v", shift, none)
		}
		if words.Len() != 3 || words.At(0) != "" || words.At(1) != "gull" || words.At(2) != "é" {
			t.Errorf("shift %d: words is %v", shift, words)
		}
		if m.Name() != "toy" || m.About() != "made for a test" {
			t.Errorf("shift %d: %q, %q", shift, m.Name(), m.About())
		}
	}
}

func TestReadRefuses(t *testing.T) {
	tests := []struct {
		name string
		read func(*Model)
		want string
	}{
		{"missing", func(m *Model) { Read[int8](m, "absent") }, "section absent: missing"},
		{"other type", func(m *Model) { Read[int16](m, "small") }, "section small: it holds int8, not int16"},
		{"other shape", func(m *Model) { Read[float32](m, "rows", 3, 2) }, "section rows: its shape is [2 3], [3 2] was expected"},
		{"a tensor as strings", func(m *Model) { m.Strings("small") }, "section small: it holds int8, not strings"},
		{"the first error stays", func(m *Model) { m.Strings("a"); m.Strings("b") }, "section a: missing"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := Parse(build(t))
			if err != nil {
				t.Fatal(err)
			}
			test.read(m)
			if m.Err() == nil || !strings.HasSuffix(m.Err().Error(), test.want) {
				t.Errorf("error %v, want …%s", m.Err(), test.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	good := build(t)
	for name, data := range map[string]string{
		"empty":          "",
		"another format": "PK\x03\x04" + good[4:],
		"newer format":   good[:8] + "\x09" + good[9:],
		"cut":            good[:len(good)-1],
		"a bit flipped":  good[:len(good)-100] + string([]byte{good[len(good)-100] ^ 1}) + good[len(good)-99:],
	} {
		if _, err := Parse(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	b := &Builder{Name: "toy"}
	b.AddStrings("words", []string{"a", "b"})
	Add(b, "small", Tensor[int16]{Data: []int16{1, 2}})
	data, err := b.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(_ *testing.T, data []byte) {
		m, err := Parse(string(data))
		if err != nil {
			return
		}
		Read[int16](m, "small")
		words := m.Strings("words")
		for i := range words.Len() {
			_ = words.At(i)
		}
	})
}
