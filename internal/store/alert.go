package store

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
)

// The channels of alerts.
const (
	Webhook = "webhook" // a POST of JSON, signed with the secret
	Ntfy    = "ntfy"    // a POST to a topic; the secret, where there is one, is its access token
	Mail    = "mail"    // a message to a mailbox
)

// NewAlert is an alert with an ID, and where its channel signs, a secret.
func NewAlert(query, channel, target string) Alert {
	a := Alert{ID: strings.ToLower(rand.Text()[:16]), Query: query, Channel: channel, Target: target}
	if channel == Webhook {
		key := make([]byte, 32)
		_, _ = rand.Read(key) // never fails
		a.Secret = SecretPrefix + base64.StdEncoding.EncodeToString(key)
	}
	return a
}

// SecretPrefix begins the secret of a webhook; what follows is base64 of the
// key, as the Standard Webhooks specification has it.
const SecretPrefix = "whsec_"

// Key is the bytes that a webhook is signed with. A secret that is no base64
// stands for its own bytes.
func (a Alert) Key() []byte {
	body := strings.TrimPrefix(a.Secret, SecretPrefix)
	if key, err := base64.StdEncoding.DecodeString(body); err == nil {
		return key
	}
	return []byte(body)
}

// Check says why no message could ever come of an alert: a query that cannot be
// read, a channel that there is not, a target that the channel cannot reach.
func (a Alert) Check() error {
	if _, err := ParseQuery(a.Query); err != nil {
		return err
	}
	if strings.TrimSpace(a.Query) == "" {
		return &QueryError{0, "there is nothing in it to look for"}
	}
	switch a.Channel {
	case Webhook, Ntfy:
		u, err := url.Parse(a.Target)
		switch {
		case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
			return fmt.Errorf("target %q: an address that begins with https:// or http:// is needed", a.Target)
		case u.User != nil:
			return fmt.Errorf("target of %s: a name or password in an address would be shown with the alert", u.Host)
		case a.Channel == Ntfy && strings.Trim(u.Path, "/") == "":
			return fmt.Errorf("target %q: the topic is missing", a.Target)
		}
	case Mail:
		m, err := mail.ParseAddress(a.Target)
		if err != nil || m.Name != "" {
			return fmt.Errorf("target %q: a bare mailbox is needed (desk@example.org)", a.Target)
		}
	default:
		return fmt.Errorf("there is no channel %q: it is one of webhook, ntfy, mail", a.Channel)
	}
	return nil
}
