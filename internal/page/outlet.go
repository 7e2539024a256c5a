package page

import (
	_ "embed"
	"net/url"
	"path"
	"strings"

	"synoptic/article"
)

// outletTable holds domain, name and country of outlets, tab-separated. Facts
// from the Kite media data (MIT), with some added by hand; see gen.
//
//go:embed outlets.tsv
var outletTable string

// knownOutlet looks domain, or the domains above it, up in the table.
func knownOutlet(domain string) (article.Outlet, bool) {
	for d := domain; strings.Contains(d, "."); {
		i := strings.Index(outletTable, "\n"+d+"\t")
		if i >= 0 {
			row, _, _ := strings.Cut(outletTable[i+1:], "\n")
			f := strings.SplitN(row, "\t", 3)
			return article.Outlet{Name: f[1], Domain: d, Country: f[2]}, true
		}
		_, d, _ = strings.Cut(d, ".")
	}
	return article.Outlet{}, false
}

// nameOutlet fills the outlet from the page's own data, its domain, and the
// place it was read from.
func (d *draft) nameOutlet(in Input) {
	if d.outlet.Domain == "" {
		d.outlet.Domain = domainOf(d.address)
	}
	if d.outlet.Domain == "" {
		d.outlet.Domain = domainOf(in.Address)
	}
	if known, ok := knownOutlet(d.outlet.Domain); ok {
		if d.outlet.Name == "" || d.outlet.Name == d.outlet.Domain {
			d.outlet.Name = known.Name
		}
		d.outlet.Domain, d.outlet.Country = known.Domain, known.Country
	}
	if d.outlet.Name == "" {
		d.outlet.Name = d.outlet.Domain
	}
	if d.outlet.Name == "" {
		name := in.Place
		if at := strings.LastIndexByte(name, ':'); at > 0 && strings.Trim(name[at+1:], "0123456789") == "" {
			name = name[:at]
		}
		name = path.Base(strings.ReplaceAll(name, `\`, "/"))
		d.outlet.Name = strings.TrimSuffix(name, path.Ext(name))
	}
}

// ownNames are the names, in bare form, under which the account's own outlet
// may stand in a credit: its name, and the parts of its domain.
func (d *draft) ownNames() map[string]bool {
	own := map[string]bool{"": true}
	add := func(s string) {
		if s = bare(trimName(s)); s != "" {
			own[s] = true
		}
	}
	add(d.outlet.Name)
	if a, ok := agencyOf(d.outlet.Name); ok {
		add(a)
	}
	if d.outlet.Domain != "" {
		add(d.outlet.Domain)
		parts := strings.Split(d.outlet.Domain, ".")
		for i, p := range parts {
			if i == len(parts)-1 || i > 0 && len(p) <= 3 && i == len(parts)-2 || p == "www" || p == "news" || p == "edition" || p == "m" {
				continue
			}
			add(p)
			if a, ok := agencyOf(p); ok {
				add(a)
			}
			if known, ok := knownOutlet(d.outlet.Domain); ok {
				add(known.Name)
			}
			own["@"+p] = true
		}
	}
	return own
}

// domainOf is the host of an address without "www.", "" where there is none.
func domainOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return cleanDomain(u.Hostname())
}

func cleanDomain(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.Index(s, "://"); i >= 0 {
		return domainOf(s)
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "www."), ".")
	if strings.ContainsAny(s, " /@") {
		return ""
	}
	return s
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}
