package web_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
)

// fill puts so many stories beside those that are there.
func (s *site) fill(stories int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range stories {
		d := newsroom.Digest{Disputed: []newsroom.Line{{Text: "The council denied that the sluice had been left open."}}}
		for j := range 2 + i%7 {
			d.Outlets = append(d.Outlets, fmt.Sprintf("Outlet %d", j))
			d.Origins = append(d.Origins, j/2)
			d.Grew = append(d.Grew, newsroom.Step{At: noon.Add(time.Duration(j) * time.Hour).Format(time.RFC3339), Accounts: j + 1})
		}
		brief, _ := json.Marshal(d)
		id := fmt.Sprintf("filler%05d", i)
		s.stories[id] = store.Story{
			ID: id, Title: fmt.Sprintf("Sluice %d opened after heavy rain in the upper valley", i), Language: "en", Articles: len(d.Outlets),
			Origins: 1 + i%4, Disputed: 1, First: noon, Last: noon.Add(time.Hour), Rank: float64(i%97) / 10, Digest: brief, Revision: 1, Digested: 1,
		}
	}
}

// TestLoad tells how many requests a second Today and a story answer beside a
// bare handler that writes as many bytes, while articles come in. It runs for
// SYNOPTIC_LOAD seconds a figure, with wrk, and judges nothing: the figures are
// those of the machine.
func TestLoad(t *testing.T) {
	seconds := os.Getenv("SYNOPTIC_LOAD")
	if seconds == "" {
		t.Skip("SYNOPTIC_LOAD names no number of seconds")
	}
	if _, err := exec.LookPath("wrk"); err != nil {
		t.Skip("no wrk on the path")
	}
	s := example(t)
	story := "/story/" + s.onlyStory()
	s.fill(2000)
	coming := make(chan struct{})
	defer close(coming)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-coming:
				return
			case <-time.After(20 * time.Millisecond):
			}
			s.mu.Lock()
			s.change(fmt.Sprintf("filler%05d", i%2000), store.StoryGrown, "")
			s.mu.Unlock()
		}
	}()
	for _, path := range []string{"/", story} {
		body := []byte(s.get(path).body)
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		bare := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body)
		})}
		go func() { _ = bare.Serve(l) }()
		ours, plain := rate(t, seconds, s.base+path), rate(t, seconds, "http://"+l.Addr().String()+"/")
		t.Logf("%s: %d bytes, %.0f requests/s; bare %.0f; ratio %.2f", path, len(body), ours, plain, ours/plain)
		_ = bare.Close()
	}
}

var perSecond = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)

func rate(t *testing.T, seconds, address string) float64 {
	t.Helper()
	out, err := exec.Command("wrk", "-t2", "-c32", "-d"+seconds+"s", address).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m := perSecond.FindSubmatch(out)
	if m == nil || regexp.MustCompile(`Non-2xx|Socket errors`).Match(out) {
		t.Errorf("%s: %s", address, out)
		return 0
	}
	n, _ := strconv.ParseFloat(string(m[1]), 64)
	return n
}
