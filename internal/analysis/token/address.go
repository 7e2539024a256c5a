package token

// address is the end of the address that goes on at i, without the marks that
// belong to the sentence around it.
func (s *scanner) address(i, end int) int {
	depth, last := 0, i
	for i < end {
		c, n := classAt(s.text, i)
		if c == space || c == quote || c == opening && s.text[i] != '(' || s.text[i] == '<' || s.text[i] == '>' || c == apostrophe && n > 1 {
			break
		}
		switch s.text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return last
			}
		}
		i += n
		if c == letter || c == digit || c == underscore || c == hyphen || c == ideograph || s.text[i-1] == '/' || s.text[i-1] == ')' || s.text[i-1] == '#' || s.text[i-1] == '=' {
			last = i
		}
	}
	return last
}

// domainAt is the end of the address whose last known part begins at the full
// stop at i (".com"), or 0. It looks no further than a host's name may be long.
func (s *scanner) domainAt(i, end int) int {
	paragraph := end
	end = min(end, i+255)
	for i < end && s.text[i] == '.' {
		e := i + 1
		for e < end && (s.text[e] < 0x80 && (ascii[s.text[e]] == letter || ascii[s.text[e]] == digit) || s.text[e] == '-') {
			e++
		}
		part := s.text[i+1 : e]
		if domains[part] && (e >= end || s.text[e] != '.' || e+1 >= end || !s.is(e+1, letter)) {
			if e < end && s.text[e] == '/' {
				return s.address(e, paragraph)
			}
			return e
		}
		if len(part) == 0 {
			return 0
		}
		i = e
	}
	return 0
}

// domains are the ends of names of hosts and files that are kept in one piece
// with what stands before them.
var domains = map[string]bool{
	"com": true, "org": true, "net": true, "edu": true, "gov": true, "mil": true, "int": true, "info": true, "io": true, "tv": true, "co": true, "biz": true,
	"uk": true, "us": true, "ca": true, "au": true, "nz": true, "ie": true, "de": true, "fr": true, "eu": true, "ch": true, "jp": true, "cn": true, "ru": true,
	"br": true, "za": true, "il": true, "nl": true, "se": true, "ly": true, "gl": true, "fm": true, "fi": true, "dk": true, "pl": true, "mx": true, "es": true,
	"COM": true, "NET": true, "ORG": true, "DOC": true, "XLS": true, "PDF": true,
	"doc": true, "xls": true, "pdf": true, "txt": true, "html": true, "htm": true, "ppt": true, "jpg": true, "png": true, "gif": true, "zip": true, "exe": true,
	"docx": true, "xlsx": true, "csv": true, "mp3": true, "mp4": true, "url": true, "js": true, "ai": true, "dev": true, "app": true,
}

// mailbox is the end of the e-mail address whose first part goes on at i, or 0.
func (s *scanner) mailbox(i, end int) int {
	for stop := min(end, i+64); i < stop; i++ {
		switch c := s.text[i]; {
		case c == '@':
			if i+1 < end && s.alphanumeric(i+1) {
				return s.address(i, end)
			}
			return 0
		case c >= 0x80 || ascii[c] != letter && ascii[c] != digit && c != '.' && c != '_' && c != '-' && c != '+' && c != '%':
			return 0
		}
	}
	return 0
}

// group is the end of a name of three or more parts in small letters with full
// stops between them, as newsgroups and packages of programs have, or 0. Its
// first part is text[start:i].
func (s *scanner) group(start, i, end int) int {
	parts, e := 1, i
	small := func(from, to int) bool {
		for ; from < to; from++ {
			if c := s.text[from]; (c < 'a' || c > 'z') && c != '-' {
				return false
			}
		}
		return true
	}
	if i-start < 2 || i-start > 30 || !small(start, i) {
		return 0
	}
	for stop := min(end, i+100); e+1 < stop && s.text[e] == '.'; parts++ {
		next := s.letters(e+1, stop)
		if next < e+3 || !small(e+1, next) {
			break
		}
		e = next
	}
	if parts < 3 {
		return 0
	}
	return e
}
