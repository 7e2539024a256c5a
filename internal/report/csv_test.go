package report_test

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"synoptic/collation"
	"synoptic/internal/report"
)

func sheet(t *testing.T, c *collation.Collation, s report.Section) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.CSV(&b, c, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSV(t *testing.T) {
	c := strike(t)
	var all strings.Builder
	for _, s := range report.Sections() {
		all.WriteString("# " + string(s) + "\n" + sheet(t, c, s))
	}
	golden(t, "strike.csv", all.String())
}

// TestCSVReads reads every section back: rows as wide as their heads, offsets
// that give the text, and no cell of text that a spreadsheet would run.
func TestCSVReads(t *testing.T) {
	c := strike(t)
	numeric := map[string]bool{"start": true, "end": true, "value": true, "low": true, "high": true, "norm_value": true}
	for _, s := range report.Sections() {
		rows, err := csv.NewReader(strings.NewReader(sheet(t, c, s))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		column := map[string]int{}
		for i, name := range rows[0] {
			column[name] = i
		}
		if len(rows) < 2 {
			t.Errorf("%s: no rows", s)
		}
		for _, row := range rows[1:] {
			for name, i := range column {
				if !numeric[name] && row[i] != "" && strings.Contains("=+-@\t\r", row[i][:1]) {
					t.Errorf("%s: %s would run: %q", s, name, row[i])
				}
			}
			if _, ok := column["start"]; !ok {
				continue
			}
			account, _ := strconv.Atoi(strings.TrimPrefix(row[column["account"]], "a"))
			start, _ := strconv.Atoi(row[column["start"]])
			end, _ := strconv.Atoi(row[column["end"]])
			words := string([]rune(c.Accounts[account-1].Text)[start:end])
			if got := row[column["text"]]; got != words && got != "'"+words {
				t.Errorf("%s: %q stands where %q is said to", s, words, got)
			}
		}
	}
}

func TestCSVNumbers(t *testing.T) {
	c := strike(t)
	for i := range c.Figures[0].Cells {
		f := *c.Figures[0].Cells[i].Figure
		f.Value, f.Norm.Value = -3.5, -3.5e6
		c.Figures[0].Cells[i].Figure = &f
	}
	if got := sheet(t, c, report.Figures); !strings.Contains(got, ",-3.5,") || !strings.Contains(got, ",-3500000,") {
		t.Errorf("negative numbers are no numbers:\n%s", got)
	}
}

func TestCSVUnknownSection(t *testing.T) {
	var b bytes.Buffer
	if err := report.CSV(&b, strike(t), "figure"); err == nil || b.Len() > 0 {
		t.Errorf("wrote %q, error %v", b.String(), err)
	}
}
