package store

import (
	"bytes"
	"testing"
)

func TestAlertCheck(t *testing.T) {
	for _, c := range []struct {
		alert Alert
		good  bool
	}{
		{NewAlert("ferry talks", Webhook, "https://desk.example/hook"), true},
		{NewAlert(`outlet:"Aldmoor Register" strike`, Ntfy, "https://ntfy.example/desk"), true},
		{NewAlert("ferry", Mail, "desk@example.org"), true},
		{NewAlert(" ", Mail, "desk@example.org"), false},
		{NewAlert(`"ferry`, Mail, "desk@example.org"), false},
		{NewAlert("ferry", "pigeon", "loft"), false},
		{NewAlert("ferry", Webhook, "ftp://desk.example/hook"), false},
		{NewAlert("ferry", Webhook, "https://"), false},
		{NewAlert("ferry", Webhook, "https://ada:secret@desk.example/hook"), false},
		{NewAlert("ferry", Ntfy, "https://ntfy.example/"), false},
		{NewAlert("ferry", Mail, "desk"), false},
		{NewAlert("ferry", Mail, "Desk <desk@example.org>, b@example.org"), false},
		{NewAlert("ferry", Mail, "desk@example.org\r\nBcc: all@example.org"), false},
	} {
		if err := c.alert.Check(); (err == nil) != c.good {
			t.Errorf("%s to %q for %q: %v", c.alert.Channel, c.alert.Target, c.alert.Query, err)
		}
	}
}

func TestNewAlert(t *testing.T) {
	a, b := NewAlert("x", Webhook, ""), NewAlert("x", Webhook, "")
	if a.ID == b.ID || a.Secret == b.Secret || len(a.ID) != 16 || len(a.Key()) != 32 {
		t.Errorf("%+v and %+v", a, b)
	}
	if NewAlert("x", Mail, "").Secret != "" {
		t.Error("a mail alert has a secret that signs nothing")
	}
	if a.Secret = "plain words"; !bytes.Equal(a.Key(), []byte("plain words")) {
		t.Errorf("key %q", a.Key())
	}
}
