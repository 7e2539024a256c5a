package figure

import "synoptic/internal/number"

// unit is a unit of measure and what it is in its base unit. Factors are those
// of the International System (BIPM, SI Brochure, 9th edition) and of NIST
// Special Publication 811; a name that stands for several sizes (ton, gallon,
// pint) is its own base, because the text does not tell which is meant.
type unit struct {
	base    string
	factor  float64
	offset  float64 // added after the factor: temperatures
	shared  bool    // its name stands for several sizes, which a country tells apart
	decimal bool    // counts only with decimals: "3.5s", but not "the 1970s"
	quiet   bool    // also a common word or letter: counts only where it is written to the number
}

// The base units.
const (
	day     = "day" // every duration, so that "48 hours" and "two days" are one
	age     = "year of age"
	metre   = "metre"
	area    = "square metre"
	volume  = "cubic metre"
	weight  = "kilogram"
	speed   = "metre/second"
	celsius = "celsius"
	percent = "percent"
	points  = "percentage point"
	times   = "time"
)

const (
	hour   = 1. / 24
	minute = hour / 60
	second = minute / 60
	mile   = 1609.344
	foot   = .3048
	pound  = .45359237
)

// spelled are units by their names, in any case.
var spelled = number.NewPhrases(map[string]unit{
	"second|seconds|sec|secs": {base: day, factor: second}, "minute|minutes|mins": {base: day, factor: minute},
	"millisecond|milliseconds": {base: day, factor: second / 1e3},
	"hour|hours|hr|hrs":        {base: day, factor: hour}, "day|days": {base: day, factor: 1},
	"week|weeks": {base: day, factor: 7}, "fortnight|fortnights": {base: day, factor: 14},
	"month|months": {base: day, factor: 30}, "year|years|yr|yrs": {base: day, factor: 365},
	"decade|decades": {base: day, factor: 3650}, "century|centuries": {base: day, factor: 36500},
	"trading day|trading days|working day|working days|business day|business days": {base: "working day", factor: 1},

	"metre|metres|meter|meters": {base: metre, factor: 1}, "kilometre|kilometres|kilometer|kilometers|kms": {base: metre, factor: 1e3},
	"centimetre|centimetres|centimeter|centimeters": {base: metre, factor: .01}, "millimetre|millimetres|millimeter|millimeters": {base: metre, factor: 1e-3},
	"decimetre|decimetres|decimeter|decimeters|dm":                 {base: metre, factor: .1},
	"micrometre|micrometres|micrometer|micrometers|micron|microns": {base: metre, factor: 1e-6},
	"nanometre|nanometres|nanometer|nanometers":                    {base: metre, factor: 1e-9},
	"picometre|picometres|picometer|picometers":                    {base: metre, factor: 1e-12},
	"mile|miles":                   {base: metre, factor: mile},
	"nautical mile|nautical miles": {base: metre, factor: 1852},
	"foot|feet":                    {base: metre, factor: foot},
	"inch|inches":                  {base: metre, factor: .0254},
	"yard|yards":                   {base: metre, factor: .9144},
	"light year|light years|light - year|light - years": {base: metre, factor: 9.4607304725808e15},
	"hectare|hectares":          {base: area, factor: 1e4},
	"acre|acres":                {base: area, factor: 4046.8564224},
	"litre|litres|liter|liters": {base: volume, factor: 1e-3},
	"millilitre|millilitres|milliliter|milliliters": {base: volume, factor: 1e-6},
	"centilitre|centilitres|centiliter|centiliters": {base: volume, factor: 1e-5},
	"gallon|gallons":           {base: "gallon", factor: 1, shared: true},
	"pint|pints":               {base: "pint", factor: 1, shared: true},
	"quart|quarts":             {base: "quart", factor: 1, shared: true},
	"fluid ounce|fluid ounces": {base: "fluid ounce", factor: 1, shared: true},
	"cup|cups":                 {base: "cup", factor: 1, shared: true},
	"teaspoon|teaspoons":       {base: "teaspoon", factor: 1},
	"tablespoon|tablespoons":   {base: "tablespoon", factor: 1},
	"barrel|barrels":           {base: "barrel", factor: 1},
	"acre - foot|acre - feet|acre foot|acre feet":                    {base: volume, factor: 1233.48183754752},
	"gram|grams|gramme|grammes":                                      {base: weight, factor: 1e-3},
	"kilogram|kilograms|kilogramme|kilogrammes|kilo|kilos":           {base: weight, factor: 1},
	"milligram|milligrams|milligramme|milligrammes":                  {base: weight, factor: 1e-6},
	"microgram|micrograms|microgramme|microgrammes|mcg":              {base: weight, factor: 1e-9},
	"tonne|tonnes|metric ton|metric tons|metric tonne|metric tonnes": {base: weight, factor: 1e3},
	"kilotonne|kilotonnes|kiloton|kilotons":                          {base: weight, factor: 1e6},
	"megatonne|megatonnes|megaton|megatons":                          {base: weight, factor: 1e9},
	"gigatonne|gigatonnes|gigaton|gigatons":                          {base: weight, factor: 1e12},
	"ton|tons":                                                       {base: "ton", factor: 1, shared: true},
	"short ton|short tons":                                           {base: weight, factor: 2000 * pound},
	"long ton|long tons":                                             {base: weight, factor: 2240 * pound},
	"pound|pounds":                                                   {base: weight, factor: pound},
	"ounce|ounces":                                                   {base: weight, factor: pound / 16},
	"troy ounce|troy ounces":                                         {base: weight, factor: .0311034768},
	"stone":                                                          {base: weight, factor: 14 * pound},
	"carat|carats":                                                   {base: weight, factor: 2e-4},
	"knot|knots":                                                     {base: speed, factor: 1852. / 3600},
	"degree celsius|degrees celsius|celsius|degree centigrade|degrees centigrade":  {base: celsius, factor: 1},
	"degc|centigrade|deg celsius|deg c|degree c|degrees c|celcius|degrees celcius": {base: celsius, factor: 1},
	"centigrate|° celsius|° c|º c":                                                 {base: celsius, factor: 1},
	"degree fahrenheit|degrees fahrenheit|fahrenheit|deg fahrenheit|deg f":         {base: celsius, factor: 5. / 9, offset: -160. / 9},
	"degf|degree f|degrees f|farenheit|degrees farenheit|° fahrenheit|° f|º f":     {base: celsius, factor: 5. / 9, offset: -160. / 9},
	"degree|degrees|deg|°|º":                                                       {base: "degree", factor: 1},
	"kelvin|kelvins":                                                               {base: celsius, factor: 1, offset: -273.15},
	"byte|bytes":                                                                   {base: "byte", factor: 1},
	"kilobyte|kilobytes":                                                           {base: "byte", factor: 1e3},
	"megabyte|megabytes":                                                           {base: "byte", factor: 1e6},
	"gigabyte|gigabytes|gig|gigs":                                                  {base: "byte", factor: 1e9},
	"terabyte|terabytes":                                                           {base: "byte", factor: 1e12},
	"petabyte|petabytes":                                                           {base: "byte", factor: 1e15},
	"bit|bits":                                                                     {base: "bit", factor: 1},
	"kilobit|kilobits":                                                             {base: "bit", factor: 1e3},
	"megabit|megabits":                                                             {base: "bit", factor: 1e6},
	"gigabit|gigabits":                                                             {base: "bit", factor: 1e9},
	"pixel|pixels":                                                                 {base: "pixel", factor: 1},
	"megapixel|megapixels":                                                         {base: "pixel", factor: 1e6},
	"watt|watts":                                                                   {base: "watt", factor: 1},
	"kilowatt|kilowatts":                                                           {base: "watt", factor: 1e3},
	"megawatt|megawatts":                                                           {base: "watt", factor: 1e6},
	"gigawatt|gigawatts":                                                           {base: "watt", factor: 1e9},
	"terawatt|terawatts":                                                           {base: "watt", factor: 1e12},
	"kilowatt hour|kilowatt hours|kilowatt - hour|kilowatt - hours": {base: "joule", factor: 3.6e6},
	"megawatt hour|megawatt hours|megawatt - hour|megawatt - hours": {base: "joule", factor: 3.6e9},
	"gigawatt hour|gigawatt hours|gigawatt - hour|gigawatt - hours": {base: "joule", factor: 3.6e12},
	"terawatt hour|terawatt hours|terawatt - hour|terawatt - hours": {base: "joule", factor: 3.6e15},
	"joule|joules": {base: "joule", factor: 1},
	"calorie|calories|kilocalorie|kilocalories":   {base: "calorie", factor: 1},
	"horsepower|horse power|hp|bhp|ps horsepower": {base: "horsepower", factor: 1},
	"volt|volts":              {base: "volt", factor: 1},
	"amp|amps|ampere|amperes": {base: "ampere", factor: 1},
	"hertz":                   {base: "hertz", factor: 1},
	"kilohertz":               {base: "hertz", factor: 1e3},
	"megahertz":               {base: "hertz", factor: 1e6},
	"gigahertz":               {base: "hertz", factor: 1e9},
	"pascal|pascals":          {base: "pascal", factor: 1},
	"kilopascal|kilopascals":  {base: "pascal", factor: 1e3},
	"hectopascal|hectopascals|millibar|millibars": {base: "pascal", factor: 100},
	"megapascal|megapascals":                      {base: "pascal", factor: 1e6},
	"gigapascal|gigapascals":                      {base: "pascal", factor: 1e9},
	"decibel|decibels":                            {base: "decibel", factor: 1},
	"lb - ft|ft - lb|pound - feet|foot - pounds|pound feet|foot pounds": {base: "foot pound", factor: 1},
	"mpg":                              {base: "mile/gallon", factor: 1},
	"mph":                              {base: speed, factor: mile / 3600},
	"kph|kmh|kmph|km / h|km / hr|kmhr": {base: speed, factor: 1. / 3.6},
	"m / s":                            {base: speed, factor: 1},
	"ft / s":                           {base: speed, factor: foot},
	"radian|radians|rad":               {base: "radian", factor: 1},
	"sqm|sq m":                         {base: area, factor: 1},
	"sqft|sq ft":                       {base: area, factor: foot * foot},
	"sqkm|sq km":                       {base: area, factor: 1e6},
	"percentage point|percentage points|pct point|pct points|percent points": {base: points, factor: 1},
	"per cent point|per cent points":                                         {base: points, factor: 1},
	"basis point|basis points|bps":                                           {base: points, factor: .01},
	"percent|per cent|pct|percents|percentage|% |％|٪":                        {base: percent, factor: 1},
	"times": {base: times, factor: 1},
})

