package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"synoptic"
	"synoptic/article"
	"synoptic/collation"
	"synoptic/internal/report"
	"synoptic/story"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// comparison is the flags of compare.
type comparison struct {
	format       string
	section      string
	output       string
	open         bool
	one          bool
	noText       bool
	all          bool
	jobs         int
	quiet        bool
	allowPrivate bool
	noCache      bool
}

var formats = []string{"text", "markdown", "html", "json", "csv"}

func newCompare(c console) *cobra.Command {
	var f comparison
	cmd := &cobra.Command{
		Use:   "compare PATH|ADDRESS|-...",
		Short: "Lay accounts of one event side by side",
		Long: `Compare reads accounts and lays those that tell one event side by side.

An account is an HTML page, plain text or Markdown (a file, a folder, a glob), a
JSON record or JSON Lines, or the address of a page. "-" reads a list of
addresses and paths from standard input, one a line.

The exit status is 0 when all went well, 1 when something could not be read (the
rest is compared all the same), and 2 when the command line makes no sense.`,
		Example: `  synoptic compare examples/ferry-talks/*
  synoptic compare --format html -o talks.html --open page1.html page2.html
  synoptic compare --one --format json story/*.txt`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused(cmd, fmt.Errorf("no accounts are named"))
			}
			return misused(cmd, f.check())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), c, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.printing(cmd)
	flags.BoolVar(&f.one, "one", false, "take all accounts to tell one event")
	flags.IntVar(&f.jobs, "jobs", 0, "accounts read at once (0: one a processor)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print no progress and no notes")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "read from private and local addresses")
	flags.BoolVar(&f.noCache, "no-cache", false, "keep no copy of pages read from the web")
	setting(cmd, "jobs", "allow-private")
	return cmd
}

// printing adds the flags that say what to print.
func (f *comparison) printing(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "text", "what to print: "+strings.Join(formats, ", "))
	flags.StringVar(&f.section, "section", "", "with --format csv: "+sections())
	flags.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	flags.BoolVar(&f.open, "open", false, "show the page in a browser (html)")
	flags.BoolVar(&f.all, "all", false, "cut no list short (text)")
	flags.BoolVar(&f.noText, "no-text", false, "leave the accounts' texts out (json)")
}

func (f *comparison) check() error {
	switch {
	case !slices.Contains(formats, f.format):
		return fmt.Errorf("there is no format %q: it is one of %s", f.format, strings.Join(formats, ", "))
	case f.format == "csv" && !slices.Contains(report.Sections(), report.Section(f.section)):
		return fmt.Errorf("--format csv needs --section, one of %s", sections())
	case f.format != "csv" && f.section != "":
		return fmt.Errorf("--section goes with --format csv")
	case f.open && f.format != "html":
		return fmt.Errorf("--open goes with --format html")
	case f.jobs < 0:
		return fmt.Errorf("--jobs %d: it cannot be less than 0", f.jobs)
	}
	return nil
}

// sections lists what --section takes.
func sections() string {
	var names []string
	for _, s := range report.Sections() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func (f *comparison) run(ctx context.Context, c console, args []string) error {
	progress := newProgress(c.Err, f.quiet)
	engine, err := synoptic.Open(synoptic.Options{
		Jobs: f.jobs, AllowPrivate: f.allowPrivate, Cache: f.cache(), Input: c.In, Progress: progress.set,
	})
	if err != nil {
		return err
	}
	defer engine.Close()
	reading, err := engine.Read(ctx, args...)
	progress.done()
	if err != nil {
		return err
	}
	for _, p := range reading.Problems {
		fmt.Fprintf(c.Err, "synoptic: %s\n", p)
	}
	collations, err := f.collate(ctx, c, engine, reading)
	if err != nil {
		return err
	}
	if err := f.write(c, collations); err != nil {
		return err
	}
	if len(reading.Problems) > 0 {
		return errReported
	}
	return nil
}

// cache is the folder that pages read from the web are kept in, "" for none.
func (f *comparison) cache() string {
	if f.noCache {
		return ""
	}
	return pageCache()
}

// collate compares each story of the reading that has more than one account.
func (f *comparison) collate(ctx context.Context, c console, engine *synoptic.Engine, reading synoptic.Reading) ([]*collation.Collation, error) {
	if f.one || len(reading.Articles) < 2 {
		one, err := engine.Compare(ctx, reading.Articles, reading.Problems...)
		if err != nil {
			return nil, err
		}
		return []*collation.Collation{one}, nil
	}
	var collations []*collation.Collation
	for _, s := range engine.Group(reading.Articles, story.Picked) {
		articles := make([]*article.Article, len(s.Articles))
		for i, k := range s.Articles {
			articles[i] = reading.Articles[k]
		}
		if len(articles) < 2 {
			if !f.quiet {
				fmt.Fprintf(c.Err, "synoptic: %s: tells another event than the rest and is left out (--one takes all for one)\n", articles[0].Place)
			}
			continue
		}
		one, err := engine.Compare(ctx, articles, reading.Problems...)
		if err != nil {
			return nil, err
		}
		collations = append(collations, one)
	}
	if len(collations) == 0 {
		return nil, fmt.Errorf("no two of the %d accounts tell one event (--one takes all for one)", len(reading.Articles))
	}
	return collations, nil
}

func (f *comparison) write(c console, collations []*collation.Collation) error {
	if f.open && f.output == "" {
		dir, err := os.MkdirTemp("", "synoptic-")
		if err != nil {
			return err
		}
		f.output = filepath.Join(dir, "story.html")
	}
	err := into(f.output, c.Out, func(w io.Writer) error {
		for i, one := range collations {
			if i > 0 && f.format != "json" {
				if _, err := io.WriteString(w, "\n"); err != nil {
					return err
				}
			}
			if err := f.render(w, one); err != nil {
				return fmt.Errorf("writing the report: %w", err)
			}
		}
		return nil
	})
	if err == nil && f.open {
		err = show(f.output)
	}
	return err
}

func (f *comparison) render(w io.Writer, one *collation.Collation) error {
	switch f.format {
	case "json":
		return collation.Encode(w, one, !f.noText)
	case "markdown":
		return report.Markdown(w, one)
	case "html":
		return report.HTML(w, one)
	case "csv":
		return report.CSV(w, one, report.Section(f.section))
	}
	width, color := screen(w)
	return report.Text(w, one, report.Options{Width: width, Color: color, All: f.all})
}

// screen is the width of the terminal that w writes to, in columns, and whether
// to use colours. What is no terminal, such as a pipe to a pager, gets as many
// columns as COLUMNS says, else 100, and colours where CLICOLOR_FORCE asks for
// them (https://bixense.com/clicolors).
func screen(w io.Writer) (width int, color bool) {
	width = 100
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
		width = columns
	}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		force := os.Getenv("CLICOLOR_FORCE")
		return width, force != "" && force != "0" && os.Getenv("NO_COLOR") == ""
	}
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil {
		width = columns
	}
	return width, os.Getenv("NO_COLOR") == ""
}

// show opens a file in the system's browser.
func show(path string) error {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		cmd = exec.Command("open", path)
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
	default:
		cmd = exec.Command("xdg-open", path)
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("opening %s in a browser: %w", path, err)
	}
	return nil
}
