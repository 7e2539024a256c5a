package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"synoptic/internal/store"
)

// Why a message could not be sent.
var (
	ErrPrivate = errors.New("private or reserved addresses are not sent to unless allowed")
	ErrNoMail  = errors.New("no mail server is set")
	ErrGone    = errors.New("the receiver says that it is gone for good")
)

// Refusal is a receiver that answered, and did not take the message.
type Refusal struct {
	Status string
	Wait   time.Duration // how long it asks to be left alone; 0 where it does not say
}

// Error is what the receiver answered.
func (r *Refusal) Error() string { return "the receiver answered " + r.Status }

// Limits of one try.
const (
	connectTimeout = 10 * time.Second
	sendTimeout    = 30 * time.Second
	mostAnswer     = 64 << 10 // bytes of an answer that are read, for the connection's sake
)

// sender sends over HTTP and SMTP.
type sender struct {
	version string
	client  *http.Client
	mail    Mail
	timeout time.Duration
}

func newSender(o Options) *sender {
	d := &net.Dialer{Timeout: connectTimeout}
	if !o.AllowPrivate {
		d.Control = guard(ssrf.New(ssrf.WithAnyPort()).Safe)
	}
	return &sender{
		version: o.Version, mail: o.Mail, timeout: o.Timeout,
		client: &http.Client{
			// A redirect could lead a signed message to somebody else.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			// No proxy: it would be the one to connect, past the guard.
			Transport: &http.Transport{
				DialContext: d.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: connectTimeout,
				TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, IdleConnTimeout: 5 * time.Second, MaxResponseHeaderBytes: mostAnswer,
			},
		},
	}
}

// guard asks about the address of the very connection, after look-up, so that a
// name cannot lead elsewhere in between.
func guard(safe func(network, address string, c syscall.RawConn) error) func(string, string, syscall.RawConn) error {
	return func(network, address string, c syscall.RawConn) error {
		if safe(network, address, c) != nil {
			return ErrPrivate
		}
		return nil
	}
}

// send sends m over its alert's channel, in one try that ends in time.
func (s *sender) send(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	switch m.Alert.Channel {
	case store.Webhook:
		return s.webhook(ctx, m)
	case store.Ntfy:
		return s.ntfy(ctx, m)
	case store.Mail:
		return s.mail.send(ctx, m, s.timeout)
	}
	return fmt.Errorf("there is no channel %q", m.Alert.Channel)
}

// Sign is the signature of a webhook as the Standard Webhooks specification has
// it: HMAC-SHA256 over ID, time in seconds and body, with dots between.
func Sign(key []byte, id string, at time.Time, body []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func (s *sender) webhook(ctx context.Context, m Message) error {
	body, err := m.JSON()
	if err != nil {
		return err
	}
	return s.post(ctx, m.Alert.Target, body, http.Header{
		"Content-Type":      {"application/json"},
		"Webhook-Id":        {m.ID},
		"Webhook-Timestamp": {strconv.FormatInt(m.At.Unix(), 10)},
		"Webhook-Signature": {Sign(m.Alert.Key(), m.ID, m.At, body)},
		"Idempotency-Key":   {strconv.Quote(m.ID)},
	})
}

func (s *sender) ntfy(ctx context.Context, m Message) error {
	h := http.Header{
		"Content-Type": {"text/plain; charset=utf-8"},
		"Title":        {mime.BEncoding.Encode("utf-8", m.Title())},
		"Tags":         {"newspaper"},
	}
	if m.Link != "" {
		h.Set("Click", m.Link)
	}
	if m.Alert.Secret != "" {
		h.Set("Authorization", "Bearer "+m.Alert.Secret)
	}
	return s.post(ctx, m.Alert.Target, []byte(m.Counts()+"\nAlert: "+m.Alert.Query), h)
}

func (s *sender) post(ctx context.Context, target string, body []byte, h http.Header) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header = h
	r.Header.Set("User-Agent", "Synoptic/"+s.version)
	got, err := s.client.Do(r)
	if err != nil {
		// The client's error begins with the address, whose path or query is often as good as a password.
		var at *url.Error
		if errors.As(err, &at) {
			err = at.Err
		}
		return err
	}
	defer got.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(got.Body, mostAnswer)) // what it says beyond its status does not matter
	switch {
	case got.StatusCode/100 == 2:
		return nil
	case got.StatusCode == http.StatusGone:
		return ErrGone
	}
	wait, _ := strconv.Atoi(strings.TrimSpace(got.Header.Get("Retry-After"))) // a date is rare, and the back-off serves
	return &Refusal{got.Status, time.Duration(max(0, min(wait, int(mostWait/time.Second)))) * time.Second}
}
