package main

import (
	"context"
	"fmt"
	"strings"

	"synoptic"
	"synoptic/collation"
	"synoptic/internal/store"

	"github.com/spf13/cobra"
)

// listing is the flags of stories and search.
type listing struct {
	database
	limit int
}

// check says why the flags cannot be followed.
func (f *listing) check() error {
	if f.limit < 1 {
		return fmt.Errorf("--limit %d: it cannot be less than 1", f.limit)
	}
	return f.existing()
}

func newStories(c console) *cobra.Command {
	var f listing
	cmd := &cobra.Command{
		Use:   "stories [QUERY]",
		Short: "List the stories that are kept, the best supported and freshest first",
		Example: `  synoptic stories
  synoptic stories 'ferry AND outlet:example.com'`,
		Args: func(cmd *cobra.Command, _ []string) error { return misused(cmd, f.check()) },
		RunE: func(cmd *cobra.Command, args []string) error { return f.stories(cmd.Context(), c, args) },
	}
	f.flags(cmd)
	cmd.Flags().IntVar(&f.limit, "limit", 30, "how many to list")
	return cmd
}

func newSearch(c console) *cobra.Command {
	var f listing
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the articles that are kept",
		Long: `Search lists the articles that fit a query, best first:

  words                 all of them, in any form of theirs
  "a phrase"            these words in a row
  AND OR NOT ( )        combined
  outlet:bbc.co.uk      of one outlet, by domain or name
  speaker:"Ann Lee"     in which somebody speaks
  from:2025-03-01       published on that day or later; to: for the other end
  lang:en               in one language

Whatever can stand in a query can be combined: ferry NOT outlet:bbc.co.uk. AND
binds closer than OR. Several outlets beside each other mean one of them.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return misused(cmd, fmt.Errorf("there is nothing to search for"))
			}
			return misused(cmd, f.check())
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.search(cmd.Context(), c, args) },
	}
	f.flags(cmd)
	cmd.Flags().IntVar(&f.limit, "limit", 20, "how many to list")
	return cmd
}

func (f *listing) stories(ctx context.Context, c console, args []string) error {
	var filter store.StoryFilter
	if len(args) > 0 {
		q, err := store.ParseQuery(strings.Join(args, " "))
		if err != nil {
			return usageError{command: "stories ", err: err}
		}
		filter.Query = &q
	}
	return f.with(ctx, c, nil, func(room *synoptic.Collection) error {
		return room.View(ctx, func(r store.Reader) error {
			list, _, err := r.Stories(ctx, filter, store.Page{Limit: f.limit})
			for _, s := range list {
				fmt.Fprintf(c.Out, "%s  %s  %s  %s\n", s.ID, s.Last.UTC().Format("2006-01-02"), support(s), s.Title)
			}
			return err
		})
	})
}

// support is how many tell a story, of origins only once they are counted.
func support(s store.Story) string {
	accounts := fmt.Sprintf("%2d %s", s.Articles, plural(s.Articles, "account"))
	if !s.Counted() {
		return accounts
	}
	return fmt.Sprintf("%s, %d %s", accounts, s.Origins, plural(s.Origins, "origin"))
}

func (f *listing) search(ctx context.Context, c console, args []string) error {
	q, err := store.ParseQuery(strings.Join(args, " "))
	if err != nil {
		return usageError{command: "search ", err: err}
	}
	return f.with(ctx, c, nil, func(room *synoptic.Collection) error {
		return room.View(ctx, func(r store.Reader) error {
			hits, _, err := r.Search(ctx, q, store.Page{Limit: f.limit})
			for _, h := range hits {
				fmt.Fprintf(c.Out, "%s  %s  %s\n    %s\n", h.ID, h.Published, h.Headline(), h.Snippet)
			}
			return err
		})
	})
}

func newStory(c console) *cobra.Command {
	var d database
	var f comparison
	cmd := &cobra.Command{
		Use:   "story ID",
		Short: "Lay the accounts of a story that is kept side by side",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misused(cmd, fmt.Errorf("name one story by its id (synoptic stories lists them)"))
			}
			if err := f.check(); err != nil {
				return misused(cmd, err)
			}
			return misused(cmd, d.existing())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), c, nil, func(room *synoptic.Collection) error {
				one, err := room.Lay(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return f.write(c, []*collation.Collation{one})
			})
		},
	}
	d.flags(cmd)
	f.printing(cmd)
	return cmd
}
