package token

import (
	"unicode"
	"unicode/utf8"
)

// class is what a character can do in a text.
type class uint8

const (
	other      class = iota // symbols that stand alone
	space                   // white space, control characters
	letter                  // of an alphabet
	digit                   // decimal digits
	joiner                  // combining marks and other characters that belong to the letter before them
	apostrophe              // ' and what is typed for it
	quote                   // marks that open as well as close: "
	opening                 // brackets and quotation marks that open
	closing                 // brackets and quotation marks that close
	period                  // .
	stopping                // other marks that end a sentence: ! ?
	pausing                 // , : ;
	hyphen                  // -
	dash                    // – —
	currency                // $ £ €
	underscore              // _
	ideograph               // scripts that UAX #29 cuts: ideographs, kana, Thai, emoji
)

var ascii = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch b := byte(c); {
		case b <= ' ' || b == 0x7f:
			t[c] = space
		case 'a' <= b|0x20 && b|0x20 <= 'z':
			t[c] = letter
		case '0' <= b && b <= '9':
			t[c] = digit
		}
	}
	for marks, k := range map[string]class{
		"'": apostrophe, "\"": quote, "([{": opening, ")]}": closing, ".": period, "!?": stopping,
		",:;": pausing, "-": hyphen, "$": currency, "_": underscore,
	} {
		for _, c := range marks {
			t[c] = k
		}
	}
	return t
}()

// classAt is the class of the character at i and its length in bytes. Bytes that
// are no UTF-8 count as letters, so that a damaged word stays in one piece.
func classAt(text string, i int) (class, int) {
	if c := text[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	return classOf(r), n
}

// classOf is the class of a character outside ASCII.
func classOf(r rune) class {
	switch {
	case 0xC0 <= r && r < 0x250 && r != '×' && r != '÷':
		return letter
	case r < 0xC0:
		switch r {
		case 0xA0, 0x85:
			return space
		case '«':
			return opening
		case '»':
			return closing
		case '´':
			return apostrophe
		case '¢', '£', '¤', '¥':
			return currency
		case 'ª', 'µ', 'º':
			return letter
		case 0xAD:
			return joiner
		}
		if r < 0xA0 {
			return space
		}
		return other
	case 0x2000 <= r && r < 0x2070:
		return generalPunctuation(r)
	case 0x20A0 <= r && r < 0x20D0:
		return currency
	case 0x3000 <= r && r < 0x3020:
		return ideographicPunctuation(r)
	}
	switch r {
	case utf8.RuneError, 'ʼ':
		if r == 'ʼ' {
			return apostrophe
		}
		return letter
	case '！', '？', '؟', '۔', '।':
		return stopping
	case '，', '：', '；', '،', '؛':
		return pausing
	case '（', '［', '｛':
		return opening
	case '）', '］', '｝':
		return closing
	case '＄', '￡', '￥':
		return currency
	case 0xFEFF:
		return space
	}
	switch {
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Armenian, unicode.Georgian,
		unicode.Devanagari, unicode.Bengali, unicode.Tamil, unicode.Hangul) && (unicode.IsLetter(r) || unicode.IsMark(r)):
		return letter
	case unicode.Is(unicode.Nd, r):
		return digit
	case unicode.IsMark(r):
		return joiner
	case unicode.IsSpace(r), unicode.IsControl(r):
		return space
	case unicode.Is(unicode.Ps, r), unicode.Is(unicode.Pi, r):
		return opening
	case unicode.Is(unicode.Pe, r), unicode.Is(unicode.Pf, r):
		return closing
	case unicode.IsPunct(r), unicode.Is(unicode.Sm, r):
		return other
	}
	return ideograph
}

func generalPunctuation(r rune) class {
	switch {
	case r <= 0x200B, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x2060:
		return space
	case r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2061 <= r:
		return joiner
	}
	switch r {
	case '‐', '‑':
		return hyphen
	case '‒', '–', '—', '―':
		return dash
	case '’', '‘', '‛':
		return apostrophe
	case '“', '„', '‟', '‚', '‹':
		return opening
	case '”', '›':
		return closing
	case '…':
		return period
	case '‼', '⁇', '⁈', '⁉', '‽':
		return stopping
	case '‿', '⁀':
		return underscore
	}
	return other
}

func ideographicPunctuation(r rune) class {
	switch r {
	case 0x3000:
		return space
	case '。':
		return stopping
	case '、':
		return pausing
	case '〈', '《', '「', '『', '【', '〔', '〖', '〘', '〚', '〝':
		return opening
	case '〉', '》', '」', '』', '】', '〕', '〗', '〙', '〛', '〞', '〟':
		return closing
	}
	return other
}
