package token_test

import (
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/internal/analysis/token"
	"synoptic/text"
)

// lines is an article whose paragraphs are the lines of body.
func lines(body, language string) *article.Article {
	a := &article.Article{Place: "test", Text: body, Language: language}
	at := 0
	for line := range strings.SplitSeq(body, "\n") {
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: text.Span{Start: at, End: at + len(line)}})
		at += len(line) + 1
	}
	return a
}

func analyse(t testing.TB, a *article.Article) *article.Analysis {
	t.Helper()
	n := &article.Analysis{}
	if err := token.Pass.Run(a, n); err != nil {
		t.Fatal(err)
	}
	if err := n.Check(a); err != nil {
		t.Fatal(err)
	}
	return n
}

// show writes the tokens with blanks, the sentences with bars between them.
func show(a *article.Article, n *article.Analysis) string {
	var b strings.Builder
	for i, s := range n.Sentences {
		if i > 0 {
			b.WriteString(" | ")
		}
		for j, t := range n.Tokens[s.First:s.Last] {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t.Of(a.Text))
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"negation", "They don't know; she DIDN'T.", "They do n't know ; she DID N'T ."},
		{"curly negation", "We can’t and we won’t.", "We ca n’t and we wo n’t ."},
		{"joined words", "He cannot, I'm gonna, they wanna.", "He can not , I 'm gon na , they wan na ."},
		{"left-out apostrophe", "I dont and you cant.", "I do nt and you ca nt ."},
		{"chains of clitics", "They'd've said she'll've.", "They 'd 've said she 'll 've ."},
		{"possessives", "Ortega's aides' plan, Ruiz’s", "Ortega 's aides ' plan , Ruiz ’s"},
		{"possessive behind a mark", "Acme Inc.'s and \"Lark\"'s", "Acme Inc. 's and \" Lark \" 's"},
		{"apostrophe inside", "O'Hara d'Alba o'clock Sana'a", "O'Hara d'Alba o'clock Sana'a"},
		{"cut in front", "'tis the '90s, '08 and 'em", "' tis the '90s , '08 and 'em"},
		{"decades", "the 1990s, the 1960's and 2016's", "the 1990s , the 1960's and 2016 's"},

		{"money", "It cost US$5.5m, £4,200 or €3bn.", "It cost US$ 5.5 m , £ 4,200 or € 3 bn ."},
		{"shares", "Up 5%, by 3.5 percent", "Up 5 % , by 3.5 percent"},
		{"units", "5kg, 20mph, 3km and 9am", "5 kg , 20 mph , 3 km and 9 am"},
		{"hours", "at 5 p.m. or 7:30 a.m.", "at 5 p.m. or 7:30 a.m."},
		{"ordinals and models", "the 3rd A320 of the 21st, a 3D map", "the 3rd A320 of the 21st , a 3D map"},
		{"decimal without nought", "a rise of .5 points", "a rise of .5 points"},
		{"lists of numbers", "items 1, 2,3 and 1,200,000", "items 1 , 2 , 3 and 1,200,000"},
		{"dates", "on 2016-11-07 or 11/7/2016, 24/7", "on 2016-11-07 or 11/7/2016 , 24/7"},
		{"telephone", "call 713-555-0199 now", "call 713-555-0199 now"},
		{"scores and spans", "won 3-1 in 1999-2000, 5–6", "won 3 - 1 in 1999 - 2000 , 5 – 6"},
		{"number sign", "the #1 boat, No. 7", "the # 1 boat , No. 7"},

		{"titles and initials", "Gen. J. K. Ruiz, Lt. Gov. P.J. Ode Jr., Ph.D.", "Gen. J. K. Ruiz , Lt. Gov. P.J. Ode Jr. , Ph.D."},
		{"acronyms", "the U.S.-led and U.N. bodies", "the U.S. - led and U.N. bodies"},
		{"ampersands", "AT&T, R&D and Ode & Sons", "AT&T , R&D and Ode & Sons"},
		{"states", "in Tampa, Fla., and (R-Ore.)", "in Tampa , Fla. , and ( R - Ore. )"},
		{"short words that are none", "In the sun. On the sat. No. Yes.", "In the sun . On the sat . No . Yes ."},
		{"latin", "e.g. ports, i.e. docks, piers, etc.", "e.g. ports , i.e. docks , piers , etc ."},

		{"compounds", "a well-known, 26-year-old pilot", "a well - known , 26 - year - old pilot"},
		{"prefixes", "anti-war co-author re-elected, pro-Lund", "anti-war co-author re-elected , pro-Lund"},
		{"chains", "over-the-counter cul-de-sac", "over - the - counter cul - de - sac"},
		{"slashes", "and/or, ports/docks, w/o", "and / or , ports / docks , w/o"},

		{"curly quotation", "“Stop,” she said—again.", "“ Stop , ” she said — again ."},
		{"typed quotation", "``Stop,'' she said -- again...", "`` Stop , '' she said -- again ..."},
		{"single quotation", "‘Stop,’ he said. 'Now,' she said.", "‘ Stop , ’ he said . ' Now , ' she said ."},
		{"guillemets", "«Halt», sagte er.", "« Halt » , sagte er ."},
		{"nested", "\"He said 'no'\" (twice [sic]).", "\" He said ' no ' \" ( twice [ sic ] ) ."},
		{"ellipses", "Well… no.... yes?!", "Well … no .... yes ?!"},

		{"addresses", "See https://example.org/a?b=c, or write to j.ode@example.org.", "See https://example.org/a?b=c , or write to j.ode@example.org ."},
		{"hosts", "on example.com/x (www.example.org).", "on example.com/x ( www.example.org ) ."},
		{"handles", "#ferry and @harbour_desk: go", "#ferry and @harbour_desk : go"},
		{"missing blank", "He left.She stayed.", "He left . She stayed ."},
		{"faces", "Good :-) yes ;)", "Good :-) yes ;)"},
		{"ideographs and emoji", "港 👩‍👩‍👧ok", "港 👩‍👩‍👧 ok"},
		{"accents", "Señor Peña’s naïve cafe\u0301", "Señor Peña ’s naïve cafe\u0301"},
		{"soft hyphen", "news\u00adpaper", "news\u00adpaper"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := lines(test.text, "en")
			if got := strings.ReplaceAll(show(a, analyse(t, a)), " | ", " "); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

// TestOtherLanguages: no English clitics where the language is another.
func TestOtherLanguages(t *testing.T) {
	for _, test := range []struct{ language, text, want string }{
		{"fr", "L'eau n'est pas aujourd'hui", "L'eau n'est pas aujourd'hui"},
		{"de", "Hans' Boot, Andrea's Laden.", "Hans ' Boot , Andrea's Laden ."},
		{"en-GB", "Ode's", "Ode 's"},
		{"", "Ode's", "Ode 's"},
		{"ru", "Порт закрыт. Когда откроют?", "Порт закрыт . | Когда откроют ?"},
		{"zh", "港口关闭。何时开放？", "港 口 关 闭 。 | 何 时 开 放 ？"},
	} {
		a := lines(test.text, test.language)
		if got := show(a, analyse(t, a)); got != test.want {
			t.Errorf("%s: %s\n got %s\nwant %s", test.language, test.text, got, test.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"plain", "He came. She left. Why? Go!", "He came . | She left . | Why ? | Go !"},
		{"titles and months", "Mr. Ode met Gov. Lark on Sept. 3. They ate.", "Mr. Ode met Gov. Lark on Sept. 3 . | They ate ."},
		{"initials", "John F. Ode won. I. Lark lost. So did I. He left.", "John F. Ode won . | I. Lark lost . | So did I . | He left ."},
		{"acronym inside", "The U.S. Navy came.", "The U.S. Navy came ."},
		{"acronym at the end", "He left the U.S. The rest stayed.", "He left the U.S. | The rest stayed ."},
		{"company inside and at the end", "Acme Corp. Chairman Ode left Acme Inc. He rests.", "Acme Corp. Chairman Ode left Acme Inc . | He rests ."},
		{"hours", "It began at 5 p.m. Friday. It ended at 7 p.m. Police left.", "It began at 5 p.m. Friday . | It ended at 7 p.m. | Police left ."},
		{"versus", "It is Ode v. The Port, boats vs. The Sea.", "It is Ode v. The Port , boats vs. The Sea ."},
		{"figures", "It grew 3.5 percent. 12 boats sank, at No. 7.", "It grew 3.5 percent . | 12 boats sank , at No. 7 ."},
		{"quotation ends it", "“Go.” He went. \"Stay.\" She did.", "“ Go . ” | He went . | \" Stay . \" | She did ."},
		{"quotation goes on", "\"Why?\" he asked. “Go!” Lark said. 'No!' cried Ode.", "\" Why ? \" he asked . | “ Go ! ” Lark said . | ' No ! ' cried Ode ."},
		{"quotation of several", "He said: \"It sank. We swam.\" Then he wept.", "He said : \" It sank . | We swam . \" | Then he wept ."},
		{"brackets", "It sank. (Two swam.) The rest (see fig. 2) did not.", "It sank . | ( Two swam . ) | The rest ( see fig. 2 ) did not ."},
		{"reference", "It sank.[7] Nobody knows.", "It sank . [ 7 ] | Nobody knows ."},
		{"ellipsis", "Well... maybe. He left... She stayed.", "Well ... maybe . | He left ... | She stayed ."},
		{"headline", "A headline without a stop\nThe text.", "A headline without a stop | The text ."},
		{"list", "2. Close the port", "2. Close the port"},
		{"live blog", "11:20 p.m.\n\nThe port is shut.", "11:20 p.m. | The port is shut ."},
		{"bullets", "• First point\n• Second point", "• First point | • Second point"},
		{"names with marks", "Yahoo! is up.", "Yahoo ! is up ."},
		{"blank lines", "\n \n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := lines(test.text, "en")
			if got := show(a, analyse(t, a)); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

// TestLostLines: headings and captions that run into each other are told apart
// in a text too long to be a paragraph, and nowhere else.
func TestLostLines(t *testing.T) {
	short := "Read more The port was closed on Monday after the storm. The boats were moored in the harbour. "
	count := func(body string) int {
		a := lines(strings.TrimSpace(body), "en")
		return len(analyse(t, a).Sentences)
	}
	if n := count(short); n != 2 {
		t.Errorf("a paragraph: %d sentences, want 2", n)
	}
	const times = 50
	if n := count(strings.Repeat(short, times)); n <= 2*times {
		t.Errorf("a text without lines: %d sentences, want more than %d", n, 2*times)
	}
}

// TestLongSentence: what runs on without a full stop is cut, behind a mark where
// there is one, and no word with it.
func TestLongSentence(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		ends string // what every sentence but the last ends in
	}{
		"marks":       {strings.Repeat("The ferry left, and the crew didn't ", 500), ","},
		"blanks":      {strings.Repeat("don't ", 1500), "n't"},
		"nothing":     {strings.Repeat("/", 10) + strings.Repeat("#$", 3000), ""},
		"long enough": {strings.Repeat("a, ", 499) + ".", ""},
	} {
		n := analyse(t, lines(test.text, "en"))
		for i, s := range n.Sentences {
			if s.Last-s.First > 1000 {
				t.Errorf("%s: sentence %d has %d tokens", name, i, s.Last-s.First)
			}
			if i+1 < len(n.Sentences) && !strings.HasSuffix(s.Of(test.text), test.ends) {
				t.Errorf("%s: sentence %d ends in %q", name, i, test.text[max(s.Start, s.End-20):s.End])
			}
		}
		if one := len(n.Sentences) == 1; one != (name == "long enough") {
			t.Errorf("%s: %d sentences of %d tokens", name, len(n.Sentences), len(n.Tokens))
		}
	}
}
