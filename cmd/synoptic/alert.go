package main

import (
	"cmp"
	"errors"
	"fmt"

	"synoptic"
	"synoptic/internal/store"

	"github.com/spf13/cobra"
)

func newAlert(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alert",
		Short: "Be told of stories that a search finds: add, list, remove",
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAlertAdd(c), newAlertList(c), newAlertRemove(c))
	return cmd
}

// alerting is the flags of alert add.
type alerting struct {
	database
	webhook, ntfy, mail string
	server              string // that serve sends mail through
}

// alert is what the flags say, checked.
func (f *alerting) alert(args []string) (store.Alert, error) {
	if len(args) != 1 {
		return store.Alert{}, errors.New("give it one search, in quotes")
	}
	var channel, target string
	for name, to := range map[string]string{store.Webhook: f.webhook, store.Ntfy: f.ntfy, store.Mail: f.mail} {
		if to == "" {
			continue
		}
		if channel != "" {
			return store.Alert{}, errors.New("an alert goes one way: name one of --webhook, --ntfy, --mail")
		}
		channel, target = name, to
	}
	if channel == "" {
		return store.Alert{}, errors.New("say where to with --webhook, --ntfy or --mail")
	}
	a := store.NewAlert(args[0], channel, target)
	if err := a.Check(); err != nil {
		return a, err
	}
	if channel == store.Mail && f.server == "" {
		return a, errors.New("no mail server is set: --mail needs the setting mail-server, which serve sends through")
	}
	return a, nil
}

func newAlertAdd(c console) *cobra.Command {
	var f alerting
	cmd := &cobra.Command{
		Use:   "add QUERY",
		Short: "Send a message for each story with an article that a search finds",
		Long: `Add keeps an alert. synoptic serve sends one message a story, not one an article:
to a webhook (signed), to a topic of ntfy, or to a mailbox. For mail a server must be
set, as mail-server in the settings that serve reads too, or here.`,
		Example: `  synoptic alert add 'ferry AND strike' --webhook https://desk.example/hook
  synoptic alert add 'speaker:"Ann Lee"' --mail desk@paper.example`,
		Args: func(cmd *cobra.Command, args []string) error {
			_, err := f.alert(args)
			return misused(cmd, err)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := f.alert(args)
			if err != nil {
				return err
			}
			return f.with(cmd.Context(), c, nil, func(room *synoptic.Collection) error {
				if err := room.SetAlert(cmd.Context(), a); err != nil {
					return err
				}
				fmt.Fprintf(c.Out, "alert %s\n", a.ID)
				if a.Channel == store.Webhook {
					fmt.Fprintf(c.Out, "signed with %s\n", a.Secret)
				}
				return nil
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&f.webhook, "webhook", "", "post to this `ADDRESS`")
	cmd.Flags().StringVar(&f.ntfy, "ntfy", "", "publish to this topic's `ADDRESS`")
	cmd.Flags().StringVar(&f.mail, "mail", "", "send to this `MAILBOX`")
	cmd.Flags().StringVar(&f.server, "mail-server", "", "`HOST[:PORT]` that serve sends mail through")
	setting(cmd, "mail-server")
	return cmd
}

func newAlertList(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the alerts, and why the last message of each could not be sent",
		Args:  d.noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return d.with(ctx, c, nil, func(room *synoptic.Collection) error {
				return room.View(ctx, func(r store.Reader) error {
					list, err := r.Alerts(ctx)
					for _, a := range list {
						state := "on"
						if a.Off {
							state = "off"
						}
						fmt.Fprintf(c.Out, "%s  %-7s  %s  %q  %s\n", a.ID, a.Channel, a.Target, a.Query, cmp.Or(a.Problem, state))
					}
					return err
				})
			})
		},
	}
	d.flags(cmd)
	return cmd
}

func newAlertRemove(c console) *cobra.Command {
	var d database
	cmd := &cobra.Command{
		Use:   "remove ID",
		Short: "Let go of an alert",
		Args: func(cmd *cobra.Command, args []string) error {
			if err := oneName(cmd, args); err != nil {
				return err
			}
			return misused(cmd, d.existing())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), c, nil, func(room *synoptic.Collection) error {
				if err := room.DropAlert(cmd.Context(), args[0]); err != nil {
					return fmt.Errorf("alert %s: %w", args[0], err)
				}
				return nil
			})
		},
	}
	d.flags(cmd)
	return cmd
}
