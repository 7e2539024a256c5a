package gather

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolders(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{
		"b.html":                 "<p>Second.",
		"a.txt":                  "First.",
		"c/deep/d.MD":            "Third.",
		"c/e.json":               `{"title": "Fourth"}`,
		"c/photo.jpg":            "no page",
		"c/notes":                "no ending",
		".hidden.txt":            "hidden",
		".git/config.txt":        "hidden",
		"saved.html":             "<p>Fifth.",
		"saved_files/frame.html": "<p>An advertisement's frame.",
		"case_files/g.txt":       "No page beside it.",
		"empty/photo.jpg":        "no page",
	})
	inside := filepath.Join(folder, "c")
	if err := os.Symlink(folder, filepath.Join(inside, "circle")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "a.txt"), filepath.Join(inside, "link.txt")); err != nil {
		t.Fatal(err)
	}
	hide := []string{folder + "/"}

	check(t, outcome(t, quick(), hide, folder),
		`a.txt: text/plain "First."`,
		`b.html: text/html "<p>Second."`,
		`c/deep/d.MD: text/markdown "Third."`,
		`c/e.json: application/json "{\"title\": \"Fourth\"}"`,
		`c/link.txt: text/plain "First."`,
		`case_files/g.txt: text/plain "No page beside it."`,
		`saved.html: text/html "<p>Fifth."`)
	t.Run("a file that is named is read whatever its ending, and once", func(t *testing.T) {
		check(t, outcome(t, quick(), hide, inside+"/notes", folder+"//b.html", inside+"/../b.html", inside+"/notes"),
			`c/notes:  "no ending"`,
			`b.html: text/html "<p>Second."`)
	})
	t.Run("globs", func(t *testing.T) {
		check(t, outcome(t, quick(), hide, folder+"/*.t?t", folder+"/c/de*", folder+"/.*.txt"),
			`a.txt: text/plain "First."`,
			`c/deep/d.MD: text/markdown "Third."`,
			`.hidden.txt: text/plain "hidden"`)
	})
	t.Run("what is not there", func(t *testing.T) {
		check(t, outcome(t, quick(), hide, folder+"/empty", folder+"/gone.html", folder+"/*.pdf", folder+"/[.txt", "", "www.paper.example/a"),
			`empty: the folder holds no page, text or record`,
			`gone.html: no such file or folder`,
			`*.pdf: no such file, and none that it matches as a pattern`,
			`[.txt: no such file, and not a pattern either`,
			`"": it names nothing`,
			`www.paper.example/a: no such file or folder; addresses begin with https://`)
	})
}

func TestNamesWithPatternCharactersAreFilesFirst(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{"[1] flood?.txt": "One.", "1.txt": "Two."})
	check(t, outcome(t, quick(), []string{folder + "/"}, folder+"/[1] flood?.txt", folder+"/[1].txt"),
		`[1] flood?.txt: text/plain "One."`, `1.txt: text/plain "Two."`)
}

func TestAddressesThatAreNotAskedFor(t *testing.T) {
	t.Parallel()
	check(t, outcome(t, quick(), nil,
		"ftp://paper.example/a", "file:///etc/passwd", "https://reporter:secret@paper.example/a", "http:///a",
		"http://paper.example:port/", "https://reporter:sec%ret@paper.example/"),
		`ftp://paper.example/a: ftp addresses are not read, only http and https`,
		`file:///etc/passwd: file addresses are not read, only http and https`,
		`https://reporter:xxxxx@paper.example/a: addresses with a user name or password are not read`,
		`http:///a: the address names no host`,
		`http://paper.example:port/: not an address: invalid port ":port" after host`,
		`an address that is not shown: not an address: invalid URL escape "%re"`)
}

func TestListOnStandardInput(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{"a.txt": "A.", "b.txt": "B.", "c.txt": "C."})
	g := quick()
	g.Stdin = strings.NewReader("# the flood\r\n" + folder + "/b.txt\r\n\n  " + folder + "/a.txt\n-\n" +
		strings.Repeat("x", longestName+1) + "\n" + folder + "/b.txt")
	check(t, outcome(t, g, []string{folder + "/"}, folder+"/c.txt", "-"),
		`c.txt: text/plain "C."`,
		`b.txt: text/plain "B."`,
		`a.txt: text/plain "A."`,
		`-:5: a list cannot hold itself`,
		`-:6: too large: more than 64 KiB`)
	check(t, outcome(t, quick(), nil, "-"), `-: there is no standard input to read`)
}
