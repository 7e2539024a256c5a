package gather

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

const (
	connectTimeout = 10 * time.Second
	headerTimeout  = 20 * time.Second
	idleTimeout    = 5 * time.Second
	mostHeader     = 256 << 10 // bytes
)

// guard says whether an address that a name has led to may be connected to. It
// is asked for the address of the very connection, after look-up, so that a
// name cannot lead elsewhere in between.
type guard func(network, address string, _ syscall.RawConn) error

func newGuard(trusted []netip.Prefix) guard {
	public := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(trusted...))
	return func(network, address string, c syscall.RawConn) error {
		if err := public.Safe(network, address, c); err != nil {
			if at, err := netip.ParseAddrPort(address); err == nil {
				address = at.Addr().String()
			}
			return fmt.Errorf("%w %s", ErrPrivate, address)
		}
		return nil
	}
}

// transport carries requests to public addresses, straight or through a proxy.
type transport struct {
	guard    guard // nil lets everything pass
	proxy    func(*http.Request) (*url.URL, error)
	straight *http.Transport
	proxied  *http.Transport
}

func newTransport(allowPrivate bool, trusted []netip.Prefix) *transport {
	var t transport
	if !allowPrivate {
		t.guard = newGuard(trusted)
	}
	t.straight = over(&net.Dialer{Timeout: connectTimeout, Control: t.guard})
	// A proxy stands where its owner put it, often on a private address.
	t.proxied = over(&net.Dialer{Timeout: connectTimeout})
	t.setProxy(http.ProxyFromEnvironment)
	return &t
}

func (t *transport) setProxy(proxy func(*http.Request) (*url.URL, error)) {
	t.proxy, t.proxied.Proxy = proxy, proxy
}

// over carries requests on connections that d makes.
func over(d *net.Dialer) *http.Transport {
	return &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    connectTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: mostHeader,
		DisableCompression:     true, // undone under a limit of our own
	}
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	by, err := t.proxy(r)
	if err != nil {
		return nil, fmt.Errorf("the proxy of the environment: %w", err)
	}
	if by == nil {
		return t.straight.RoundTrip(r)
	}
	if err := t.checkHost(r.Context(), r.URL.Hostname()); err != nil {
		return nil, err
	}
	return t.proxied.RoundTrip(r)
}

// checkHost looks a name up and asks the guard about all that it leads to: for
// a request that a proxy carries, the connection is not there to be checked.
func (t *transport) checkHost(ctx context.Context, name string) error {
	if t.guard == nil {
		return nil
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", name)
	if err != nil {
		return fmt.Errorf("the proxy is not asked, since the host cannot be looked up here and might be private: %v", withoutAddress(err))
	}
	for _, ip := range found {
		ip = ip.Unmap()
		network := "tcp6"
		if ip.Is4() {
			network = "tcp4"
		}
		if err := t.guard(network, netip.AddrPortFrom(ip, 80).String(), nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *transport) closeIdle() {
	t.straight.CloseIdleConnections()
	t.proxied.CloseIdleConnections()
}
