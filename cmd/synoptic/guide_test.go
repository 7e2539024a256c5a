package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"synoptic/article"
	"synoptic/collation"
)

const guideFile = "../../docs/researchers.md"

func readGuide(t *testing.T) string {
	guide, err := os.ReadFile(guideFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(guide)
}

// A guide says what to type and what then stands on the screen. Blocks marked
// "console" hold commands behind "$ ", each with its output. Blocks marked
// "python" are the cells of one notebook; a block marked "text" behind one is
// what it prints. A line of "…" stands for any number of lines. All run in one
// folder, in their order.
func TestGuide(t *testing.T) {
	dir, bin := t.TempDir(), t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := fmt.Sprintf("#!/bin/sh\n%s=1 exec %q \"$@\"\n", asProgram, self)
	if err := os.WriteFile(filepath.Join(bin, "synoptic"), []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	env := slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, settingEnv) })
	env = append(env, "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir)
	list := blocks(readGuide(t))
	cells := startNotebook(t, dir, env)
	kinds := map[string]int{}
	for i, b := range list {
		kinds[b.kind]++
		t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
			switch b.kind {
			case "console":
				for _, s := range steps(t, b.text) {
					cmd := exec.CommandContext(t.Context(), "sh", "-c", s.command)
					cmd.Dir, cmd.Env = dir, env
					out, err := cmd.CombinedOutput()
					compare(t, s.command, s.output, string(out), err)
				}
			case "python":
				if cells == nil {
					t.Skip("there is no python3 here")
				}
				want := ""
				if i+1 < len(list) && list[i+1].kind == "text" {
					want = list[i+1].text
				}
				out, err := cells.run(b.text)
				compare(t, b.text, want, out, err)
			case "text":
				if i == 0 || list[i-1].kind != "python" {
					t.Error("an output without a cell above it")
				}
			default:
				t.Errorf("a block marked %q is neither run nor compared", b.kind)
			}
		})
	}
	if kinds["console"] == 0 || kinds["python"] == 0 {
		t.Errorf("the guide has blocks %v: nothing to run", kinds)
	}
}

func compare(t *testing.T, what, want, got string, err error) {
	t.Helper()
	switch {
	case err != nil:
		t.Fatalf("%s\nfails\n%s%v", what, got, err)
	case !fits(want, got):
		t.Errorf("%s\nprints\n%s\nand the guide says\n%s", what, got, want)
	}
}

// notebook runs cells one after another; each sees what those before it made.
type notebook struct {
	in  io.WriteCloser
	out *bufio.Reader
}

// startNotebook starts one that ends with the test; it is nil where there is no
// python3.
func startNotebook(t *testing.T, dir string, env []string) *notebook {
	python, err := exec.LookPath("python3")
	if err != nil {
		return nil
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), python, "-c", `
import json, sys, traceback
names = {}
for cell in sys.stdin:
    try:
        exec(json.loads(cell), names)
    except Exception:
        traceback.print_exc(file=sys.stdout)
        print(end="\1")
    print(end="\0", flush=True)
`)
	cmd.Dir, cmd.Env = dir, append(env, "PYTHONUTF8=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the notebook: %v", err)
		}
	})
	return &notebook{in, bufio.NewReader(out)}
}

var errRaised = errors.New("an exception")

// run is what a cell prints; what it raises is printed too, and an error.
func (n *notebook) run(cell string) (string, error) {
	if err := json.NewEncoder(n.in).Encode(cell); err != nil {
		return "", err
	}
	out, err := n.out.ReadString(0)
	if err != nil {
		return out, err
	}
	out, raised := strings.CutSuffix(out[:len(out)-1], "\x01")
	if raised {
		return out, errRaised
	}
	return out, nil
}

type block struct {
	kind, text string
	line       int // of its first fence, from 1
}

var fence = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

func blocks(guide string) []block {
	var list []block
	for _, m := range fence.FindAllStringSubmatchIndex(guide, -1) {
		list = append(list, block{guide[m[2]:m[3]], guide[m[4]:m[5]], 1 + strings.Count(guide[:m[0]], "\n")})
	}
	return list
}

type step struct{ command, output string }

func steps(t *testing.T, text string) []step {
	var list []step
	for line := range strings.Lines(text) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			list = append(list, step{command: strings.TrimSpace(command)})
		} else if len(list) > 0 {
			list[len(list)-1].output += line
		} else {
			t.Fatalf("an output without a command above it: %s", line)
		}
	}
	return list
}

// fits reports whether an output is what a guide says; "…" on a line of its own
// stands for any lines.
func fits(want, got string) bool {
	var pattern strings.Builder
	for line := range strings.Lines(want) {
		if line == "…\n" {
			pattern.WriteString(`(?:.*\n)*`)
		} else {
			pattern.WriteString(regexp.QuoteMeta(line))
		}
	}
	return regexp.MustCompile(`\A` + pattern.String() + `\z`).MatchString(got)
}

