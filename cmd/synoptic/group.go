package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"synoptic"
	"synoptic/article"
	"synoptic/story"

	"github.com/spf13/cobra"
)

// grouping is the flags of group.
type grouping struct {
	format       string
	output       string
	jobs         int
	quiet        bool
	allowPrivate bool
}

var groupFormats = []string{"json", "text"}

func newGroup(c console) *cobra.Command {
	var f grouping
	cmd := &cobra.Command{
		Use:   "group PATH|ADDRESS|-...",
		Short: "Put articles to the events that they tell",
		Long: `Group reads articles in their order of arrival and says which tell one event.

Articles are read as compare reads them; records that have a headline alone will
do. After the last one it prints a line for each, in their order: its address
(its place, where it has none) and the identifier of its story.

The exit status is 0 when all went well, 1 when something could not be read (the
rest is grouped all the same), and 2 when the command line makes no sense.`,
		Example: `  synoptic group crawl.jsonl
  synoptic group --format text pages/`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return misused(cmd, fmt.Errorf("no articles are named"))
			case !slices.Contains(groupFormats, f.format):
				return misused(cmd, fmt.Errorf("there is no format %q: it is one of %s", f.format, strings.Join(groupFormats, ", ")))
			case f.jobs < 0:
				return misused(cmd, fmt.Errorf("--jobs %d: it cannot be less than 0", f.jobs))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), c, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "json", "what to print: "+strings.Join(groupFormats, ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	flags.IntVar(&f.jobs, "jobs", 0, "articles read at once (0: one a processor)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print no progress")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "read from private and local addresses")
	return cmd
}

func (f *grouping) run(ctx context.Context, c console, args []string) error {
	progress := newProgress(c.Err, f.quiet)
	engine, err := synoptic.Open(synoptic.Options{
		Jobs: f.jobs, AllowPrivate: f.allowPrivate, Input: c.In, Progress: progress.set, Headlines: true,
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
	stories := engine.Gather(reading.Articles)
	write := writeGroups
	if f.format == "text" {
		write = listGroups
	}
	if err := into(f.output, c.Out, func(w io.Writer) error { return write(w, reading.Articles, stories) }); err != nil {
		return err
	}
	if len(reading.Problems) > 0 {
		return errReported
	}
	return nil
}

// writeGroups prints a line of JSON an article, in their order.
func writeGroups(w io.Writer, articles []*article.Article, stories []story.Story) error {
	of := make([]string, len(articles))
	for _, s := range stories {
		for _, i := range s.Articles {
			of[i] = s.ID
		}
	}
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for i, a := range articles {
		line := struct {
			URL   string `json:"url"`
			Story string `json:"story"`
		}{address(a), of[i]}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// listGroups prints the stories, the largest first, with their articles.
func listGroups(w io.Writer, articles []*article.Article, stories []story.Story) error {
	stories = slices.Clone(stories)
	slices.SortStableFunc(stories, func(a, b story.Story) int { return len(b.Articles) - len(a.Articles) })
	for k, s := range stories {
		if k > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s  %d\n", s.ID, len(s.Articles))
		for _, i := range s.Articles {
			a := articles[i]
			if _, err := fmt.Fprintf(w, "  %-10.10s  %s  %s\n", a.Published, a.Headline(), address(a)); err != nil {
				return err
			}
		}
	}
	return nil
}

// address is where an article stands on the web, or else where it was read.
func address(a *article.Article) string {
	if a.Address != "" {
		return a.Address
	}
	return a.Place
}
