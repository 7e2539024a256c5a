package page

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// creditNames of the gold that fold to one, as the scorer of the stories has
// them.
var goldNames = map[string]string{
	"associated press": "ap", "the associated press": "ap", "agence france-presse": "afp", "press association": "pa",
	"thomson reuters": "reuters", "getty": "getty images", "european pressphoto agency": "epa",
}

func goldName(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if short, ok := goldNames[s]; ok {
		return short
	}
	return s
}

// TestStoryCredits scores the credits of real stories against their gold. The
// stories stand beside the repository, not in it.
func TestStoryCredits(t *testing.T) {
	golds, _ := filepath.Glob("../../../shared/stories/*/gold.json")
	if len(golds) == 0 {
		t.Skip("no stories beside the repository: ../shared/stories is not there")
	}
	for _, file := range golds {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Articles map[string]string
			Credits  map[string][]string
		}
		if err := json.Unmarshal(raw, &gold); err != nil {
			t.Fatal(err)
		}
		found, want, both := 0, 0, 0
		for key, name := range gold.Articles {
			body, err := os.ReadFile(filepath.Join(filepath.Dir(file), name))
			if err != nil {
				t.Fatal(err)
			}
			in := Input{Place: name, Body: body}
			checkArticle(t, in)
			if strings.HasSuffix(name, ".txt") {
				checkLetters(t, in)
			}
			a, err := Read(in)
			if err != nil {
				t.Error(err)
				continue
			}
			right := map[string]bool{}
			for _, c := range gold.Credits[key] {
				right[goldName(c)] = true
			}
			got := map[string]bool{}
			for _, c := range a.Credits {
				got[goldName(c.Agency)] = true
			}
			want += len(right)
			found += len(got)
			for c := range got {
				if right[c] {
					both++
				} else {
					t.Logf("%s: %s is not in the gold", name, c)
				}
			}
		}
		p, r := float64(both)/float64(max(found, 1)), float64(both)/float64(max(want, 1))
		f1 := 2 * p * r / max(p+r, 1e-9)
		t.Logf("%s: credits P %.3f R %.3f F1 %.3f", filepath.Base(filepath.Dir(file)), p, r, f1)
		if f1 < 0.85 {
			t.Errorf("%s: credits F1 %.3f, want at least 0.85", filepath.Base(filepath.Dir(file)), f1)
		}
	}
}
