package language

import "unicode"

// script is a writing system.
type script uint8

const (
	latin script = iota
	cyrillic
	arabic
	devanagari
	han
	kana
	hangul
	greek
	hebrew
	thai
	armenian
	georgian
	bengali
	tamil
	telugu
	kannada
	malayalam
	gujarati
	gurmukhi
	oriya
	sinhala
	khmer
	lao
	burmese
	ethiopic
	tibetan
	other
	scripts = int(other) + 1
)

// single is the language of scripts that in news serve one.
var single = [scripts]string{
	han: "zh", kana: "ja", hangul: "ko", greek: "el", hebrew: "he", thai: "th", armenian: "hy", georgian: "ka", bengali: "bn", tamil: "ta",
	telugu: "te", kannada: "kn", malayalam: "ml", gujarati: "gu", gurmukhi: "pa", oriya: "or", sinhala: "si", khmer: "km", lao: "lo",
	burmese: "my", ethiopic: "am", tibetan: "bo",
}

var scriptTables = [scripts]*unicode.RangeTable{
	latin: unicode.Latin, cyrillic: unicode.Cyrillic, arabic: unicode.Arabic, devanagari: unicode.Devanagari, han: unicode.Han,
	hangul: unicode.Hangul, greek: unicode.Greek, hebrew: unicode.Hebrew, thai: unicode.Thai, armenian: unicode.Armenian,
	georgian: unicode.Georgian, bengali: unicode.Bengali, tamil: unicode.Tamil, telugu: unicode.Telugu, kannada: unicode.Kannada,
	malayalam: unicode.Malayalam, gujarati: unicode.Gujarati, gurmukhi: unicode.Gurmukhi, oriya: unicode.Oriya, sinhala: unicode.Sinhala,
	khmer: unicode.Khmer, lao: unicode.Lao, burmese: unicode.Myanmar, ethiopic: unicode.Ethiopic, tibetan: unicode.Tibetan,
}

func scriptOf(r rune) script {
	if unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r) {
		return kana
	}
	for s, table := range scriptTables {
		if table != nil && unicode.Is(table, r) {
			return script(s)
		}
	}
	return other
}
