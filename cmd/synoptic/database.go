package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"synoptic"

	"github.com/spf13/cobra"
)

// database is the flags of every command that works on a kept collection.
type database struct {
	name         string
	jobs         int
	quiet        bool
	allowPrivate bool
}

const defaultDatabase = "synoptic.db"

func (d *database) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&d.name, "db", defaultDatabase, "the collection: a file, or postgres://…")
	flags.BoolVarP(&d.quiet, "quiet", "q", false, "print no progress and no notes")
	setting(cmd, "db")
}

// reading adds the flags of the commands that read articles.
func (d *database) reading(cmd *cobra.Command) {
	cmd.Flags().IntVar(&d.jobs, "jobs", 0, "articles analysed at once (0: one a processor)")
	cmd.Flags().BoolVar(&d.allowPrivate, "allow-private", false, "read from private and local addresses")
	setting(cmd, "jobs", "allow-private")
}

// with opens the collection for as long as do takes.
func (d *database) with(ctx context.Context, c console, log *slog.Logger, do func(*synoptic.Collection) error) error {
	engine, err := synoptic.Open(synoptic.Options{Jobs: d.jobs, AllowPrivate: d.allowPrivate, Cache: pageCache(), Input: c.In})
	if err != nil {
		return err
	}
	defer engine.Close()
	collection, err := engine.OpenCollection(ctx, d.name, log)
	if err != nil {
		return err
	}
	err = do(collection)
	if closed := collection.Close(); err == nil {
		err = closed
	}
	return err
}

// existing is an error where the collection should be there and is not: reading
// commands begin none.
func (d *database) existing() error {
	if isAddress(d.name) {
		return nil
	}
	if _, err := os.Stat(d.name); err != nil {
		return fmt.Errorf("there is no collection %s yet (synoptic import or synoptic follow begins one)", d.name)
	}
	return nil
}

// noArguments accepts none, of a command on a collection that is there.
func (d *database) noArguments(cmd *cobra.Command, args []string) error {
	if err := none(cmd, args); err != nil {
		return err
	}
	return misused(cmd, d.existing())
}

// pageCache is the folder that pages read from the web are kept in, "" where
// the system has no place for it.
func pageCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "synoptic", "pages")
}

// logger writes what a command notes on its way to standard error.
func logger(w io.Writer, quiet bool) *slog.Logger {
	level := slog.LevelInfo
	if quiet {
		level = slog.LevelWarn
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
