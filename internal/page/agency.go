package page

import (
	"strings"
	"sync"
	"unicode"
)

// agency is a supplier of copy or pictures.
type agency struct {
	name  string   // the usual short name
	forms []string // other ways to write it, as printed
}

// agencies are the wires, picture agencies and syndicates that accounts credit
// most. The names are facts, collected by hand from the credit lines of many
// countries' press.
var agencies = []agency{
	{"AP", []string{"Associated Press", "AP Photo", "AP Photos", "AP:Associated Press", "AP News", "A.P."}},
	{"AFP", []string{"Agence France-Presse", "Agence France Presse", "AFP News", "AFP Photo", "AFP or licensors"}},
	{"Reuters", []string{"Thomson Reuters", "Reuters News", "Reuters Photo", "Reuters Staff", "Reuters Connect"}},
	{"Bloomberg", []string{"Bloomberg News", "Bloomberg L.P.", "Bloomberg LP", "Bloomberg Finance LP", "Bloomberg via Getty Images"}},
	{"dpa", []string{"DPA", "Deutsche Presse-Agentur", "dpa-AFX", "picture alliance", "dpa/picture alliance"}},
	{"PA", []string{"Press Association", "PA Media", "PA Wire", "PA Images", "PA News Agency"}},
	{"Xinhua", []string{"Xinhua News Agency", "Xinhua/VCG"}},
	{"ANSA", nil},
	{"TASS", []string{"ITAR-TASS"}},
	{"Interfax", []string{"Interfax-Ukraine"}},
	{"RIA Novosti", []string{"RIA"}},
	{"Kyodo", []string{"Kyodo News", "Kyodo News Agency"}},
	{"Jiji", []string{"Jiji Press"}},
	{"Yonhap", []string{"Yonhap News", "Yonhap News Agency"}},
	{"EFE", []string{"Agencia EFE", "Efe"}},
	{"EPA", []string{"European Pressphoto Agency", "EPA-EFE", "epa-efe"}},
	{"UPI", []string{"United Press International"}},
	{"IANS", []string{"Indo-Asian News Service"}},
	{"PTI", []string{"Press Trust of India"}},
	{"ANI", []string{"Asian News International"}},
	{"UNI", []string{"United News of India"}},
	{"APP", []string{"Associated Press of Pakistan"}},
	{"Anadolu", []string{"Anadolu Agency", "Anadolu Ajansı"}},
	{"CP", []string{"Canadian Press"}},
	{"AAP", []string{"Australian Associated Press"}},
	{"Belga", nil},
	{"ANP", nil},
	{"APA", []string{"Austria Presse Agentur"}},
	{"Keystone", []string{"Keystone-SDA", "Keystone-ATS"}},
	{"Ritzau", []string{"Ritzau Scanpix"}},
	{"NTB", nil},
	{"Scanpix", nil},
	{"Lusa", nil},
	{"Agerpres", nil},
	{"MTI", nil},
	{"PAP", nil},
	{"CTK", []string{"ČTK"}},
	{"Tanjug", nil},
	{"Hina", []string{"HINA"}},
	{"Ukrinform", nil},
	{"KCNA", []string{"Korean Central News Agency"}},
	{"IRNA", nil},
	{"WAFA", nil},
	{"SANA", nil},
	{"QNA", []string{"Qatar News Agency"}},
	{"WAM", []string{"Emirates News Agency"}},
	{"SPA", []string{"Saudi Press Agency"}},
	{"Bernama", nil},
	{"Antara", nil},
	{"NAN", []string{"News Agency of Nigeria"}},
	{"Notimex", nil},
	{"Agência Brasil", nil},
	{"Télam", []string{"Telam"}},
	{"Sputnik", nil},
	{"Tribune Content Agency", []string{"Tribune Content Agency LLC"}},
	{"Tribune News Service", []string{"TNS"}},
	{"McClatchy", []string{"McClatchy News", "McClatchy-Tribune"}},
	{"CNN Newsource", []string{"CNN Wire", "CNN Newswire", "The-CNN-Wire"}},
	{"Storyful", nil},
	{"PR Newswire", []string{"PRNewswire"}},
	{"Business Wire", nil},
	{"GlobeNewswire", []string{"Globe Newswire"}},
	{"Getty Images", []string{"Getty", "GettyImages", "Getty Images - Getty", "Getty - Contributor", "Handout - Getty", "Getty Images/iStockphoto"}},
	{"WireImage", nil},
	{"FilmMagic", nil},
	{"iStock", []string{"iStockphoto"}},
	{"Shutterstock", nil},
	{"Rex Features", []string{"Rex", "REX", "Rex/Shutterstock"}},
	{"Alamy", []string{"Alamy Live News", "Alamy Stock Photo"}},
	{"SWNS", []string{"South West News Service"}},
	{"Zuma Press", []string{"ZUMA Press", "ZUMA", "Zuma Press Wire"}},
	{"NurPhoto", nil},
	{"Sipa", []string{"Sipa USA", "SIPA", "Sipa Press"}},
	{"Splash News", nil},
	{"Barcroft Media", []string{"Barcroft Images"}},
	{"Fame Flynet", []string{"FameFlynet"}},
	{"Matrix", []string{"matrixpictures.co.uk"}},
	{"Starface", nil},
	{"eyevine", []string{"Eyevine"}},
	{"WENN", nil},
	{"Backgrid", []string{"BACKGRID"}},
	{"Imago", []string{"IMAGO", "Imago Images"}},
	{"Action Images", nil},
	{"Invision", nil},
	{"Redux", []string{"Redux Pictures"}},
	{"Magnum Photos", nil},
	{"VCG", nil},
	{"USA Today Sports", []string{"USA TODAY Sports", "Usa Today Sports"}},
	{"Maxar", []string{"Maxar Technologies"}},
	{"Planet Labs", nil},
	{"Cover Images", nil},
}

