package tag

import (
	"testing"
	"unicode/utf8"
)

func lemmas(t *testing.T) *Lemmas {
	t.Helper()
	l, err := embeddedLemmas()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLemmas(t *testing.T) {
	tests := []struct {
		form, penn string
		first      bool
		want       string
	}{
		{"ferries", "NNS", false, "ferry"},
		{"Ferries", "NNS", true, "ferry"},
		{"women", "NNS", false, "woman"},
		{"said", "VBD", false, "say"},
		{"Said", "VBD", true, "say"},
		{"was", "VBD", false, "be"},
		{"n't", "RB", false, "not"},
		{"refuses", "VBZ", false, "refuse"},
		{"negotiating", "VBG", false, "negotiate"},
		{"stopped", "VBD", false, "stop"},
		{"denied", "VBD", false, "deny"},
		{"larger", "JJR", false, "large"},
		{"Norwegian", "JJ", false, "Norwegian"},
		{"Prado", "NNP", false, "Prado"},
		{"NATO", "NNP", false, "NATO"},
		{"the", "DT", false, "the"},
		{"THE", "DT", false, "the"},
		{"42", "CD", false, "42"},
	}
	l := lemmas(t)
	for _, test := range tests {
		if got := string(l.Append(nil, test.form, test.penn, test.first)); got != test.want {
			t.Errorf("%s %s: %q, want %q", test.form, test.penn, got, test.want)
		}
	}
}

// TestLemmasOfOddForms: the tables cut by bytes, the lemma is text all the same.
func TestLemmasOfOddForms(t *testing.T) {
	l := lemmas(t)
	for _, form := range []string{"", "\u0092s", "és", "日本", "İ", "ǅ", "ß", "s\u0085", "\xff", "ééé", "x\xc2"} {
		for penn := range l.tags {
			for _, first := range []bool{false, true} {
				got := l.Append([]byte("before"), form, penn, first)
				if !utf8.Valid(got) {
					t.Errorf("%q %s: %q is not UTF-8", form, penn, got)
				}
			}
		}
	}
}
