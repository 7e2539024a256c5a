package figure

import (
	"math"
	"strings"

	"synoptic/internal/number"
)

// currency is a currency by its ISO 4217 code. Where a name is shared by
// several and the text does not say which, the name itself, in lower case,
// stands for the code.
type currency struct {
	code   string
	factor float64 // of the code's unit: a cent is .01
	verb   bool    // its name is also a verb, so that small numbers before it are not money
}

// dollar is the code of a dollar that the text does not tell apart; the pass
// puts the outlet's own in its place where it knows one.
const dollar = "dollar"

// signs are the currency signs.
var signs = map[rune]currency{
	'$': {code: dollar, factor: 1}, '＄': {code: dollar, factor: 1}, '€': {code: "EUR", factor: 1}, '£': {code: "GBP", factor: 1}, '￡': {code: "GBP", factor: 1}, '¥': {code: "JPY", factor: 1}, '￥': {code: "JPY", factor: 1}, '₹': {code: "INR", factor: 1}, '₨': {code: "rupee", factor: 1},
	'₽': {code: "RUB", factor: 1}, '₩': {code: "KRW", factor: 1}, '￦': {code: "KRW", factor: 1}, '₪': {code: "ILS", factor: 1}, '₺': {code: "TRY", factor: 1}, '₴': {code: "UAH", factor: 1}, '₦': {code: "NGN", factor: 1}, '₫': {code: "VND", factor: 1}, '฿': {code: "THB", factor: 1},
	'₱': {code: "PHP", factor: 1}, '₡': {code: "CRC", factor: 1}, '₾': {code: "GEL", factor: 1}, '₭': {code: "LAK", factor: 1}, '₸': {code: "KZT", factor: 1}, '₮': {code: "MNT", factor: 1}, '₲': {code: "PYG", factor: 1}, '₵': {code: "GHS", factor: 1}, '₿': {code: "BTC", factor: 1}, '₼': {code: "AZN", factor: 1}, '元': {code: "CNY", factor: 1}, '円': {code: "JPY", factor: 1},
	'¢': {code: "cent", factor: 1},
}

// dollars are the letters that tell one dollar from another, before or after
// the sign.
var dollars = number.NewPhrases(map[string]currency{
	"us|u.s|usd": {code: "USD", factor: 1}, "a|au|aus|aud": {code: "AUD", factor: 1}, "c|ca|can|cad": {code: "CAD", factor: 1}, "nz|nzd": {code: "NZD", factor: 1}, "s|sg|sgd": {code: "SGD", factor: 1},
	"hk|hkd": {code: "HKD", factor: 1}, "nt|ntd|twd": {code: "TWD", factor: 1}, "mex|mx|mxn": {code: "MXN", factor: 1}, "r": {code: "BRL", factor: 1}, "tt": {code: "TTD", factor: 1}, "j": {code: "JMD", factor: 1}, "fj|fjd": {code: "FJD", factor: 1}, "z": {code: "ZWL", factor: 1},
})

