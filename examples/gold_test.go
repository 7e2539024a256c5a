// Package examples_test holds the example stories to the rules of their gold.
package examples_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// gold is what a careful reader found by laying the accounts of a story side
// by side. Accounts are named by a letter.
type gold struct {
	Story    string              `json:"story"`
	Articles map[string]string   `json:"articles"` // file names in the story's folder
	Credits  map[string][]string `json:"credits"`
	Origins  [][]string          `json:"origins"`
	Points   []goldPoint         `json:"points"`
	Figures  []goldFigure        `json:"figures"`
	Quotes   []goldQuote         `json:"quotes"`
}

type goldPoint struct {
	Gist     string              `json:"gist"`
	Passages map[string][]string `json:"passages"`
}

type goldFigure struct {
	What    string                `json:"what"`
	Unit    string                `json:"unit"`
	Verdict string                `json:"verdict"`
	Cells   map[string][]goldCell `json:"cells"`
}

type goldCell struct {
	Text     string   `json:"text"`
	In       string   `json:"in"`
	Value    *float64 `json:"value"`
	Modifier string   `json:"modifier"`
}

type goldQuote struct {
	Speaker  []string            `json:"speaker"` // names that count as right, the fullest first
	Variants map[string][]string `json:"variants"`
}

var (
	verdicts  = []string{"same", "compatible", "differ", "single"}
	modifiers = []string{"exact", "about", "over", "under", "nearly"}
)

var straight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")

// fold makes white space and the style of quotation marks the same on both
// sides of a comparison.
func fold(s string) string {
	return strings.Join(strings.Fields(straight.Replace(s)), " ")
}

// words reads the words of an account: the title and text of a record, and of
// any other file all that it holds, mark-up too.
func words(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if filepath.Ext(path) != ".json" {
		return fold(string(data)), nil
	}
	var record struct{ Title, Text string }
	if err := json.Unmarshal(data, &record); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return fold(record.Title + "\n" + record.Text), nil
}

// checker collects the rules that a gold breaks.
type checker struct {
	accounts map[string]string // words by the account's letter, folded
	broken   []string
}

func (c *checker) fail(where, format string, args ...any) {
	c.broken = append(c.broken, where+": "+fmt.Sprintf(format, args...))
}

// known reports whether there is an account key.
func (c *checker) known(where, key string) bool {
	_, known := c.accounts[key]
	if !known {
		c.fail(where, "no account %q", key)
	}
	return known
}

// stands reports whether needle stands in account key, in one stretch of text
// without mark-up or character references.
func (c *checker) stands(where, key, needle string) bool {
	if !c.known(where, key) {
		return false
	}
	needle = fold(needle)
	switch {
	case needle == "":
		c.fail(where, "account %s: empty text", key)
	case strings.ContainsAny(needle, "<>&"):
		c.fail(where, "account %s: mark-up in %q", key, needle)
	case !strings.Contains(c.accounts[key], needle):
		c.fail(where, "account %s has no %q", key, needle)
	default:
		return true
	}
	return false
}

func (c *checker) credits(credits map[string][]string) {
	for key, names := range credits {
		for _, name := range names {
			c.stands("credits", key, name)
		}
	}
}

// origins checks that each account stands in one of them.
func (c *checker) origins(origins [][]string) {
	times := make(map[string]int)
	for _, origin := range origins {
		for _, key := range origin {
			c.known("origins", key)
			times[key]++
		}
	}
	for key := range c.accounts {
		if times[key] != 1 {
			c.fail("origins", "account %s stands in %d of them", key, times[key])
		}
	}
}

func (c *checker) point(p goldPoint) {
	where := fmt.Sprintf("point %q", p.Gist)
	if len(p.Passages) < 2 {
		c.fail(where, "fewer than two accounts say it")
	}
	for key, passages := range p.Passages {
		if len(passages) == 0 {
			c.fail(where, "account %s has no passage", key)
		}
		for _, passage := range passages {
			c.stands(where, key, passage)
		}
	}
}

func (c *checker) figure(f goldFigure) {
	where := fmt.Sprintf("figure %q", f.What)
	if !slices.Contains(verdicts, f.Verdict) {
		c.fail(where, "verdict %q", f.Verdict)
	}
	if (len(f.Cells) == 1) != (f.Verdict == "single") {
		c.fail(where, "%s with %d accounts", f.Verdict, len(f.Cells))
	}
	if f.Unit == "" {
		c.fail(where, "no unit")
	}
	values := make(map[float64]bool)
	for key, cells := range f.Cells {
		if len(cells) == 0 {
			c.fail(where, "account %s has no cell", key)
		}
		for _, cell := range cells {
			c.cell(where, key, cell)
			if cell.Value != nil {
				values[*cell.Value] = true
			}
		}
	}
	if f.Verdict == "same" && len(values) > 1 || f.Verdict == "differ" && len(values) < 2 {
		c.fail(where, "%s with %d values", f.Verdict, len(values))
	}
}

func (c *checker) cell(where, key string, cell goldCell) {
	if c.stands(where, key, cell.Text) && c.stands(where, key, cell.In) && !strings.Contains(fold(cell.In), fold(cell.Text)) {
		c.fail(where, "account %s: no %q in %q", key, cell.Text, cell.In)
	}
	if !slices.Contains(modifiers, cell.Modifier) {
		c.fail(where, "account %s: modifier %q", key, cell.Modifier)
	}
	if cell.Value == nil {
		c.fail(where, "account %s: %q has no value", key, cell.Text)
	}
}

