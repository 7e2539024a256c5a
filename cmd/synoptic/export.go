package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"synoptic"
	"synoptic/internal/newsroom"
	"synoptic/internal/store"

	"github.com/spf13/cobra"
)

// exporting is the flags of export.
type exporting struct {
	database
	format string
	output string
}

var exportFormats = []string{"jsonl", "warc", "opml"}

func newExport(c console) *cobra.Command {
	var f exporting
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write everything that is kept: articles, what was fetched, sources",
		Long: `Export writes a collection in forms that other programs read, and Synoptic too.

  --format jsonl   a record an article, with its story and its earlier versions
  --format warc    what was fetched, byte for byte (WARC/1.1, a gzip member a record)
  --format opml    the sources that are followed`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := none(cmd, args); err != nil {
				return err
			}
			if !slices.Contains(exportFormats, f.format) {
				return misused(cmd, fmt.Errorf("there is no format %q: it is one of %s", f.format, strings.Join(exportFormats, ", ")))
			}
			return misused(cmd, f.existing())
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), c) },
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&f.format, "format", "jsonl", "what to write: "+strings.Join(exportFormats, ", "))
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	return cmd
}

func (f *exporting) run(ctx context.Context, c console) error {
	return f.with(ctx, c, nil, func(room *synoptic.Collection) error {
		return into(f.output, c.Out, func(w io.Writer) error {
			switch f.format {
			case "warc":
				return room.ExportCaptures(ctx, w)
			case "opml":
				return room.View(ctx, func(r store.Reader) error {
					sources, err := r.Sources(ctx)
					if err != nil {
						return err
					}
					return newsroom.WriteList(w, sources)
				})
			}
			return room.Export(ctx, w, nil)
		})
	})
}
