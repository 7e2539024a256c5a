package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"synoptic"
	"synoptic/internal/alert"
	"synoptic/internal/analysis/figure"
	"synoptic/internal/web"
	"synoptic/internal/web/api"
	"synoptic/internal/web/mcp"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

// serving is the flags of serve.
type serving struct {
	database
	addr     string
	public   string
	hosts    []string
	password string
	noGather bool
	mail     mailing
}

// mailing is the flags that say how messages of alerts go out by mail.
type mailing struct {
	server   string
	from     string
	user     string
	password string
	security string
}

// sender is the mail server that the flags name; the zero value sends nothing.
func (m mailing) sender() (alert.Mail, error) {
	if m.server == "" {
		return alert.Mail{}, nil
	}
	host, port, found := strings.Cut(m.server, ":")
	number := 0
	if found {
		var err error
		if number, err = strconv.Atoi(port); err != nil || number < 1 || number > 65535 {
			return alert.Mail{}, fmt.Errorf("--mail-server %q: no port behind the colon", m.server)
		}
	}
	if m.from == "" {
		return alert.Mail{}, errors.New("--mail-server needs --mail-from, the mailbox that messages come from")
	}
	ways := map[string]alert.Security{"starttls": alert.StartTLS, "tls": alert.FullTLS, "none": alert.Clear}
	security, ok := ways[m.security]
	if !ok {
		return alert.Mail{}, fmt.Errorf("--mail-security %q: it is one of starttls, tls, none", m.security)
	}
	return alert.Mail{Host: host, Port: number, From: m.from, User: m.user, Password: m.password, Security: security}, nil
}

// checkPublic says why no address could be made of --public, and takes the slash
// at its end away: what follows begins with one.
func (f *serving) checkPublic() error {
	if f.public == "" {
		return nil
	}
	u, err := url.Parse(f.public)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("--public %q: an address is needed as in https://news.example", f.public)
	}
	if f.public = strings.TrimSuffix(f.public, "/"); strings.Trim(u.Path, "/") != "" {
		return fmt.Errorf("--public %q: no path can stand behind the host, the pages begin at /", f.public)
	}
	return nil
}

// localAddress is where browsers on this machine find what listens at an
// address; "" where it listens at all of the machine's: which of them others use
// is not known.
func localAddress(a net.Addr) string {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil || at.Addr().IsUnspecified() {
		return ""
	}
	return "http://" + at.String()
}

func newServe(c console) *cobra.Command {
	var f serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Follow the sources and show the stories in a browser",
		Long: `Serve asks the sources that are followed, groups what they bring into stories, and
shows them at an address of this machine. It stops on an interrupt.

Only this machine can reach it, unless --addr says otherwise; then a password
(synoptic password) or tokens (synoptic token) must have been set up.`,
		Example: `  synoptic serve
  synoptic serve --addr 0.0.0.0:8484 --public https://news.example`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := none(cmd, args); err != nil {
				return err
			}
			_, mail := f.mail.sender()
			return misused(cmd, errors.Join(mail, f.checkPublic()))
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), c) },
	}
	f.flags(cmd)
	f.reading(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8484", "where to listen")
	flags.StringVar(&f.public, "public", "", "the `ADDRESS` at which others reach it, where a proxy stands before it")
	flags.StringSliceVar(&f.hosts, "host", nil, "another host name to answer to")
	flags.StringVar(&f.password, "password", "", "the password, in place of the one that is set up; better by SYNOPTIC_PASSWORD than here")
	flags.BoolVar(&f.noGather, "no-gather", false, "ask no sources, only show what is kept")
	flags.StringVar(&f.mail.server, "mail-server", "", "`HOST[:PORT]` through which alerts go out by mail")
	flags.StringVar(&f.mail.from, "mail-from", "", "the mailbox that they come from")
	flags.StringVar(&f.mail.user, "mail-user", "", "who signs in to the mail server")
	flags.StringVar(&f.mail.password, "mail-password", "", "with which password; better by SYNOPTIC_MAIL_PASSWORD than here")
	flags.StringVar(&f.mail.security, "mail-security", "starttls", "starttls, tls, or none for a server on this machine")
	setting(cmd, "addr", "public", "host", "password", "no-gather",
		"mail-server", "mail-from", "mail-user", "mail-password", "mail-security")
	return cmd
}

func (f *serving) run(ctx context.Context, c console) error {
	log := logger(c.Err, f.quiet)
	return f.with(ctx, c, log, func(room *synoptic.Collection) error {
		password := ""
		if f.password != "" {
			password = web.HashPassword(f.password)
		}
		mail, err := f.mail.sender()
		if err != nil {
			return err
		}
		registry := prometheus.NewRegistry()
		measure(registry, &room.Counts)
		assistants := mcp.Options{Version: synoptic.Version, Log: log, Units: figure.Bases}
		reading := mcp.NewServer(room, assistants)
		assistants.Editor = true
		writing := mcp.NewServer(room, assistants)
		server, err := web.New(web.Options{
			Engine: room, Version: synoptic.Version, Logger: log, Registry: registry, Password: password,
			Hosts: f.hosts, Public: f.public,
			Mounts: []web.Mount{
				{
					Path: "/api/",
					Handler: api.New(room, api.Options{
						Version: synoptic.Version, Public: f.public, Log: log, User: web.User, Editor: web.Editor, Units: figure.Bases,
						Mail: f.mail.server != "",
					}),
					Reads: func(r *http.Request) bool { return r.URL.Path == "/api/compare" },
				},
				{
					Path: "/mcp",
					Handler: mcp.Handler(func(r *http.Request) *sdk.Server {
						if web.Editor(r) {
							return writing
						}
						return reading
					}),
					Reads: func(*http.Request) bool { return true }, // no tool changes anything
				},
			},
		})
		if err != nil {
			return err
		}
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.addr)
		if err != nil {
			return err
		}
		if err := server.May(ctx, listener.Addr()); err != nil {
			return errors.Join(err, listener.Close())
		}
		alerts := alert.New(room.Store, alert.Options{
			Version: synoptic.Version, Public: cmp.Or(f.public, localAddress(listener.Addr())), AllowPrivate: f.allowPrivate,
			Mail: mail, Wait: room.Wait, Log: log,
		})
		if !f.quiet {
			fmt.Fprintf(c.Err, "synoptic: http://%s (%s)\n", listener.Addr(), f.name)
		}
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return server.Serve(ctx, listener) })
		g.Go(func() error { return room.Tend(ctx) })
		g.Go(func() error { return alerts.Run(ctx) })
		if !f.noGather {
			g.Go(func() error { return room.Run(ctx) })
		}
		return g.Wait()
	})
}
