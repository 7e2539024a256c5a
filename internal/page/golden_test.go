package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synoptic/article"
)

var update = flag.Bool("update", false, "write the golden files")

// TestGolden reads every page of testdata and compares what comes out with the
// golden file beside it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(Read(Input{Place: filepath.Base(file), Body: body}))
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// dump is an article as lines of text; a "+" stands before paragraphs behind a
// gap.
func dump(a *article.Article, err error) string {
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "outlet: %s (%s)\naddress: %s\nauthors: %s\npublished: %v\nupdated: %v\nlanguage: %s\ncompleteness: %.2f\n",
		a.Outlet.Name, a.Outlet.Domain, a.Address, strings.Join(a.Authors, "; "), a.Published, a.Updated, a.Language, a.Completeness)
	for _, c := range a.Credits {
		fmt.Fprintf(&b, "credit: %s, %s: %q\n", c.Agency, c.Role, c.Span.Of(a.Text))
	}
	b.WriteByte('\n')
	for _, p := range a.Paragraphs {
		gap := " "
		if p.Gap {
			gap = "+"
		}
		fmt.Fprintf(&b, "%s%-8s %s\n", gap, p.Kind, p.Of(a.Text))
	}
	return b.String()
}
