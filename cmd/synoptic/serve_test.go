package main

import (
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
)

// A link leads to where this machine's browsers find the server, or nowhere.
func TestLocalAddress(t *testing.T) {
	for at, want := range map[string]string{
		"127.0.0.1:8484": "http://127.0.0.1:8484", "[::1]:80": "http://[::1]:80", "192.0.2.7:8484": "http://192.0.2.7:8484", "0.0.0.0:8484": "", "[::]:8484": "",
	} {
		if got := localAddress(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(at))); got != want {
			t.Errorf("%s: %q, not %q", at, got, want)
		}
	}
}

// A token that the command makes while a server runs lets in at once, and one
// that it takes back does not any more.
func TestTokensWhileServing(t *testing.T) {
	db := filepath.Join(t.TempDir(), "synoptic.db")
	base := startServer(t, db)
	token := func(args ...string) string {
		t.Helper()
		out, err := synopticCommand(t.Context(), t, append([]string{"token"}, append(args, "--db", db)...)...).Output()
		if err != nil {
			t.Fatalf("token %q: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	status := func(token string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/state", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = got.Body.Close()
		return got.StatusCode
	}
	first, second := token("add", "screen"), token("add", "desk", "--write")
	for _, secret := range []string{first, second} {
		if got := status(secret); got != http.StatusOK {
			t.Errorf("a new token: %d", got)
		}
	}
	token("remove", "screen")
	if got := status(first); got != http.StatusUnauthorized {
		t.Errorf("a token that was taken back: %d", got)
	}
	if got := status(second); got != http.StatusOK {
		t.Errorf("the other token: %d", got)
	}
}
