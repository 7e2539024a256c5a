package synoptic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"synoptic"
	"synoptic/article"
	"synoptic/collation"
)

func annotate(t *testing.T, jobs int, o synoptic.Annotation, paths ...string) (string, []collation.Problem) {
	t.Helper()
	engine, err := synoptic.Open(synoptic.Options{Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	var b bytes.Buffer
	problems, err := engine.AnnotateFiles(context.Background(), &b, o, paths...)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), problems
}

func file(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// answers are the objects of JSON Lines.
func answers(t *testing.T, out string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for line := range strings.Lines(out) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		all = append(all, one)
	}
	return all
}

func TestAnnotateLines(t *testing.T) {
	path := file(t, "lines.txt", "Two ferries left.\n\nThe pier’s shut. Why?\r\nlast")
	out, problems := annotate(t, 2, synoptic.Annotation{From: synoptic.LineForm, To: synoptic.JSONForm}, path)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := answers(t, out)
	if len(got) != 4 {
		t.Fatalf("%d answers for 4 lines", len(got))
	}
	for i, want := range []int{1, 0, 2, 1} {
		if n := len(got[i]["sentences"].([]any)); n != want {
			t.Errorf("line %d: %d sentences, want %d", i+1, n, want)
		}
		if place := fmt.Sprintf("%s:%d", path, i+1); got[i]["path"] != place {
			t.Errorf("path %v, want %s", got[i]["path"], place)
		}
	}
	last := got[2]["sentences"].([]any)[1].(map[string]any)
	if last["start"] != 17.0 || last["end"] != 21.0 {
		t.Errorf("offsets %v do not count characters", last)
	}
}

// TestAnnotateOrder: answers come in the order of the texts, whatever the number
// of workers.
func TestAnnotateOrder(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		b.WriteString(strings.Repeat(fmt.Sprintf("Boat %d left the pier at noon. ", i), i%17))
		b.WriteByte('\n')
	}
	path := file(t, "lines.txt", b.String())
	o := synoptic.Annotation{From: synoptic.LineForm, To: synoptic.JSONForm}
	one, _ := annotate(t, 1, o, path)
	many, _ := annotate(t, 8, o, path)
	if one != many {
		t.Error("the answers depend on the number of workers")
	}
	for i, a := range answers(t, one) {
		if want := fmt.Sprintf("%s:%d", path, i+1); a["path"] != want {
			t.Fatalf("answer %d is of %v", i, a["path"])
		}
	}
}

func TestAnnotateText(t *testing.T) {
	path := file(t, "a.txt", "A headline\n\nThe body. It's “short”.\n")
	out, _ := annotate(t, 1, synoptic.Annotation{From: synoptic.TextForm, To: synoptic.JSONForm}, path)
	got := answers(t, out)
	if len(got) != 1 || got[0]["path"] != path || len(got[0]["sentences"].([]any)) != 3 {
		t.Fatalf("got %s", out)
	}
	for _, field := range []string{"tokens", "entities", "moments", "figures", "attributions"} {
		if _, there := got[0][field].([]any); !there {
			t.Errorf("no list of %s", field)
		}
	}
}

func TestAnnotateDate(t *testing.T) {
	path := file(t, "lines.txt", "The ferry sank yesterday.\n")
	day := article.Date{Time: time.Date(2025, 7, 24, 0, 0, 0, 0, time.UTC), Precision: article.Day}
	out, _ := annotate(t, 1, synoptic.Annotation{From: synoptic.LineForm, To: synoptic.JSONForm, Published: day}, path)
	if !strings.Contains(out, `"value":"2025-07-23"`) {
		t.Errorf("yesterday is not the day before %v: %s", day, out)
	}
}

