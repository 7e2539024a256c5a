package warc

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Writer writes a WARC 1.1 file with a gzip member a record. The same responses
// give the same bytes.
type Writer struct {
	w   io.Writer
	zip *gzip.Writer
}

// Response is an answer that held a document.
type Response struct {
	Address string    // http or https
	Date    time.Time // when it was fetched
	Type    string    // Content-Type header; "" when unknown
	Body    []byte    // without content encoding
}

// NewWriter begins a file with the record that says which program wrote it
// when.
func NewWriter(w io.Writer, software string, date time.Time) (*Writer, error) {
	out := &Writer{w: w, zip: gzip.NewWriter(nil)}
	info := "software: " + oneLine(software) + "\r\nformat: WARC File Format 1.1\r\n" +
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
	return out, out.record("warcinfo", "", date, "application/warc-fields", nil, []byte(info))
}

var errAddress = errors.New("no address that a WARC file can hold")

// Write adds a response record. The answer's head is made of what is known of
// it: the status, the type and the length.
func (w *Writer) Write(r Response) error {
	if r.Address == "" || strings.ContainsFunc(r.Address, func(c rune) bool { return c <= ' ' || c == 0x7f }) {
		return fmt.Errorf("%q: %w", r.Address, errAddress)
	}
	head := "HTTP/1.1 200 OK\r\n"
	if r.Type != "" {
		head += "Content-Type: " + oneLine(r.Type) + "\r\n"
	}
	head += fmt.Sprintf("Content-Length: %d\r\n\r\n", len(r.Body))
	return w.record("response", r.Address, r.Date, "application/http; msgtype=response", []byte(head), r.Body)
}

// record writes one record as a gzip member. Its ID comes from what it holds.
func (w *Writer) record(kind, address string, date time.Time, contentType string, head, body []byte) error {
	moment := date.UTC().Format(time.RFC3339)
	payload := sha1.New()
	payload.Write(body)
	block := sha1.New()
	block.Write(head)
	block.Write(body)
	id := sha256.New()
	_, _ = fmt.Fprintf(id, "%s\n%s\n%s\n%s\n", kind, address, moment, contentType) // a hash fails never
	id.Write(head)
	id.Write(body)

	var b strings.Builder
	b.WriteString("WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Record-ID: <urn:uuid:" + uuid(id.Sum(nil)) + ">\r\n")
	if address != "" {
		b.WriteString("WARC-Target-URI: " + address + "\r\n")
	}
	b.WriteString("WARC-Date: " + moment + "\r\nWARC-Block-Digest: sha1:" + base32.StdEncoding.EncodeToString(block.Sum(nil)) + "\r\n")
	if kind == "response" {
		b.WriteString("WARC-Payload-Digest: sha1:" + base32.StdEncoding.EncodeToString(payload.Sum(nil)) + "\r\n")
	}
	fmt.Fprintf(&b, "Content-Type: %s\r\nContent-Length: %d\r\n\r\n", contentType, len(head)+len(body))

	w.zip.Reset(w.w)
	for _, part := range [][]byte{[]byte(b.String()), head, body, []byte("\r\n\r\n")} {
		if _, err := w.zip.Write(part); err != nil {
			return err
		}
	}
	return w.zip.Close()
}

// uuid writes the first 16 bytes of a sum as a UUID of version 8, which leaves
// its bits to whoever makes it (RFC 9562).
func uuid(sum []byte) string {
	u := [16]byte(sum[:16])
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
