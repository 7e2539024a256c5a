package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"synoptic"
	"synoptic/internal/store"

	"github.com/spf13/cobra"
)

// following is the flags of follow.
type following struct {
	database
	folder string
}

func newFollow(c console) *cobra.Command {
	var f following
	cmd := &cobra.Command{
		Use:   "follow ADDRESS|OPML...",
		Short: "Add sources: feeds, news sitemaps, pages, or a list of feeds",
		Long: `Follow adds sources to a collection. An address is asked what it holds: a feed, a
news sitemap, or a page; a page that names a feed stands for the feed, and one
that names none is watched for changes itself. A file is a list of feeds (OPML).

Sources are read by synoptic gather, once, and by synoptic serve, as they go.`,
		Example: `  synoptic follow https://outlet.example/feed.xml
  synoptic follow --folder wires subscriptions.opml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused(cmd, errors.New("no sources are named"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), c, args) },
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&f.folder, "folder", "", "the folder to put addresses into")
	cmd.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "read from private and local addresses")
	setting(cmd, "allow-private")
	return cmd
}

func (f *following) run(ctx context.Context, c console, args []string) error {
	return f.with(ctx, c, nil, func(room *synoptic.Collection) error {
		failed := false
		fail := func(err error) {
			fmt.Fprintf(c.Err, "synoptic: %v\n", err)
			failed = true
		}
		for _, arg := range args {
			if _, err := os.Stat(arg); err == nil && !isAddress(arg) {
				if err := f.list(ctx, c, room, arg, fail); err != nil {
					fail(fmt.Errorf("%s: %w", arg, pathless(err)))
				}
				continue
			}
			s, err := room.Follow(ctx, arg, f.folder)
			if err != nil {
				fail(err)
				continue
			}
			if !f.quiet {
				fmt.Fprintf(c.Out, "follows %s %s\n", s.Kind, titled(s))
			}
		}
		if failed {
			return errReported
		}
		return nil
	})
}

// list adds the sources of a file.
func (f *following) list(ctx context.Context, c console, room *synoptic.Collection, path string, fail func(error)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	added, problems, err := room.FollowList(ctx, file)
	for _, p := range problems {
		fail(fmt.Errorf("%s: %s", path, p))
	}
	if err == nil && !f.quiet {
		fmt.Fprintf(c.Out, "follows %d %s of %s\n", len(added), plural(len(added), "source"), path)
	}
	return err
}

func isAddress(s string) bool { return strings.Contains(s, "://") }

func titled(s store.Source) string {
	if s.Title == "" {
		return s.Address
	}
	return fmt.Sprintf("%s (%s)", s.Address, s.Title)
}

func newUnfollow(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "unfollow ADDRESS...",
		Short: "Let go of sources; what they have led to stays",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused(cmd, errors.New("no sources are named"))
			}
			return misused(cmd, d.existing())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return d.with(ctx, c, nil, func(room *synoptic.Collection) error {
				var sources []store.Source
				err := room.View(ctx, func(r store.Reader) (err error) {
					sources, err = r.Sources(ctx)
					return err
				})
				if err != nil {
					return err
				}
				failed := false
				for _, arg := range args {
					id := arg
					for _, s := range sources {
						if s.Address == arg {
							id = s.ID
						}
					}
					if err := room.Unfollow(ctx, id); err != nil {
						fmt.Fprintf(c.Err, "synoptic: %s: it is not followed\n", arg)
						failed = true
					}
				}
				if failed {
					return errReported
				}
				return nil
			})
		},
	}
	d.flags(cmd)
	return cmd
}

func newSources(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "List the sources that are followed, and how each does",
		Args:  d.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return d.with(ctx, c, nil, func(room *synoptic.Collection) error {
				return room.View(ctx, func(r store.Reader) error {
					sources, err := r.Sources(ctx)
					for _, s := range sources {
						fmt.Fprintf(c.Out, "%-7s  %4d %-8s  %s  %s\n", s.Kind, s.Articles, plural(s.Articles, "article"), health(s), titled(s))
					}
					return err
				})
			})
		},
	}
	d.flags(cmd)
	return cmd
}

// health says in a few words how a source does.
func health(s store.Source) string {
	day := func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }
	switch {
	case s.Gone:
		return "gone"
	case s.Tried.IsZero():
		return "not asked yet"
	case s.Failures > 0 && s.Answered.IsZero():
		return fmt.Sprintf("has never answered, %d tries: %s", s.Failures, s.Problem)
	case s.Failures > 0:
		return fmt.Sprintf("silent since %s: %s", day(s.Answered), s.Problem)
	}
	return "answered " + day(s.Answered)
}

func newGather(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "gather",
		Short: "Ask the sources that are due, once, and keep what they bring",
		Args:  d.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return d.with(ctx, c, logger(c.Err, d.quiet), func(room *synoptic.Collection) error {
				sum, err := room.Gather(ctx)
				if err != nil {
					return err
				}
				if err := room.Digest(ctx, nil); err != nil {
					return err
				}
				if !d.quiet {
					fmt.Fprintf(c.Out, "asked %d %s (%d failed), added %d %s, %d changed, %d could not be read\n",
						sum.Sources, plural(sum.Sources, "source"), sum.Failed, sum.Added, plural(sum.Added, "article"), sum.Changed, sum.Problems)
				}
				if sum.Failed > 0 || sum.Problems > 0 {
					return errReported
				}
				return nil
			})
		},
	}
	d.flags(cmd)
	d.reading(cmd)
	return cmd
}