// quote checks that each variant fills a pair of quotation marks, and that an
// account that gives it holds each name of its speaker.
func (c *checker) quote(i int, q goldQuote) {
	where := fmt.Sprintf("quote %d", i)
	if len(q.Speaker) == 0 || len(q.Variants) == 0 {
		c.fail(where, "no speaker or no variant")
	}
	var givers strings.Builder
	for key, parts := range q.Variants {
		givers.WriteString(c.accounts[key] + "\n")
		if len(parts) == 0 {
			c.fail(where, "account %s has no words of it", key)
		}
		for _, part := range parts {
			if c.stands(where, key, part) && !strings.Contains(c.accounts[key], `"`+fold(part)+`"`) {
				c.fail(where, "account %s: %q does not fill its quotation marks", key, part)
			}
		}
	}
	for _, name := range q.Speaker {
		if !strings.Contains(givers.String(), fold(name)) {
			c.fail(where, "no account that gives it names %q", name)
		}
	}
}

// check returns every rule that g breaks, given the words of its accounts.
func check(g *gold, accounts map[string]string) []string {
	c := &checker{accounts: accounts}
	c.credits(g.Credits)
	c.origins(g.Origins)
	for _, p := range g.Points {
		c.point(p)
	}
	for _, f := range g.Figures {
		c.figure(f)
	}
	for i, q := range g.Quotes {
		c.quote(i, q)
	}
	slices.Sort(c.broken)
	return c.broken
}

// read opens a gold and the words of its accounts, which stand in a folder
// named as the story beside it. Each file there is an account.
func read(t *testing.T, path string) (*gold, map[string]string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g := new(gold)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(g); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	folder := strings.TrimSuffix(path, ".gold.json")
	if g.Story != filepath.Base(folder) {
		t.Errorf("%s: story is named %q", path, g.Story)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]bool)
	for _, entry := range entries {
		files[entry.Name()] = true
	}
	accounts := make(map[string]string)
	for key, file := range g.Articles {
		if !files[file] {
			t.Errorf("%s: account %s: %s has no file %q of its own", path, key, folder, file)
			continue
		}
		delete(files, file)
		if accounts[key], err = words(filepath.Join(folder, file)); err != nil {
			t.Fatal(err)
		}
	}
	for file := range files {
		t.Errorf("%s: %q is no account", path, filepath.Join(folder, file))
	}
	return g, accounts
}

func TestGoldStandsInItsAccounts(t *testing.T) {
	paths, err := filepath.Glob("*.gold.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no gold here: %v", err)
	}
	for _, path := range paths {
		g, accounts := read(t, path)
		for _, line := range check(g, accounts) {
			t.Errorf("%s: %s", path, line)
		}
	}
}

func TestCheckFindsBrokenGold(t *testing.T) {
	nine, ten := 9.0, 10.0
	accounts := map[string]string{
		"a": `The pilots want 9 percent. "Not a penny less," said Ada Brook.`,
		"b": `Pilots ask for <b>10</b> percent. "Not a penny," said Brook.`,
	}
	whole := func() *gold {
		return &gold{
			Origins: [][]string{{"a"}, {"b"}},
			Points: []goldPoint{{"a rise", map[string][]string{
				"a": {"want 9 percent"}, "b": {"Pilots ask for"},
			}}},
			Figures: []goldFigure{{"rise", "percent", "differ", map[string][]goldCell{
				"a": {{"9 percent", "want 9 percent", &nine, "exact"}},
				"b": {{"percent", "percent.", &ten, "exact"}},
			}}},
			Quotes: []goldQuote{{[]string{"Ada Brook", "Brook"}, map[string][]string{
				"a": {"Not a penny  less,"}, "b": {"Not a penny,"},
			}}},
		}
	}
	if broken := check(whole(), accounts); len(broken) > 0 {
		t.Fatalf("gold that keeps the rules: %q", broken)
	}
	tests := []struct {
		name  string
		spoil func(*gold)
		want  string
	}{
		{"words not there", func(g *gold) { g.Points[0].Passages["a"][0] = "want nine" }, `has no "want nine"`},
		{"mark-up", func(g *gold) { g.Points[0].Passages["b"][0] = "for <b>10</b> percent" }, "mark-up"},
		{"unknown account", func(g *gold) { g.Points[0].Passages["z"] = []string{"x"} }, `no account "z"`},
		{"one account", func(g *gold) { delete(g.Points[0].Passages, "b") }, "fewer than two"},
		{"verdict", func(g *gold) { g.Figures[0].Verdict = "equal" }, `verdict "equal"`},
		{"same, yet two values", func(g *gold) { g.Figures[0].Verdict = "same" }, "same with 2 values"},
		{"modifier", func(g *gold) { g.Figures[0].Cells["a"][0].Modifier = "some" }, `modifier "some"`},
		{"no value", func(g *gold) { g.Figures[0].Cells["a"][0].Value = nil }, "has no value"},
		{"figure outside its words", func(g *gold) { g.Figures[0].Cells["a"][0].Text = "a penny" }, `no "a penny" in`},
		{"quote cut short", func(g *gold) { g.Quotes[0].Variants["a"][0] = "Not a penny" }, "quotation marks"},
		{"stranger", func(g *gold) { g.Quotes[0].Speaker[1] = "Field" }, `names "Field"`},
		{"origin twice", func(g *gold) { g.Origins[1] = []string{"a", "b"} }, "stands in 2"},
		{"credit", func(g *gold) { g.Credits = map[string][]string{"a": {"AFP"}} }, `has no "AFP"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := whole()
			test.spoil(g)
			if broken := check(g, accounts); !slices.ContainsFunc(broken, func(line string) bool {
				return strings.Contains(line, test.want)
			}) {
				t.Errorf("got %q, want a line with %q", broken, test.want)
			}
		})
	}
}
