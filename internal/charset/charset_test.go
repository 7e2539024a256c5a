package charset

import "testing"

func TestUTF8(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in, declared string
		html               bool
		want               string
	}{
		{"a mark", "\ufeffKöln", "iso-8859-1", false, "Köln"},
		{"UTF-16 with a mark", "\xff\xfeK\x00\xf6\x00l\x00n\x00", "", false, "Köln"},
		{"UTF-16 without one", "\x00F\x00e\x00r\x00r\x00y\x00 \x00t\x00a\x00l\x00k\x00s", "", false, "Ferry talks"},
		{"valid UTF-8 under a false declaration", "Köln", "windows-1252", false, "Köln"},
		{"as declared", "\xe6\xf8\xa3", "iso-8859-2", false, "ćřŁ"},
		{"an unknown declaration", "K\xf6ln", "ferry", false, "Köln"},
		{"as the page says", "<meta charset=windows-1251>\xcc\xe8\xed\xf1\xea", "", true, "<meta charset=windows-1251>Минск"},
		{"nothing declared", "\x93K\xf6ln\x94", "", false, "“Köln”"},
	}
	for _, test := range tests {
		if got, err := UTF8([]byte(test.in), test.declared, test.html); err != nil || got != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}
