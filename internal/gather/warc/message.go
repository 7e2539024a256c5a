package warc

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
)

// Message is an HTTP answer as a response record holds it.
type Message struct {
	Status int
	Header http.Header
	Body   []byte // chunks joined; the content encoding is left
}

var errMessage = errors.New("the block holds no HTTP answer")

// ParseMessage reads the block of a response record. The body is the rest of
// the block: what Content-Length says counts for less than what is there. A body
// is taken as it is where it is said to come in chunks and does not: crawlers
// join the chunks and keep the header.
func ParseMessage(block []byte) (Message, error) {
	line, rest, found := bytes.Cut(block, []byte("\n"))
	if !found || !bytes.HasPrefix(line, []byte("HTTP/")) {
		return Message{}, errMessage
	}
	_, after, _ := strings.Cut(string(line), " ")
	code, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	status, err := strconv.Atoi(code)
	if err != nil || status < 100 || status > 999 {
		return Message{}, errMessage
	}
	m := Message{Status: status, Header: http.Header{}}
	for {
		line, rest, found = bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 || !found {
			break
		}
		name, value, colon := bytes.Cut(line, []byte(":"))
		if colon {
			key := textproto.CanonicalMIMEHeaderKey(string(bytes.TrimSpace(name)))
			m.Header[key] = append(m.Header[key], string(bytes.TrimSpace(value)))
		}
	}
	m.Body = rest
	if strings.Contains(strings.ToLower(m.Header.Get("Transfer-Encoding")), "chunked") {
		if joined, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(rest))); err == nil || len(joined) > 0 {
			m.Body = joined
		}
	}
	return m, nil
}
