package examples_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synoptic"
	"synoptic/collation"
	"synoptic/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds what is printed of the example to files that were read line
// by line. Write them anew with -update, and read the difference.
func TestGolden(t *testing.T) {
	t.Chdir("..") // places in the reports are as a reader of the README sees them
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := engine.Read(t.Context(), "examples/ferry-talks")
	if err != nil || len(reading.Problems) > 0 {
		t.Fatal(err, reading.Problems)
	}
	c, err := engine.Compare(t.Context(), reading.Articles)
	if err != nil {
		t.Fatal(err)
	}
	text := func(width int) func(io.Writer, *collation.Collation) error {
		return func(w io.Writer, c *collation.Collation) error {
			return report.Text(w, c, report.Options{Width: width, All: true})
		}
	}
	csv := func(s report.Section) func(io.Writer, *collation.Collation) error {
		return func(w io.Writer, c *collation.Collation) error { return report.CSV(w, c, s) }
	}
	for name, write := range map[string]func(io.Writer, *collation.Collation) error{
		"80.txt":      text(80),
		"140.txt":     text(140),
		"report.md":   report.Markdown,
		"figures.csv": csv(report.Figures),
		"quotes.csv":  csv(report.Quotes),
		"points.csv":  csv(report.Points),
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := write(&got, c); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("examples", "testdata", "ferry-talks", name)
			if *update {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
