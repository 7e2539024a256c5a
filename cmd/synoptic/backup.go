package main

import (
	"fmt"

	"synoptic"

	"github.com/spf13/cobra"
)

func newBackup(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a whole copy of the collection, also while it is in use",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misused(cmd, fmt.Errorf("name the one file to write to"))
			}
			return misused(cmd, d.existing())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), c, nil, func(room *synoptic.Collection) error {
				return room.Store.Backup(cmd.Context(), args[0])
			})
		},
	}
	d.flags(cmd)
	return cmd
}
