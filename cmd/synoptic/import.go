package main

import (
	"context"
	"errors"
	"fmt"

	"synoptic"
	"synoptic/collation"
	"synoptic/internal/newsroom"

	"github.com/spf13/cobra"
)

func newImport(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Keep what archives hold: WARC, WACZ, JSON Lines, folders of pages",
		Long: `Import reads archives and keeps the articles in them, each put to its story: WARC
and WACZ files, JSON Lines, pages, and folders of these.

An import that is broken off goes on where it stopped when it is called again.
What is known already changes nothing. What cannot be read is told with its
place, and the exit status is then 1.`,
		Example: `  synoptic import CC-NEWS-20310304.warc.gz
  synoptic import --db archive.db crawl.jsonl saved-pages/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused(cmd, errors.New("no archives are named"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return d.runImport(cmd.Context(), c, args) },
	}
	d.flags(cmd)
	d.reading(cmd)
	return cmd
}

func (d *database) runImport(ctx context.Context, c console, args []string) error {
	return d.with(ctx, c, logger(c.Err, d.quiet), func(room *synoptic.Collection) error {
		bar := newImportBar(c.Err, d.quiet)
		sum, err := room.Import(ctx, args, func(sum newsroom.Imported, problems []collation.Problem) {
			for _, p := range problems {
				bar.tell(p.String())
			}
			bar.set(sum)
		})
		bar.done()
		if err != nil {
			return fmt.Errorf("%w (%d articles are kept; the same command goes on from here)", err, sum.Articles+sum.Versions+sum.Unchanged)
		}
		digests := newDigestBar(c.Err, d.quiet)
		err = room.Digest(ctx, digests.count)
		digests.done()
		if err != nil {
			return err
		}
		if !d.quiet {
			fmt.Fprintf(c.Out, "kept %d new %s, %d new %s of known ones; %d unchanged, %d could not be read\n", sum.Articles,
				plural(sum.Articles, "article"), sum.Versions, plural(sum.Versions, "version"), sum.Unchanged, sum.Problems)
		}
		if sum.Problems > 0 {
			return errReported
		}
		return nil
	})
}