func TestAnnotateConllu(t *testing.T) {
	row := func(id int, form string) string { return fmt.Sprintf("%d\t%s%s\n", id, form, strings.Repeat("\t_", 8)) }
	in := "# sent_id = a\n" + row(1, "It's") + row(2, "Mr.") + row(3, "Ode") + "\n" + row(1, "Gone") + "\n"
	path := file(t, "in.conllu", in)
	out, problems := annotate(t, 2, synoptic.Annotation{From: synoptic.ConlluForm, To: synoptic.ConlluForm}, path)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var words []string
	for line := range strings.Lines(out) {
		if c := strings.Split(line, "\t"); len(c) == 10 {
			words = append(words, c[0]+c[1])
			if c[3] == "_" {
				t.Errorf("%s has no tag", c[1])
			}
		} else {
			words = append(words, strings.TrimSpace(line))
		}
	}
	if got, want := strings.Join(words, "|"), "# sent_id = a|1It's|2Mr.|3Ode||1Gone|"; got != want {
		t.Errorf("words and sentences became %q, want %q", got, want)
	}
	// A text goes out in the same form.
	out, _ = annotate(t, 1, synoptic.Annotation{From: synoptic.TextForm, To: synoptic.ConlluForm}, file(t, "a.txt", "He can't. She can.\n"))
	if !strings.Contains(out, "2-3\tcan't\t") || strings.Count(out, "# sent_id") != 2 {
		t.Errorf("got\n%s", out)
	}
}

func TestAnnotatePairs(t *testing.T) {
	path := file(t, "pairs.tsv", "The ferry sank off Lund.\tThe ferry sank off Lund.\nThe ferry sank off Lund.\tPrices rose.\nno tab\n")
	out, problems := annotate(t, 2, synoptic.Annotation{From: synoptic.PairForm, To: synoptic.JSONForm}, path)
	got := answers(t, out)
	if len(got) != 3 || got[0]["same"] != true || got[1]["same"] != false || got[2]["same"] != false {
		t.Errorf("got %v", got)
	}
	if len(problems) != 1 || problems[0].Place != path+":3" {
		t.Errorf("problems %v, want one of line 3", problems)
	}
}

// TestAnnotateProblems: what cannot be read is named, and the rest goes on.
func TestAnnotateProblems(t *testing.T) {
	good := file(t, "good.txt", "All well.")
	absent := filepath.Join(t.TempDir(), "absent.txt")
	broken := file(t, "latin.txt", "Caf\xe9 \x80 closed.")
	out, problems := annotate(t, 2, synoptic.Annotation{From: synoptic.TextForm, To: synoptic.JSONForm}, good, absent, broken, t.TempDir(), good)
	if got := answers(t, out); len(got) != 3 || got[1]["path"] != broken {
		t.Errorf("%d answers, want 3", len(got))
	}
	if len(problems) != 2 || problems[0].Place != absent || !errors.Is(problems[0].Err, os.ErrNotExist) {
		t.Errorf("problems %v", problems)
	}
	_, problems = annotate(t, 1, synoptic.Annotation{From: synoptic.ConlluForm, To: synoptic.JSONForm}, good)
	if len(problems) != 1 || !strings.Contains(problems[0].Err.Error(), "good.txt:1: 1 columns, not 10") {
		t.Errorf("problems %v", problems)
	}
}

// failing fails at every write.
type failing struct{}

var errFull = errors.New("the disk is full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestAnnotateEnds(t *testing.T) {
	engine, err := synoptic.Open(synoptic.Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	path := file(t, "lines.txt", strings.Repeat("A line.\n", 1000))
	o := synoptic.Annotation{From: synoptic.LineForm, To: synoptic.JSONForm}
	if _, err := engine.AnnotateFiles(context.Background(), failing{}, o, path); !errors.Is(err, errFull) {
		t.Errorf("error %v, want %v", err, errFull)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := engine.AnnotateFiles(ctx, &bytes.Buffer{}, o, path); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if _, err := engine.AnnotateFiles(context.Background(), &bytes.Buffer{}, synoptic.Annotation{From: "page", To: synoptic.JSONForm}); err == nil {
		t.Error("a form that does not exist was taken")
	}
}
