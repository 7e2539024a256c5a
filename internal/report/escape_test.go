package report

import "testing"

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"plain, text.":          "plain, text.",
		"- not a list":          `\- not a list`,
		"+ not a list":          `\+ not a list`,
		"3. not a list":         `3\. not a list`,
		"3) not a list":         `3\) not a list`,
		"2.5 million":           "2.5 million",
		"2031.":                 `2031\.`,
		"# heading":             `\# heading`,
		"=== underline":         `\=== underline`,
		"> quoted":              `\> quoted`,
		"a | b":                 `a \| b`,
		"*em* __st__ `c` ~~d~~": "\\*em\\* \\_\\_st\\_\\_ \\`c\\` \\~\\~d\\~\\~",
		"[x](javascript:y)":     `\[x\](javascript:y)`,
		"![x](y)":               `\!\[x\](y)`,
		"<b>&lt;</b>":           `\<b\>\&lt;\</b\>`,
		"$5 and $6":             `\$5 and \$6`,
		`back\slash`:            `back\\slash`,
		"two\nlines\x1b[1m":     "two lines\uFFFD\\[1m",
		"    code":              "code",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, not %q", in, got, want)
		}
	}
}

func TestMark(t *testing.T) {
	for account, want := range map[int]string{0: "a", 25: "z", 26: "aa", 27: "ab", 51: "az", 52: "ba", 701: "zz", 702: "aaa"} {
		if got := mark(account); got != want {
			t.Errorf("mark(%d) = %q, not %q", account, got, want)
		}
	}
}
