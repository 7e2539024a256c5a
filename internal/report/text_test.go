package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"synoptic/collation"
	"synoptic/internal/report"
)

func render(t *testing.T, c *collation.Collation, o report.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Text(&b, c, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	c := strike(t)
	golden(t, "strike-80.txt", render(t, c, report.Options{Width: 80}))
	golden(t, "strike-140.txt", render(t, c, report.Options{Width: 140}))
}

// TestTextFits holds every width to its promise, with and without styles: no
// line is wider, nothing but our own escape sequences is in it, and each line
// closes what it opens.
func TestTextFits(t *testing.T) {
	c := strike(t)
	escapes := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for width := 60; width <= 200; width++ {
		plain := render(t, c, report.Options{Width: width, All: true})
		for i, line := range strings.Split(plain, "\n") {
			if w := lipgloss.Width(line); w > width {
				t.Fatalf("width %d: line %d has %d: %s", width, i+1, w, line)
			}
		}
		if strings.ContainsAny(plain, "\x1b\u202e") {
			t.Fatalf("width %d: an account's control characters came through", width)
		}
		styled := render(t, c, report.Options{Width: width, All: true, Color: true})
		if escapes.ReplaceAllString(styled, "") != plain {
			t.Fatalf("width %d: styles change more than colours", width)
		}
		for i, line := range strings.Split(styled, "\n") {
			if all := escapes.FindAllString(line, -1); len(all) > 0 && all[len(all)-1] != "\x1b[m" {
				t.Fatalf("width %d: line %d leaves a style open: %q", width, i+1, line)
			}
		}
	}
}

func TestTextWidthIsHeld(t *testing.T) {
	c := strike(t)
	for _, same := range [][2]int{{0, 80}, {10, 60}, {-1, 60}, {999, 200}} {
		if render(t, c, report.Options{Width: same[0]}) != render(t, c, report.Options{Width: same[1]}) {
			t.Errorf("width %d is not laid out as %d", same[0], same[1])
		}
	}
}

// TestTextCaps counts what is shown of a long list.
func TestTextCaps(t *testing.T) {
	c := strike(t)
	single := c.Points[3]
	for range 10 {
		c.Points = append(c.Points, single)
	}
	words := c.Words(single.Text)
	short, long := render(t, c, report.Options{Width: 200}), render(t, c, report.Options{Width: 200, All: true})
	if n := strings.Count(short, words); n != 2 { // the cap of three shows it twice beside another
		t.Errorf("shown %d times, not 2", n)
	}
	if !strings.Contains(short, "and 9 more (--all)") {
		t.Errorf("does not say how many are left:\n%s", short)
	}
	if n := strings.Count(long, words); n != 12 || strings.Contains(long, "--all") {
		t.Errorf("all: shown %d times, not 12: once in the digest", n)
	}
}

// TestNothingToSay leaves out every section that is empty.
func TestNothingToSay(t *testing.T) {
	c := strike(t)
	bare := &collation.Collation{Accounts: c.Accounts, Origins: c.Origins}
	for _, heading := range []string{"Highlights", "Points", "Figures", "Quotations", "Positions", "Voices", "Naming", "Wording", "Timeline", "Problems"} {
		if strings.Contains(render(t, bare, report.Options{}), heading) {
			t.Errorf("text has the heading %s over nothing", heading)
		}
	}
	render(t, &collation.Collation{}, report.Options{})
}