// symbols are units by their symbols, in the case that they are written in.
var symbols = map[string]unit{
	"m": {base: metre, factor: 1}, "km": {base: metre, factor: 1e3}, "cm": {base: metre, factor: .01}, "mm": {base: metre, factor: 1e-3},
	"µm": {base: metre, factor: 1e-6}, "μm": {base: metre, factor: 1e-6}, "nm": {base: metre, factor: 1e-9}, "ft": {base: metre, factor: foot},
	"mi": {base: metre, factor: mile, quiet: true}, "yd": {base: metre, factor: .9144}, "in": {base: metre, factor: .0254, quiet: true},
	"m2": {base: area, factor: 1}, "m²": {base: area, factor: 1}, "km2": {base: area, factor: 1e6}, "km²": {base: area, factor: 1e6},
	"ft2": {base: area, factor: foot * foot}, "ft²": {base: area, factor: foot * foot}, "ha": {base: area, factor: 1e4, quiet: true},
	"m3": {base: volume, factor: 1}, "m³": {base: volume, factor: 1}, "l": {base: volume, factor: 1e-3, quiet: true}, "L": {base: volume, factor: 1e-3, quiet: true},
	"ml": {base: volume, factor: 1e-6}, "mL": {base: volume, factor: 1e-6}, "cl": {base: volume, factor: 1e-5},
	"g": {base: weight, factor: 1e-3, quiet: true}, "kg": {base: weight, factor: 1}, "kgs": {base: weight, factor: 1}, "mg": {base: weight, factor: 1e-6},
	"µg": {base: weight, factor: 1e-9}, "μg": {base: weight, factor: 1e-9}, "t": {base: weight, factor: 1e3, quiet: true},
	"lb": {base: weight, factor: pound}, "lbs": {base: weight, factor: pound}, "oz": {base: weight, factor: pound / 16},
	"s": {base: day, factor: second, quiet: true, decimal: true}, "ms": {base: day, factor: second / 1e3, quiet: true}, "min": {base: day, factor: minute},
	"h": {base: day, factor: hour, quiet: true}, "C": {base: celsius, factor: 1, quiet: true}, "F": {base: celsius, factor: 5. / 9, offset: -160. / 9, quiet: true},
	"kb": {base: "bit", factor: 1e3}, "Kb": {base: "bit", factor: 1e3}, "kB": {base: "byte", factor: 1e3}, "KB": {base: "byte", factor: 1e3},
	"mb": {base: "bit", factor: 1e6}, "Mb": {base: "bit", factor: 1e6}, "MB": {base: "byte", factor: 1e6}, "Gb": {base: "bit", factor: 1e9},
	"GB": {base: "byte", factor: 1e9}, "gb": {base: "byte", factor: 1e9}, "TB": {base: "byte", factor: 1e12}, "tb": {base: "byte", factor: 1e12}, "PB": {base: "byte", factor: 1e15},
	"Mbps": {base: "bit/second", factor: 1e6}, "Gbps": {base: "bit/second", factor: 1e9}, "kbps": {base: "bit/second", factor: 1e3},
	"W": {base: "watt", factor: 1, quiet: true}, "kW": {base: "watt", factor: 1e3}, "KW": {base: "watt", factor: 1e3}, "MW": {base: "watt", factor: 1e6}, "GW": {base: "watt", factor: 1e9}, "TW": {base: "watt", factor: 1e12},
	"mW": {base: "watt", factor: 1e-3}, "Wh": {base: "joule", factor: 3600}, "kWh": {base: "joule", factor: 3.6e6}, "KWh": {base: "joule", factor: 3.6e6}, "MWh": {base: "joule", factor: 3.6e9},
	"GWh": {base: "joule", factor: 3.6e12}, "TWh": {base: "joule", factor: 3.6e15}, "V": {base: "volt", factor: 1, quiet: true}, "kV": {base: "volt", factor: 1e3},
	"mAh": {base: "milliampere hour", factor: 1}, "Hz": {base: "hertz", factor: 1}, "kHz": {base: "hertz", factor: 1e3}, "KHz": {base: "hertz", factor: 1e3},
	"MHz": {base: "hertz", factor: 1e6}, "GHz": {base: "hertz", factor: 1e9}, "kPa": {base: "pascal", factor: 1e3}, "hPa": {base: "pascal", factor: 100},
	"MPa": {base: "pascal", factor: 1e6}, "GPa": {base: "pascal", factor: 1e9}, "mb.": {base: "pascal", factor: 100}, "psi": {base: "pascal", factor: 6894.757}, "ksi": {base: "pascal", factor: 6.894757e6},
	"Nm": {base: "newton metre", factor: 1}, "kcal": {base: "calorie", factor: 1}, "dB": {base: "decibel", factor: 1}, "rpm": {base: "rpm", factor: 1}, "ppm": {base: "ppm", factor: 1},
	"kt": {base: speed, factor: 1852. / 3600}, "kts": {base: speed, factor: 1852. / 3600}, "MP": {base: "pixel", factor: 1e6},
	"pc": {base: percent, factor: 1},
}

// powers are words that make a length an area or a volume.
var powers = number.NewPhrases(map[string]int{"square|sq": 2, "cubic|cu": 3})

// shares are what a price or an amount is given for, besides units: "$5 a
// share".
var shares = number.NewPhrases(map[string]bool{
	"share|barrel|head|person|piece|seat|ticket|bottle|copy|unit|bushel|game|therm|trip|night|shift|pupil|patient|vehicle|pop|bag|box|pack|plate": true,
})
