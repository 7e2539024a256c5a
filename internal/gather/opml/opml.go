// Package opml reads and writes lists of feeds as feed readers exchange them
// (OPML 1.0 and 2.0). Folders become categories and categories folders.
package opml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"synoptic/internal/charset"
)

// List is a list of feeds.
type List struct {
	Title string
	Feeds []Feed // in the list's order
}

// Feed is one feed of a list. Nothing is known of whether it is still there.
type Feed struct {
	Title    string
	Address  string   // as written, without white space around it
	Home     string   // the page that the feed is of; "" when the list tells none
	Kind     string   // "rss", "atom", …, as the list says; "" when it does not
	Holds    string   // what the address holds where that is no feed, in the words of this program; "" for a feed, or where nobody says
	Category []string // names of the folders around it, the outermost first
	Line     int      // in the list that it was read from; 0 when it was not
}

// namespace is that of what OPML has no word for. Readers that do not know it pass
// over what stands in it.
const namespace = "urn:synoptic:opml"

// deepest is how many folders may lie in one another.
const deepest = 100

// Errors of Read, after the place and the line.
var (
	ErrNoList  = errors.New("no OPML list")
	errDeep    = fmt.Errorf("more than %d folders within one another", deepest)
	errEmpty   = fmt.Errorf("%w: it holds no feed", ErrNoList)
	errNoClose = errors.New("it breaks off")
)

// Read reads a list. Where it is malformed, the feeds before that come with an
// error that tells the line: "feeds.opml:12: …". What readers and people often
// write is read as it is meant: ampersands in addresses that are not escaped,
// names of HTML's characters, attributes in any case, url for xmlUrl.
func Read(place string, body []byte, declared string) (List, error) {
	text, err := charset.UTF8(body, declared, false)
	if err != nil {
		return List{}, fmt.Errorf("%s: %w", place, err)
	}
	r := reader{decoder: xml.NewDecoder(strings.NewReader(text))}
	r.decoder.Strict = false
	r.decoder.Entity = xml.HTMLEntity
	r.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	if err := r.read(); err != nil {
		line, _ := r.decoder.InputPos()
		return r.list, fmt.Errorf("%s:%d: %w", place, line, err)
	}
	return r.list, nil
}

// reader is one call of Read.
type reader struct {
	decoder *xml.Decoder
	list    List
	folders []string // titles of the open outlines; "" for feeds
	inBody  bool
}

func (r *reader) read() error {
	rooted := false
	for {
		token, err := r.decoder.Token()
		switch {
		case err == io.EOF && !rooted:
			return ErrNoList
		case err == io.EOF && len(r.list.Feeds) == 0:
			return errEmpty
		case err == io.EOF:
			return nil
		}
		var syntax *xml.SyntaxError
		switch {
		case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
			return errNoClose
		case errors.As(err, &syntax):
			return errors.New(syntax.Msg) // the line is told already
		case err != nil:
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := strings.ToLower(token.Name.Local)
			switch {
			case !rooted && name != "opml":
				return ErrNoList
			case !rooted:
				rooted = true
			case name == "body":
				r.inBody = true
			case name == "title" && !r.inBody:
				var title string
				if err := r.decoder.DecodeElement(&title, &token); err != nil {
					return errNoClose
				}
				r.list.Title = oneLine(title)
			case name == "outline":
				if len(r.folders) == deepest {
					return errDeep
				}
				r.outline(token.Attr)
			}
		case xml.EndElement:
			if strings.EqualFold(token.Name.Local, "outline") && len(r.folders) > 0 {
				r.folders = r.folders[:len(r.folders)-1]
			}
		}
	}
}

// outline takes an outline: a feed, where it has an address, and a folder for
// what lies within it.
func (r *reader) outline(attributes []xml.Attr) {
	var f Feed
	var text, url string
	for _, a := range attributes {
		value := strings.TrimSpace(a.Value)
		if a.Name.Space == namespace {
			if strings.EqualFold(a.Name.Local, "holds") {
				f.Holds = strings.ToLower(value)
			}
			continue
		}
		switch strings.ToLower(a.Name.Local) {
		case "text":
			text = oneLine(value)
		case "title":
			f.Title = oneLine(value)
		case "xmlurl":
			f.Address = value
		case "htmlurl":
			f.Home = value
		case "url":
			url = value
		case "type":
			f.Kind = strings.ToLower(value)
		}
	}
	if f.Title == "" {
		f.Title = text
	}
	if f.Address == "" && f.Kind != "link" && f.Kind != "include" {
		f.Address = url
	}
	if f.Address == "" {
		r.folders = append(r.folders, f.Title)
		return
	}
	for _, folder := range r.folders {
		if folder != "" {
			f.Category = append(f.Category, folder)
		}
	}
	f.Line, _ = r.decoder.InputPos()
	r.list.Feeds = append(r.list.Feeds, f)
	r.folders = append(r.folders, "")
}

// outline is an outline as it is written.
type outline struct {
	XMLName  xml.Name `xml:"outline"`
	Text     string   `xml:"text,attr"`
	Title    string   `xml:"title,attr"`
	Kind     string   `xml:"type,attr,omitempty"`
	Address  string   `xml:"xmlUrl,attr,omitempty"`
	Home     string   `xml:"htmlUrl,attr,omitempty"`
	Holds    string   `xml:"synoptic:holds,attr,omitempty"`
	Outlines []*outline
}

// Write writes a list as OPML 2.0, feeds of one category in one folder, which
// stands where the first of them does. The same list gives the same bytes.
func Write(w io.Writer, l List) error {
	type place struct {
		in   *outline
		name string
	}
	root := &outline{}
	folders := map[place]*outline{}
	declared := ""
	for _, f := range l.Feeds {
		folder := root
		for _, name := range f.Category {
			at := place{folder, name}
			if folders[at] == nil {
				folders[at] = &outline{Text: name, Title: name}
				folder.Outlines = append(folder.Outlines, folders[at])
			}
			folder = folders[at]
		}
		title := f.Title
		if title == "" {
			title = f.Address
		}
		kind := f.Kind
		if kind == "" {
			kind = "rss" // what readers look for, whatever the feed is
		}
		if f.Holds != "" {
			declared = namespace
		}
		folder.Outlines = append(folder.Outlines, &outline{Text: title, Title: title, Kind: kind, Address: f.Address, Home: f.Home, Holds: f.Holds})
	}
	file := struct {
		XMLName   xml.Name `xml:"opml"`
		Version   string   `xml:"version,attr"`
		Namespace string   `xml:"xmlns:synoptic,attr,omitempty"`
		Title     string   `xml:"head>title"`
		Outlines  struct {
			Outlines []*outline
		} `xml:"body"`
	}{Version: "2.0", Namespace: declared, Title: l.Title}
	file.Outlines.Outlines = root.Outlines
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(file); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
