package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"synoptic"
	"synoptic/internal/store"
	"synoptic/internal/web"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// changeAccess lets a command change who may use the pages of a collection from
// elsewhere. Servers that run heed it.
func (d *database) changeAccess(ctx context.Context, c console, change func(*web.Access) error) error {
	return d.with(ctx, c, nil, func(room *synoptic.Collection) error {
		return room.Store.Update(ctx, func(w store.Writer) error {
			a, err := web.ReadAccess(ctx, w)
			if err != nil {
				return err
			}
			if err := change(&a); err != nil {
				return err
			}
			return a.Keep(ctx, w)
		})
	})
}

func newPassword(c console) *cobra.Command {
	var d database
	var remove bool
	cmd := &cobra.Command{
		Use:   "password",
		Short: "Set the password of the pages, read from the terminal or standard input",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			hash := ""
			if !remove {
				secret, err := askSecret(c)
				if err != nil {
					return err
				}
				hash = web.HashPassword(secret)
			}
			return d.changeAccess(cmd.Context(), c, func(a *web.Access) error {
				a.Password = hash
				return nil
			})
		},
	}
	d.flags(cmd)
	cmd.Flags().BoolVar(&remove, "remove", false, "ask for no password any more")
	return cmd
}

// shortest is how many bytes a password must have.
const shortest = 10

// askSecret reads a password: from a terminal twice and unseen, else one line.
func askSecret(c console) (string, error) {
	if file, ok := c.In.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		var given [2]string
		for i, prompt := range []string{"Password: ", "Again: "} {
			fmt.Fprint(c.Err, prompt)
			secret, err := term.ReadPassword(int(file.Fd()))
			fmt.Fprintln(c.Err)
			if err != nil {
				return "", err
			}
			given[i] = string(secret)
		}
		if given[0] != given[1] {
			return "", errors.New("the two are not the same")
		}
		return given[0], longEnough(given[0])
	}
	line, err := bufio.NewReader(c.In).ReadString('\n')
	if err != nil && line == "" {
		return "", errors.New("no password on standard input")
	}
	secret := strings.TrimRight(line, "\r\n")
	return secret, longEnough(secret)
}

func longEnough(secret string) error {
	if len(secret) < shortest {
		return fmt.Errorf("a password has at least %d characters", shortest)
	}
	return nil
}

func newToken(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Give programs and feed readers a way in: list, add, remove",
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTokenAdd(c), newTokenList(c), newTokenRemove(c))
	return cmd
}

func newTokenAdd(c console) *cobra.Command {
	var d database
	var write bool
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Make a token and print it, this once",
		Args:  oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			secret := web.NewToken()
			err := d.changeAccess(cmd.Context(), c, func(a *web.Access) error {
				if slices.ContainsFunc(a.Tokens, func(t web.Token) bool { return t.Name == args[0] }) {
					return fmt.Errorf("there is a token %q already", args[0])
				}
				a.Tokens = append(a.Tokens, web.Token{Name: args[0], Hash: web.HashToken(secret), Write: write})
				return nil
			})
			if err == nil {
				fmt.Fprintln(c.Out, secret)
			}
			return err
		},
	}
	d.flags(cmd)
	cmd.Flags().BoolVar(&write, "write", false, "it may change things too")
	return cmd
}

func newTokenList(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the tokens by name",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return d.with(cmd.Context(), c, nil, func(room *synoptic.Collection) error {
				var a web.Access
				err := room.View(cmd.Context(), func(r store.Reader) (err error) {
					a, err = web.ReadAccess(cmd.Context(), r)
					return err
				})
				for _, t := range a.Tokens {
					may := "read"
					if t.Write {
						may = "read, write"
					}
					fmt.Fprintf(c.Out, "%s\t%s\n", t.Name, may)
				}
				return err
			})
		},
	}
	d.flags(cmd)
	return cmd
}

func newTokenRemove(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "remove NAME",
		Short: "Take a token back",
		Args:  oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.changeAccess(cmd.Context(), c, func(a *web.Access) error {
				n := len(a.Tokens)
				a.Tokens = slices.DeleteFunc(a.Tokens, func(t web.Token) bool { return t.Name == args[0] })
				if len(a.Tokens) == n {
					return fmt.Errorf("there is no token %q", args[0])
				}
				return nil
			})
		},
	}
	d.flags(cmd)
	return cmd
}

// oneName accepts one argument.
func oneName(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return misused(cmd, errors.New("give it one name"))
	}
	return nil
}