// codes are what is written before or after an amount: ISO codes, and the
// letters that are usual in place of a sign.
var codes = map[string]currency{
	"USD": {code: "USD", factor: 1}, "EUR": {code: "EUR", factor: 1}, "GBP": {code: "GBP", factor: 1}, "JPY": {code: "JPY", factor: 1}, "CNY": {code: "CNY", factor: 1}, "RMB": {code: "CNY", factor: 1}, "CHF": {code: "CHF", factor: 1},
	"AUD": {code: "AUD", factor: 1}, "CAD": {code: "CAD", factor: 1}, "NZD": {code: "NZD", factor: 1}, "SGD": {code: "SGD", factor: 1}, "HKD": {code: "HKD", factor: 1}, "INR": {code: "INR", factor: 1}, "RUB": {code: "RUB", factor: 1},
	"KRW": {code: "KRW", factor: 1}, "ILS": {code: "ILS", factor: 1}, "NIS": {code: "ILS", factor: 1}, "TRY": {code: "TRY", factor: 1}, "UAH": {code: "UAH", factor: 1}, "NGN": {code: "NGN", factor: 1}, "VND": {code: "VND", factor: 1}, "THB": {code: "THB", factor: 1},
	"PHP": {code: "PHP", factor: 1}, "MYR": {code: "MYR", factor: 1}, "RM": {code: "MYR", factor: 1}, "IDR": {code: "IDR", factor: 1}, "Rp": {code: "IDR", factor: 1}, "SEK": {code: "SEK", factor: 1}, "NOK": {code: "NOK", factor: 1}, "DKK": {code: "DKK", factor: 1},
	"PLN": {code: "PLN", factor: 1}, "CZK": {code: "CZK", factor: 1}, "HUF": {code: "HUF", factor: 1}, "ZAR": {code: "ZAR", factor: 1}, "BRL": {code: "BRL", factor: 1}, "MXN": {code: "MXN", factor: 1}, "SAR": {code: "SAR", factor: 1}, "AED": {code: "AED", factor: 1},
	"QAR": {code: "QAR", factor: 1}, "KWD": {code: "KWD", factor: 1}, "EGP": {code: "EGP", factor: 1}, "PKR": {code: "PKR", factor: 1}, "BDT": {code: "BDT", factor: 1}, "LKR": {code: "LKR", factor: 1}, "KES": {code: "KES", factor: 1}, "Rs": {code: "rupee", factor: 1}, "Tk": {code: "BDT", factor: 1},
	"Sh": {code: "shilling", factor: 1}, "Ksh": {code: "KES", factor: 1}, "TWD": {code: "TWD", factor: 1}, "BTC": {code: "BTC", factor: 1}, "ETH": {code: "ETH", factor: 1}, "DM": {code: "DEM", factor: 1}, "KZT": {code: "KZT", factor: 1}, "GHS": {code: "GHS", factor: 1}, "Fr": {code: "CHF", factor: 1},
	"usd": {code: "USD", factor: 1}, "eur": {code: "EUR", factor: 1}, "gbp": {code: "GBP", factor: 1}, "rmb": {code: "CNY", factor: 1}, "cny": {code: "CNY", factor: 1}, "jpy": {code: "JPY", factor: 1},
}