func TestFits(t *testing.T) {
	for _, test := range []struct {
		want, got string
		fits      bool
	}{
		{"", "", true},
		{"", "a\n", false},
		{"a\n…\nd\n", "a\nb\nc\nd\n", true},
		{"a\n…\nd\n", "a\nd\n", true},
		{"a\n…\nd\n", "a\nbd\n", false},
		{"a…\n", "abc\n", false},
		{"a.c\n", "abc\n", false},
		{"…\n", "", true},
	} {
		if got := fits(test.want, test.got); got != test.fits {
			t.Errorf("%q fits %q: %v", test.got, test.want, got)
		}
	}
}

// The tables of the guide have a row for each field that can be printed, also
// for those that the example has not, with its type, and no row for another.
func TestGuideExplainsEveryField(t *testing.T) {
	guide := readGuide(t)
	for _, c := range []struct {
		heading string
		fields  []field
	}{
		{"## The JSON of compare", fieldsOf(collation.Contract(), "", map[string]string{"jsonCite": "cite", "jsonSource": "source"})},
		{"## The JSON of annotate", fieldsOf(article.Contract(), "", map[string]string{"jsonSpan": "span"})},
	} {
		var want []string
		for _, f := range c.fields {
			want = append(want, f.path+"  "+f.kind)
		}
		got := explained(t, guide, c.heading)
		for _, f := range want {
			if n := count(got, f); n != 1 {
				t.Errorf("%s: %d rows for %s", c.heading, n, f)
			}
		}
		for _, f := range got {
			if !slices.Contains(want, f) {
				t.Errorf("%s: there is no %s", c.heading, f)
			}
		}
	}
	var out, errs bytes.Buffer
	if status := run(t.Context(), []string{"group", "-q", "../../examples/ferry-talks"}, console{In: strings.NewReader(""), Out: &out, Err: &errs}); status != ok {
		t.Fatalf("group: %s", &errs)
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	var want []string
	for _, m := range regexp.MustCompile(`"(\w+)":`).FindAllStringSubmatch(line, -1) {
		want = append(want, m[1]+"  string")
	}
	if got := explained(t, guide, "## The JSON of group"); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("group prints %v, and the guide has %v", want, got)
	}
}

func count(list []string, of string) int {
	n := 0
	for _, s := range list {
		if s == of {
			n++
		}
	}
	return n
}

// field is a place in a JSON object: "figures[].cells[].low".
type field struct{ path, kind string }

// fieldsOf lists the fields of the JSON of t, named from prefix. Types in shapes
// are listed once, under the name that they have there.
func fieldsOf(t reflect.Type, prefix string, shapes map[string]string) []field {
	seen := map[string]bool{}
	var list []field
	var walk func(t reflect.Type, prefix string)
	shape := func(t reflect.Type) string {
		name := shapes[t.Name()]
		if name != "" && !seen[name] {
			seen[name] = true
			walk(t, name+".")
		}
		return name
	}
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			f := t.Field(i)
			inner := f.Type
			if f.Anonymous {
				if inner.Kind() == reflect.Pointer {
					inner = inner.Elem()
				}
				if shape(inner) == "" {
					walk(inner, prefix)
				}
				continue
			}
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			path, kind := prefix+name, ""
			for inner.Kind() == reflect.Slice {
				inner, path, kind = inner.Elem(), path+"[]", kind+"list of "
			}
			nullable := inner.Kind() == reflect.Pointer
			if nullable {
				inner = inner.Elem()
			}
			below := ""
			switch inner.Kind() {
			case reflect.String:
				kind += "string"
			case reflect.Bool:
				kind += "boolean"
			case reflect.Int:
				kind += "integer"
			case reflect.Float64:
				kind += "number"
			case reflect.Struct:
				named := shape(inner)
				if named == "" {
					named, below = "object", path+"."
					if inner.NumField() > 0 && inner.Field(0).Anonymous {
						named = shape(inner.Field(0).Type) + "+"
					}
				}
				kind += named
			default:
				panic("a field of kind " + inner.Kind().String())
			}
			switch {
			case strings.Contains(options, "omitempty"):
				kind += "?"
			case nullable:
				kind += " or null"
			}
			list = append(list, field{path, kind})
			if below != "" {
				walk(inner, below)
			}
		}
	}
	walk(t, prefix)
	return list
}

var (
	row  = regexp.MustCompile("(?m)^\\| (`[^|]*`) \\| ([^|]*) \\| [^|]*\\w[^|]* \\|$")
	code = regexp.MustCompile("`([^`]*)`")
)

// explained lists the fields that have a row below a heading of the guide, as
// path and type.
func explained(t *testing.T, guide, heading string) []string {
	_, section, found := strings.Cut(guide, "\n"+heading+"\n")
	if !found {
		t.Fatalf("the guide has no %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var list []string
	for _, m := range row.FindAllStringSubmatch(section, -1) {
		for _, c := range code.FindAllStringSubmatch(m[1], -1) {
			list = append(list, c[1]+"  "+m[2])
		}
	}
	return list
}
