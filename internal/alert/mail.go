package alert

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"time"

	"github.com/wneessen/go-mail"
)

// Mail is the server that messages to mailboxes go through. The zero value sends
// none.
type Mail struct {
	Host     string
	Port     int    // 0 means 587, or 465 with TLS
	From     string // mailbox that messages come from
	User     string // "" signs in nowhere
	Password string
	Security Security
	Config   *tls.Config // nil trusts what the machine trusts
}

// Security is how the connection to a mail server is kept from others.
type Security string

// The ways. With the first, a server that offers no STARTTLS is refused.
const (
	StartTLS Security = ""     // begin in the clear, then TLS
	FullTLS  Security = "tls"  // TLS from the beginning
	Clear    Security = "none" // nothing: for a server on the same machine
)

// send sends m. A message that the server has taken is sent, also when the
// parting from the server fails.
func (s Mail) send(ctx context.Context, m Message, timeout time.Duration) error {
	if s.Host == "" {
		return ErrNoMail
	}
	msg := mail.NewMsg()
	if err := msg.From(s.From); err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	if err := msg.To(m.Alert.Target); err != nil {
		return fmt.Errorf("mailbox: %w", err)
	}
	msg.Subject(m.Title())
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID + "@" + s.Host) // the same at every try
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("Idempotency-Key", m.ID)
	msg.SetBodyString(mail.TypeTextPlain, m.Text())

	options := []mail.Option{
		mail.WithTimeout(timeout), mail.WithoutNoop(), mail.WithoutRset(),
		// Whatever the library waits for ends with ctx: the connection is closed under it.
		mail.WithDialContextFunc(func(_ context.Context, network, address string) (net.Conn, error) {
			return s.dial(ctx, network, address)
		}),
	}
	port := s.Port
	switch s.Security {
	case StartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case FullTLS:
		if port == 0 {
			port = mail.DefaultPortSSL
		}
	case Clear:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return fmt.Errorf("there is no security %q: it is one of tls, none, or empty for STARTTLS", s.Security)
	}
	if port == 0 {
		port = mail.DefaultPortTLS
	}
	options = append(options, mail.WithPort(port))
	if s.Config != nil {
		options = append(options, mail.WithTLSConfig(s.Config))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return err
	}
	c, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return ended(ctx, err)
	}
	err = client.SendWithSMTPClient(c, msg)
	_ = client.CloseWithSMTPClient(c) // the message is with the server or is not, whatever it says now
	return ended(ctx, err)
}

// dial connects, and closes the connection when ctx ends.
func (s Mail) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var conn net.Conn
	var err error
	d := &net.Dialer{Timeout: connectTimeout}
	if s.Security == FullTLS {
		config := s.Config.Clone()
		if config == nil {
			config = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		if config.ServerName == "" {
			config.ServerName = s.Host
		}
		conn, err = (&tls.Dialer{NetDialer: d, Config: config}).DialContext(ctx, network, address)
	} else {
		conn, err = d.DialContext(ctx, network, address)
	}
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	return conn, nil
}

// ended is err, or why ctx ended where that is what cut the connection.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("mail server: %w", ctx.Err())
	}
	return err
}