// names are currencies by name.
var names = number.NewPhrases(map[string]currency{
	"dollar|dollars|buck|bucks": {code: dollar, factor: 1}, "us dollar|us dollars|u.s dollar|u.s dollars|american dollar|american dollars|us $": {code: "USD", factor: 1},
	"united states dollar|united states dollars":                                {code: "USD", factor: 1},
	"australian dollar|australian dollars":                                      {code: "AUD", factor: 1},
	"canadian dollar|canadian dollars":                                          {code: "CAD", factor: 1},
	"new zealand dollar|new zealand dollars":                                    {code: "NZD", factor: 1},
	"singapore dollar|singapore dollars|singaporean dollar|singaporean dollars": {code: "SGD", factor: 1},
	"hong kong dollar|hong kong dollars":                                        {code: "HKD", factor: 1},
	"taiwan dollar|taiwan dollars|new taiwan dollar|new taiwan dollars":         {code: "TWD", factor: 1},
	"cent|cents":       {code: "cent", factor: 1},
	"us cent|us cents": {code: "USD", factor: .01},
	"euro|euros":       {code: "EUR", factor: 1},

	"pound sterling|pounds sterling|british pound|british pounds|quid": {code: "GBP", factor: 1},

	"pence|penny|pennies":             {code: "GBP", factor: .01},
	"egyptian pound|egyptian pounds":  {code: "EGP", factor: 1},
	"syrian pound|syrian pounds":      {code: "SYP", factor: 1},
	"lebanese pound|lebanese pounds":  {code: "LBP", factor: 1},
	"sudanese pound|sudanese pounds":  {code: "SDG", factor: 1},
	"yen|japanese yen":                {code: "JPY", factor: 1},
	"yuan|chinese yuan|renminbi|kuai": {code: "CNY", factor: 1},
	"won|south korean won":            {code: "KRW", factor: 1, verb: true},

	"shekel|shekels|israeli shekel|israeli shekels|new israeli shekels": {code: "ILS", factor: 1},

	"rupee|rupees":                       {code: "rupee", factor: 1},
	"indian rupee|indian rupees":         {code: "INR", factor: 1},
	"pakistani rupee|pakistani rupees":   {code: "PKR", factor: 1},
	"sri lankan rupee|sri lankan rupees": {code: "LKR", factor: 1},
	"rouble|roubles|ruble|rubles|russian rouble|russian roubles|russian rubles": {code: "RUB", factor: 1},
	"franc|francs":                 {code: "franc", factor: 1},
	"swiss franc|swiss francs":     {code: "CHF", factor: 1},
	"french franc|french francs":   {code: "FRF", factor: 1},
	"belgian franc|belgian francs": {code: "BEF", factor: 1},
	"mark|marks":                   {code: "mark", factor: 1},
	"german mark|german marks|deutsche mark|deutsche marks|d - mark|d - marks": {code: "DEM", factor: 1},
	"finnish markka|markka":                                    {code: "FIM", factor: 1},
	"guilder|guilders|dutch guilder|dutch guilders":            {code: "NLG", factor: 1},
	"lire|italian lire":                                        {code: "ITL", factor: 1},
	"lira|liras|turkish lira|turkish liras":                    {code: "TRY", factor: 1},
	"peseta|pesetas":                                           {code: "ESP", factor: 1},
	"escudo|escudos":                                           {code: "PTE", factor: 1},
	"drachma|drachmas":                                         {code: "GRD", factor: 1},
	"peso|pesos":                                               {code: "peso", factor: 1},
	"mexican peso|mexican pesos":                               {code: "MXN", factor: 1},
	"argentine peso|argentine pesos":                           {code: "ARS", factor: 1},
	"philippine peso|philippine pesos":                         {code: "PHP", factor: 1},
	"reais|brazilian reais|brazilian real":                     {code: "BRL", factor: 1},
	"rand|south african rand":                                  {code: "ZAR", factor: 1},
	"krona|kronor|swedish krona|swedish kronor|swedish crowns": {code: "SEK", factor: 1},
	"krone|kroner":                                             {code: "krone", factor: 1},
	"crown|crowns":                                             {code: "crown", factor: 1},
	"danish krone|danish kroner|danish crowns":                 {code: "DKK", factor: 1},
	"norwegian krone|norwegian kroner|norwegian crowns":        {code: "NOK", factor: 1},
	"czech crown|czech crowns|koruna":                          {code: "CZK", factor: 1},
	"zloty|zlotys":                                             {code: "PLN", factor: 1},
	"forint|forints":                                           {code: "HUF", factor: 1},
	"hryvnia|hryvnias":                                         {code: "UAH", factor: 1},
	"dinar|dinars":                                             {code: "dinar", factor: 1},
	"kuwaiti dinar|kuwaiti dinars":                             {code: "KWD", factor: 1},
	"iraqi dinar|iraqi dinars":                                 {code: "IQD", factor: 1},
	"riyal|riyals":                                             {code: "riyal", factor: 1},
	"saudi riyal|saudi riyals":                                 {code: "SAR", factor: 1},
	"rial|rials":                                               {code: "rial", factor: 1},
	"dirham|dirhams":                                           {code: "dirham", factor: 1},
	"ringgit|malaysian ringgit":                                {code: "MYR", factor: 1},
	"rupiah":                                                   {code: "IDR", factor: 1},
	"baht":                                                     {code: "THB", factor: 1},
	"dong":                                                     {code: "VND", factor: 1},
	"naira":                                                    {code: "NGN", factor: 1},
	"shilling|shillings":                                       {code: "shilling", factor: 1},
	"kenyan shilling|kenyan shillings":                         {code: "KES", factor: 1},
	"bitcoin|bitcoins":                                         {code: "BTC", factor: 1},
	"satoshi|satoshis":                                         {code: "BTC", factor: 1e-8},
	"taka":                                                     {code: "BDT", factor: 1},
	"tenge":                                                    {code: "KZT", factor: 1},
	"birr":                                                     {code: "ETB", factor: 1},
})

