// Command synoptic reads several accounts of one event and lays them side by
// side.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"synoptic"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}

// console is where a command reads and writes.
type console struct {
	In       io.Reader
	Out, Err io.Writer
}

// Exit statuses.
const (
	ok     = 0
	failed = 1 // something could not be read or done; what could be was
	misuse = 2 // the command line makes no sense
)

// run is the whole program, for main and for tests.
func run(ctx context.Context, args []string, c console) int {
	root := newRoot(c)
	root.SetArgs(args)
	root.SetIn(c.In)
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return ok
	case errors.Is(err, errReported):
		return failed
	case errors.As(err, &usage):
		fmt.Fprintf(c.Err, "synoptic: %v\nSee 'synoptic %s--help'.\n", err, usage.command)
		return misuse
	}
	fmt.Fprintf(c.Err, "synoptic: %v\n", err)
	return failed
}

// errReported ends a command whose problems have been printed already.
var errReported = errors.New("some inputs could not be read")

// usageError is a command line that makes no sense.
type usageError struct {
	command string // "compare ", "" for the root
	err     error
}

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// misused marks the error of a command's flags and arguments.
func misused(cmd *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	name := ""
	if cmd.HasParent() {
		name = cmd.Name() + " "
	}
	return usageError{command: name, err: err}
}

func newRoot(c console) *cobra.Command {
	root := &cobra.Command{
		Use:   "synoptic",
		Short: "Read the news side by side",
		Long: `Synoptic reads several outlets' accounts of one event and lays them side by side:
what they agree on, where their figures differ, who said what in which words,
and what each leaves out. Every line points at the words that support it.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misused(cmd, fmt.Errorf("there is no command %q", args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(misused)
	under(root, "Without keeping anything:", newCompare(c), newGroup(c), newAnnotate(c))
	under(root, "A kept collection:", newServe(c), newImport(c), newFollow(c), newUnfollow(c), newSources(c), newGather(c),
		newStories(c), newStory(c), newSearch(c), newExport(c), newForget(c), newBackup(c))
	under(root, "Who is told and let in:", newAlert(c), newMCP(c), newPassword(c), newToken(c))
	under(root, "The program itself:", newConfig(c), newMan(c), newVersion(c))
	root.SetHelpCommandGroupID("The program itself:")
	root.SetCompletionCommandGroupID("The program itself:")
	settle(root)
	return root
}

// under adds commands below a heading of the help.
func under(root *cobra.Command, heading string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: heading, Title: heading})
	for _, cmd := range commands {
		cmd.GroupID = heading
	}
	root.AddCommand(commands...)
}

func newVersion(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the engine",
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(c.Out, "synoptic %s\n", synoptic.Version)
			return err
		},
	}
}

// none accepts no arguments.
func none(cmd *cobra.Command, args []string) error {
	return misused(cmd, cobra.NoArgs(cmd, args))
}
