package main

import (
	"net"
	"net/netip"
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
