package word

import (
	"strings"
	"testing"
	"unicode/utf8"

	"synoptic/internal/model"
)

func TestOf(t *testing.T) {
	if a, b := Of("Ferry"), Of("FERRY"); a.Norm != b.Norm || a.Cased == b.Cased || a.Shape == b.Shape {
		t.Error("capitals must change Cased and Shape and leave Norm")
	}
	if Of("1984").Norm != Of("2031").Norm || Of("1984").Norm == Of("198").Norm {
		t.Error("digits must count alike, their number must not")
	}
	if Of("don’t").Norm != Of("don't").Norm || Of("“").Norm != Of(`"`).Norm {
		t.Error("typographic quotation marks must count as plain ones")
	}
	if Of("Émile").Norm != Of("émile").Norm || Of("Émile").Flags&Initial == 0 {
		t.Error("letters beyond ASCII have capitals too")
	}
	if a, b := Of("sailing"), Of("Mooring"); a.Suffix[2] != b.Suffix[2] || a.Suffix[3] == b.Suffix[3] {
		t.Error("words must share the hash of the ending that they share, no longer one")
	}
	if a, b := Of("harbour"), Of("harvest"); a.Prefix[2] != b.Prefix[2] {
		t.Error("words must share the hash of the beginning that they share")
	}
	if f := Of("at"); f.Suffix[2] != 0 || f.Prefix[2] != 0 || f.Suffix[1] == 0 {
		t.Error("a word has no affix longer than itself")
	}
}

func TestFlags(t *testing.T) {
	tests := map[string]Flags{
		"":         0,
		"ferry":    Lower | Letter,
		"Ferry":    Initial | Letter,
		"UN":       Initial | Upper | Letter,
		"iPad":     Letter,
		"G7":       Initial | Upper | Digit | Letter,
		"12":       Digit,
		"-":        0,
		"co-op":    Lower | Hyphen | Letter,
		"Élan":     Initial | Letter,
		"\xff\xfe": 0,
	}
	for s, want := range tests {
		if got := Of(s).Flags; got != want {
			t.Errorf("%q: flags %06b, want %06b", s, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	const n = 1000
	var keys []uint32
	var values []uint16
	for i := range uint32(n) {
		keys = append(keys, Mix(i+1))
		values = append(values, uint16(i), uint16(2*i))
	}
	table, err := NewTable(keys, values, 2)
	if err != nil {
		t.Fatal(err)
	}
	b := &model.Builder{Name: "toy"}
	table.AddTo(b, "t")
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if table, err = ReadTable(m, "t", 2); err != nil {
		t.Fatal(err)
	}
	for i, key := range keys {
		if row := table.Find(key); len(row) != 2 || row[0] != uint16(i) || row[1] != uint16(2*i) {
			t.Fatalf("key %d: row %v", i, row)
		}
	}
	for i := range uint32(n) {
		if row := table.Find(Mix(i + n + 1)); row != nil {
			t.Fatalf("a key that is not there has row %v", row)
		}
	}
	if _, err := NewTable([]uint32{5, 5}, []uint16{1, 2}, 1); err == nil {
		t.Error("a key that stands twice must be refused")
	}
	empty, err := NewTable(nil, nil, 1)
	if err != nil || empty.Find(7) != nil {
		t.Errorf("empty table: %v, %v", empty.Find(7), err)
	}
}

func TestLexicon(t *testing.T) {
	l, err := NewLexicon([]uint32{Of("ferry").Norm}, []Entry{{Fine: 300, Coarse: 7, Class: 2, Case: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if w := l.Look("Ferry"); w.Fine != 300 || w.Coarse != 7 || w.Class != 2 || w.Case != 1 {
		t.Errorf("Ferry: %+v", w.Entry)
	}
	if w := l.Look("tram"); w.Entry != (Entry{}) {
		t.Errorf("tram: %+v", w.Entry)
	}
	if !l.Knows([]byte("ferr"), "y") || l.Knows([]byte("ferr"), "ies") {
		t.Error("Knows must answer for stem and ending together")
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{"", "Ferry", "\xff", "日本", strings.Repeat("İ", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		letters := strings.Map(func(r rune) rune {
			if r >= utf8.RuneSelf {
				return -1 // some letters have no counterpart of the other case
			}
			return r
		}, s)
		if Of(strings.ToUpper(letters)).Norm != Of(strings.ToLower(letters)).Norm {
			t.Errorf("%q: capitals change the normal form", letters)
		}
		if f := Of(s); f.Flags&Upper != 0 && f.Flags&Lower != 0 {
			t.Errorf("%q: both in capitals and without", s)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Of("negotiations")
	}
}
