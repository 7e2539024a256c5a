package gather

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// cacheAge is how long a page that nobody asks for is kept.
const cacheAge = 30 * 24 * time.Hour

// cache keeps pages in a folder, to ask servers only for what has changed. Each
// page is a file of its own, named by the SHA-256 of its address: a line of
// JSON, an entry, and then the body. It is written whole or not at all, so
// several processes may share the folder. A file that does not hold what it
// should counts as none.
type cache struct {
	folder string // "" keeps nothing
	tidy   sync.Once

	mu     sync.Mutex
	failed error // the first failure to write, until it is told
}

// entry is what is kept of a page.
type entry struct {
	Address      string
	ContentType  string
	ETag         string
	LastModified string
	SHA256       string // of the body, in hexadecimal digits
	body         []byte
}

func (c *cache) path(address string) string {
	sum := sha256.Sum256([]byte(address))
	return filepath.Join(c.folder, hex.EncodeToString(sum[:]))
}

func (c *cache) load(address string) (entry, bool) {
	if c.folder == "" {
		return entry{}, false
	}
	content, err := os.ReadFile(c.path(address))
	if err != nil {
		return entry{}, false
	}
	e, err := parseEntry(content)
	return e, err == nil && e.Address == address
}

func parseEntry(content []byte) (entry, error) {
	var e entry
	head, body, _ := bytes.Cut(content, []byte("\n"))
	if err := json.Unmarshal(head, &e); err != nil {
		return entry{}, err
	}
	sum := sha256.Sum256(body)
	if e.SHA256 != hex.EncodeToString(sum[:]) {
		return entry{}, errors.New("the body is not the one that was kept")
	}
	e.body = body
	return e, nil
}

// store keeps an answer that may be kept and can be asked about again.
func (c *cache) store(address string, a answer) {
	e := entry{
		Address:      address,
		ContentType:  a.header.Get("Content-Type"),
		ETag:         a.header.Get("ETag"),
		LastModified: a.header.Get("Last-Modified"),
		body:         a.body,
	}
	switch {
	case c.folder == "":
	case noStore(a.header) || e.ETag == "" && e.LastModified == "":
		c.drop(address)
	default:
		c.tidy.Do(c.removeOld)
		c.fail(c.write(e))
	}
}

func (c *cache) write(e entry) error {
	sum := sha256.Sum256(e.body)
	e.SHA256 = hex.EncodeToString(sum[:])
	head, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(c.folder, "new-*")
	if err != nil {
		return err
	}
	_, err = file.Write(slices.Concat(head, []byte("\n"), e.body))
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), c.path(e.Address))
	}
	if err != nil {
		err = errors.Join(err, os.Remove(file.Name()))
	}
	return err
}

// confirm notes that the server holds the page at address to be unchanged.
func (c *cache) confirm(address string, header http.Header) {
	if noStore(header) {
		c.drop(address)
		return
	}
	now := time.Now()
	if err := os.Chtimes(c.path(address), now, now); !errors.Is(err, fs.ErrNotExist) { // another process may have dropped it
		c.fail(err)
	}
}

func (c *cache) drop(address string) {
	if err := os.Remove(c.path(address)); !errors.Is(err, fs.ErrNotExist) {
		c.fail(err)
	}
}

// removeOld removes what nobody has asked for in a long time, and what a
// process that ended early has left.
func (c *cache) removeOld() {
	entries, err := os.ReadDir(c.folder)
	if err != nil {
		return // it is made when it is first written to
	}
	for _, e := range entries {
		info, err := e.Info()
		ours := len(e.Name()) == 2*sha256.Size || strings.HasPrefix(e.Name(), "new-")
		if err == nil && ours && info.Mode().IsRegular() && time.Since(info.ModTime()) > cacheAge {
			c.fail(os.Remove(filepath.Join(c.folder, e.Name())))
		}
	}
}

func noStore(header http.Header) bool {
	for _, value := range header.Values("Cache-Control") {
		for directive := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(directive), "no-store") {
				return true
			}
		}
	}
	return false
}

func (c *cache) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil && c.failed == nil {
		c.failed = fmt.Errorf("pages cannot be kept: %w", withoutPath(err))
	}
}

// failure is the first failure since it was last called. It costs no document,
// so it is told once and at the end.
func (c *cache) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.failed
	c.failed = nil
	return err
}
