package synoptic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"synoptic"
	"synoptic/article"
	"synoptic/collation"
)

func Example() {
	engine, err := synoptic.Open(synoptic.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer engine.Close()
	ctx := context.Background()
	reading, err := engine.Read(ctx, "examples/ferry-talks")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := engine.Compare(ctx, reading.Articles)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(c.Accounts), "accounts of", len(c.Origins), "origins")
	for _, o := range c.Origins {
		if len(o.Articles) > 1 {
			fmt.Printf("%s: %d accounts carry one copy\n", o.Name, len(o.Articles))
		}
	}
	// Output:
	// 6 accounts of 5 origins
	// AFP: 2 accounts carry one copy
}

func open(t *testing.T, o synoptic.Options) *synoptic.Engine {
	t.Helper()
	engine, err := synoptic.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// TestSameBytes: the order of the inputs and the number of workers change
// nothing.
func TestSameBytes(t *testing.T) {
	paths, err := filepath.Glob("examples/ferry-talks/*")
	if err != nil || len(paths) != 6 {
		t.Fatal(paths, err)
	}
	compare := func(jobs int, paths ...string) []byte {
		engine := open(t, synoptic.Options{Jobs: jobs})
		reading, err := engine.Read(t.Context(), paths...)
		if err != nil || len(reading.Problems) > 0 {
			t.Fatal(err, reading.Problems)
		}
		c, err := engine.Compare(t.Context(), reading.Articles)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := collation.Encode(&b, c, true); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	want := compare(1, paths...)
	for range paths {
		paths = append(paths[1:], paths[0])
		if got := compare(8, paths...); !bytes.Equal(got, want) {
			t.Fatalf("%v gives other bytes", paths)
		}
	}
	slices.Reverse(paths)
	if got := compare(2, paths...); !bytes.Equal(got, want) {
		t.Fatal("the reverse order gives other bytes")
	}
}

// TestSpans: what the readers and passes make of the example holds together.
func TestSpans(t *testing.T) {
	engine := open(t, synoptic.Options{})
	reading, err := engine.Read(t.Context(), "examples/ferry-talks")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range reading.Articles {
		if err := a.Check(); err != nil {
			t.Error(err)
		}
		n, err := engine.Annotate(t.Context(), a)
		if err != nil {
			t.Error(err)
			continue
		}
		if err := n.Check(a); err != nil {
			t.Error(err)
		}
		if n.Engine != synoptic.Version || !n.Layers.Has(article.Sentences|article.Tokens) {
			t.Errorf("%s: made by %q with %v", a.Place, n.Engine, n.Layers)
		}
	}
}

func TestReadProblems(t *testing.T) {
	engine := open(t, synoptic.Options{})
	reading, err := engine.Read(t.Context(), "examples/ferry-talks/aldmoor-register.json", "nowhere.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(reading.Articles) != 1 || len(reading.Problems) != 1 {
		t.Fatalf("%d articles, problems %v", len(reading.Articles), reading.Problems)
	}
	if p := reading.Problems[0]; p.Place != "nowhere.txt" || !strings.Contains(p.Err.Error(), "no such file") {
		t.Error(p)
	}
	if _, err := engine.Compare(t.Context(), reading.Articles); !errors.Is(err, synoptic.ErrTooFew) {
		t.Error(err)
	}
}

func TestCancelled(t *testing.T) {
	engine := open(t, synoptic.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := engine.Read(ctx, "examples/ferry-talks"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// gold is what a careful reader found in the example; examples/gold_test.go
// says what holds of it.
type gold struct {
	Articles map[string]string   `json:"articles"`
	Credits  map[string][]string `json:"credits"`
	Origins  [][]string          `json:"origins"`
	Quotes   []struct {
		Speaker  []string            `json:"speaker"`
		Variants map[string][]string `json:"variants"`
	} `json:"quotes"`
}

// TestGold holds the engine to the gold of the example: every origin, every
// credit and no other, and the quotations with their speakers.
func TestGold(t *testing.T) {
	data, err := os.ReadFile("examples/ferry-talks.gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var want gold
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	engine := open(t, synoptic.Options{})
	reading, err := engine.Read(t.Context(), "examples/ferry-talks")
	if err != nil {
		t.Fatal(err)
	}
	c, err := engine.Compare(t.Context(), reading.Articles)
	if err != nil {
		t.Fatal(err)
	}
	key := map[string]string{}
	for k, file := range want.Articles {
		key[file] = k
	}
	keys := make([]string, len(c.Accounts))
	for i, a := range c.Accounts {
		keys[i] = key[filepath.Base(a.Place)]
		var credits []string
		for _, credit := range a.Credits {
			credits = append(credits, credit.Agency)
		}
		slices.Sort(credits)
		gold := slices.Sorted(slices.Values(want.Credits[keys[i]]))
		if credits = slices.Compact(credits); !slices.Equal(credits, gold) {
			t.Errorf("%s credits %q, want %q", a.Place, credits, gold)
		}
	}
	var origins, wanted []string
	for _, o := range c.Origins {
		var members []string
		for _, i := range o.Articles {
			members = append(members, keys[i])
		}
		origins = append(origins, strings.Join(slices.Sorted(slices.Values(members)), ""))
	}
	for _, o := range want.Origins {
		wanted = append(wanted, strings.Join(slices.Sorted(slices.Values(o)), ""))
	}
	slices.Sort(origins)
	slices.Sort(wanted)
	if !slices.Equal(origins, wanted) {
		t.Errorf("origins %v, want %v", origins, wanted)
	}
	straight := strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")
	found, total := 0, 0
	for _, q := range want.Quotes {
		for k, parts := range q.Variants {
			for _, part := range parts {
				total++
				part = strings.TrimRight(straight.Replace(part), ".,")
				if slices.ContainsFunc(c.Quotes, func(row collation.Quote) bool {
					return slices.ContainsFunc(row.Variants, func(v collation.Variant) bool {
						return keys[v.Account()] == k && strings.TrimRight(straight.Replace(c.Words(v.Cite)), ".,") == part
					})
				}) {
					found++
				} else {
					t.Logf("not found in %s: %q", k, part)
				}
			}
		}
	}
	if 10*found < 9*total {
		t.Errorf("%d of %d quotations are found", found, total)
	}
}
