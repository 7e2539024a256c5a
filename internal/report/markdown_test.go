package report_test

import (
	"bytes"
	"testing"

	"synoptic/internal/report"
)

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := report.Markdown(&b, strike(t)); err != nil {
		t.Fatal(err)
	}
	golden(t, "strike.md", b.String())
}