// local is the dollar of an outlet's own country.
var local = map[string]string{
	"United States": "USD", "United States of America": "USD", "USA": "USD", "Australia": "AUD", "Canada": "CAD", "New Zealand": "NZD",
	"Singapore": "SGD", "Hong Kong": "HKD", "Taiwan": "TWD", "Fiji": "FJD", "Jamaica": "JMD", "Trinidad and Tobago": "TTD",
}

// setMoney gives the amount its currency.
func (f *finder) setMoney(a *amount, c currency, from int) {
	a.measured = true
	code, factor := c.code, c.factor
	switch code {
	case dollar:
		code = f.dollar
	case "cent":
		code, factor = f.dollar, .01
	}
	a.base, a.factor = code, factor
	switch {
	case from == a.number && a.first < a.number: // before the number
		first := a.first
		if a.signed && first+1 < a.number {
			first++
		}
		a.unit = f.a.Text[f.lex[first].Start:f.lex[a.number-1].End]
		if end := f.lex[a.last-1]; a.last > a.behind {
			a.unit += " " + end.Of(f.a.Text)
		}
		a.unit = dollars1(a.unit)
	default:
		a.unit = f.unitText(from, a.last)
		if a.scale > 1 && f.kind(a.last-1) == number.Word {
			if _, ok := f.reader.Scale(a.last - 1); ok {
				a.unit = f.unitText(from, a.last-1)
			}
		}
	}
	f.perUnit(a)
}

// dollars1 writes the marks of a dollar in one way: "US$" for "US $" and "$US".
func dollars1(unit string) string {
	unit = strings.ReplaceAll(unit, " ", "")
	if rest, ok := strings.CutPrefix(unit, "$"); ok && rest != "" {
		return rest + "$"
	}
	return unit
}

// currencyBefore reads "$", "US$", "A $", "$US", "USD", "EUR" at lex[i]: the
// currency and the place of the number behind it, or i.
func (f *finder) currencyBefore(i int) (currency, int) {
	x := f.lex[i]
	if x.Kind == number.Mark {
		c, ok := signs[x.Rune]
		if !ok {
			return c, i
		}
		at := i + 1
		if x.Rune == '$' && f.kind(at) == number.Word && f.glued(at) {
			if d, ok := dollars.One(f.lex, at); ok {
				c = d
				at++
			}
		}
		if f.kind(at) == number.Digits || f.english && f.kind(at) == number.Word && !f.glued(at) && f.reader.Starts(at) && !f.says(at, kA) {
			if c.code == "cent" {
				return c, i
			}
			return c, at
		}
		return c, i
	}
	if x.Kind != number.Word {
		return currency{}, i
	}
	if f.is(i+1, '$') || f.is(i+1, '＄') {
		d, ok := dollars.One(f.lex, i)
		if ok && (x.Upper || f.glued(i+1) || f.loose(i)) && f.kind(i+2) == number.Digits {
			return d, i + 2
		}
		return currency{}, i
	}
	if c, ok := f.code(i); ok {
		at := i + 1
		if f.is(at, '.') && f.kind(at+1) == number.Digits {
			at++
		}
		if f.kind(at) == number.Digits && (x.Upper || len(f.word(i)) > 2) {
			return c, at
		}
	}
	return currency{}, i
}

// loose reports whether a word before a dollar sign is a country and not the
// pronoun or the article that it may also be.
func (f *finder) loose(i int) bool {
	return !f.says(i, kA) && f.word(i) != "s"
}

// codeBefore reports whether lex[i] is a currency's letters with a number
// behind them.
func (f *finder) codeBefore(i int) bool {
	_, at := f.currencyBefore(i)
	return at > i
}

// marked reports whether lex[i] is a word in lower case that tells the currency
// of the number behind it.
func (f *finder) marked(i int) bool {
	if !f.is(i+1, '$') && f.kind(i+1) != number.Digits {
		return false
	}
	return f.codeBefore(i)
}

// code is the currency whose letters lex[i] is, with the M of millions that
// some trades write before them.
func (f *finder) code(i int) (currency, bool) {
	w := f.word(i)
	if len(w) > 4 || len(w) < 2 {
		return currency{}, false
	}
	c, ok := codes[w]
	if !ok && len(w) == 4 && w[0] == 'M' {
		if c, ok = codes[w[1:]]; ok {
			c.factor = 1e6
		}
	}
	return c, ok
}

