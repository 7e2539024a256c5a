package gather

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// longestName is the most bytes that a path or an address in a list may have.
const longestName = 64 << 10

// expansion turns what users name into single sources.
type expansion struct {
	sources []source
	seen    map[string]bool
}

func (g *Gatherer) expand(names []string) []source {
	x := expansion{seen: map[string]bool{}}
	for _, name := range names {
		if name != "-" {
			x.add(name)
			continue
		}
		if g.Stdin == nil {
			x.fail(name, errors.New("there is no standard input to read"))
			continue
		}
		for line, err := range lines(g.Stdin, longestName) {
			if err != nil {
				x.fail(fmt.Sprintf("-:%d", line.number), err)
				continue
			}
			if text := strings.TrimSpace(string(line.text)); text == "-" {
				x.fail(fmt.Sprintf("-:%d", line.number), errors.New("a list cannot hold itself"))
			} else if !strings.HasPrefix(text, "#") {
				x.add(text)
			}
		}
	}
	return x.sources
}

func (x *expansion) add(name string) {
	if name == "" {
		x.fail(`""`, errors.New("it names nothing"))
		return
	}
	if scheme, _, found := strings.Cut(name, "://"); found && !strings.ContainsAny(scheme, `/\.`) {
		x.addAddress(name)
		return
	}
	x.addPath(name)
}

func (x *expansion) addAddress(name string) {
	u, err := url.Parse(name)
	if err == nil {
		err = checkAddress(u)
	}
	switch {
	case u != nil:
		name = u.Redacted() // a password is not to be printed
	case strings.Contains(name, "@"):
		name = "an address that is not shown" // it may hold one
	}
	var syntax *url.Error
	if errors.As(err, &syntax) {
		err = fmt.Errorf("not an address: %w", syntax.Err)
	}
	if err != nil {
		x.fail(name, err)
		return
	}
	u.Fragment, u.RawFragment = "", ""
	if x.once(u.String()) {
		x.sources = append(x.sources, source{place: name, address: u})
	}
}

// checkAddress says why u cannot be asked for, whoever named it.
func checkAddress(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%s addresses are not read, only http and https", u.Scheme)
	case u.User != nil:
		return errors.New("addresses with a user name or password are not read")
	case u.Hostname() == "":
		return errors.New("the address names no host")
	}
	return nil
}

func (x *expansion) addPath(name string) {
	name = filepath.Clean(name)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(name, "*?["):
		x.addGlob(name)
	case errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(name, "www."):
		x.fail(name, errors.New("no such file or folder; addresses begin with https://"))
	case err != nil:
		x.fail(name, withoutPath(err))
	case info.IsDir():
		before := len(x.sources)
		if found := x.addFolder(name); !found && len(x.sources) == before {
			x.fail(name, errors.New("the folder holds no page, text or record"))
		}
	default:
		x.addFile(name)
	}
}

func (x *expansion) addGlob(pattern string) {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		x.fail(pattern, errors.New("no such file, and not a pattern either"))
		return
	}
	if !hidden(filepath.Base(pattern)) {
		matches = slices.DeleteFunc(matches, func(path string) bool { return hidden(filepath.Base(path)) })
	}
	if len(matches) == 0 {
		x.fail(pattern, errors.New("no such file, and none that it matches as a pattern"))
	}
	for _, path := range matches {
		x.addPath(path)
	}
}

// addFolder adds the files of a folder and of those in it, by name, and reports
// whether there were any. Hidden ones are left out, links to folders too (they
// can run in a circle), and so is "page_files", where a browser that saved
// "page.html" put the rest: frames and scripts, no pages of their own.
func (x *expansion) addFolder(folder string) (found bool) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		x.fail(folder, withoutPath(err))
	}
	names := make(map[string]bool, len(entries))
	for _, e := range entries {
		names[e.Name()] = true
	}
	for _, e := range entries {
		name := e.Name()
		path := filepath.Join(folder, name)
		page, saved := strings.CutSuffix(name, "_files")
		switch {
		case hidden(name):
		case e.IsDir():
			if !saved || !names[page+".html"] && !names[page+".htm"] {
				found = x.addFolder(path) || found
			}
		case listed(name) && regular(path, e):
			x.addFile(path)
			found = true
		}
	}
	return found
}

// listed reports whether a folder stands for a file of this name.
func listed(name string) bool {
	return typeByEnding(name) != "" || archiveType(name) != ""
}

// regular reports whether an entry of a folder is a file, or a link to one or
// to nothing. The last is kept so that reading it can tell what is wrong.
func regular(path string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

func (x *expansion) addFile(path string) {
	if x.once(path) {
		x.sources = append(x.sources, source{place: path})
	}
}

func (x *expansion) fail(place string, err error) {
	if x.once(place) {
		x.sources = append(x.sources, source{place: place, err: err})
	}
}

func (x *expansion) once(name string) bool {
	if x.seen[name] {
		return false
	}
	x.seen[name] = true
	return true
}

// withoutPath is err without the path, which the place tells already.
func withoutPath(err error) error {
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file or folder")
	case errors.As(err, &at):
		return at.Err
	}
	return err
}