// agencyForms leads from a way to write an agency to its short name. Acronyms
// stand as printed; longer names also in lower case.
var agencyForms = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 4*len(agencies))
	for _, a := range agencies {
		for _, f := range append([]string{a.name}, a.forms...) {
			m[f] = a.name
			if !isAcronym(f) {
				m[strings.ToLower(f)] = a.name
			}
			if len(f) > 4 {
				m[strings.ToUpper(f)] = a.name
			}
		}
	}
	return m
})

// longestAgency is the number of words of the longest form.
const longestAgency = 5

// isAcronym tells names that only count in capitals: "AP", "PA".
func isAcronym(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) || r == ' ' {
			return false
		}
	}
	return len(s) <= 5
}

// agencyOf is the short name of the agency that s names, with or without an
// article and the forms of company law.
func agencyOf(s string) (string, bool) {
	s = trimName(s)
	if name, ok := agencyForms()[s]; ok {
		return name, true
	}
	if len(s) > 4 {
		if name, ok := agencyForms()[strings.ToLower(s)]; ok && !isAcronym(s) {
			return name, true
		}
	}
	return "", false
}

// leadingAgency is the longest agency at the start of s and how many bytes it
// takes.
func leadingAgency(s string) (name string, size int) {
	end := 0
	for range longestAgency {
		n := strings.IndexAny(s[min(end+1, len(s)):], " /,.;:)]|•")
		if n < 0 {
			end = len(s)
		} else {
			end += 1 + n
		}
		if a, ok := agencyForms()[s[:end]]; ok {
			name, size = a, end
		}
		if end >= len(s) {
			break
		}
	}
	return name, size
}

// trailingAgency is the longest agency at the end of s and where it starts.
func trailingAgency(s string) (name string, start int) {
	start = len(s)
	at := len(s)
	for range longestAgency {
		at = strings.LastIndexAny(s[:max(at-1, 0)], " /(,[:") + 1
		if a, ok := agencyForms()[s[at:]]; ok {
			name, start = a, at
		}
		if at == 0 {
			break
		}
	}
	return name, start
}
