package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"synoptic/internal/newsroom"
	"synoptic/internal/store"
	"synoptic/internal/web/webtest"
)

// fill puts so many stories beside those that are there.
func (s *site) fill(stories int) {
	var list []store.Story
	for i := range stories {
		d := newsroom.Digest{Disputed: []newsroom.Line{{Text: "The council denied that the sluice had been left open."}}}
		for j := range 2 + i%7 {
			d.Outlets = append(d.Outlets, fmt.Sprintf("Outlet %d", j))
			d.Origins = append(d.Origins, j/2)
			d.Grew = append(d.Grew, newsroom.Step{At: webtest.Start.Add(time.Duration(j) * time.Hour).Format(time.RFC3339), Accounts: j + 1})
		}
		brief, _ := json.Marshal(d)
		id := fmt.Sprintf("filler%05d", i)
		list = append(list, store.Story{
			ID: id, Title: fmt.Sprintf("Sluice %d opened after heavy rain in the upper valley", i), Language: "en", Articles: len(d.Outlets),
			Origins: 1 + i%4, Disputed: 1, First: webtest.Start, Last: webtest.Start.Add(time.Hour), Rank: float64(i%97) / 10, Digest: brief, Revision: 1, Digested: 1,
		})
	}
	s.Put(s, func(ctx context.Context, w store.Writer) error {
		for _, x := range list {
			if err := w.PutStory(ctx, x); err != nil {
				return err
			}
		}
		return nil
	})
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
	var wait sync.WaitGroup
	defer func() {
		close(coming)
		wait.Wait()
	}()
	wait.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-coming:
				return
			case <-time.After(20 * time.Millisecond):
			}
			err := s.Store.Update(t.Context(), func(w store.Writer) error {
				return w.Record(t.Context(), &store.Event{At: webtest.Start, Kind: store.StoryGrown, Story: fmt.Sprintf("filler%05d", i%2000)})
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
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
