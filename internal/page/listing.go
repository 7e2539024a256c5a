package page

import "synoptic/article"

// Listing is what a list that led to a page says of it, such as the entry of a
// feed. It stands where the page itself says nothing.
type Listing struct {
	Published article.Date
	Authors   []string // as they are given, offices and addresses among them
	Outlet    string   // name of the publication
}

// fill takes from a listing what the account and its page leave open. The
// outlet is open as long as its domain is its only name.
func (d *draft) fill(l Listing) {
	if !d.published.Known() {
		d.published = l.Published
	}
	if len(d.authors) == 0 {
		for _, name := range l.Authors {
			if name = authorName(name); name != "" {
				d.authors = merge(d.authors, []string{name})
			}
		}
	}
	if name := oneLine(l.Outlet); name != "" && d.outlet.Name == d.outlet.Domain {
		d.outlet.Name = name
	}
}
