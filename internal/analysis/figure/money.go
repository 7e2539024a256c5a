package figure

import "synoptic/internal/analysis/number"

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