// currencyTail reads what may follow an amount with a sign: "$76 US", "15$
// dollars".
func (f *finder) currencyTail(a *amount, c *currency) {
	if w := f.word(a.last); c.code == dollar && (w == "US" || w == "USD" || w == "AUD" || w == "CAD" || w == "NZD" || w == "Canadian" || w == "Australian") {
		d, ok := dollars.One(f.lex, a.last)
		switch {
		case ok:
			*c = d
		case w == "Canadian":
			c.code = "CAD"
		case w == "Australian":
			c.code = "AUD"
		}
		// "the $5 US tariff" keeps its country.
		if next := f.kind(a.last + 1); ok && w == "US" && next == number.Word && !f.in(closed, a.last+1) && f.plural(a.last+1) {
			c.code = dollar
			return
		}
		a.last++
		return
	}
	if m, ok := f.mega(c); ok {
		a.value, a.low, a.high, a.scale = a.value*m, a.low*m, a.high*m, m
	}
}

// mega takes the millions out of the factor of a code like MUSD.
func (f *finder) mega(c *currency) (float64, bool) {
	if c.factor != 1e6 {
		return 1, false
	}
	c.factor = 1
	return 1e6, true
}

// currencyAfter reads the currency behind a number, at lex[j].
func (f *finder) currencyAfter(a *amount, j int) (currency, int, bool) {
	if j >= len(f.lex) {
		return currency{}, j, false
	}
	x := f.lex[j]
	if x.Kind == number.Mark {
		c, ok := signs[x.Rune]
		if ok && (f.kind(j+1) != number.Digits || !f.glued(j+1)) {
			return c, j + 1, true
		}
		return c, j, false
	}
	if c, n := names.Match(f.lex, j); n > 0 && f.english {
		if c.verb && math.Abs(a.value) < 1000 {
			return c, j, false
		}
		if c.code == "mark" && a.value < 1000 && !strings.Contains(f.word(j+1), "/") && f.kind(j+1) == number.Word {
			return c, j, false
		}
		return c, j + n, true
	}
	if w := f.word(j); f.glued(j) && !f.glued(j+1) && !a.num.Words || w == "p" {
		switch w {
		case "p":
			return currency{code: "GBP", factor: .01}, j + 1, true
		case "c":
			return currency{code: "cent", factor: 1}, j + 1, true
		}
	}
	if c, ok := f.code(j); ok && len(f.word(j)) > 2 && !(f.glued(j+1) && f.kind(j+1) == number.Digits) && (x.Upper || f.english) {
		if m, ok := f.mega(&c); ok {
			a.value, a.low, a.high, a.scale = a.value*m, a.low*m, a.high*m, m
		}
		return c, j + 1, true
	}
	if w := strings.ToLower(f.word(j)); (w == "pound" || w == "pounds") && f.english && (a.num.Scaled && a.value >= 1e5) {
		if k := f.kind(j + 1); k != number.Word || f.in(closed, j+1) {
			return currency{code: "GBP", factor: 1}, j + 1, true
		}
	}
	return currency{}, j, false
}

// smallChange adds the cents to "3 dollars 50 cents" and "15 dollars and 50".
func (f *finder) smallChange(a *amount, c currency) {
	if c.factor != 1 || a.scale != 1 {
		return
	}
	j := a.last
	if f.says(j, kAnd) {
		j++
	}
	num, ok := f.reader.Read(j)
	if !ok || num.Fraction || num.Article || num.Value != math.Trunc(num.Value) || num.Value < 1 || num.Value > 99 {
		return
	}
	k := num.Last
	if small, n := names.Match(f.lex, k); n > 0 && small.factor == .01 || n > 0 && small.code == "cent" {
		k += n
	} else if k < len(f.lex) && !f.is(k, '.') || num.Value < 10 {
		return
	}
	a.value = clean(a.value + num.Value/100)
	a.low, a.high = a.value, a.value
	a.last = k
}
