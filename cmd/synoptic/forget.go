package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"synoptic"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"

	"github.com/spf13/cobra"
)

// forgetting is the flags of forget.
type forgetting struct {
	database
	articles []string
	outlet   string
	days     int
}

func newForget(c console) *cobra.Command {
	var f forgetting
	cmd := &cobra.Command{
		Use:   "forget",
		Short: "Remove articles for good, with their versions and their place in the search",
		Example: `  synoptic forget --article 3kq…
  synoptic forget --outlet example.com
  synoptic forget --older-than 90`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := none(cmd, args); err != nil {
				return err
			}
			return misused(cmd, f.check())
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), c) },
	}
	f.flags(cmd)
	cmd.Flags().StringSliceVar(&f.articles, "article", nil, "the article with this id")
	cmd.Flags().StringVar(&f.outlet, "outlet", "", "all articles of an outlet, by its domain or name")
	cmd.Flags().IntVar(&f.days, "older-than", 0, "all articles published more than `DAYS` ago")
	return cmd
}

func (f *forgetting) check() error {
	ways := 0
	for _, named := range []bool{len(f.articles) > 0, f.outlet != "", f.days != 0} {
		if named {
			ways++
		}
	}
	switch {
	case ways != 1:
		return errors.New("name what to forget by one of --article, --outlet, --older-than")
	case f.days < 0:
		return fmt.Errorf("--older-than %d: it cannot be less than 1", f.days)
	}
	return f.existing()
}

func (f *forgetting) run(ctx context.Context, c console) error {
	return f.with(ctx, c, nil, func(room *synoptic.Collection) error {
		n := len(f.articles)
		var err error
		switch {
		case n > 0:
			err = room.Forget(ctx, f.articles...)
		case f.outlet != "":
			n, err = room.ForgetAll(ctx, store.ArticleFilter{Outlet: f.outlet})
		default:
			n, err = room.ForgetAll(ctx, newsroom.Before(time.Now().AddDate(0, 0, -f.days)))
		}
		if err == nil && !f.quiet {
			fmt.Fprintf(c.Out, "forgot %d %s\n", n, plural(n, "article"))
		}
		return err
	})
}

// plural is a noun in the form that goes with n.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
