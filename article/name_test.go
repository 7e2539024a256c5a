package article_test

import (
	"testing"

	"synoptic/article"
)

func TestSameName(t *testing.T) {
	tests := []struct {
		kind article.MentionKind
		a, b string
		same bool
	}{
		{article.Person, "Ana Prado", "Prado", true},
		{article.Person, "Ana Prado", "A. Prado", true},
		{article.Person, "Ana Prado", "President Ana Prado", true},
		{article.Person, "Ms. Prado", "Ana Prado's", true},
		{article.Person, "Ana Prado", "Luis Prado", false},
		{article.Person, "Ana Prado", "Ana Pardo", false},
		{article.Person, "Ana Prado", "Ana", false}, // too little, across accounts
		{article.Person, "Ana María Prado", "Ana Prado", true},
		{article.Person, "Ana Maria Prado", "Ana María Prado", true},
		{article.Person, "Ana M. Prado", "Ana L. Prado", false},
		{article.Person, "Steven Rowe", "Steve Rowe", true},
		{article.Person, "Alexander Rowe", "Alex Rowe", true},
		{article.Person, "Alexander Rowe", "Alexandra Rowe", false},
		{article.Person, "John Rowe Jr.", "John Rowe", false},
		{article.Person, "John Rowe Jr.", "Rowe", true},
		{article.Person, "John Rowe Jr", "John Rowe, Jr.", true},
		{article.Person, "Clara von der Au", "von der Au", true},
		{article.Person, "Clara von der Au", "Clara Au", true},
		{article.Person, "Karim bin Nasser", "Nasser", true},
		{article.Person, "Karim bin Nasser", "bin Talal", false},
		{article.Person, "Ben Rowe", "Carl Rowe", false},
		{article.Person, "Al Rowe", "Carl Rowe", false},
		{article.Person, "Bin Nasser", "Karim bin Nasser", true},
		{article.Person, "Omar al-Hadi", "Hadi", true},
		{article.Person, "Zhou Meifang", "Zhou", true},
		{article.Person, "Zhou Meifang", "Zhou Enming", false},
		{article.Person, "Kim Larsen", "Larsen", true}, // a given name here
		{article.Person, "Ihor Horodetskyy", "Ihor Horodetsky", true},
		{article.Person, "Jürgen Weiß", "Jurgen Weiss", false}, // ß is one s: a miss, not a wrong pair
		{article.Person, "O’Dell", "Mary O'Dell", true},
		{article.Person, "", "Mary O'Dell", false},

		{article.Group, "Rail Accident Inquiry Board", "RAIB", true},
		{article.Group, "the Office of Harbour Safety", "OHS", true},
		{article.Group, "RAIB", "R.A.I.B.", true},
		{article.Group, "Rail Accident Inquiry Board", "Rail Accident Inquiry Bureau", false},
		{article.Group, "The Ferry Commission", "Ferry Commission", true},
		{article.Group, "Hartwell plc", "Hartwell", true},
		{article.Group, "Hartwell Group Ltd", "Hartwell", true},
		{article.Group, "Hartwell Group", "Hartwell Airways", false},
		{article.Group, "Ministry of Fisheries", "Ministry of Forests", false},
		{article.Group, "Ministry of Fisheries", "MF", false}, // two letters fit too much
		{article.Group, "United Nations", "the U.N.", true},
		{article.Group, "Bell & Rowe", "Bell and Rowe", true},
		{article.Group, "Bank of Ilmar", "Bank", false},

		{article.Location, "the United States", "U.S.", true},
		{article.Location, "Britain", "United Kingdom", true},
		{article.Location, "Ilmar City", "Ilmar", false}, // a capital is not its country
		{article.Location, "Ilmar Strip", "Ilmar", true},
		{article.Location, "North Ilmar", "Ilmar", false},
		{article.Location, "Örland", "Orland", true},
		{article.People, "Ilmarian", "Ilmarians", false},
	}
	for _, test := range tests {
		if got := article.SameName(test.kind, test.a, test.b); got != test.same {
			t.Errorf("%v %q, %q: %t", test.kind, test.a, test.b, got)
		}
		if got := article.SameName(test.kind, test.b, test.a); got != test.same {
			t.Errorf("%v %q, %q: %t", test.kind, test.b, test.a, got)
		}
		a, b := article.NewName(test.kind, test.a), article.NewName(test.kind, test.b)
		if test.same && !shareKey(a.Keys(), b.Keys()) {
			t.Errorf("%v %q, %q: the same, but without a common key: %v, %v", test.kind, test.a, test.b, a.Keys(), b.Keys())
		}
	}
}

func shareKey(a, b [2]uint32) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y && x != 0 {
				return true
			}
		}
	}
	return false
}

func TestGivenAndFamily(t *testing.T) {
	for name, want := range map[string][2]string{
		"Ana Prado": {"Ana", "Prado"}, "Prado": {"", "Prado"}, "Dr. Ana Prado": {"Ana", "Prado"}, "Zhou Meifang": {"Meifang", "Zhou"},
		"bin Nasser": {"", "Nasser"}, "Clara von der Au": {"Clara", "Au"}, "": {"", ""},
	} {
		if n := article.NewName(article.Person, name); n.Given() != want[0] || n.Family() != want[1] {
			t.Errorf("%q: %q, %q, want %q", name, n.Given(), n.Family(), want)
		}
	}
}

func TestNameBounds(t *testing.T) {
	for name, want := range map[string]string{
		"Sen. Ana Prado": "Ana Prado", "President Prado": "Prado", "Ana Prado’s": "Ana Prado", "Prado —": "Prado", "": "", "Dr.": "Dr.",
		"Queen Ada": "Queen Ada", "Queen Ada Rowe": "Ada Rowe", "Ana Prado Jr.": "Ana Prado Jr.", "— ?": "",
	} {
		n := article.NewName(article.Person, name)
		if start, end := n.Bounds(); name[start:end] != want {
			t.Errorf("%q: %q, want %q", name, name[start:end], want)
		}
	}
	n := article.NewName(article.Group, "the Hartwell Group Ltd")
	if start, end := n.Bounds(); start != 4 || end != 22 {
		t.Errorf("%d, %d", start, end)
	}
}

func FuzzSameName(f *testing.F) {
	f.Add("Ana Prado", "A. Prado")
	f.Add("Rail Accident Inquiry Board (RAIB)", "R.A.I.B")
	f.Add("the \xff of", "'s -")
	f.Fuzz(func(t *testing.T, a, b string) {
		for kind := article.Person; kind <= article.Product; kind++ {
			m, o := article.NewName(kind, a), article.NewName(kind, b)
			if m.Same(&o) != o.Same(&m) {
				t.Errorf("%v %q, %q: not the same both ways", kind, a, b)
			}
			if m.Same(&o) && !shareKey(m.Keys(), o.Keys()) {
				t.Errorf("%v %q, %q: the same without a common key", kind, a, b)
			}
			if start, end := m.Bounds(); start < 0 || end < start || end > len(a) {
				t.Errorf("%v %q: bounds %d, %d", kind, a, start, end)
			}
			if m.Len() > 0 && !m.Same(&m) {
				t.Errorf("%v %q: not the same as itself", kind, a)
			}
		}
	})
}
