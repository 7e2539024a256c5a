package main

import (
	"synoptic"
	"synoptic/internal/analysis/figure"
	"synoptic/internal/web/mcp"

	"github.com/spf13/cobra"
)

func newMCP(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Offer the collection to an assistant, on standard input and output",
		Long: `Mcp speaks the Model Context Protocol on standard input and output: an assistant
that starts it can list stories, read one side by side, search quotations and
figures, and compare texts. Nothing is changed. synoptic serve offers the same
at /mcp.`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log := logger(c.Err, true)
			return d.with(cmd.Context(), c, log, func(room *synoptic.Collection) error {
				server := mcp.NewServer(room, mcp.Options{Version: synoptic.Version, Log: log, Units: figure.Bases, Editor: true})
				return mcp.Serve(cmd.Context(), server, c.In, c.Out)
			})
		},
	}
	d.flags(cmd)
	d.reading(cmd)
	return cmd
}
